// 2026-03-29 the clocks of Berlin go from 02:00 to 03:00, 2026-10-25 from 03:00 back to 02:00 (Directive 2000/84/EC).
import { expect, test } from 'vitest';
import { categories } from '../../shared/diary/category.ts';
import { timeOf } from '../../shared/diary/my-time.ts';
import { figuresOf, quartersOf } from '../../shared/diary/thread-line.ts';
import { portraitOf } from '../../shared/portrait/portrait.ts';
import { civilOf, formatMinute, zoneOffset } from '../../shared/time/civil.ts';
import { lengthOf } from '../../shared/time/interval.ts';

const offset = zoneOffset('Europe/Berlin') ?? (() => 0);
const reading = { table: categories, offset };

const entry = (day: string, start: string, end: string, category: string) => ({ day, start, end, category });
/** Paperwork from 21:00 to 23:00, on call from 23:00 to 06:00, planning from 06:00 to 07:30, all of one day. */
const nightOf = (day: string, next: string) => [
  entry(day, `${day}T21:00`, `${day}T23:00`, 'paperwork'),
  entry(day, `${day}T23:00`, `${next}T06:00`, 'emergency'),
  entry(day, `${next}T06:00`, `${next}T07:30`, 'planning'),
];

test.each([
  ['2026-03-28', '2026-03-29', 6],
  ['2026-07-25', '2026-07-26', 7],
  ['2026-10-24', '2026-10-25', 8],
])('in the night of %s my time counts what passed', (day, next, onCall) => {
  const time = timeOf(nightOf(day, next), reading);
  expect(time.minutes).toBe(210 + onCall * 60);
  expect(time.byKind).toMatchObject({ focused: 210, emergency: onCall * 60 });
  expect(time.categories.map(({ minutes }) => minutes)).toEqual([120, onCall * 60, 90]);
  // From 22:00 on: an hour of paperwork, the night, the planning.
  expect(time.lateMinutes).toBe(60 + onCall * 60 + 90);
  expect(time.weekendMinutes).toBe(210 + onCall * 60);
  expect(time.pieces.map((piece) => lengthOf(piece))).toEqual([120, 90]);
});

test('a block over the change is as long as it was, and begins when the wall says', () => {
  const time = timeOf([entry('2026-10-24', '2026-10-24T23:00', '2026-10-25T04:00', 'planning')], reading);
  expect(time.longest && lengthOf(time.longest)).toBe(6 * 60);
  expect(time.longest && formatMinute(civilOf(time.longest.start * 60, offset))).toBe('2026-10-24T23:00');
});

test('a blank over the change is as long as it was', () => {
  const night = nightOf('2026-03-28', '2026-03-29').filter(({ category }) => category !== 'emergency');
  expect(timeOf(night, reading).blanks.map((blank) => lengthOf(blank))).toEqual([6 * 60]);
});

test('early is before 07:00 on the wall, on the day of the change too', () => {
  // 01:30 to 03:30 is an hour on that night.
  const time = timeOf([entry('2026-03-29', '2026-03-29T01:30', '2026-03-29T03:30', 'emergency')], reading);
  expect([time.earlyMinutes, time.earlyMornings]).toEqual([60, 1]);
});

test('a thread and its quarter count what passed', () => {
  const night = nightOf('2026-03-28', '2026-03-29');
  expect(figuresOf(night, offset).minutes).toBe(210 + 360);
  expect(quartersOf(night, offset)).toEqual([{ quarter: '2026-Q1', minutes: 210 + 360 }]);
});

test('a portrait counts what passed', () => {
  const night = nightOf('2026-10-24', '2026-10-25').map((each) => ({
    ...each,
    sealedIn: '2026-W43',
    threads: [],
    hasThinking: false,
    hasResult: false,
    ground: null,
  }));
  const { faces } = portraitOf({
    weeks: [{ week: '2026-W43', seal: null, inTime: null, leave: false }],
    ...{ carriers: [], reviews: [], heldOthers: [], released: [], response: null, asOf: 0 },
    entries: night,
    reading,
  });
  const figures = faces.flatMap((face) => face.figures);
  const minutes = 210 + 480;
  expect(figures.find(({ id }) => id === 'averageWeek')?.value).toEqual({ kind: 'minutes', minutes });
  expect(figures.find(({ id }) => id === 'daysOff')?.facts).toEqual({ weekend: minutes, holiday: 0 });
});
