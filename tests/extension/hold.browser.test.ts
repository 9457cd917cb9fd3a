/** What a device that signs, and one that only writes, say before withholding and sealing, in the built extension: where it can be done, and
 *  what becomes of what the server has. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zh } from '../../extension/locales/zh.ts';
import { fillStore } from '../fixtures/filled-store.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';

const text = zh.journal;
let folder: string;
let profile: Profile;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-hold-'));
  profile = await openProfile(folder);
  profile.context.setDefaultTimeout(8000);
  const filling = await profile.open('popup.html');
  await fillStore(filling);
  await filling.close();
});
afterEach(async () => {
  await profile.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Unfolds a delivered entry of a past week. */
async function openEntry() {
  const page = await profile.open('desk.html#/week/2026-W38');
  await page.locator('.blk').first().click();
  return page;
}

/** The device writes and signs no more. */
async function takeLogKey() {
  const keys = await profile.open('desk.html#/settings');
  await keys.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('sundial');
        opening.onsuccess = () => {
          const writing = opening.result.transaction('keys', 'readwrite');
          writing.objectStore('keys').delete('kid-of-leader');
          writing.oncomplete = done;
        };
      }),
  );
  await keys.close();
}

test('a device that only writes says where a delivered entry is withheld, and offers nothing that would be refused', async () => {
  await takeLogKey();
  const page = await openEntry();
  await page.getByRole('button', { name: text.withhold }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(text.withholdThere).waitFor();
  expect(await dialog.getByRole('button', { name: text.held, exact: true }).count()).toBe(0);
});

test('a device that only writes says where the week is sealed, in the week and in the settings, and offers no seal', async () => {
  const week = await profile.open('desk.html#/week/2026-W38');
  await week.getByRole('button', { name: zh.week.seal.open }).waitFor();
  await takeLogKey();
  await week.reload();
  await week.getByText(zh.week.seal.noKey).waitFor();
  expect(await week.getByRole('button', { name: zh.week.seal.open }).count()).toBe(0);
  await week.goto(week.url().replace(/#.*/, '#/settings'));
  await week.getByRole('definition').filter({ hasText: zh.week.seal.noKey }).waitFor();
});

test('a line that is withheld from the start and goes to another day says so, and offers to take nothing back', async () => {
  const page = await profile.open('popup.html');
  const line = page.getByRole('textbox', { name: text.line });
  await line.fill('8:30-9:00 例会');
  await line.press('Enter');
  const said = page.locator('.last-step');
  await said.getByRole('button', { name: zh.writing.undo }).waitFor();
  await line.fill('7月6日 9:00-10:00 密谈');
  await page.getByLabel(text.fromStart).check();
  await page.getByLabel(text.basis).fill('《政府信息公开条例》第十五条');
  await line.press('Enter');
  await said.getByText(/7月6日.*，暂不公开$/).waitFor();
  // What stood there before would take back the line before this one.
  expect(await said.getByRole('button').count()).toBe(0);
  await line.fill('10:00-11:00 走访');
  expect(await said.count()).toBe(0);
});

test('an entry that the server has is said to be erased there, also while an edit of it waits', async () => {
  const page = await openEntry();
  const field = page.getByRole('textbox', { name: text.text, exact: true }).first();
  await field.fill('改了一个字，还没有送出');
  await field.blur();
  await page.getByText(zh.common.storedWaiting(1)).first().waitFor();
  await page.getByRole('button', { name: text.withhold }).click();
  await page.getByRole('dialog').getByText(text.withholdErases).waitFor();
});
