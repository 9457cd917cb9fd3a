// @vitest-environment happy-dom
// What Enter does with a line behind the address bar's keyword.
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { here } from '../../extension/device/context.ts';
import { zh } from '../../extension/locales/zh.ts';
import { changeProfile } from '../../extension/store/database.ts';
import { listenToAddressBar } from '../../extension/worker/address-bar.ts';

type Listener = (text: string) => void;
const bar = vi.hoisted(() => ({
  changed: [] as Listener[],
  entered: [] as Listener[],
  said: '',
  tabs: [] as string[],
}));
vi.mock('wxt/browser', () => ({
  browser: {
    ...fakeBrowser,
    omnibox: {
      onInputChanged: { addListener: (listener: Listener) => bar.changed.push(listener) },
      onInputEntered: { addListener: (listener: Listener) => bar.entered.push(listener) },
      setDefaultSuggestion: ({ description }: { description: string }) => Object.assign(bar, { said: description }),
    },
    tabs: { create: async ({ url }: { url: string }) => void bar.tabs.push(new URL(url).pathname + new URL(url).hash) },
    runtime: { sendMessage: async () => {} },
    notifications: { create: async () => {} },
  },
}));

beforeEach(async () => {
  Object.assign(bar, { changed: [], entered: [], said: '', tabs: [] });
  for (const table of here.database.tables) await table.clear();
  await changeProfile(here.database, { language: 'zh' });
  listenToAddressBar();
});

const enrolled = (role: 'leader' | 'moderator') =>
  changeProfile(here.database, {
    device: { id: 'device-1', kid: 'k', state: 'active' },
    grants: [{ role, unit: role === 'leader' ? 'u01' : null, actor: role === 'leader' ? 'u01' : 'mod1' }],
  });

const kept = () => here.database.outbox.count();

test('a clear line of a leader is kept, and so is one of somebody who is not enrolled yet', async () => {
  for (const listener of bar.entered) listener('8:30-10:00 走访企业');
  await vi.waitFor(async () => expect(await kept()).toBe(1), 15_000);
  await enrolled('leader');
  for (const listener of bar.entered) listener('10:00-11:00 开会');
  await vi.waitFor(async () => expect(await kept()).toBe(2), 15_000);
  expect(bar.tabs).toEqual([]);
});

test('whoever writes no journal is told so while typing, and Enter opens the desk and keeps nothing', async () => {
  await enrolled('moderator');
  for (const listener of bar.changed) listener('8:30-10:00 走访企业');
  await vi.waitFor(() => expect(bar.said).toBe(zh.journal.noJournal), 15_000);
  for (const listener of bar.entered) listener('8:30-10:00 走访企业');
  await vi.waitFor(() => expect(bar.tabs).toEqual(['/desk.html#/home']), 15_000);
  expect(await kept()).toBe(0);
});
