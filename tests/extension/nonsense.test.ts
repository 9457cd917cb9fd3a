/** A server, or something in its place, that does not answer as the protocol says: nothing typed is lost, and nothing is asked without end. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { addEntries } from '../../extension/commands/journal.ts';
import { entriesOn, saveState } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { day, meeting } from './one-entry.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const page = '<!doctype html><title>Wi-Fi</title><p>请登录上网';
const other = '0'.repeat(26);

/** What is answered instead of the server's answer to a call. */
const answers: readonly (readonly [string, string, () => Response])[] = [
  ['the page of a hotel', '/push', () => new Response(page, { headers: { 'content-type': 'text/html' } })],
  ['no result for any op', '/push', () => Response.json({ epoch: 1, serverTime: 0, results: [] })],
  [
    'a result for another op',
    '/push',
    () => Response.json({ epoch: 1, serverTime: 0, results: [{ op: other, status: 'APPLIED', seq: 1 }] }),
  ],
  ['the state of a lamp', '/push', () => Response.json({ on: true })],
  ['more rows, but none', '/pull', () => Response.json({ epoch: 1, rows: [], next: 0, more: true })],
  ['a cursor that goes back', '/pull', () => Response.json({ epoch: 1, rows: [], next: -5, more: false })],
  ['half an answer', '/pull', () => new Response('{"epoch":1,"rows":[{"id":"01', { status: 200 })],
  ['half a refusal', '/push', () => new Response(broken(), { status: 503 })],
  ['a gateway that waited in vain', '/push', () => new Response(page, { status: 504 })],
  ['a gateway to nothing', '/hello', () => new Response(page, { status: 502 })],
  ['a proxy that takes no large body', '/push', () => new Response(page, { status: 413 })],
];

/** What somebody must look at; of the rest is said that the server cannot be reached. */
const states: Readonly<Record<string, string>> = {
  'the state of a lamp': 'notUnderstood',
  'a proxy that takes no large body': 'refused',
};

test.each(answers)('%s in the place of %s stops the run, which begins again later', async (what, path, answer) => {
  const server = new ServerDouble();
  let wrong = true;
  let asked = 0;
  const { context } = await openProfile(async (address, init) => {
    if (!wrong || !address.includes(path)) return server.fetch(address, init);
    asked += 1;
    if (asked > 20) throw new Error('asked without end');
    return answer();
  });
  await addEntries([meeting], null, context);
  expect(await runSync(true, context)).toBe(false);
  expect(asked).toBeLessThan(5);
  const { waiting, progress } = await saveState(context.database);
  expect(progress.nextTryAt).toBeGreaterThan(0);
  expect(progress.state).toBe(states[what] ?? 'unreachable');
  expect(waiting).toBe(path === '/pull' ? 0 : 1);
  expect((await entriesOn(context.database, day)).map(({ body }) => body.text)).toEqual([meeting.text]);
  wrong = false;
  expect(await runSync(true, context)).toBe(true);
  expect([...server.rows.values()].map(({ body }) => body?.text)).toEqual([meeting.text]);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0, progress: { state: 'idle' } });
});

test('a line that a proxy finds too large holds up no other', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(async (address, init) =>
    typeof init.body === 'string' && init.body.length > 2000
      ? new Response(page, { status: 413 })
      : server.fetch(address, init),
  );
  await addEntries([{ ...meeting, text: '长'.repeat(3000) }, meeting, { ...meeting, text: '又一行' }], null, context);
  expect(await runSync(true, context)).toBe(false);
  expect([...server.rows.values()].map(({ body }) => body?.text)).toEqual([meeting.text, '又一行']);
  const { waiting, progress } = await saveState(context.database);
  expect([waiting, progress.state, progress.refusal]).toEqual([1, 'refused', 'BATCH_TOO_BIG']);
});

/** A body whose connection breaks. */
const broken = () =>
  new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"code":'));
      controller.error(new TypeError('terminated'));
    },
  });
