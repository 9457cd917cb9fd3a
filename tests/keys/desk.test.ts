/** What an organiser does with keys on the desk's page of people, and what the page says then. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkActivation, invitePerson } from '../../extension/commands/accounts.ts';
import type { Context } from '../../extension/device/context.ts';
import { call } from '../../extension/remote/client.ts';
import { recordsNow } from '../../extension/sync/records.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/port.ts';
import { getMe } from '../../shared/api/accounts.ts';
import { getOrganisation } from '../../shared/api/organisation.ts';
import { getWaiting } from '../../shared/api/waiting.ts';
import { fingerprint, type House, kidOf, openHouse } from './house.ts';
import { openPage, type Page } from './page.ts';

const profile = vi.hoisted(() => ({ context: null as Context | null, asked: 0, isThere: true }));
vi.mock('../../extension/device/context.ts', () => ({
  here: new Proxy({}, { get: (_, name) => profile.context?.[name as keyof Context] }),
}));
vi.mock('../../extension/device/person-seen.ts', () => ({
  isPersonSeen: async () => {
    profile.asked += 1;
    return profile.isThere;
  },
  notePersonSeen: async () => undefined,
}));

let folder: string;
let database: Database;
let house: House;
let organiser: Context;
let page: Page;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-keys-'));
  const address = join(folder, 'sundial.sqlite');
  database = await openDatabase(address);
  house = await openHouse({ database, address, folder });
  organiser = await house.begin();
  Object.assign(profile, { context: organiser, asked: 0, isThere: true });
});
afterEach(async () => {
  await page.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The state of each leader's device, by name. */
const standing = async (by: Context): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    (await house.rows(by)).filter(({ name }) => name.length === 1).map(({ name, state }) => [name, state]),
  );

/** What waits for the organiser of devices. */
const waitsFor = async (by: Context) =>
  (await call(getWaiting, {}, by)).groups.flatMap(({ kind, rows }) =>
    kind === 'device' || kind === 'succeeded' ? rows.map((row) => ({ kind, ...row })) : [],
  );

const endedWhy = async (kid: string): Promise<unknown> => {
  const { keys, records } = await recordsNow(organiser);
  return records.find(({ index }) => index === keys.ended.get(kid))?.payload.why ?? null;
};

test('one organiser key: the page asks for a spare, and says so no more once there is one', async () => {
  page = await openPage(organiser);
  await page.until('现在只有一把有效的组织签名钥匙');
  await house.enrolled(organiser, 'organiser', null);
  await page.close();
  page = await openPage(organiser);
  await page.until('组织部门 · org2');
  expect(page.text()).not.toContain('只有一把');
});

test('a device whose organiser key is gone is told that it cannot sign, and what follows', async () => {
  await organiser.database.keys.where('use').equals('organiser').delete();
  page = await openPage(organiser);
  await page.until('这台设备没有有效的组织签名钥匙');
  expect(page.text()).toContain('两把都丢了，存证日志只能重新开始');
});

test('an ended device shows as ended at once, its key as revoked with the reason, and its person is invited again', async () => {
  const leader = await house.enrolled(organiser, 'leader', 'u01', { name: '甲' });
  const kid = await kidOf(leader, 'leader');
  page = await openPage(organiser);
  await page.until(`${fingerprint(kid).slice(0, 4)} ${fingerprint(kid).slice(4, 8)}`);
  await page.press('停用：甲');
  await page.tick('同时作废它的签名钥匙');
  await page.press('停用这台设备');
  expect(page.dialog()).toContain('请选一项');
  await page.choose('为什么作废', 'lost');
  expect(page.dialog()).toContain('此前的封存仍然有效');
  await page.press('停用这台设备');
  await page.until('甲的设备已停用。');
  await page.until('已停用');
  await page.until('没有有效的钥匙，不能签名');
  expect(profile.asked).toBe(1);
  expect(await endedWhy(kid)).toBe('lost');
  await leader.token.write(null);
  await expect(call(getMe, {}, leader)).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
  await page.press('重新邀请：甲');
  await page.press('生成邀请链接');
  await page.until('链接只显示这一次');
  expect((await house.rows(organiser)).filter(({ state, name }) => state === 'invited' && name === '甲')).toMatchObject(
    [{ grants: [{ role: 'leader', unit: 'u01', actor: 'u01' }] }],
  );
});

test('whose link was lost is invited again from that row, and the lost link opens nothing any more', async () => {
  const body = { name: '甲', grants: [{ role: 'moderator' as const, unit: null }] };
  const { link } = await invitePerson(body, organiser);
  page = await openPage(organiser);
  await page.until('重新邀请');
  await page.press('重新邀请：甲');
  expect(page.dialog()).toContain('之前的链接就此作废');
  await page.press('生成邀请');
  await page.until('链接只显示这一次');
  await expect(house.claimed(link)).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
});

test('one more device is for the same person, while somebody else of that name is another', async () => {
  await house.enrolled(organiser, 'moderator', null, { name: '张伟' });
  page = await openPage(organiser);
  await page.until('张伟');
  await page.press('加一台设备：张伟');
  await page.press('生成邀请链接');
  await page.until('链接只显示这一次');
  await invitePerson({ name: '张伟', grants: [{ role: 'moderator', unit: null }] }, organiser);
  const actors = (await house.rows(organiser))
    .filter(({ name }) => name === '张伟')
    .map(({ state, grants }) => `${state} ${grants[0]?.actor}`);
  expect(actors.sort()).toEqual(['active mod1', 'invited mod1', 'invited mod2']);
});

test('a key is revoked for a reason only, and only after the person was asked', async () => {
  const kid = await kidOf(await house.enrolled(organiser, 'reviewer', null), 'reviewer');
  page = await openPage(organiser);
  await page.until('保密审查 · rev1');
  await page.press('作废签名钥匙：保密审查 · rev1');
  await page.press('签名作废');
  expect(page.dialog()).toContain('请选一项');
  await page.choose('为什么作废', 'rotation');
  profile.isThere = false;
  await page.press('签名作废');
  await page.until('签名前怎么认您');
  expect(await endedWhy(kid)).toBeNull();
  profile.isThere = true;
  await page.close();
  page = await openPage(organiser);
  await page.until('保密审查 · rev1');
  await page.press('作废签名钥匙：保密审查 · rev1');
  await page.choose('为什么作废', 'rotation');
  await page.press('签名作废');
  await page.until('签名钥匙已作废：保密审查 · rev1。');
  expect(await endedWhy(kid)).toBe('rotation');
});

test('a successor is activated with a term of office; the one before ends the day before', async () => {
  const before = await kidOf(await house.enrolled(organiser, 'leader', 'u01', { name: '甲' }), 'leader');
  const { link } = await invitePerson({ name: '乙', grants: [{ role: 'leader', unit: 'u01' }] }, organiser);
  const successor = await house.claimed(link);
  page = await openPage(organiser);
  await page.until('等待核对指纹');
  await page.press('核对指纹：乙');
  await page.until('这个身份已经有过签名钥匙');
  await page.choose('为什么换钥匙', 'leader');
  expect(page.dialog()).toContain('前任的日记仍然有效，署名不变');
  await page.tick('我已当面核对指纹');
  await page.press('签名并启用');
  expect(page.dialog()).toContain('请填写');
  await page.type('职务', 'u01局长（新任）');
  await page.press('签名并启用');
  await page.until('乙的设备已启用。');
  expect(await endedWhy(before)).toBe('leader');
  // The predecessor's device was ended in the same step; nothing is left to do.
  expect(await standing(organiser)).toEqual({ 甲: 'ended', 乙: 'active' });
  expect(await waitsFor(organiser)).toEqual([]);
  const { terms } = await call(getOrganisation, {}, organiser);
  // The clock of the house stands at 2026-11-20 16:00 in Shanghai.
  expect(terms.filter(({ unit }) => unit === 'u01').map(({ post, from, to }) => [post, from, to])).toEqual([
    ['u01局长', '2026-01-01', '2026-11-19'],
    ['u01局长（新任）', '2026-11-20', null],
  ]);
  expect((await recordsNow(organiser)).keys.ended.has(await kidOf(successor, 'leader'))).toBe(false);
});

test("a predecessor's device that is left standing waits for the organiser until it is ended", async () => {
  await house.enrolled(organiser, 'leader', 'u01', { name: '甲' });
  const { link } = await invitePerson({ name: '乙', grants: [{ role: 'leader', unit: 'u01' }] }, organiser);
  await house.claimed(link);
  page = await openPage(organiser);
  await page.until('等待核对指纹');
  await page.press('核对指纹：乙');
  await page.until('这个身份已经有过签名钥匙');
  await page.choose('为什么换钥匙', 'leader');
  await page.type('职务', 'u01局长（新任）');
  await page.tick('同时停用前任的设备（甲）');
  await page.tick('我已当面核对指纹');
  await page.press('签名并启用');
  await page.until('乙的设备已启用。');
  expect(await standing(organiser)).toEqual({ 甲: 'active', 乙: 'active' });
  expect(page.text().split('已由别人接任，请停用这台设备').length - 1).toBe(1);
  expect(await waitsFor(organiser)).toMatchObject([{ kind: 'succeeded', unit: 'u01', text: '甲', due: null }]);
  await page.press('停用：甲');
  await page.press('停用这台设备');
  await page.until('甲的设备已停用。');
  expect(page.text()).not.toContain('已由别人接任');
  expect(await waitsFor(organiser)).toEqual([]);
});

test("a predecessor's device with another role is not ended with the term: it waits, as that work is handed over first", async () => {
  const before = await house.claimed(
    (
      await invitePerson(
        {
          name: '甲',
          grants: [
            { role: 'leader', unit: 'u01' },
            { role: 'moderator', unit: null },
          ],
        },
        organiser,
      )
    ).link,
  );
  await house.activate(organiser);
  expect(await checkActivation(before)).toBe('active');
  const { link } = await invitePerson({ name: '乙', grants: [{ role: 'leader', unit: 'u01' }] }, organiser);
  await house.claimed(link);
  page = await openPage(organiser);
  await page.until('等待核对指纹');
  await page.press('核对指纹：乙');
  await page.until('这个身份已经有过签名钥匙');
  await page.choose('为什么换钥匙', 'leader');
  expect(page.dialog()).not.toContain('同时停用');
  await page.type('职务', 'u01局长（新任）');
  await page.tick('我已当面核对指纹');
  await page.press('签名并启用');
  await page.until('乙的设备已启用。');
  expect(await standing(organiser)).toEqual({ 甲: 'active', 乙: 'active' });
  expect(await waitsFor(organiser)).toMatchObject([{ kind: 'succeeded', unit: 'u01', text: '甲' }]);
});

test('the list is narrowed by words of name, unit and role, and by state; what is left is counted', async () => {
  await house.enrolled(organiser, 'leader', 'u01', { name: '甲' });
  await house.enrolled(organiser, 'reviewer', null, { name: '乙' });
  await invitePerson({ name: '丙', grants: [{ role: 'leader', unit: 'u02' }] }, organiser);
  page = await openPage(organiser);
  await page.until('共4项');
  expect(page.text()).not.toContain('筛选');
  await page.type('姓名、单位或身份', '一把手 u01');
  await page.until('显示1项，共4项');
  // Organiser, leader and reviewer have keys in the log; who was only invited has none.
  await page.until('按“一把手 u01”筛选：显示1个身份，共3个');
  await page.choose('状态', 'invited');
  await page.until('没有符合的');
  await page.type('姓名、单位或身份', '');
  await page.until('显示1项，共4项');
  expect(page.text()).toContain('等待领取（1）');
  await page.choose('状态', '');
  await page.until('共4项');
});

test('the organiser replaces the own key: the new one stands in the list and signs from then on', async () => {
  const before = await kidOf(organiser, 'organiser');
  page = await openPage(organiser);
  await page.until('组织部门 · org');
  await page.press('更换');
  expect(page.dialog()).toContain('读者固定的仍是第0号钥匙');
  await page.press('签名更换');
  await page.until('这台设备的签名钥匙已更换。');
  await page.until('以前的钥匙，1把');
  const after = await kidOf(organiser, 'organiser');
  expect(after).not.toBe(before);
  expect(await endedWhy(before)).toBe('rotation');
  await house.enrolled(organiser, 'leader', 'u01');
  expect(await house.audit(before)).toEqual([]);
});
