/** The reviewer's page, by keyboard alone: read what is drawn, withhold two items in public, pass, and the draw is out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { postOffer, postOfferBack } from '../../shared/api/releases.ts';
import { type Office, openOffice, unitsOf24 } from '../draws/office.ts';
import { findingsIn, tooWide } from '../fixtures/page-checks.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { entryOf, sealItems, showWeek } from '../fixtures/showing.ts';
import { beginPictures, confirmWhenAsked, enrol, openDesk, picture } from '../journey/people.ts';

/** Monday 23 November 2026, 09:00 in Shanghai: week 47 is over. */
const monday = Date.UTC(2026, 10, 23, 1) / 1000;
const week = '2026-W47';
const hold = { ground: 'state-secret', basis: '《政府信息公开条例》第十四条' } as const;

const nameOf = (unit: string | undefined): string => unitsOf24.find(({ id }) => id === unit)?.name.zh ?? '';

let office: Office | null = null;
let profile: Profile | null = null;
let folder = '';

/** Whether the middle of an element is seen, and nothing lies over it. */
const isInSight = (page: Page, selector: string): Promise<boolean> =>
  page.locator(selector).evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const seen = document.elementFromPoint(x + width / 2, y + height / 2);
    return seen !== null && element.contains(seen);
  });

afterEach(async () => {
  await profile?.close();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a reviewer withholds two items and passes both drawn diaries by keyboard; then, and not before, they are public', async () => {
  beginPictures('review');
  folder = mkdtempSync(join(tmpdir(), 'sundial-review-'));
  const opened = await openOffice(monday, {}, unitsOf24.slice(0, 2));
  office = opened;
  profile = await openProfile(folder);
  const begun = await enrol(profile, await opened.invite('reviewer'), true);
  await begun.getByText('等待组织部门核对指纹').first().waitFor();
  await opened.activate();
  await begun.getByText('这台设备已经登记并启用').waitFor();
  for (const leader of opened.leaders.values())
    await sealItems(leader, week, [
      [{ kind: 'title', week, text: '桥修好之前，先把路让出来' }],
      [entryOf(week, 0, 9, '到柳湾村看临时便桥')],
      [entryOf(week, 1, 10, '赵某家的事，当面说清楚')],
      [entryOf(week, 2, 11, '赵某的邻居也来了')],
      [entryOf(week, 3, 9, '专题会议'), hold],
    ]);
  const staff = { organiser: opened.first, leaders: opened.leaders, officials: new Map() };
  const soon = () => monday + 3600;
  const { draw, drawn } = await showWeek(staff, week, { seats: 2, soon, until: async (at) => opened.at(at + 1) });
  const [first = ''] = drawn;

  // What the second unit's device keeps of its own texts.
  const own = await opened.context.database.db
    .selectFrom('disclosure')
    .innerJoin('seal', 'seal.seal_hash', 'disclosure.seal_hash')
    .select(['item', 'encoded'])
    .where('unit', '=', drawn[1] ?? '')
    .execute();

  const page = await openDesk(profile, 'review');
  await confirmWhenAsked(page);
  await page.getByRole('heading', { name: /党政办公室|组织部/ }).waitFor();
  // Drawn on Monday: the second working day after it is Wednesday.
  await page.getByText('最迟11月25日 17:30晒出').waitFor();
  await page.getByText('赵某家的事，当面说清楚').waitFor();
  expect(await page.getByRole('checkbox').count()).toBe(4);
  await picture(page, 'review');
  for (const scheme of ['light', 'dark'] as const) {
    expect([scheme, (await findingsIn(page, scheme)).failed]).toEqual([scheme, []]);
  }
  await picture(page, 'review-dark');
  for (const width of [820, 320]) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, await tooWide(page)]).toEqual([width, []]);
    await picture(page, `review-dark-${width}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });

  // In a low window too one sees where one is: in the list, and which item the arrows are at.
  await page.setViewportSize({ width: 1280, height: 250 });
  await page.keyboard.press('j');
  await page.getByRole('heading', { name: nameOf(drawn[1]) }).waitFor();
  await expect.poll(() => isInSight(page, '.queue [aria-current]')).toBe(true);
  await page.keyboard.press('k');
  await page.getByRole('heading', { name: nameOf(first) }).waitFor();
  for (const height of [560, 360]) {
    await page.setViewportSize({ width: 1280, height });
    await page.locator('#main').focus();
    for (let item = 0; item < 4; item += 1) {
      await page.keyboard.press('ArrowDown');
      expect([height, item, await isInSight(page, ':focus')]).toEqual([height, item, true]);
    }
  }
  await page.locator('#main').focus();
  await page.setViewportSize({ width: 1280, height: 900 });

  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'h']) await page.keyboard.press(key);
  const dialog = page.getByRole('dialog', { name: '暂不公开这2条？' });
  const isIn = (label: string) => dialog.getByLabel(label).evaluate((field) => field === document.activeElement);
  await expect.poll(() => isIn('理由')).toBe(true);
  await dialog.getByRole('button', { name: '签名并暂不公开' }).press('Enter');
  await dialog.getByText('请写明依据的条款').waitFor();
  await expect.poll(() => isIn('依据')).toBe(true);
  await dialog.getByLabel('依据').fill('《政府信息公开条例》第十五条');
  await picture(page, 'hold');
  await dialog.getByLabel('依据').press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByText('审查隐去').count()).toBe(2);
  expect(await page.getByText('赵某').count()).toBe(0);
  await picture(page, 'held');

  expect((await fetch(`${opened.issuer}/public/draw/${draw}/${first}.json`)).status).toBe(404);
  await page.keyboard.press('p');
  await page.getByText('审完一起晒出').waitFor();
  await page.getByRole('heading', { name: nameOf(drawn[1]) }).waitFor();
  await page.keyboard.press('p');
  await page.getByText('这次抽签的日记都晒出了').waitFor();
  await page.getByText('没有等您审查的日记').waitFor();
  await picture(page, 'published');
  const shown = await (await fetch(`${opened.issuer}/public/d/${draw}/${first}.html`)).text();
  expect(shown).toContain('《政府信息公开条例》第十五条');
  expect(shown).not.toContain('赵某');

  // What somebody asks for later is withheld in the published diary, at the address that its mention gives.
  await page.goto(page.url().replace(/#.*/, `#/review/${draw}/${drawn[1]}`));
  await page.getByText('这一篇已经晒出').waitFor();
  expect(await page.getByRole('button', { name: /放行/ }).count()).toBe(0);
  await picture(page, 'published-open');
  await page.setViewportSize({ width: 320, height: 900 });
  expect(await tooWide(page)).toEqual([]);
  await picture(page, 'published-open-320');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'h']) await page.keyboard.press(key);
  await dialog.getByLabel('依据').fill('《政府信息公开条例》第十五条');
  await picture(page, 'hold-320');
  await dialog.getByLabel('依据').press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const later = await (await fetch(`${opened.issuer}/public/d/${draw}/${drawn[1]}.html`)).text();
  expect(later).toContain('《政府信息公开条例》第十五条');
  expect(later).not.toContain('赵某');

  // Its leader offers one of the two after all; the reviewer reads it where it stands, by keyboard alone.
  const item = 2;
  const place = { draw, unit: drawn[1] ?? '' };
  const leader = opened.leaders.get(place.unit);
  const offer = async (why: string) => {
    const disclosure = own.find((row) => row.item === item)?.encoded ?? '';
    await leader?.call(postOffer, { params: place, body: { item, disclosure, why } });
  };
  const isHidden = async () =>
    !(await (await fetch(`${opened.issuer}/public/d/${draw}/${place.unit}.html`)).text()).includes('赵某');
  await offer('当事人书面同意');
  await page.goto(page.url().replace(/#.*/, '#/review'));
  await page.getByText('请求恢复公开1条').waitFor();
  await page.getByText('赵某家的事，当面说清楚').waitFor();
  expect(await isInSight(page, '.offer')).toBe(true);
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, await tooWide(page)]).toEqual([width, []]);
    await picture(page, `offer-${width}`);
  }
  for (const scheme of ['light', 'dark'] as const)
    expect([scheme, (await findingsIn(page, scheme)).failed]).toEqual([scheme, []]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await picture(page, 'offer-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  // The keys of a diary under review pass no offer.
  for (const key of ['p', 'j', 'k', 'h']) await page.keyboard.press(key);
  await page.getByText('请先选要暂不公开的条目').waitFor();
  expect(await isHidden()).toBe(true);

  // A dialog that was closed keeps what was typed.
  const decline = page.getByRole('dialog', { name: '不恢复公开第3条？' });
  const reason = decline.getByLabel('为什么仍不能公开');
  await page.getByRole('button', { name: '不同意…' }).press('Enter');
  await reason.fill('还没有当事人的字据');
  await page.keyboard.press('Escape');
  await decline.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '不同意…' }).press('Enter');
  await expect.poll(() => reason.inputValue()).toBe('还没有当事人的字据');
  await picture(page, 'decline');
  await page.keyboard.press('Escape');
  await decline.waitFor({ state: 'detached' });

  // What he has not read he does not pass.
  await leader?.call(postOfferBack, { params: place, body: { item } });
  await offer('另有依据');
  await page.getByRole('button', { name: '恢复公开', exact: true }).press('Enter');
  await page.getByText('请再看一遍').waitFor();
  await page.getByText('另有依据').waitFor();
  expect(await isHidden()).toBe(true);
  await leader?.call(postOfferBack, { params: place, body: { item } });
  await offer('当事人书面同意');
  await page.getByRole('button', { name: '不同意…' }).press('Enter');
  await decline.getByRole('button', { name: '不同意' }).press('Enter');
  await decline.getByText('请再看一遍').waitFor();
  expect(await reason.inputValue()).toBe('还没有当事人的字据');
  await page.keyboard.press('Escape');
  await page.getByText('当事人书面同意').waitFor();
  const said = page.getByRole('status').filter({ hasText: '已恢复公开' });
  expect(await said.count()).toBe(0);
  await page.getByRole('button', { name: '恢复公开', exact: true }).press('Enter');
  await page.locator('.offer').waitFor({ state: 'detached' });
  await said.getByText('第3条已恢复公开。').waitFor();
  await picture(page, 'released');
  expect(await isHidden()).toBe(false);
}, 120_000);
