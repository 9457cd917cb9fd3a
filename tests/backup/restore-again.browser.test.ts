/** A backup is looked at, brought back, and chosen once more, in the built extension, by the keyboard after the file was chosen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { zh } from '../../extension/locales/zh.ts';
import { fillStore } from '../fixtures/filled-store.ts';
import { openProfile } from '../fixtures/profile.ts';

const text = zh.backup;
const passphrase = '晨光照在湖面上的第一缕风';

test('a backup can be chosen a second time, and the focus stays with what came of the first', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-restore-'));
  const profile = await openProfile(join(folder, 'full'));
  const fresh = await openProfile(join(folder, 'fresh'));
  try {
    const filling = await profile.open('popup.html');
    await fillStore(filling);
    await filling.close();
    const making = await profile.open('desk.html#/files');
    await making.getByLabel(text.passphrase, { exact: true }).first().fill(passphrase);
    await making.getByLabel(text.repeat).fill(passphrase);
    const downloading = making.waitForEvent('download');
    await making.getByRole('button', { name: text.make }).click();
    const file = join(folder, 'one.sundial');
    await (await downloading).saveAs(file);

    const page = await fresh.open('desk.html#/files');
    const section = page.getByRole('region', { name: text.restore });
    const held = () => section.evaluate((element) => element.contains(document.activeElement));
    const open = async () => {
      await section.locator('input[type=file]').setInputFiles(file);
      await section.getByLabel(text.passphrase).fill(passphrase);
      await page.keyboard.press('Enter');
    };
    await section
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.sundial', mimeType: 'image/png', buffer: Buffer.from('not a backup') });
    await section.getByLabel(text.passphrase).fill(passphrase);
    await page.keyboard.press('Enter');
    // What is wrong with the file stands under the file, and the focus goes there.
    const chosen = section.getByLabel(text.choose);
    await expect.poll(() => chosen.getAttribute('aria-invalid')).toBe('true');
    expect(await section.locator(`#${await chosen.getAttribute('aria-describedby')}`).textContent()).toContain(
      text.file.NOT_OURS,
    );
    await expect.poll(() => chosen.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await section.getByLabel(text.passphrase).getAttribute('aria-invalid')).toBe(null);

    await section.locator('input[type=file]').setInputFiles(file);
    await section.getByLabel(text.passphrase).fill('不是这个口令，也够长了');
    await page.keyboard.press('Enter');
    const wrong = section.getByLabel(text.passphrase);
    await expect.poll(() => wrong.getAttribute('aria-invalid')).toBe('true');
    expect(await chosen.getAttribute('aria-invalid')).toBe(null);

    await open();
    const restore = section.getByRole('button', { name: text.doRestore, exact: true });
    await restore.waitFor();
    await expect.poll(held).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await section.getByText(text.restored).waitFor();
    // A field that still holds the file does not hear of it again.
    expect(await section.locator('input[type=file]').inputValue()).toBe('');
    await expect.poll(held).toBe(true);
    await open();
    await section.getByText(text.nothingToDo).waitFor();
  } finally {
    await Promise.allSettled([profile.close(), fresh.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
});
