// @vitest-environment happy-dom
// The dialog that activates a device, while the log that it needs is still on its way.
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
import { call } from '../../extension/remote/client.ts';
import { DeskProvider, deskOf } from '../../extension/screens/desk/use-desk.ts';
import { CompareDialog } from '../../extension/screens/people/compare-dialog.tsx';
import { PersonGate } from '../../extension/screens/person/person-gate.tsx';
import { profileOf } from '../../extension/store/database.ts';
import { openDatabase } from '../../server/database/open.ts';
import { getInvitations } from '../../shared/api/accounts.ts';
import { openHouse } from '../keys/house.ts';

const profile = vi.hoisted(() => ({ context: null as Context | null }));
vi.mock('../../extension/device/context.ts', () => ({
  here: new Proxy({}, { get: (_, name) => profile.context?.[name as keyof Context] }),
}));
vi.mock('wxt/browser', () => ({ browser: fakeBrowser }));

test('its button waits for the fingerprints, so that no click is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-compare-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  const house = await openHouse({ database, address, folder });
  const organiser = await house.begin();
  const invited = await invitePerson({ name: '甲', grants: [{ role: 'auditor', unit: null }] }, organiser);
  await house.claimed(invited.link);
  const { rows } = await call(getInvitations, {}, organiser);
  const row = rows.find(({ state }) => state === 'claimed');
  if (row === undefined) throw new Error('nothing was claimed');
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  profile.context = {
    ...organiser,
    fetch: async (path, init) => {
      if (path.includes('/public/')) await arrived;
      return organiser.fetch(path, init);
    },
  };
  const desk = deskOf(await profileOf(organiser.database), organiser.now(), 0, zh, 'zh');
  const page = document.createElement('div');
  document.body.append(page);
  const dialog = h(CompareDialog, { row, rows, onClose: () => undefined, onDone: () => undefined });
  await act(() => render(h(DeskProvider, { value: desk, children: h(PersonGate, { children: dialog }) }), page));
  const button = () =>
    [...page.querySelectorAll('button')].find(({ textContent }) => textContent === zh.accounts.people.activate);
  const settle = () => act(async () => void (await new Promise((resolve) => setTimeout(resolve, 20))));

  await act(() => page.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
  await settle();
  expect(button()?.disabled).toBe(true);
  arrive();
  await vi.waitFor(async () => {
    await settle();
    expect(button()?.disabled).toBe(false);
  }, 10_000);
  expect(page.querySelectorAll('.fingers > *').length).toBeGreaterThan(0);

  await act(() => render(null, page));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
