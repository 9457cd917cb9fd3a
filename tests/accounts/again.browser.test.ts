/** A device that was ended is enrolled again, in real Chromium against a real server: a forgotten PIN is no dead end, another link may be
 *  pasted while one waits, and another person's invitation is refused where a journal lies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zh } from '../../extension/locales/zh.ts';
import type { Profile as Profiled } from '../../extension/store/database.ts';
import { Device } from '../../server/demo/device.ts';
import { postInvitation } from '../../shared/api/accounts.ts';
import type { Grant } from '../../shared/organisation/role.ts';
import { fillStore, putRows } from '../fixtures/filled-store.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { openRealServer, type RealServer, realWorld } from '../fixtures/real-server.ts';

const { enrol } = zh.accounts;
let folder: string;
let profile: Profile;
let server: RealServer;
let organiser: Device;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-again-'));
  server = await openRealServer({
    name: { zh: '湖东新区', en: 'Hudong' },
    origin: 'hudong.example/log1',
    units: [{ id: 'shibu', kind: 'subdistrict', name: { zh: '石埠街道', en: 'Shibu' } }],
    terms: [{ id: 'shibu-1', unit: 'shibu', post: '石埠街道党工委书记', from: '2021-03-01' }],
  });
  organiser = await Device.claim(realWorld(server.issuer), server.invitation, true);
  profile = await openProfile(folder);
  profile.context.setDefaultTimeout(8000);
});
afterEach(async () => {
  await profile.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The profile of a device that was ended. */
const endedFor = (grant: Grant, name: string): Profiled => ({
  id: 'main',
  server: { address: server.issuer, origin: 'hudong.example/log1' },
  device: { id: '01k00000000000000000000001', kid: 'kid-of-device', state: 'revoked' },
  person: { id: '01k00000000000000000000000', name },
  grants: [grant],
  organisation: null,
  organisationAt: 0,
  rule: null,
  pins: null,
  language: null,
});

const linkFor = async (name: string): Promise<string> =>
  (await organiser.call(postInvitation, { body: { name, grants: [{ role: 'leader', unit: 'shibu' }] } })).link;

test('whoever forgot the PIN sets another one while enrolling again; the journal is nobody else’s', async () => {
  const filling = await profile.open('popup.html');
  await fillStore(filling);
  await putRows(filling, {
    profile: [endedFor({ role: 'leader', unit: 'shibu', actor: 'shibu' }, '张书记')],
    personal: [
      {
        id: 'personCheck',
        value: { kind: 'pin', salt: 'AAAA', hash: 'AAAA', iterations: 1, wrong: 9, lockedUntil: 9e15 },
      },
    ],
  });
  await filling.close();
  const page = await profile.open('desk.html#/enrol');
  const paste = async (link: string) => {
    await page.getByLabel(enrol.link, { exact: true }).fill(link);
    await page.getByRole('button', { name: enrol.look }).click();
  };
  await paste(await linkFor('李书记'));
  await page.getByText(zh.desk.reason.OTHER_WRITER).waitFor();

  await paste(await linkFor('张书记'));
  await page.getByRole('button', { name: enrol.claim, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: zh.security.setUpTitle });
  await dialog.getByLabel(zh.security.newPin).fill('271828');
  await dialog.getByLabel(zh.security.pinAgain).fill('271828');
  await page.keyboard.press('Enter');
  await page.getByText(enrol.waiting).waitFor();
  expect(await page.locator('.fingers').textContent()).not.toContain('kid-');

  // Nobody came to compare it: another link begins anew.
  await page.getByRole('button', { name: enrol.another }).click();
  await paste(await linkFor('张书记'));
  await page.getByLabel(new RegExp(enrol.signs)).uncheck();
  await page.getByRole('button', { name: enrol.claim, exact: true }).click();
  await page.getByText(enrol.waiting).waitFor();
  await expect.poll(() => page.locator('.fingers dt, .fingers .label').allInnerTexts()).toHaveLength(1);
});

test.each<readonly [who: string, grant: Grant, said: string]>([
  ['a leader', { role: 'leader', unit: 'shibu', actor: 'shibu' }, `${zh.desk.revoked}${zh.desk.textKept}`],
  ['an official, who has none', { role: 'moderator', unit: null, actor: 'mod-1' }, zh.desk.revoked],
])('a desk whose device was ended says where the texts are to %s', async (_, grant, said) => {
  const page = await profile.open('desk.html');
  await putRows(page, { profile: [endedFor(grant, '张三')] });
  await page.reload();
  expect((await page.getByRole('alert').first().textContent())?.trim()).toBe(said);
});
