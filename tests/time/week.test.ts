import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../shared/time/civil.ts';
import {
  compareWeeks,
  daysOf,
  parseWeek,
  weekAfter,
  weekBefore,
  weekOf,
  weekStart,
  weeksBetween,
} from '../../shared/time/week.ts';

const day = (text: string) => parseDay(text) ?? Number.NaN;

describe('ISO weeks', () => {
  // ISO 8601-1:2019 5.2.3 and the examples of the Wikipedia page "ISO week date".
  it.each([
    ['1977-01-01', '1976-W53'],
    ['1977-01-02', '1976-W53'],
    ['1977-12-31', '1977-W52'],
    ['1978-01-01', '1977-W52'],
    ['1978-01-02', '1978-W01'],
    ['1978-12-31', '1978-W52'],
    ['1979-12-30', '1979-W52'],
    ['1979-12-31', '1980-W01'],
    ['1980-01-01', '1980-W01'],
    ['1980-12-28', '1980-W52'],
    ['1980-12-29', '1981-W01'],
    ['1981-12-31', '1981-W53'],
    ['1982-01-03', '1981-W53'],
    ['2020-12-31', '2020-W53'],
    ['2022-09-26', '2022-W39'],
    ['2026-07-20', '2026-W30'],
    ['2026-11-16', '2026-W47'],
    ['2027-01-01', '2026-W53'],
    ['2027-01-04', '2027-W01'],
  ])('%s lies in %s', (text, week) => {
    expect(weekOf(day(text))).toBe(week);
    expect(daysOf(week)).toContain(day(text));
  });

  it('a week is Monday to Sunday', () => {
    expect(daysOf('2026-W47').map(formatDay)).toEqual([
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ]);
    expect(formatDay(weekStart('2026-W01'))).toBe('2025-12-29');
  });

  it('weeks follow one another over the turn of the year', () => {
    expect([weekAfter('2026-W53'), weekBefore('2027-W01'), weekAfter('2025-W52')]).toEqual([
      '2027-W01',
      '2026-W53',
      '2026-W01',
    ]);
    expect(weeksBetween('2026-W52', '2027-W02')).toBe(3);
    expect(['2027-W01', '2026-W09', '2026-W53'].sort(compareWeeks)).toEqual(['2026-W09', '2026-W53', '2027-W01']);
  });

  it.each(['2025-W53', '2026-W00', '2026-W54', '2026W47', '2026-w47', '2026-W7', '', '2026-W47 '])(
    '%j is no week',
    (text) => {
      expect(parseWeek(text)).toBeNull();
      expect(() => weekStart(text)).toThrow(RangeError);
    },
  );

  it('2026 has a 53rd week', () => expect(parseWeek('2026-W53')).toBe('2026-W53'));
});
