import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { categories } from '../../shared/diary/category.ts';
import { timeOf, timeOfWeeks } from '../../shared/diary/my-time.ts';
import { civilOf, formatMinute, parseDay } from '../../shared/time/civil.ts';
import { lengthOf } from '../../shared/time/interval.ts';
import { entry, monday, tuesday, week, weekend } from './week.ts';

const reading = { table: categories, offset: () => 480 };
const wall = (minute: number) => formatMinute(civilOf(minute * 60, reading.offset));
const day = (text: string) => parseDay(text) ?? Number.NaN;

describe('the invented week, worked out by hand', () => {
  const time = timeOf(week, reading);

  test('hours are the union: 4:45 on Monday, 5:00 on Tuesday, 2:00 on Saturday, 9:00 of leave', () => {
    expect(timeOf(monday, reading).minutes).toBe(90 + 20 + 70 + 60 + 45);
    // 06:30–08:00, and 21:00–00:30 in which an hour is double.
    expect(timeOf(tuesday, reading).minutes).toBe(90 + 210);
    expect(timeOf(weekend, reading).minutes).toBe(120 + 540);
    expect(time.minutes).toBe(285 + 300 + 120 + 540);
    expect(time.entries).toBe(11);
  });

  test('each mode has its own union, and a point in time has no minutes', () => {
    expect(time.byKind).toEqual({
      collective: 90 + 60 + 45 + 120 + 120,
      focused: 20 + 70 + 150,
      oneToOne: 0,
      emergency: 90,
      neutral: 540,
      none: 0,
    });
  });

  test('the focused share is focused by collective and focused: 240 of 675 minutes', () => {
    expect(time.focusedShare).toBeCloseTo(240 / 675, 12);
  });

  test('touching focused entries are one block, and a telephone call at 11:00 breaks it', () => {
    // 10:00–11:30 is broken at 11:00.
    const block = timeOf(monday, reading).longest;
    expect(block && [wall(block.start), lengthOf(block)]).toEqual(['2026-07-20T10:00', 60]);
  });

  test('a meeting that begins within a focused entry ends the block', () => {
    // 21:00–23:30 until the meeting of 22:30.
    expect(time.longest && [wall(time.longest.start), lengthOf(time.longest)]).toEqual(['2026-07-21T21:00', 90]);
  });

  test('own time between other things comes in pieces of 60, 120, 15 and 870 minutes', () => {
    // Monday 10:00–11:00, 11:00–13:00, 14:00–14:15; Tuesday 08:00–22:30, until the meeting begins.
    expect(time.pieces.map((piece) => lengthOf(piece))).toEqual([60, 120, 15, 870]);
  });

  test('blanks are gaps of 30 minutes and more', () => {
    // Monday 11:30–13:00; Tuesday 08:00–21:00. The 15 minutes of Monday are none.
    expect(time.blanks.map((blank) => lengthOf(blank))).toEqual([90, 780]);
  });

  test('late is from 22:00, early before 07:00, leave on a Sunday is no weekend work', () => {
    expect([time.lateMinutes, time.lateNights]).toEqual([150, 1]);
    expect([time.earlyMinutes, time.earlyMornings]).toEqual([30, 1]);
    expect([time.weekendMinutes, time.holidayMinutes, time.leaveMinutes]).toEqual([120, 0, 540]);
  });

  test('categories have their own unions', () => {
    const minutes = Object.fromEntries(time.categories.map((each) => [each.category, each.minutes]));
    expect(minutes).toEqual({
      meeting: 90 + 45 + 120,
      paperwork: 20 + 150,
      planning: 70,
      talk: 0,
      fieldVisit: 60,
      emergency: 90,
      publicService: 120,
      leave: 540,
    });
  });
});

test('a holiday counts as one, and a Saturday that is made up for is a working day', () => {
  const calendar = { holidays: new Set([day('2026-07-20')]), makeUpWorkdays: new Set([day('2026-07-25')]) };
  const time = timeOf(week, { ...reading, calendar });
  expect([time.weekendMinutes, time.holidayMinutes]).toEqual([0, 285]);
});

test('an organisation may say that field visits are one-to-one', () => {
  const table = categories.map((each) => (each.id === 'fieldVisit' ? { ...each, mode: 'oneToOne' as const } : each));
  expect(timeOf(monday, { ...reading, table }).byKind.oneToOne).toBe(60);
});

test('an entry without category and mode breaks a block and stands apart', () => {
  const bare = { day: '2026-07-22', start: '2026-07-22T10:00', end: '2026-07-22T10:10' };
  const time = timeOf([entry('2026-07-22', '09:00', '12:00', 'planning'), bare], reading);
  expect(time.byKind.none).toBe(10);
  expect(time.longest && lengthOf(time.longest)).toBe(110);
});

test('nothing written comes to nothing', () => {
  expect(timeOf([], reading)).toMatchObject({ entries: 0, minutes: 0, focusedShare: null, longest: null, pieces: [] });
});

test('a late entry counts in the week that it is late for', () => {
  const late = entry('2026-07-24', '15:00', '16:00', 'meeting', { lateFor: '2026-W30' });
  const [before, after] = timeOfWeeks(['2026-W30', '2026-W31'], [late], reading);
  expect([before?.minutes, after?.minutes]).toEqual([60, 0]);
});

test('what begins after the midnight of a Sunday counts in the week of that Sunday', () => {
  const night = { day: '2026-07-26', start: '2026-07-27T00:30', end: '2026-07-27T02:00' };
  const [before, after] = timeOfWeeks(['2026-W30', '2026-W31'], [night], reading);
  expect([before?.minutes, after?.minutes]).toEqual([90, 0]);
});

describe('the weeks of the demonstration', () => {
  const folder = join(import.meta.dirname, '..', '..', 'server', 'demo', 'data', 'weeks');
  test.each(readdirSync(folder))('%s comes to the hours that its file says', (file) => {
    const { items, expect: told } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const own = items.filter((item: { kind: string; lateFor?: string }) => item.kind === 'entry' && !item.lateFor);
    const time = timeOf(own, reading);
    expect(time.minutes).toBe(told.unionMinutes);
    for (const [mode, minutes] of Object.entries(told.modeUnionMinutes))
      expect(time.byKind).toHaveProperty(mode, minutes);
  });
});

test('ten years of 20,000 entries count as each week alone', () => {
  const weeks = Array.from({ length: 520 }, (_, n) => weekNumber(n));
  const entries = weeks.flatMap(({ days }) => days.flatMap((each) => eightOf(each)));
  expect(entries.length).toBeGreaterThan(20_000);
  const names = weeks.map(({ name }) => name);
  const all = timeOfWeeks(names, entries, reading);
  for (const n of [0, 259, 519]) {
    const { name, days } = weeks[n] ?? { name: '', days: [] };
    expect(all[n]).toEqual(
      timeOfWeeks(
        [name],
        days.flatMap((each) => eightOf(each)),
        reading,
      )[0],
    );
  }
});

function weekNumber(n: number): { readonly name: string; readonly days: readonly string[] } {
  const dayAt = (at: number) => new Date(Date.UTC(2016, 0, 4 + 7 * n + at));
  const thursday = dayAt(3);
  const number = 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * 86_400_000));
  return {
    name: `${thursday.getUTCFullYear()}-W${String(number).padStart(2, '0')}`,
    days: [0, 1, 2, 3, 4].map((at) => dayAt(at).toISOString().slice(0, 10)),
  };
}

function eightOf(each: string) {
  const kinds = ['meeting', 'paperwork', 'fieldVisit', 'planning', 'reception', 'talk', 'emergency', 'learning'];
  return kinds.map((category, n) =>
    entry(each, `${String(8 + n).padStart(2, '0')}:10`, `${String(9 + n).padStart(2, '0')}:00`, category),
  );
}
