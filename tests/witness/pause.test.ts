import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { pause, waitAfter } from '../../server/witness/pause.ts';

const hour = 3_600_000;

test('a witness that is told to stop, between two looks or during one, does not wait for the next', async () => {
  const between = new AbortController();
  const waiting = pause(hour, between.signal);
  between.abort();
  await waiting;
  const during = new AbortController();
  during.abort();
  await pause(hour, during.signal);
});

test('a thousand looks leave nothing behind on the signal', async () => {
  const { signal } = new AbortController();
  for (let n = 0; n < 1000; n += 1) await pause(0, signal);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('without an answer a witness tries again after 5 seconds, then less often, at least every 15 minutes', () => {
  const waits = [1, 2, 3, 8, 9, 5000].map((failures) => waitAfter(failures, 60));
  expect(waits).toEqual([5, 10, 20, 640, 900, 900]);
  expect([waitAfter(0, 60), waitAfter(0, 3600), waitAfter(1, 3600)]).toEqual([60, 3600, 5]);
});
