// @vitest-environment happy-dom
// The settings under what every page of the desk says of a log that does not fit.
import 'fake-indexeddb/auto';
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Context } from '../../extension/device/context.ts';
import { zh } from '../../extension/locales/zh.ts';
import { LogTrouble } from '../../extension/screens/desk/log-trouble.tsx';
import { DeskProvider, deskOf } from '../../extension/screens/desk/use-desk.ts';
import { PersonGate } from '../../extension/screens/person/person-gate.tsx';
import { SettingsScreen } from '../../extension/screens/settings/settings-screen.tsx';
import { changeProgress, type Progress, profileOf, progressOf } from '../../extension/store/database.ts';
import { openProfile } from './profile-double.ts';

const profile = vi.hoisted(() => ({ context: null as Context | null }));
vi.mock('../../extension/device/context.ts', () => ({
  here: new Proxy({}, { get: (_, name) => profile.context?.[name as keyof Context] }),
}));
vi.mock('wxt/browser', () => ({ browser: fakeBrowser }));

const { settings } = zh.accounts;

/** All that a leader reads on the page of settings. */
async function read(progress: Partial<Progress>): Promise<string> {
  const { context, network } = await openProfile(fetch);
  network.on = false;
  profile.context = context;
  await changeProgress(context.database, progress);
  const desk = deskOf(await profileOf(context.database), context.now(), 0, zh, 'zh');
  const page = document.createElement('div');
  const content = [h(LogTrouble, { progress: await progressOf(context.database) }), h(SettingsScreen, {})];
  await act(() => render(h(DeskProvider, { value: desk, children: h(PersonGate, { children: content }) }), page));
  await vi.waitFor(async () => {
    await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 10))));
    expect([settings.logFound, settings.logOk].some((words) => page.textContent?.includes(words))).toBe(true);
  }, 10_000);
  const text = page.textContent ?? '';
  await act(() => render(null, page));
  return text;
}

const times = (text: string, words: string): number => text.split(words).length - 1;

test('a finding is said once, above; the line of the log leads there', async () => {
  const text = await read({ auditProblems: ['LIST_OMITS_SEAL'] });
  expect(times(text, settings.finding.LIST_OMITS_SEAL)).toBe(1);
  expect([times(text, settings.logFound), times(text, settings.logOk)]).toEqual([1, 0]);
});

test('so is what the device remembers otherwise', async () => {
  const text = await read({ logProblem: 'LOG_REWRITTEN' });
  expect([times(text, 'LOG_REWRITTEN'), times(text, settings.logFound), times(text, settings.logOk)]).toEqual([
    1, 1, 0,
  ]);
});

test('where nothing was found, the line of the log says so', async () => {
  const text = await read({});
  expect([times(text, settings.logFound), times(text, settings.logOk)]).toEqual([0, 1]);
});
