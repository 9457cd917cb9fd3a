/** What the people of the journey do, by pointer and keyboard, on the pages as they are built. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Profile } from '../fixtures/profile.ts';

let pictures = '';
let taken = 0;

/** Keeps a picture of a step, numbered in order. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  taken += 1;
  await page.screenshot({ path: join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`), fullPage: true });
}

/** Pictures go to this folder of `tests/output` and are numbered from one. */
export function beginPictures(folder: string): void {
  pictures = join(import.meta.dirname, '..', 'output', folder);
  rmSync(pictures, { recursive: true, force: true });
  taken = 0;
}

/** Opens the desk at a hash route. */
export const openDesk = (profile: Profile, route: string): Promise<Page> => profile.open(`desk.html#/${route}`);

/** What a person types to sign. */
const pin = '271828';

/** Pastes an invitation link and claims it; who signs sets a PIN for it. Stops where the fingerprint waits, or where the first device is
 *  active at once. */
export async function enrol(profile: Profile, link: string, signs: boolean): Promise<Page> {
  const page = await openDesk(profile, 'enrol');
  await page.getByLabel('邀请链接').fill(link);
  await page.getByRole('button', { name: '看看这是给谁的' }).click();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  if (!signs) return page;
  const dialog = page.getByRole('dialog', { name: '签名前怎么认您' });
  await dialog.getByLabel('新口令').fill(pin);
  await dialog.getByLabel('再输一遍').fill(pin);
  await dialog.getByRole('button', { name: '设好，继续' }).click();
  return page;
}

/** Types the PIN where it is asked for. */
export async function confirmPerson(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '确认是您本人' });
  await dialog.getByLabel('签名口令').fill(pin);
  await dialog.getByLabel('签名口令').press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

/** Lets the page type the PIN whenever it stands in the way of the next step: a confirmation counts for five minutes. */
export function confirmWhenAsked(page: Page): Promise<void> {
  return page.addLocatorHandler(page.getByRole('dialog', { name: '确认是您本人' }), () => confirmPerson(page));
}

/** As organiser: invites a person and gives the link that is shown once. */
export async function invite(page: Page, name: string, role: string, unit: string | null): Promise<string> {
  await page.getByRole('button', { name: '邀请', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('姓名').fill(name);
  await dialog.getByLabel('身份').selectOption({ label: role });
  if (unit !== null) await dialog.getByLabel('单位').selectOption({ label: unit });
  await dialog.getByRole('button', { name: '生成邀请链接' }).click();
  const link = await shownLink(dialog);
  await dialog.getByRole('button', { name: '已交给本人' }).click();
  return link;
}

async function shownLink(dialog: Locator): Promise<string> {
  const field = dialog.getByRole('textbox', { name: '邀请链接' });
  await field.waitFor();
  return field.inputValue();
}

/** As organiser: compares the fingerprint of a claimed device and activates it. */
export async function activate(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `核对指纹：${name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('我已当面核对指纹').check();
  await dialog.getByRole('button', { name: '签名并启用' }).click();
  await expect.poll(() => page.getByRole('dialog').count(), { timeout: 15_000 }).toBe(0);
}

/** Types a line as a person does, key by key, and saves it with Enter. */
export async function typeLine(page: Page, line: string): Promise<void> {
  const field = page.getByRole('textbox', { name: '记一条' }).first();
  await field.click();
  await field.pressSequentially(line, { delay: 5 });
  await field.press('Enter');
  await expect.poll(() => field.inputValue(), { timeout: 10_000 }).toBe('');
}
