/** A moderator works through the review queue in real Chromium by keyboard alone, while a colleague works beside. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getQueue, postDecision } from '../../shared/api/comments.ts';
import { postLease } from '../../shared/api/moderation.ts';
import { findingsIn, tooWide } from '../fixtures/page-checks.ts';
import { decideAll, endOf, mixedQueue } from './mixed-queue.ts';
import { type ModeratorDesk, openModeratorDesk } from './moderator-desk.ts';

const count = 200;
const seed = 20_260_923;

let desk: ModeratorDesk;
beforeAll(async () => {
  desk = await openModeratorDesk();
}, 120_000);
afterAll(() => desk.close());

const stateOf = async (text: string) =>
  (
    await desk.context.database.db.selectFrom('comment').select(['state', 'version']).where('text', '=', text).execute()
  )[0];

test(`${count} comments of a mixed queue are decided with at most three keys for two`, async () => {
  const mixed = mixedQueue(count, seed);
  for (const { comment } of mixed) await desk.write(comment);
  const page = await desk.openQueue();
  const keys = await decideAll(page, mixed);
  console.log(`moderation: ${keys} keys for ${count} comments, seed ${seed}`);
  expect(keys / count).toBeLessThanOrEqual(1.5);
  const rows = await desk.context.database.db.selectFrom('comment').select(['nickname', 'state', 'text']).execute();
  const ends = new Map(rows.map(({ nickname, state }) => [nickname, state]));
  for (const one of mixed)
    expect([one.comment.text, ends.get(one.comment.nickname)]).toEqual([one.comment.text, endOf(one)]);
  for (const { habit, comment } of mixed)
    if (habit === 'home')
      expect(rows.find(({ nickname }) => nickname === comment.nickname)?.text).not.toMatch(/\d+幢102/);
  const tickets = await desk.context.database.db.selectFrom('ticket').select('number').execute();
  expect(tickets).toHaveLength(mixed.filter(({ habit }) => habit === 'ticket').length);
  await page.close();
});

test('a decision is taken back with one key, and a colleague is seen, and first, where he was first', async () => {
  const [first, second] = ['第一条，请看看路灯', '第二条，请看看护栏'];
  for (const text of [first, second])
    await desk.write({ kind: 'question', text, nickname: text.slice(0, 3), item: null });
  const page = await desk.openQueue();
  const text = page.locator('textarea[data-selectable]');
  await text.waitFor();
  expect(await text.inputValue()).toBe(first);
  await page.keyboard.press('p');
  await page.getByText('的留言已公开').waitFor();
  expect(await stateOf(first)).toMatchObject({ state: 'published' });
  await page.keyboard.press('u');
  await page.getByText('已撤销').waitFor();
  await expect.poll(() => text.inputValue()).toBe(first);
  expect(await stateOf(first)).toMatchObject({ state: 'waiting', version: 3 });

  const waiting = async (said: string) => (await desk.colleague.call(getQueue)).rows.find((row) => row.text === said);
  await expect.poll(async () => (await waiting(first))?.openBy, { timeout: 10_000 }).toBe('李审核');
  const [mine, other] = [await waiting(first), await waiting(second)];
  if (mine === undefined || other === undefined) throw new Error('they do not wait');
  await desk.colleague.call(postLease, { params: { id: other.id } });
  await page.reload();
  await page.getByText('张审核开着').waitFor();
  const body = { decision: 'reject' as const, version: mine.version, reason: 'offTopic' as const, note: null };
  await desk.colleague.call(postDecision, { params: { id: mine.id }, body });
  await text.waitFor();
  await page.keyboard.press('p');
  await page.getByText(/张审核.*先办了，未公开（与日记内容无关）/).waitFor();
  expect(await stateOf(first)).toMatchObject({ state: 'rejected' });
  await expect.poll(() => text.inputValue()).toBe(second);
  for (const scheme of ['light', 'dark'] as const) {
    expect([scheme, (await findingsIn(page, scheme)).failed]).toEqual([scheme, []]);
  }
  await page.setViewportSize({ width: 820, height: 900 });
  expect(await tooWide(page)).toEqual([]);
});
