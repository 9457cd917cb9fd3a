import { describe, expect, it } from 'vitest';
import {
  addDays,
  civilOf,
  dateOfDay,
  dayOf,
  daysInMonth,
  formatDay,
  formatMinute,
  instantOf,
  minuteOfDay,
  parseDay,
  parseMinute,
  weekday,
  type ZoneOffset,
  zoneOffset,
} from '../../shared/time/civil.ts';

function zone(name: string): ZoneOffset {
  const offset = zoneOffset(name);
  if (offset === null) throw new Error(`unknown zone ${name}`);
  return offset;
}

const minute = (text: string) => {
  const parsed = parseMinute(text);
  if (parsed === null) throw new Error(`not a minute: ${text}`);
  return parsed;
};

describe('civil days and minutes', () => {
  it.each([
    ['1970-01-01', 0, 4],
    ['2026-07-16', 20650, 4],
    ['2000-02-29', 11016, 2],
    ['1969-12-31', -1, 3],
    ['0000-01-01', -719528, 6],
    ['9999-12-31', 2932896, 5],
  ])('%s is day %i, weekday %i', (text, day, weekdayNumber) => {
    expect(parseDay(text)).toBe(day);
    expect(formatDay(day)).toBe(text);
    expect(weekday(day)).toBe(weekdayNumber);
  });

  it('knows every date that the platform knows, over four centuries', () => {
    for (let day = parseDay('1800-01-01') ?? 0; day < (parseDay('2200-01-01') ?? 0); day += 1) {
      const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
      if (formatDay(day) !== text || parseDay(text) !== day) expect(`${day} ${formatDay(day)}`).toBe(`${day} ${text}`);
    }
    expect(dateOfDay(parseDay('2100-03-01') ?? 0)).toEqual({ year: 2100, month: 3, day: 1 });
    expect(daysInMonth(2100, 2)).toBe(28);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-7-16',
    '26-07-16',
    '2026/07/16',
    ' 2026-07-16',
    '2026-07-16T00:00',
    '２０２６-07-16',
    '',
  ])('%j is no day', (text) => expect(parseDay(text)).toBeNull());

  it.each([
    '2026-07-16T24:00',
    '2026-07-16T23:60',
    '2026-07-16 08:30',
    '2026-07-16T08:30:00',
    '2026-07-16T08:30Z',
    '2026-02-30T08:30',
    '2026-07-16T8:30',
    '2026-07-16T08:30\n',
    '',
  ])('%j is no minute', (text) => expect(parseMinute(text)).toBeNull());

  it('takes a minute apart and together again', () => {
    const late = minute('2022-09-26T23:30');
    expect(formatMinute(late)).toBe('2022-09-26T23:30');
    expect([formatDay(dayOf(late)), minuteOfDay(late)]).toEqual(['2022-09-26', 1410]);
    expect(formatMinute(late + 30)).toBe('2022-09-27T00:00');
    expect(formatMinute(-1)).toBe('1969-12-31T23:59');
    expect(formatDay(addDays(dayOf(late), 5))).toBe('2022-10-01');
  });

  it('refuses to format what is no day', () => {
    expect(() => formatDay(0.5)).toThrow(RangeError);
    expect(() => formatDay(Number.NaN)).toThrow(RangeError);
    expect(() => formatMinute(2932897 * 1440)).toThrow(RangeError);
  });
});

describe('zones', () => {
  it('a zone that nobody knows is null', () => {
    expect(zoneOffset('Mars/Olympus')).toBeNull();
    expect(zoneOffset('')).toBeNull();
  });

  it('Shanghai is eight hours ahead', () => {
    expect(zone('Asia/Shanghai')(1_784_000_000)).toBe(480);
    expect(instantOf(minute('2026-07-16T08:00'), zone('Asia/Shanghai'))).toBe(Date.UTC(2026, 6, 16) / 1000);
    expect(formatMinute(civilOf(Date.UTC(2026, 6, 16, 23, 59, 59) / 1000, zone('Asia/Shanghai')))).toBe(
      '2026-07-17T07:59',
    );
  });

  it('a skipped minute is as much later as the gap is long, a repeated one is the earlier', () => {
    const berlin = zone('Europe/Berlin');
    expect(instantOf(minute('2026-03-29T02:30'), berlin)).toBe(Date.UTC(2026, 2, 29, 1, 30) / 1000);
    expect(instantOf(minute('2026-10-25T02:30'), berlin)).toBe(Date.UTC(2026, 9, 25, 0, 30) / 1000);
  });

  it('Shanghai had summer time in 1986', () => {
    expect(zone('Asia/Shanghai')(Date.UTC(1986, 6, 1) / 1000)).toBe(540);
  });

  it('an offset with seconds is a fraction of minutes', () => {
    expect(zone('Africa/Monrovia')(0)).toBe(-44.5);
    expect(formatMinute(civilOf(0, zone('Africa/Monrovia')))).toBe('1969-12-31T23:15');
  });

  it('Samoa had no 30 December 2011', () => {
    expect(instantOf(minute('2011-12-30T12:00'), zone('Pacific/Apia'))).toBe(Date.UTC(2011, 11, 30, 22) / 1000);
  });
});
