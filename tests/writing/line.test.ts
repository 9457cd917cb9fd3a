/** From what stands in the line to what is saved: several entries, categories by key, threads of the store. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../extension/device/context.ts';
import { categoryByLetter, nextCategory } from '../../extension/screens/quick-line/category-choice.tsx';
import { type LineContext, rangeInside, readAll } from '../../extension/screens/quick-line/read-all.ts';
import { afternoonOf, entryOf, newThreadIds, noChoice, tooMuchIn } from '../../extension/screens/quick-line/reading.ts';
import { clockOf } from '../../extension/screens/quick-line/time-picker.tsx';
import { gatherThreads } from '../../extension/store/gathered-threads.ts';
import { knownThreads, recentEntries } from '../../extension/store/queries.ts';
import { categories } from '../../shared/diary/category.ts';
import { matchesInitials } from '../../shared/diary/initials.ts';
import { formatDay, formatMinute, parseDay, parseMinute } from '../../shared/time/civil.ts';
import { openProfile } from '../extension/profile-double.ts';

const now = parseMinute('2026-07-16T15:32') ?? 0;
const line: LineContext = { day: null, today: '2026-07-16', now, threads: [] };

test('a pasted block is read line by line, under the days that head it; one without a time is all text', () => {
  const read = readAll('7月14日 周二\n8:30-9:00 晨会\n现场办公\n7月15日\n9:00-10:00 座谈', line);
  expect(
    read.map(({ n, day, start, text }) => [n, formatDay(day), start === null ? null : formatMinute(start), text]),
  ).toEqual([
    [0, '2026-07-14', '2026-07-14T08:30', '晨会'],
    [1, '2026-07-14', null, '现场办公'],
    [2, '2026-07-15', '2026-07-15T09:00', '座谈'],
  ]);
});

test('a day alone is kept as a text without a time', () => {
  expect(readAll('7月14日', line)).toMatchObject([{ start: null, text: '7月14日' }]);
});

test('a start alone gets the next entry of the day or the usual length as its end', () => {
  const nextStart = parseMinute('2026-07-16T09:45') ?? 0;
  expect(formatMinute(readAll('9:00 晨会', { ...line, nextStart })[0]?.proposedEnd ?? 0)).toBe('2026-07-16T09:45');
  expect(formatMinute(readAll('9:00 晨会', { ...line, usualMinutes: 20 })[0]?.proposedEnd ?? 0)).toBe(
    '2026-07-16T09:20',
  );
});

test.each(['1小时 改材料', '1小时改材料', '40m standup', '刚才开了40分钟的碰头会'])(
  'on the page of a past day %s ends at no time: its author says when',
  (typed) => {
    const [reading, ...more] = readAll(typed, { ...line, day: '2026-07-14' });
    expect(more).toEqual([]);
    expect(reading).toMatchObject({ day: parseDay('2026-07-14'), start: null, end: null, text: typed });
  },
);

test('on the page of a past day a start goes on to no now; on that of today it does', () => {
  const [past] = readAll('9:00-现在 签批', { ...line, day: '2026-07-14' });
  expect([past?.start, past?.end]).toEqual([parseMinute('2026-07-14T09:00'), null]);
  const [today] = readAll('9:00-现在 签批', { ...line, day: '2026-07-16' });
  expect([today?.end, today?.text]).toEqual([parseMinute('2026-07-16T15:30'), '签批']);
});

test('a new thread named in several lines is one thread', () => {
  let made = 0;
  const ids = newThreadIds(() => {
    made += 1;
    return `id-${made}`;
  });
  const read = readAll('8:00-9:00 甲 #新事\n9:00-10:00 乙 #新事\n10:00-11:00 丙 #别的', line);
  const threads = read.map((reading) => entryOf(reading, noChoice, categories, ids)?.threads?.map(({ id }) => id));
  expect(threads).toEqual([['id-1'], ['id-1'], ['id-2']]);
});

test('Alt C goes through the categories and none, Alt Shift C back', () => {
  const ids = categories.map(({ id }) => id);
  let at: string | null = null;
  for (const id of ids) {
    at = nextCategory(at, categories);
    expect(at).toBe(id);
  }
  expect(nextCategory(at, categories)).toBeNull();
  expect(nextCategory(null, categories, -1)).toBe(ids.at(-1));
  expect(nextCategory(ids[0] ?? '', categories, -1)).toBeNull();
});

test('a letter chooses a category by its mark or its name, again the next one', () => {
  expect(categoryByLetter('m', null, categories, matchesInitials)).toBe('meeting');
  expect(categoryByLetter('x', null, categories, matchesInitials)).toBe('learning');
  expect(categoryByLetter('f', null, categories, matchesInitials)).toBe('enterpriseService');
  expect(categoryByLetter('f', 'enterpriseService', categories, matchesInitials)).toBe('publicService');
  expect(categoryByLetter('q', null, categories, matchesInitials)).toBeNull();
});

let context: Context;
beforeEach(async () => {
  ({ context } = await openProfile(() => Promise.reject(new TypeError('no network'))));
});
afterEach(() => context.database.close());

test('a thread last used two thousand entries ago is still known once it was gathered; what is recent needs no walk', async () => {
  const id = (n: number) => `01j${String(n).padStart(23, '0')}`;
  const rows = Array.from({ length: 2000 }, (_, n) => {
    const day = formatDay(15_000 + n);
    const threads =
      n === 0 ? [{ id: id(9_000_000), name: '老脉络' }] : n === 1999 ? [{ id: id(9_000_001), name: '新脉络' }] : [];
    const body = {
      kind: 'entry' as const,
      week: '2020-W01',
      day,
      start: `${day}T08:00`,
      end: `${day}T09:00`,
      text: 'x',
      threads,
    };
    return { id: id(n), head: id(n), seq: n, schema: 1, del: false, week: body.week, body, epoch: 1 };
  });
  await context.database.rows.bulkPut(rows);
  const names = async () => (await knownThreads(context.database)).map(({ name }) => name);
  expect(await names()).toEqual(['新脉络']);
  let chunks = 0;
  await gatherThreads(context.database, async () => {
    chunks += 1;
    return chunks < 3;
  });
  await gatherThreads(context.database, async () => true);
  expect(await names()).toEqual(['新脉络', '老脉络']);
  const recent = await recentEntries(context.database);
  expect(recent).toHaveLength(800);
  expect(recent[0]?.body.day).toBe(formatDay(16_999));
});

test.each([
  ['会见客商 14:00-15:00', '2026-07-16T14:00 2026-07-16T15:00'],
  ['开例会（9:00-10:00）', '2026-07-16T09:00 2026-07-16T10:00'],
  ['走访 下午2点到4点半', '2026-07-16T14:00 2026-07-16T16:30'],
  ['第3-5届理事会 9点到10点', '2026-07-16T09:00 2026-07-16T10:00'],
  ['例会 昨天下午2点-3点', '2026-07-15T14:00 2026-07-15T15:00'],
  ['standup 9am-10am', '2026-07-16T09:00 2026-07-16T10:00'],
  ['会见客商 周二 9:00-10:00', '2026-07-14T09:00 2026-07-14T10:00'],
  ['会见客商 周二 9-10', '2026-07-14T09:00 2026-07-14T10:00'],
  ['会见客商 周二 9:00-10:00、14:00-16:00', '2026-07-14T09:00 2026-07-14T10:00'],
  ['会见客商（上周二9:00-10:00）', '2026-07-07T09:00 2026-07-07T10:00'],
  ['会见客商 前天下午2点-3点', '2026-07-14T14:00 2026-07-14T15:00'],
  ['会见客商 大前天9:00-10:00', '2026-07-13T09:00 2026-07-13T10:00'],
  ['Met Bo on Tuesday 2pm-3pm', '2026-07-14T14:00 2026-07-14T15:00'],
  ['Met Bo yesterday 2pm-3pm', '2026-07-15T14:00 2026-07-15T15:00'],
  ['Met Bo, July 14, 2pm-3pm', '2026-07-14T14:00 2026-07-14T15:00'],
  ['夜查 深夜11点到1点', '2026-07-16T23:00 2026-07-17T01:00'],
  ['用餐 傍晚6:00-7:00', '2026-07-16T18:00 2026-07-16T19:00'],
  ['3-5号楼现场办公', null],
  ['1-6月指标分析', null],
  ['10000元资金审批', null],
  ['会见客商3小时', null],
  ['全程调度，21时40分登陆，22时50分封闭', null],
])('%s: a range behind the words is proposed to the time picker', (typed, range) => {
  const found = rangeInside(typed, line);
  const ends = found === null ? null : [found.start, found.end].map((at) => formatMinute(at ?? 0)).join(' ');
  expect(ends).toBe(range);
});

test.each([
  ['3-5点走访企业', '2026-07-16T15:00'],
  ['1:30-2:30 走访企业', '2026-07-16T13:30'],
  ['3:00-5:00 visit', '2026-07-16T15:00'],
  ['凌晨3点-5点巡查', null],
  ['03:00-05:00 巡查', null],
  ['0:30-2:00 值守', null],
  ['3am-5am duty', null],
  ['下午3-5点走访', null],
])('%s: the afternoon is offered where the line does not say which half of the day it was', (typed, start) => {
  const [reading] = readAll(typed, line);
  const offered = reading === undefined ? null : afternoonOf(reading, typed, line.now);
  expect(offered === null ? null : formatMinute(offered.start)).toBe(start);
});

test.each([
  ['03:09', '3-5点走访企业', '2026-07-15T15:00'],
  ['04:59', '1:30-2:30 走访企业', '2026-07-15T13:30'],
  ['05:00', '3-5点走访企业', '2026-07-16T15:00'],
])('at %s the afternoon of %s is that of the working day', (clock, typed, start) => {
  const night = { ...line, now: parseMinute(`2026-07-16T${clock}`) ?? 0 };
  const [reading] = readAll(typed, night);
  const offered = reading === undefined ? null : afternoonOf(reading, typed, night.now);
  expect(offered === null ? null : formatMinute(offered.start)).toBe(start);
});

test.each([
  [`9:00-10:00 ${'字'.repeat(10_000)}`, null],
  [`9:00-10:00 ${'😀'.repeat(10_001)}`, { part: 'text', length: 10_001, most: 10_000 }],
  [`9:00-10:00 会 @${'地'.repeat(201)}`, { part: 'place', length: 201, most: 200 }],
  [`9:00-10:00 会 #${'名'.repeat(101)}`, { part: 'thread', length: 101, most: 100 }],
  [
    `9:00-10:00 会 ${Array.from({ length: 11 }, (_, n) => `#第${n}件事`).join(' ')}`,
    { part: 'threads', length: 11, most: 10 },
  ],
])('what an entry cannot hold is named with its length and its limit', (typed, much) => {
  const [reading] = readAll(typed, line);
  expect(reading === undefined ? undefined : tooMuchIn(reading)).toEqual(much);
});

test.each([
  ['8:30', '08:30'],
  ['８：３０', '08:30'],
  ['830', '08:30'],
  ['8', '08:00'],
  ['24:00', '00:00'],
  ['8点半', '08:30'],
  ['下午2点', '14:00'],
  ['2:30 pm', '14:30'],
  ['8:70', ''],
  ['25', ''],
  ['八', ''],
  ['8:30-9:00', ''],
  ['明天', ''],
])('%s in a field for a time is %s', (typed, clock) => expect(clockOf(typed)).toBe(clock));
