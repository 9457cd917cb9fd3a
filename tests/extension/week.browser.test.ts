/** The week's grid of the built extension in a real browser, by pointer, by keyboard and by finger: what it shows is what the store has. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { putRows } from '../fixtures/filled-store.ts';
import { moved } from '../fixtures/page-checks.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { emptyStore } from '../fixtures/stored-rows.ts';

let folder: string;
let profile: Profile;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-week-'));
  profile = await openProfile(folder);
});
afterAll(async () => {
  await profile.close();
  rmSync(folder, { recursive: true, force: true });
});
// 2026-W30 is 20 to 26 July. Each test, and each further try of one, begins with nothing written.
beforeEach(async () => {
  page = await profile.open('desk.html#/week/2026-W30');
  const grid = page.getByRole('region', { name: '七天时间表' });
  await grid.waitFor();
  await emptyStore(page);
  await page.reload();
  await grid.waitFor();
});
afterEach(() => page.close());

/** The point of a day (0 Monday) and a clock time; after midnight 25:00. 30 px an hour, the first line is 05:00. */
async function at(day: number, clock: string): Promise<{ x: number; y: number }> {
  const box = await page.locator('.col .grid').nth(day).boundingBox();
  if (box === null) throw new Error('no grid');
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return { x: box.x + box.width * 0.7, y: box.y + (hour - 5) * 30 + minute / 2 };
}

/** Takes hold at the first point and goes to the last, in small steps. */
async function drag(...points: readonly { x: number; y: number }[]): Promise<void> {
  const [first, ...rest] = points;
  if (first === undefined) return;
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  for (const { x, y } of rest) await page.mouse.move(x, y, { steps: 6 });
}

/** Draws an entry and writes its text. */
async function draw(day: number, from: string, to: string, text: string): Promise<Locator> {
  await drag(await at(day, from), await at(day, to));
  await page.mouse.up();
  await write(text);
  const block = blockOf(text);
  await block.waitFor();
  return block;
}

/** Writes behind the time that stands in the line, and saves. */
async function write(text: string): Promise<void> {
  const line = page.getByRole('textbox', { name: '记一条' });
  await expect.poll(() => line.inputValue()).toMatch(/\d\d:\d\d $/);
  await line.pressSequentially(text);
  await line.press('Enter');
}

const blockOf = (text: string) => page.locator('.blk').filter({ hasText: text }).first();
const nameOf = (block: Locator) => block.getAttribute('aria-label');
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
/** The block says this day and these times. */
const stands = (block: Locator, where: string) => expect.poll(() => nameOf(block)).toContain(where);
const said = (text: string) => page.locator('.board [role=status]').filter({ hasText: text }).waitFor();

/** Every op of an entry with this text, oldest first: day, start, end. */
async function opsOf(text: string): Promise<readonly string[]> {
  return page.evaluate(async (wanted) => {
    const database = await new Promise<IDBDatabase>((done) => {
      const opening = indexedDB.open('sundial');
      opening.onsuccess = () => done(opening.result);
    });
    const asked = database.transaction('outbox').objectStore('outbox').getAll();
    const ops = await new Promise<{ body: Record<string, string> | null }[]>((done) => {
      asked.onsuccess = () => done(asked.result);
    });
    database.close();
    return ops.flatMap(({ body }) => (body?.text === wanted ? [`${body.day} ${body.start} ${body.end}`] : []));
  }, text);
}

test('a drag over empty hours asks what was done, and Enter stores it there', async () => {
  await drag(await at(1, '09:00'), await at(1, '10:31'));
  expect(await page.locator('.ghost').textContent()).toBe('09:00–10:30');
  await page.mouse.up();
  const line = page.getByRole('textbox', { name: '记一条' });
  await expect.poll(() => line.inputValue()).toBe('09:00-10:30 ');
  await line.pressSequentially('召开防台风调度会');
  await line.press('Enter');
  await expect.poll(focused).toBe('7月21日 周二 09:00–10:30，会议，召开防台风调度会');
  await expect.poll(() => line.count()).toBe(0);
  expect(await opsOf('召开防台风调度会')).toEqual(['2026-07-21 2026-07-21T09:00 2026-07-21T10:30']);
  await page.reload();
  await blockOf('召开防台风调度会').waitFor();
});

test('hours after midnight are drawn under the day before, and a text that was begun comes to the next place', async () => {
  await drag(await at(2, '25:00'), await at(2, '26:30'));
  await page.mouse.up();
  const line = page.getByRole('textbox', { name: '记一条' });
  await expect.poll(() => line.inputValue()).toBe('2026-7-23 01:00-02:30 ');
  await line.pressSequentially('巡堤');
  await page.keyboard.press('Escape');
  await expect.poll(() => line.count()).toBe(0);
  await drag(await at(2, '26:00'), await at(2, '27:00'));
  await page.mouse.up();
  await expect.poll(() => line.inputValue()).toBe('2026-7-23 02:00-03:00 巡堤');
  await line.press('Enter');
  await blockOf('巡堤').waitFor();
  expect(await opsOf('巡堤')).toEqual(['2026-07-22 2026-07-23T02:00 2026-07-23T03:00']);
});

test('a block is moved to the next day and stretched at both ends, each one change of what changed', async () => {
  const block = await draw(0, '09:00', '10:00', '检查泵站');
  await drag(await at(0, '09:30'), { ...(await at(0, '09:30')), y: (await at(0, '09:30')).y + 3 });
  await page.mouse.up();
  await page.getByRole('button', { name: '关闭' }).click();
  expect(await opsOf('检查泵站')).toHaveLength(1);

  await drag(await at(0, '09:30'), await at(1, '11:10'));
  expect(await page.locator('.ghost').textContent()).toBe('10:40–11:40');
  await page.mouse.up();
  await said('已改到7月21日 周二 10:40–11:40');
  await stands(block, '7月21日 周二 10:40–11:40');
  await drag(await at(1, '11:36'), await at(1, '12:56'));
  await page.mouse.up();
  await stands(block, '10:40–13:00');
  await drag(await at(1, '10:44'), await at(1, '08:04'));
  await page.mouse.up();
  await stands(block, '08:00–13:00');
  await page.reload();
  await stands(block, '7月21日 周二 08:00–13:00');
  expect(await opsOf('检查泵站')).toEqual([
    '2026-07-20 2026-07-20T09:00 2026-07-20T10:00',
    '2026-07-21 2026-07-21T10:40 2026-07-21T11:40',
    '2026-07-21 2026-07-21T10:40 2026-07-21T13:00',
    '2026-07-21 2026-07-21T08:00 2026-07-21T13:00',
  ]);
});

test('Escape gives a drag up', async () => {
  await draw(0, '09:00', '10:00', '下穿立交');
  await drag(await at(0, '09:30'), await at(3, '15:00'));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await said('没有改');
  expect(await opsOf('下穿立交')).toHaveLength(1);
  await expect.poll(() => page.locator('.ghost').count()).toBe(0);
});

test('the keyboard alone creates, moves, stretches, walks, opens and deletes', async () => {
  await page.getByRole('button', { name: '7月20日 周一，没有记' }).focus();
  await page.keyboard.press('n');
  await write('班子例会');
  await expect.poll(focused).toContain('09:00–10:00');
  // A day later, ten minutes later: shown at once, stored as one change when Alt is let go.
  await page.keyboard.down('Alt');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.up('Alt');
  await said('已改到7月21日 周二 09:10–10:10');
  await expect.poll(focused).toContain('7月21日 周二 09:10–10:10');
  await page.keyboard.press('Shift+Alt+ArrowDown');
  await said('已改到7月21日 周二 09:10–10:15');
  await page.keyboard.press('m');
  await said('拿起“班子例会”');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Escape');
  await said('没有改');
  await page.keyboard.press('m');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await said('已改到7月21日 周二 10:10–11:15');
  expect(await opsOf('班子例会')).toEqual([
    '2026-07-20 2026-07-20T09:00 2026-07-20T10:00',
    '2026-07-21 2026-07-21T09:10 2026-07-21T10:10',
    '2026-07-21 2026-07-21T09:10 2026-07-21T10:15',
    '2026-07-21 2026-07-21T10:10 2026-07-21T11:15',
  ]);
  await page.keyboard.press('ArrowUp');
  await expect.poll(focused).toContain('7月21日 周二，1小时5分');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: '7月21日 周二 10:10–11:15' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toContain('班子例会');
  await page.keyboard.press('Control+z');
  await stands(blockOf('班子例会'), '09:10–10:15');
  await said('时间已改回');
  await page.keyboard.press('Delete');
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).press('Enter');
  await said('已删除');
  await expect.poll(() => page.locator('.blk').count()).toBe(0);
});

test('what comes to stand over another entry is offered to be shortened, this one or the other', async () => {
  await draw(4, '09:00', '11:00', '现场会');
  await draw(4, '13:00', '15:00', '接待来访');
  await drag(await at(4, '14:00'), await at(4, '11:00'));
  await page.mouse.up();
  await said('与另一条重叠1小时');
  await page.getByRole('button', { name: '那一条改为 09:00–10:00' }).click();
  await said('已改到7月24日 周五 09:00–10:00');
  await drag(await at(4, '09:30'), await at(4, '10:00'));
  await page.mouse.up();
  await page.getByRole('button', { name: '这一条改为 09:30–10:00' }).click();
  await expect.poll(() => opsOf('现场会')).toHaveLength(4);
  expect((await opsOf('现场会')).at(-1)).toBe('2026-07-24 2026-07-24T09:30 2026-07-24T10:00');
  expect((await opsOf('接待来访')).at(-1)).toBe('2026-07-24 2026-07-24T10:00 2026-07-24T12:00');
});

test('an entry that is pulled over 05:00 stands in both days', async () => {
  const block = await draw(2, '27:00', '28:30', '转移安置');
  await drag(await at(2, '28:26'), await at(2, '30:26'));
  await page.mouse.up();
  await stands(block, '03:00–06:30');
  expect(await page.locator('.col').nth(2).locator('.blk').count()).toBe(1);
  expect(await nameOf(page.locator('.col').nth(3).locator('.blk'))).toContain('（接前一天）');
  expect((await opsOf('转移安置')).at(-1)).toBe('2026-07-22 2026-07-23T03:00 2026-07-23T06:30');
});

test('a finger scrolls, and drags after a long press', async () => {
  await draw(0, '09:00', '10:00', '查应急物资');
  const touch = await profile.context.newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: { x: number; y: number }) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: point === undefined ? [] : [point] });
  await page.setViewportSize({ width: 1280, height: 600 });
  // Both in one go: a finger that rests while the machine is busy would be a long press. It stops before it is lifted, so nothing glides on.
  const [below, above] = [await at(0, '14:00'), await at(0, '11:00')];
  await Promise.all([send('touchStart', below), send('touchMove', above)]);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  await page.waitForTimeout(100);
  await send('touchMove', above);
  await send('touchEnd');
  expect(await page.locator('.ghost').count()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(() => scrollTo(0, 0));
  await send('touchStart', await at(0, '09:30'));
  // The browser's own long press may come first.
  const menu = () => new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
  expect(await page.evaluate(`document.querySelector('.blk').dispatchEvent((${menu})())`)).toBe(false);
  // Once the press was long enough the entry is taken hold of.
  await page.locator('.ghost').waitFor();
  await send('touchMove', await at(1, '10:00'));
  await send('touchMove', await at(1, '10:30'));
  await send('touchEnd');
  await said('已改到7月21日 周二 10:00–11:00');
  expect(await opsOf('查应急物资')).toHaveLength(2);
});

test('a finger that stops a page which glides takes hold of nothing', async () => {
  await draw(0, '09:00', '10:00', '查水位');
  // Such a touch cannot be cancelled: the browser goes on to scroll by it.
  await page.evaluate(() => {
    const block = document.querySelector('.blk');
    const { x = 0, y = 0 } = block?.getBoundingClientRect() ?? {};
    const point = {
      bubbles: true,
      clientX: x + 9,
      clientY: y + 9,
      pointerId: 1,
      isPrimary: true,
      pointerType: 'touch',
    };
    block?.dispatchEvent(new PointerEvent('pointerdown', point));
    block?.dispatchEvent(new TouchEvent('touchstart', { bubbles: true, cancelable: false }));
  });
  await page.waitForTimeout(600);
  expect(await page.locator('.ghost').count()).toBe(0);
});

test('a sealed week can only be read, and says why on the first try', async () => {
  await draw(0, '09:00', '10:00', '签发提示');
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done) => {
      const opening = indexedDB.open('sundial');
      opening.onsuccess = () => done(opening.result);
    });
    const writing = database.transaction('weeks', 'readwrite');
    writing.objectStore('weeks').put({ week: '2026-W30', seal: 'x', rev: 1, index: 1, open: false, frozen: false });
    await new Promise((done) => writing.addEventListener('complete', done));
    database.close();
  });
  await page.reload();
  await blockOf('签发提示').waitFor();
  await drag(await at(0, '09:30'), await at(1, '09:30'));
  await page.mouse.up();
  await page.locator('.notice').getByText('这一周已封存，只能看。要改，请先重新打开。').waitFor();
  await page.locator('.notice').getByRole('button').click();
  await blockOf('签发提示').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.locator('.notice').waitFor();
  expect(await opsOf('签发提示')).toHaveLength(1);
});

test('the line of now goes behind what is written, and the clock stands beside the hours', async () => {
  await page.goto(page.url().replace(/#.*/, '#/week'));
  const line = page.locator('.grid .now');
  await line.waitFor({ state: 'attached' });
  expect(await line.evaluate((found) => found.previousElementSibling)).toBeNull();
  expect(await page.locator('.hrs .clock').textContent()).toMatch(/^\d\d:\d\d$/);
});

test.each([
  // A quarter to six: 18 would lie half under the clock. Half past: 17 and 18 are 15 px away, and stay.
  ['17:45', false, true],
  ['17:30', true, true],
  ['17:10', true, false],
])('at %s no hour lies half under the clock', async (clock, has18, has17) => {
  await page.clock.setFixedTime(new Date(`2027-02-05T${clock}:00+08:00`));
  await page.goto(page.url().replace(/#.*/, '#/week'));
  await page.reload();
  await page.locator('.hrs .clock').getByText(clock).waitFor();
  const hours = await page.locator('.hrs li:not(.clock)').allTextContents();
  expect([hours.includes('18'), hours.includes('17')]).toEqual([has18, has17]);
});

/** The days that stand in the narrow grid whole, beside the hours. */
const daysInView = () =>
  page.locator('.col').evaluateAll((columns) => {
    const hours = columns[0]?.closest('.cal')?.querySelector('.hrs')?.getBoundingClientRect().right ?? 0;
    return columns.flatMap((column) => {
      const { left, right } = column.getBoundingClientRect();
      return left >= hours && right <= window.innerWidth ? [column.querySelector('b')?.textContent] : [];
    });
  });

test('on a phone the grid opens at today, in another week at the first day with an entry; focus and page stay', async () => {
  // Saturday, 09:00 in Shanghai.
  await page.clock.setFixedTime(new Date('2027-01-30T09:00:00+08:00'));
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(page.url().replace(/#.*/, '#/week'));
  await page.reload();
  await page.locator('.col').first().waitFor();
  expect(await daysInView()).toContain('30');
  expect(await page.evaluate(() => [document.activeElement?.tagName, scrollX, scrollY])).toEqual(['BODY', 0, 0]);
  expect(await moved(page)).toEqual([]);

  const writing = await profile.open('popup.html');
  await writing.getByRole('textbox', { name: '记一条' }).fill('2027-2-11 9:00-10:00 调研\n2027-2-11 10:00-12:45 会议');
  await writing.getByRole('textbox', { name: '记一条' }).press('Enter');
  await writing.locator('.last-step').waitFor();
  await writing.close();
  await page.getByRole('button', { name: '下一周' }).click();
  await page.getByRole('button', { name: '下一周' }).click();
  await blockOf('调研').waitFor();
  expect(await daysInView()).toContain('11');
  // Hours of one and of two words: what is compared begins at one line.
  const starts = await page
    .locator('.by-category .bar')
    .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().left));
  expect(starts).toHaveLength(2);
  expect(new Set(starts).size).toBe(1);
});

test('a week whose list is frozen says that it can no longer change, and its side is as wide as the grid on a phone', async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  await putRows(page, { weeks: [{ week: '2026-W30', seal: 'a', rev: 1, index: 1, open: false, frozen: true }] });
  await page.reload();
  await page.getByText('候选名单已锁定，这一周不能再改。可在本周写一条更正。').first().waitFor();
  expect(await page.getByText('请先重新打开').count()).toBe(0);
  const widthOf = (part: string) => page.locator(part).evaluate((element) => element.getBoundingClientRect().width);
  expect(await widthOf('.rail')).toBe(await widthOf('.board'));
});
