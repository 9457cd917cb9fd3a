import { describe, expect, test } from 'vitest';
import { categories } from '../../shared/diary/category.ts';
import { timeOfWeeks } from '../../shared/diary/my-time.ts';
import { isLeaveWeek, lastFullWeeks, mostOn, totalOf } from '../../shared/diary/time-total.ts';
import { entry, week } from './week.ts';

const reading = { table: categories, offset: () => 480 };

/** Meetings of so many hours and paperwork of so many, on the Wednesday of a week. */
const plain = (day: string, meeting: number, paperwork: number) => [
  entry(day, '08:00', `${String(8 + meeting).padStart(2, '0')}:00`, 'meeting'),
  entry(day, `${8 + meeting}`.padStart(2, '0').concat(':00'), `${8 + meeting + paperwork}:00`, 'paperwork'),
];
const leave = (day: string) => [entry(day, '08:30', '17:30', 'leave')];
const weeks = ['2026-W28', '2026-W29', '2026-W30', '2026-W31', '2026-W32'];
const entries = [
  ...plain('2026-07-08', 6, 2),
  ...leave('2026-07-15'),
  ...week,
  ...plain('2026-07-29', 3, 3),
  ...plain('2026-08-05', 2, 1),
];
const times = timeOfWeeks(weeks, entries, reading);

describe('five weeks, the second of leave, the fifth still running', () => {
  const total = totalOf(times, '2026-W32');

  test('all hours are added; the average leaves out the week of leave and the running one', () => {
    // 8:00, 9:00 of leave, 20:45, 6:00, 3:00; average of 480, 1245 and 360.
    expect(total.minutes).toBe(480 + 540 + 1245 + 360 + 180);
    expect(total.fullWeeks).toBe(3);
    expect(total.averageMinutes).toBe(695);
  });

  test('the share is of all minutes, not a mean of shares', () => {
    // Focused 120 + 240 + 180 + 60, collective 360 + 435 + 180 + 120.
    expect(total.focusedShare).toBeCloseTo(600 / (600 + 1095), 12);
  });

  test('own time: seven pieces, one short and that on a Monday, the middle one of two hours', () => {
    // 120; 60, 120, 15, 870; 180; 60: sorted 15, 60, 60, 120, 120, 180, 870.
    expect(total.pieces).toEqual({ count: 7, short: 1, medianMinutes: 120, shortByWeekday: [1, 0, 0, 0, 0, 0, 0] });
    expect(mostOn(total.pieces.shortByWeekday)).toBe(1);
  });

  test('categories are added over the weeks, most first', () => {
    expect(total.categories.slice(0, 3).map(({ category, minutes }) => [category, minutes])).toEqual([
      ['leave', 1080],
      // 360 + 255 + 180 + 120
      ['meeting', 915],
      // 120 + 170 + 180 + 60
      ['paperwork', 530],
    ]);
  });
});

test('a week is one of leave when more than half of its hours are leave', () => {
  expect(times.map((time) => isLeaveWeek(time))).toEqual([false, true, false, false, false]);
});

test('a look back takes the last four full weeks, and none where there are fewer', () => {
  expect(lastFullWeeks(times, '2026-W32')).toBeNull();
  expect(lastFullWeeks(times, '2026-W33')?.map((time) => time.week)).toEqual([
    '2026-W28',
    '2026-W30',
    '2026-W31',
    '2026-W32',
  ]);
});

test('without pieces there is no middle one and no weekday', () => {
  const { pieces } = totalOf(timeOfWeeks(['2026-W29'], leave('2026-07-15'), reading), '2026-W40');
  expect(pieces).toEqual({ count: 0, short: 0, medianMinutes: null, shortByWeekday: [0, 0, 0, 0, 0, 0, 0] });
  expect(mostOn(pieces.shortByWeekday)).toBeNull();
});
