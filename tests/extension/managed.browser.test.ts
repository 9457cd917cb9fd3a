/** Presets by an enterprise policy, as docs/for-administrators.md tells an administrator to write them, in the built extension. Chromium
 *  reads policies from one folder of the machine: the test runs where that can be written, and leaves it as it was. */
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../fixtures/chromium.ts';
import { extensionFolder, openProfile, type Profile } from '../fixtures/profile.ts';

const policies = '/etc/chromium/policies/managed';
const file = join(policies, `sundial-test-${process.pid}.json`);

const reason = hindrance();
if (reason !== null) console.info(`skipped: presets by policy. ${reason}`);

describe.skipIf(reason !== null)('presets by policy', () => {
  let folder: string;
  let profile: Profile;
  let made: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sundial-managed-'));
    // A copy has an id of its own: browsers of other tests are not preset.
    const extension = join(folder, 'extension');
    cpSync(extensionFolder, extension, { recursive: true });
    made = makeFolders(policies);
    const preset = {
      server: 'https://diary.example/',
      organisation: '示例市',
      language: 'en',
      locks: ['server', 'language'],
    };
    writeFileSync(file, JSON.stringify({ '3rdparty': { extensions: { [idOf(extension)]: preset } } }));
    profile = await openProfile(join(folder, 'profile'), { lang: 'zh-CN', extension });
    expect(profile.extensionId).toBe(idOf(extension));
  });
  afterAll(async () => {
    // First of all the machine: also when the browser did not start.
    rmSync(file);
    for (const each of made) rmdirSync(each);
    await profile.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the enrol page names the preset server, and a link of another server is refused', async () => {
    const page = await profile.open('desk.html#/enrol');
    // A page that is opened before the policy is loaded asks again for a few seconds.
    await page.getByText('Server set by your organisation: https://diary.example.').waitFor({ timeout: 12_000 });
    await page.getByText('示例市').waitFor();
    const link = page.getByRole('textbox', { name: 'Invitation link' });
    await link.fill('https://other.example/enrol#AAAAAAAAAAAAAAAAAAAAAA');
    await link.press('Enter');
    await page.getByText('This link is for another server.').waitFor();
  });

  test('the locked language is shown and cannot be changed', async () => {
    const page = await profile.open('desk.html#/settings');
    await page.getByText('Set by your organisation; it cannot be changed here').waitFor();
    expect(await page.getByRole('radio', { name: 'English' }).isChecked()).toBe(true);
    expect(await page.getByRole('radio', { name: '中文' }).isDisabled()).toBe(true);
  });

  test('presets stay in force when the browser tells of none', async () => {
    writeFileSync(file, '{}');
    const page = await profile.open('desk.html#/enrol');
    await expect.poll(() => page.evaluate('chrome.storage.managed.get()'), { timeout: 12_000 }).toEqual({});
    await page.reload();
    await page.getByText('Server set by your organisation: https://diary.example.').waitFor();
  });
});

/** Why the test cannot run here; null where it can. */
function hindrance(): string | null {
  if (chromiumPath() !== '/usr/bin/chromium') return 'Only Chromium as Debian packs it is known to read that folder.';
  let nearest = policies;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return null;
  } catch {
    return `${nearest} cannot be written; run as root.`;
  }
}

/** Makes a folder and those above it. Gives the ones that were not there, the innermost first. */
function makeFolders(path: string): readonly string[] {
  if (existsSync(path)) return [];
  const above = makeFolders(dirname(path));
  mkdirSync(path);
  return [path, ...above];
}

/** The id that Chromium gives to an unpacked extension: the first 16 bytes of the SHA-256 of its path, in the letters a to p. */
function idOf(path: string): string {
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 32);
  return [...digest].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('');
}
