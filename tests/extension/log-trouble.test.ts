/** What every page of the desk says of a log that is not as it should be. */
import { Window } from 'happy-dom';
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { LogTrouble } from '../../extension/screens/desk/log-trouble.tsx';
import { blankProgress, type Progress } from '../../extension/store/database.ts';

afterEach(() => vi.unstubAllGlobals());

/** The messages: how loud each is, and its text. */
async function said(progress: Partial<Progress>): Promise<(readonly [string, string | null])[]> {
  const window = new Window();
  for (const [name, value] of Object.entries({ window, document: window.document })) vi.stubGlobal(name, value);
  const root = window.document.body as unknown as Element;
  await act(() => render(h(LogTrouble, { progress: { ...blankProgress, ...progress } }), root));
  return [...root.querySelectorAll('[role=alert]')].map((one) => [one.className, one.textContent]);
}

test('nothing, while nothing was found', async () => {
  expect(await said({})).toEqual([]);
  expect(await said({ auditProblems: [] })).toEqual([]);
});

test('every finding of the device, together, each with its code', async () => {
  const [findings, ...more] = await said({ auditProblems: ['LIST_OMITS_SEAL', 'REST_WRONG'] });
  expect(more).toEqual([]);
  expect(findings?.[0]).toBe('msg fail');
  expect(findings?.[1]).toContain('有一份名单漏了本单位的封存，或用了旧的。请告诉监督部门。 LIST_OMITS_SEAL');
  expect(findings?.[1]).toContain('有一份名单上轮空的单位不对。请告诉监督部门。 REST_WRONG');
});

test('what the device remembers otherwise stands above them', async () => {
  const all = await said({ logProblem: 'LOG_REWRITTEN', auditProblems: ['DRAW_MISMATCH'] });
  expect(all.map(([, text]) => text?.split(' ').at(-1))).toEqual(['LOG_REWRITTEN', 'DRAW_MISMATCH']);
});

test('a key that has ended is amber where that is all: often it is a new computer', async () => {
  expect((await said({ auditProblems: ['KEY_ENDED'] })).map(([tone]) => tone)).toEqual(['msg amber']);
  expect((await said({ auditProblems: ['LIST_OMITS_SEAL', 'KEY_ENDED'] })).map(([tone]) => tone)).toEqual(['msg fail']);
});
