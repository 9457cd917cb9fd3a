// @vitest-environment happy-dom
// The popup and the side panel of whoever writes no journal.
import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { invitePerson } from '../../extension/commands/accounts.ts';
import type { Context } from '../../extension/device/context.ts';
import { zh } from '../../extension/locales/zh.ts';
import { WhereWritten } from '../../extension/screens/day/no-journal.tsx';
import { PersonGate } from '../../extension/screens/person/person-gate.tsx';
import { openDatabase } from '../../server/database/open.ts';
import { openHouse } from '../keys/house.ts';

const profile = vi.hoisted(() => ({ context: null as Context | null }));
vi.mock('../../extension/device/context.ts', () => ({
  here: new Proxy({}, { get: (_, name) => profile.context?.[name as keyof Context] }),
}));
const opened = vi.hoisted(() => [] as string[]);
vi.mock('wxt/browser', () => ({
  browser: { ...fakeBrowser, tabs: { create: async ({ url }: { url: string }) => void opened.push(url) } },
}));

test('what waits stands there kind by kind with how much and until when, and opens its page of the desk', async () => {
  vi.stubGlobal('requestIdleCallback', (run: () => void) => setTimeout(run, 0));
  vi.stubGlobal('cancelIdleCallback', clearTimeout);
  const folder = mkdtempSync(join(tmpdir(), 'sundial-no-journal-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  const house = await openHouse({ database, address, folder });
  const organiser = await house.begin();
  profile.context = organiser;
  const page = document.createElement('div');
  document.body.append(page);
  const until = (text: string) =>
    vi.waitFor(async () => {
      await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 20))));
      expect(page.textContent).toContain(text);
    }, 10_000);

  const written = h(WhereWritten, { page: () => h('p', {}, '记一条') });
  await act(() => render(h(PersonGate, { children: written }), page));
  await until(zh.home.empty);
  await house.claimed((await invitePerson({ name: '甲', grants: [{ role: 'auditor', unit: null }] }, organiser)).link);
  window.dispatchEvent(new Event('online'));
  await until(zh.home.kind.device);
  const [line] = page.querySelectorAll('li');
  // An invitation holds for 72 hours; the last second in time is one before, and days are counted whole.
  expect(line?.textContent).toBe('设备待登记 1件还有2天');
  expect(page.textContent).not.toContain('记一条');
  await act(() => line?.querySelector('button')?.click());
  expect(opened.map((url) => new URL(url).hash)).toEqual(['#/people']);

  await act(() => render(null, page));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllGlobals();
});
