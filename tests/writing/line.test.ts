/** From what stands in the line to what is saved: several entries, categories by key, threads of the store. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../extension/device/context.ts';
import { categoryByLetter, nextCategory } from '../../extension/screens/quick-line/category-choice.tsx';
import { type LineContext, readAll } from '../../extension/screens/quick-line/read-all.ts';
import { entryOf, newThreadIds, noChoice } from '../../extension/screens/quick-line/reading.ts';
import { gatherThreads } from '../../extension/store/gathered-threads.ts';
import { knownThreads, recentEntries } from '../../extension/store/queries.ts';
import { categories } from '../../shared/diary/category.ts';
import { matchesInitials } from '../../shared/diary/initials.ts';
import { formatDay, formatMinute, parseMinute } from '../../shared/time/civil.ts';
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
