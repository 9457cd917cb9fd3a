// Hours of days and weeks (design.md 4), against the demonstration and values worked out by hand.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  blanksOf,
  countedIn,
  type HoursEntry,
  hoursOf,
  type ItemPlace,
  marksOf,
  standing,
  weekCountedIn,
} from '../../shared/diary/hours.ts';
import { formatMinute, parseDay, zoneOffset } from '../../shared/time/civil.ts';

/** `entry('8:30-10:00')` on Thursday 2026-07-16; an end not after the start is on the next day. */
function entry(range: string, more: Partial<HoursEntry> = {}): HoursEntry {
  const [start = '', end = ''] = range.split('-').map((time) => time.padStart(5, '0'));
  const day = more.day ?? '2026-07-16';
  const next = formatMinute(((parseDay(day) ?? 0) + 1) * 1440).slice(0, 10);
  const endDay = end === '24:00' || end <= start ? next : day;
  return { day, start: `${day}T${start}`, end: `${endDay}T${end === '24:00' ? '00:00' : end}`, ...more };
}

type Week = {
  week: string;
  zone: string;
  items: (HoursEntry & { kind: string })[];
  expect: { unionMinutes: number; sumMinutes: number; modeUnionMinutes: Record<string, number> };
};
const folder = new URL('../../server/demo/data/weeks/', import.meta.url);
const weeks: Week[] = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

describe('hours', () => {
  it('the newspaper’s three entries are 3 h 45 min', () => {
    const hours = hoursOf([entry('8:30-10:00'), entry('10:00-11:00'), entry('11:15-12:30')]);
    expect(hours.unionMinutes).toBe(90 + 60 + 75);
    expect(hours.sumMinutes).toBe(225);
  });

  it.each(weeks)('of $week of a unit of the demonstration are as expected ($expect.unionMinutes min)', (week) => {
    const entries = week.items.filter(({ kind }) => kind === 'entry');
    const hours = hoursOf(countedIn(week.week, entries), zoneOffset(week.zone) ?? undefined);
    expect(hours.unionMinutes).toBe(week.expect.unionMinutes);
    expect(hours.sumMinutes).toBe(week.expect.sumMinutes);
    const modes = Object.fromEntries(Object.entries(hours.modeMinutes).filter(([, minutes]) => minutes > 0));
    expect(modes).toEqual(week.expect.modeUnionMinutes);
  });

  it('an entry from 23:30 to 01:00 counts 1 h 30 min under the day it is reported for', () =>
    expect(hoursOf([entry('23:30-01:00')]).unionMinutes).toBe(90));

  it('overlaps count once in the union and twice in the sum, inside each mode and category once', () => {
    const hours = hoursOf([
      entry('8:00-12:00', { mode: 'emergency', category: 'emergency' }),
      entry('10:00-11:00', { mode: 'collective', category: 'meeting' }),
      entry('10:30-11:30', { mode: 'collective', category: 'learning' }),
      entry('13:00-14:00', { mode: 'focused', category: 'learning' }),
    ]);
    expect([hours.unionMinutes, hours.sumMinutes]).toEqual([300, 420]);
    expect(hours.modeMinutes).toEqual({ collective: 90, focused: 60, oneToOne: 0, emergency: 240, neutral: 0 });
    expect(hours.categoryMinutes).toEqual(
      new Map([
        ['emergency', 240],
        ['meeting', 60],
        ['learning', 120],
      ]),
    );
    expect(hours.focusedShare).toBe(60 / 150);
  });

  it('there is no share without collective or focused work', () =>
    expect(hoursOf([entry('8:00-9:00', { mode: 'neutral' })]).focusedShare).toBeNull());

  it('an entry without a mode takes that of its category, where the category has one', () => {
    const hours = hoursOf([
      entry('8:00-9:00', { category: 'meeting' }),
      entry('9:00-10:00', { category: 'learning' }),
      entry('10:00-11:00', { category: 'meeting', mode: 'focused' }),
      entry('11:00-12:00'),
    ]);
    expect([hours.modeMinutes.collective, hours.modeMinutes.focused, hours.unionMinutes]).toEqual([60, 60, 240]);
  });

  it('an entry split to withhold a part counts once in the sum too', () =>
    expect(hoursOf([entry('8:00-9:00'), entry('8:00-9:00'), entry('9:00-9:30')]).sumMinutes).toBe(90));

  it('a point in time has no minutes', () => {
    const point = { day: '2026-07-16', start: '2026-07-16T09:00' };
    expect(hoursOf([point, { ...point, end: point.start }]).sumMinutes).toBe(0);
  });

  it('a night in which the clock changes counts what passed', () => {
    const berlin = zoneOffset('Europe/Berlin') ?? undefined;
    expect(hoursOf([entry('22:00-06:00', { day: '2026-03-28' })], berlin).unionMinutes).toBe(7 * 60);
    expect(hoursOf([entry('22:00-06:00', { day: '2026-10-24' })], berlin).unionMinutes).toBe(9 * 60);
  });

  it('refuses times that are none', () =>
    expect(() => hoursOf([{ day: '2026-07-16', start: '8:30' }])).toThrow(RangeError));
});

describe('late entries and corrections', () => {
  const place = (item: number, seal = 'seal-1'): ItemPlace => ({ seal, item });

  it('a late entry counts in the week it is for', () => {
    const late = entry('15:00-16:20', { day: '2026-09-18', lateFor: '2026-W38' });
    expect(weekCountedIn(late)).toBe('2026-W38');
    expect(countedIn('2026-W39', [late, entry('9:00-10:00', { day: '2026-09-21' })])).toHaveLength(1);
    expect(countedIn('2026-W38', [late])).toEqual([late]);
  });

  it('work of a Sunday night counts in its week, also what begins after midnight', () => {
    const night = { day: '2026-07-19', start: '2026-07-20T00:30', end: '2026-07-20T02:00' };
    expect(weekCountedIn(night)).toBe('2026-W29');
    expect(countedIn('2026-W29', [night, entry('23:30-01:00', { day: '2026-07-19' })])).toHaveLength(2);
    expect(countedIn('2026-W30', [night])).toEqual([]);
  });

  it('a correction counts instead of what it corrects', () => {
    const first = { ...entry('8:00-9:00'), at: place(1) };
    const second = { ...entry('10:00-11:00'), at: place(2) };
    const correction = { ...entry('8:00-9:30'), corrects: place(1), at: place(0, 'seal-2') };
    const again = { ...entry('8:00-9:45'), corrects: place(0, 'seal-2') };
    expect(standing([first, second])).toEqual([first, second]);
    expect(standing([first, second, correction])).toEqual([second, correction]);
    expect(standing([first, second, correction, again])).toEqual([second, again]);
  });

  it('of two corrections of one entry the later counts', () => {
    const first = { ...entry('8:00-9:00'), at: place(1) };
    const one = { ...entry('8:00-9:30'), corrects: place(1) };
    const two = { ...entry('8:00-9:15'), corrects: place(1) };
    expect(standing([first, one, two])).toEqual([two]);
  });
});

describe('marks of an entry', () => {
  const calendar = {
    holidays: new Set([parseDay('2026-10-01') ?? 0, parseDay('2026-10-03') ?? 0]),
    makeUpWorkdays: new Set([parseDay('2026-10-10') ?? 0]),
  };
  it.each([
    ['9:00-10:00', {}, []],
    ['20:00-22:00', {}, []],
    ['20:00-22:01', {}, ['late']],
    ['22:00-24:00', {}, ['late']],
    ['23:30-01:00', {}, ['late']],
    ['21:59-21:59', { end: null }, []],
    ['22:00-22:00', { end: null }, ['late']],
    ['06:59-08:00', {}, ['early']],
    ['07:00-08:00', {}, []],
    ['9:00-10:00', { day: '2026-07-18' }, ['weekend']],
    ['9:00-10:00', { day: '2026-10-01' }, ['holiday']],
    ['9:00-10:00', { day: '2026-10-03' }, ['holiday']],
    ['9:00-10:00', { day: '2026-10-10' }, []],
    ['9:00-10:00', { day: '2026-10-11' }, ['weekend']],
    ['15:00-16:20', { day: '2026-09-18', lateFor: '2026-W38' }, ['lateEntry']],
  ])('%s %j', (range, more, marks) => expect(marksOf(entry(range, more), calendar)).toEqual(marks));

  it('04:10 reported under the day before is late, not early', () =>
    expect(marksOf({ day: '2026-07-24', start: '2026-07-25T04:10', end: '2026-07-25T05:30' })).toEqual(['late']));
});

describe('blanks', () => {
  const shown = (blanks: readonly { start: number; end: number }[]) =>
    blanks.map(({ start, end }) => `${formatMinute(start).slice(11)}-${formatMinute(end).slice(11)}`);
  const day = [entry('8:30-10:00'), entry('10:00-11:00'), entry('11:15-12:30'), entry('13:00-14:00')];

  it('are the gaps of 30 minutes and more between the first beginning and the last end', () => {
    expect(shown(blanksOf(day))).toEqual(['12:30-13:00']);
    expect(shown(blanksOf(day, { atLeastMinutes: 15 }))).toEqual(['11:00-11:15', '12:30-13:00']);
    expect(blanksOf([])).toEqual([]);
  });

  it('reach as far as the working span', () => {
    const start = (parseDay('2026-07-16') ?? 0) * 1440;
    expect(shown(blanksOf(day, { within: { start: start + 480, end: start + 900 } }))).toEqual([
      '08:00-08:30',
      '12:30-13:00',
      '14:00-15:00',
    ]);
  });
});
