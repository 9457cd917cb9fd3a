/** The moderator's desk as readers fill it: a wave, a photo upright, long texts; on a desk's screen and on one of 320 px. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrol as enrolDevice } from '../../server/demo/cast.ts';
import type { Device } from '../../server/demo/device.ts';
import { getQueue, postDecision } from '../../shared/api/comments.ts';
import { getTicket, postMove, postNote, postTicket } from '../../shared/api/tickets.ts';
import { squeezed, tooWide } from '../fixtures/page-checks.ts';
import { openDesk } from '../journey/people.ts';
import { type ModeratorDesk, openModeratorDesk } from './moderator-desk.ts';

const phone = { width: 320, height: 640 };
const long =
  '夜市东头22时后还开着喇叭，孩子睡不着。已经打过三次电话，每次都说马上来，来了关十分钟又开。楼上住着两位八十岁的老人，心脏不好，半夜被吵醒就再也睡不着；隔壁开早点铺的四点要起床，天天只睡三个钟头。请在周六晚上来看一次，别挑没有人的周二。';
const differs = `${long}我有他的电话`;

let desk: ModeratorDesk;
beforeAll(async () => {
  desk = await openModeratorDesk();
}, 120_000);
afterAll(() => desk.close());

const complain = (text: string, nickname: string) => desk.write({ kind: 'complaint', text, nickname, item: 1 });
const topOf = async (page: Page, name: string): Promise<number> =>
  (await page.getByRole('heading', { name }).first().boundingBox())?.y ?? Number.NaN;

/** A JPEG that is higher than wide. */
async function uprightPhoto(): Promise<string> {
  const page = await desk.profile.context.newPage();
  await page.setViewportSize({ width: 480, height: 900 });
  const bytes = await page.screenshot({ type: 'jpeg' });
  await page.close();
  return bytes.toString('base64');
}

test('of a wave what differs is read whole and first, and on a phone the item is on the first screen with its photo', async () => {
  for (let n = 1; n <= 9; n += 1) await complain(n === 5 ? differs : long, `转发${n}`);
  const photo = await uprightPhoto();
  await desk.write({ kind: 'report', text: '照片里是昨晚', nickname: '拍照的人', item: 1, photo });
  const page = await desk.openQueue();
  const copies = page.locator('.context section', { hasText: '内容相同的9条' }).locator('li');
  await copies.nth(7).waitFor();
  const said = await copies.allInnerTexts();
  expect(said.map((text) => text.split(' ')[0])).toEqual([5, 2, 3, 4, 6, 7, 8, 9].map((n) => `转发${n}`));
  expect(said.map((text) => text.includes('孩子'))).toEqual([true, ...Array(7).fill(false)]);
  const whole = copies.first().locator('p').last();
  expect(await whole.evaluate((text) => text.scrollHeight <= text.clientHeight + 1)).toBe(true);

  await page.setViewportSize(phone);
  await page.evaluate(() => window.scrollTo(0, 0));
  const area = await page.locator('textarea[data-selectable]').boundingBox();
  expect(area?.y).toBeLessThan(phone.height);
  await page.locator('.queue button', { hasText: '拍照的人' }).click();
  await page.getByRole('button', { name: '看照片' }).click();
  const picture = page.getByRole('img', { name: '反映人附的照片' });
  await picture.waitFor();
  expect(await tooWide(page)).toEqual([]);
  expect((await picture.boundingBox())?.height).toBeLessThanOrEqual(phone.height / 2);
  await page.close();
});

/** A ticket of a long text that the unit has written a lot about. */
async function workedTicket(handler: Device): Promise<string> {
  await complain(
    '中学门口的斑马线磨没了，放学时车一辆接一辆，孩子们站在路边等，最久的等了七分钟。'.repeat(3),
    '另一户',
  );
  const row = (await desk.colleague.call(getQueue)).rows.find(({ nickname }) => nickname === '另一户');
  if (row === undefined) throw new Error('it does not wait');
  const decision = { decision: 'publish' as const, version: row.version, masks: [] };
  await desk.colleague.call(postDecision, { params: { id: row.id }, body: decision });
  const opened = { comment: row.id, clock: 'standard' as const, note: null };
  const { number } = await desk.colleague.call(postTicket, { body: opened });
  const { version } = await desk.organiser.call(getTicket, { params: { number } });
  const move = { version, to: 'assigned' as const, unit: 'lianpu', note: null, public: false };
  await desk.organiser.call(postMove, { params: { number }, body: move });
  for (let n = 1; n <= 6; n += 1)
    await handler.call(postNote, { params: { number }, body: { kind: 'internal', text: `第${n}次到现场看了` } });
  return number;
}

test('every name in the list of tickets can be read, on a phone nothing stands beside it, and there the next step comes before what was done', async () => {
  const as = { name: '钱承办', role: 'handler' as const, unit: 'lianpu' };
  const number = await workedTicket(await enrolDevice(desk.organiser.world, desk.organiser, as));
  const page = await openDesk(desk.profile, 'tickets');
  await page.getByRole('link', { name: number }).waitFor();
  expect(await squeezed(page)).toEqual([]);
  await page.setViewportSize(phone);
  const aside = await page.locator('.scroll').evaluateAll((all) => all.map((e) => e.scrollWidth - e.clientWidth));
  expect(aside).toEqual([0]);
  expect(await tooWide(page)).toEqual([]);
  await page.getByRole('link', { name: number }).click();
  await page.getByText('第6次到现场看了').waitFor();
  // The reader's words stand there as one running text, at once.
  const shown = await page
    .locator('.prose.reading')
    .first()
    .evaluate((words) => {
      const { display, opacity } = getComputedStyle(words);
      return [display, opacity];
    });
  expect(shown).toEqual(['block', '1']);
  const tops = [];
  for (const name of ['反映人怎么说', '下一步', '要办的事', '联系和备注', '经过']) tops.push(await topOf(page, name));
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  expect(await tooWide(page)).toEqual([]);
  await page.close();
});
