/** The own target of the focused share, typed in the built extension. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zh } from '../../extension/locales/zh.ts';
import { evening, fillStore } from '../fixtures/filled-store.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';

let folder: string;
let profile: Profile;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-target-'));
  profile = await openProfile(folder);
  await profile.context.clock.setFixedTime(evening);
});
afterAll(async () => {
  await profile.close();
  rmSync(folder, { recursive: true, force: true });
});

test('is taken by Enter, stands in the chart at once and after a reload, and is given up where the field is left empty', async () => {
  const page = await profile.open('desk.html#/settings');
  await fillStore(page);
  await page.goto(`chrome-extension://${profile.extensionId}/desk.html#/my-time/quarter`);
  await page.reload();
  const field = page.getByLabel(zh.notices.settings.target);
  await field.fill('25');
  await field.press('Enter');
  const name = page.locator('.target-name').getByText('自定目标25%');
  await name.waitFor();
  await page.reload();
  await name.waitFor();
  await field.fill('');
  await field.press('Tab');
  await name.waitFor({ state: 'detached' });
  expect(await page.locator('.share-line').count()).toBe(1);
});
