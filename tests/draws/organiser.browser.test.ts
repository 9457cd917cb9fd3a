import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { addressSource } from '../../server/public/source.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { findingsIn, tooWide } from '../fixtures/page-checks.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { beginPictures, enrol, openDesk, picture } from '../journey/people.ts';
import { Hand, sayWork } from './hand.ts';
import { type Office, openOffice, unitsOf24 } from './office.ts';

/** Week 2026-W47 ends on Sunday 22 November; sealing ends on Monday at noon in Shanghai. */
const monday = Date.UTC(2026, 10, 22, 16) / 1000;
const noon = monday + 12 * 3600;
const lot = monday + 86_400 + 21 * 3600 + 15 * 60;
const week = 7 * 86_400;
const patience = { timeout: 10_000 };
const all = unitsOf24.map(({ id }) => id);

let office: Office | null = null;
let profile: Profile | null = null;
let folder = '';

afterEach(async () => {
  await profile?.close();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The organiser shuts the machine and comes back later: a new browser on the same profile, at the page of draws. */
async function comeBack(route = 'draws'): Promise<Page> {
  await profile?.kill();
  profile = await openProfile(join(folder, 'organiser'));
  profile.context.setDefaultTimeout(30_000);
  return openDesk(profile, route);
}

/** Signs as a person does: presses, and types the PIN where it is asked for. */
async function sign(hand: Hand, page: Page, button: Locator): Promise<void> {
  await hand.press(page, button);
  const pin = page.getByLabel('签名口令');
  await pin.waitFor();
  await pin.focus();
  for (const digit of '271828') await hand.strike(page, digit);
  await hand.strike(page, 'Enter');
  await pin.waitFor({ state: 'detached' });
}

/** What a screen must be at every stage: one primary button or none, fit for everybody, not too wide at 900 and 320. */
async function holds(page: Page, name: string, primary: string | null): Promise<void> {
  const buttons = page.locator('main .btn:not(.quiet):not(.text):not(.danger)');
  expect([name, await buttons.allTextContents()]).toEqual([name, primary === null ? [] : [primary]]);
  await picture(page, name);
  for (const scheme of ['light', 'dark'] as const) {
    expect([name, scheme, (await findingsIn(page, scheme)).failed]).toEqual([name, scheme, []]);
  }
  for (const width of [900, 320]) {
    await page.setViewportSize({ width, height: 900 });
    expect([name, width, await tooWide(page)]).toEqual([name, width, []]);
    if (width === 900) await picture(page, `${name}-dark-900`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** The stage that the public sees now, in the draw's file and in the index. */
async function publicStage(at: Office, draw: string): Promise<unknown> {
  const file = await at.file(`draw/${draw}.json`);
  const index = await at.file('index.json');
  expect(index).toMatchObject({
    draws: expect.arrayContaining([expect.objectContaining({ draw, stage: stageOf(file) })]),
  });
  return stageOf(file);
}

const stageOf = (file: unknown): unknown =>
  typeof file === 'object' && file !== null && 'stage' in file ? file.stage : null;

test('a draw for 24 units takes an organiser under five minutes of work from the rule to publication; one that is void is run again by keyboard alone', async () => {
  beginPictures('organiser');
  folder = mkdtempSync(join(tmpdir(), 'sundial-organiser-'));
  office = await openOffice(noon - 3 * 86_400);
  profile = await openProfile(join(folder, 'organiser'));
  const begun = await enrol(profile, await office.invite(), true);
  await begun.getByText('等待组织部门核对指纹').first().waitFor();
  await office.activate();
  await begun.getByText('这台设备已经登记并启用').waitFor();
  const absent = ['u01', 'u24'];
  await office.seal(
    '2026-W47',
    all.filter((unit) => !absent.includes(unit)),
  );
  office.at(noon + 600);

  // Monday: the rule and the list.
  const hand = new Hand();
  let page = await comeBack();
  await page.getByText('还没有规则').waitFor();
  await holds(page, 'no-rule', '定规则');
  await hand.press(page, page.getByRole('link', { name: '定规则' }));
  await hand.type(page, page.getByLabel('第1组的席数'), '2');
  await hand.type(page, page.getByLabel('外部来源 · 名称'), '双色球', 'shuangseqiu '.length);
  hand.read(all.length);
  await holds(page, 'rule', '签名并公布规则');
  await sign(hand, page, page.getByRole('button', { name: '签名并公布规则' }));
  await page.getByText('22个单位已封存').waitFor();
  hand.read(all.length);
  await hand.choose(page, page.getByLabel('党政办公室没有参加的原因'), '休假');
  await hand.type(page, page.getByLabel('双色球期号'), '2026134');
  await hand.typeDay(page, page.getByLabel('双色球开奖日期'), '2026-11-24');
  await hand.type(page, page.getByLabel('双色球开奖时间'), '2115');
  await holds(page, 'freeze', '签名并锁定名单');
  await hand.press(page, page.getByRole('button', { name: '签名并锁定名单' }));
  await hand.press(page, page.getByRole('dialog').getByRole('button', { name: '签名并锁定名单' }));
  await page.getByText('下一步：锁定存证日志').waitFor();
  // The button that was pressed is gone: the page begins at the next step.
  expect(await page.evaluate(() => [document.activeElement?.id, scrollY])).toEqual(['main', 0]);
  const w47 = 'd-2026-w47';
  expect(await publicStage(office, w47)).toBe('frozen');

  // Devices come online, one after another; the page says who is missing.
  await office.online(all.filter((unit) => !['u21', 'u22'].includes(unit)));
  await page.getByText('还差白荡街道、云渡街道').waitFor();
  await holds(page, 'nonces-missing', '锁定存证日志');
  expect(await page.getByText('最迟11月24日 21:15').count()).toBeGreaterThan(0);
  await office.online(['u21']);
  await page.getByText('还差云渡街道').waitFor();
  page = await comeBack();
  await sign(hand, page, page.getByRole('button', { name: '锁定存证日志' }));
  await page.getByText('等设备作证').waitFor();
  expect(await publicStage(office, w47)).toBe('locked');
  await office.online(all.slice(0, 10));
  await page.getByText('还差3台').waitFor();
  await holds(page, 'acks-missing', null);
  await office.online(all.slice(10, 20));
  await page.getByText('20台设备看过名单并签字，够了要求的13台。').waitFor();
  await holds(page, 'lot-awaited', null);
  expect(await page.getByText('11月24日 21:15开奖后录入号码').count()).toBeGreaterThan(0);

  // Tuesday night: the numbers and the result; then the review, which publishes.
  office.at(lot + 300);
  page = await comeBack();
  const numbers = page.getByLabel('双色球第2026134期的号码');
  await hand.type(page, numbers, '02050810123340');
  await hand.press(page, page.getByRole('button', { name: '按号码算结果' }));
  await page.getByText('没有40这个号码').waitFor();
  await hand.type(page, numbers, '02050810123014');
  hand.read(7);
  await expect.poll(() => page.locator('.ball').allTextContents()).toEqual(['02', '05', '08', '10', '12', '30', '14']);
  await page.getByText('已存为草稿').waitFor();
  page = await comeBack();
  await expect.poll(() => page.getByLabel('双色球第2026134期的号码').inputValue(), patience).toBe('02050810123014');
  await holds(page, 'numbers', '按号码算结果');
  await hand.press(page, page.getByRole('button', { name: '按号码算结果' }));
  await page.getByText('算出的结果').waitFor();
  hand.read(7 + 3);
  await hand.press(page, page.getByLabel('号码已和官方公告核对过'));
  await holds(page, 'result', '签名并公布结果');
  await sign(hand, page, page.getByRole('button', { name: '签名并公布结果' }));
  await page.getByRole('heading', { name: '审查中，最迟11月27日 17:30晒出' }).waitFor();
  expect(await publicStage(office, w47)).toBe('drawn');
  // Tuesday night counts as Wednesday; two working days after it is Friday, until 17:30.
  expect(await office.file(`draw/${w47}.json`)).toMatchObject({ reviewDue: monday + 4 * 86_400 + 17.5 * 3600 });
  await holds(page, 'drawn', null);
  await office.review();
  await page.getByRole('heading', { name: '已晒出' }).waitFor();
  expect(await publicStage(office, w47)).toBe('published');
  await holds(page, 'published', '办下一次抽签');
  const links = await page
    .locator('main a[href*="/d/"]')
    .evaluateAll((found) => found.map((a) => a.getAttribute('href')));
  expect(links).toHaveLength(3);
  for (const href of links) expect((await fetch(href ?? '')).status).toBe(200);
  const work = hand.work();
  console.log(sayWork('draw of 24 units, with its rule', work));
  expect(work.seconds).toBeLessThan(300);

  // The week after, by keyboard alone: too few devices acknowledge, so the draw is void and run again with the same seals.
  await office.seal('2026-W48', all);
  office.at(noon + week + 600);
  const keys = new Hand(true);
  page = await comeBack();
  // What came out is what there is to see; the next one is a step away.
  await keys.press(page, page.getByRole('link', { name: '办下一次抽签' }));
  await page.getByText('24个单位已封存').waitFor();
  expect(await page.getByLabel('双色球开奖日期').inputValue()).toBe('2026-12-01');
  expect(await page.getByLabel('双色球开奖时间').inputValue()).toBe('21:15');
  await keys.type(page, page.getByLabel('双色球期号'), '2026137');
  await page.getByText('已存为草稿').waitFor();
  page = await comeBack('draws/new');
  await expect.poll(() => page.getByLabel('双色球期号').inputValue(), patience).toBe('2026137');
  await keys.press(page, page.getByRole('button', { name: '签名并锁定名单' }));
  await sign(keys, page, page.getByRole('dialog').getByRole('button', { name: '签名并锁定名单' }));
  await page.getByText('下一步：锁定存证日志').waitFor();
  await office.online(all);
  await page.getByText('随机数都齐了').waitFor();
  await keys.press(page, page.getByRole('button', { name: '锁定存证日志' }));
  await page.getByText('等设备作证').waitFor();
  await office.online(all.slice(0, 12));
  office.at(lot + week + 60);
  page = await comeBack();
  await page.getByText('作证的只有12台，不够13台').waitFor();
  await holds(page, 'short', '作废…');
  await keys.press(page, page.getByRole('button', { name: '作废…' }));
  const why = '作证的设备不够';
  await keys.type(page, page.getByLabel('作废的原因'), why, 'zuozhengdeshebeibugou '.length);
  await page.getByText('已存为草稿').waitFor();
  page = await comeBack();
  await keys.press(page, page.getByRole('button', { name: '作废…' }));
  await expect.poll(() => page.getByLabel('作废的原因').inputValue(), patience).toBe(why);
  await sign(keys, page, page.getByRole('button', { name: '签名并作废' }));
  await page.getByText('24个单位已封存').waitFor();
  // The list that becomes void has these words too, so they may stand there before the server has answered.
  await expect.poll(() => office && publicStage(office, 'd-2026-w48')).toBe('void');

  const again = 'd-2026-w48-r2';
  await keys.type(page, page.getByLabel('双色球期号'), '2026138');
  await keys.typeDay(page, page.getByLabel('双色球开奖日期'), '2026-12-03');
  await keys.press(page, page.getByRole('button', { name: '签名并锁定名单' }));
  await keys.press(page, page.getByRole('dialog').getByRole('button', { name: '签名并锁定名单' }));
  await page.getByText('第2次').waitFor();
  await office.online(all);
  await page.getByText('随机数都齐了').waitFor();
  await keys.press(page, page.getByRole('button', { name: '锁定存证日志' }));
  await page.getByText('等设备作证').waitFor();
  await office.online(all);
  await page.getByText('24台设备看过名单并签字').waitFor();
  office.at(lot + week + 2 * 86_400 + 300);
  page = await comeBack();
  await keys.type(page, page.getByLabel('双色球第2026138期的号码'), '01 02 03 04 05 06 01');
  await keys.press(page, page.getByRole('button', { name: '按号码算结果' }));
  await page.getByText('算出的结果').waitFor();
  keys.read(7 + 3);
  await keys.press(page, page.getByLabel('号码已和官方公告核对过'));
  await sign(keys, page, page.getByRole('button', { name: '签名并公布结果' }));
  await page.getByRole('heading', { name: /^审查中/ }).waitFor();
  await office.review();
  await page.getByRole('heading', { name: '已晒出' }).waitFor();
  expect(await publicStage(office, again)).toBe('published');
  const rerun = keys.work();
  console.log(sayWork('draw of 24 units, void and run again, by keyboard alone', rerun));
  expect(rerun.seconds).toBeLessThan(600);

  const rows = await office.rows();
  expect(rows.map(({ draw, stage, voidReason }) => [draw, stage, voidReason])).toEqual([
    [again, 'published', null],
    ['d-2026-w48', 'void', why],
    [w47, 'published', null],
  ]);
  expect(rows[2]?.history.map(({ act, by }) => `${act} ${by}`)).toEqual([
    'freeze 王组织',
    'lock 王组织',
    'record 王组织',
    'publish system',
  ]);
  expect(rows[0]?.candidates).toEqual(rows[1]?.candidates);
  const { vkey } = office.context.log;
  const [leaf0] = await office.context.database.db
    .selectFrom('log_key')
    .select('kid')
    .where('added_index', '=', 0)
    .execute();
  const report = await verifyTree(addressSource(`${office.issuer}/public/`), {
    pins: { vkey, organiser: leaf0?.kid ?? '' },
    seen: () => undefined,
    progress: () => undefined,
  });
  expect(report).toMatchObject({ pinned: true, diaries: 6, draws: 3, failures: [] });
}, 600_000);
