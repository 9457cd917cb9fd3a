// Civil date-times as integers: the clock on the wall, without a zone (design.md 4). ISO 8601 calendar, proleptic Gregorian.

/** Minutes since 1970-01-01T00:00 on the wall. An integer; years 0000 to 9999. */
export type CivilMinute = number;

/** Days since 1970-01-01. An integer; years 0000 to 9999. */
export type CivilDay = number;

/** A calendar date in numbers: `month` 1–12, `day` 1–31. */
export type CalendarDate = { readonly year: number; readonly month: number; readonly day: number };

/** Offset of a zone east of UTC at an instant (seconds since 1970-01-01T00:00Z), in minutes; a fraction only where the
 *  zone had seconds (Africa/Monrovia until 1972). */
export type ZoneOffset = (instantSeconds: number) => number;

/** Minutes of one day on the wall. */
export const minutesPerDay = 1440;

const dayPattern = /^\d{4}-\d\d-\d\d$/;
const minutePattern = /^(.{10})T([01]\d|2[0-3]):([0-5]\d)$/;
const dayMs = 86_400_000;
const firstDay = -719528; // 0000-01-01
const lastDay = 2932896; // 9999-12-31

/** The day named `YYYY-MM-DD`; `null` for any other spelling and for a date that the calendar does not have. */
export function parseDay(text: string): CivilDay | null {
  const date = new Date(`${text}T00:00Z`);
  // Some engines read 30 February as 2 March.
  return dayPattern.test(text) && date.getUTCDate() === Number(text.slice(8)) ? date.getTime() / dayMs : null;
}

/** `YYYY-MM-DD`. Throws `RangeError` when the day is no integer or lies outside the years 0000 to 9999. */
export function formatDay(day: CivilDay): string {
  if (!Number.isInteger(day) || day < firstDay || day > lastDay) throw new RangeError(`not a civil day: ${day}`);
  const date = dateOfDay(day);
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`;
}

/** The minute named `YYYY-MM-DDThh:mm`, hours 00–23; `null` for any other spelling (seconds, a zone, 24:00, a blank). */
export function parseMinute(text: string): CivilMinute | null {
  const [, date = '', hour, minute] = minutePattern.exec(text) ?? [];
  const day = parseDay(date);
  return day === null ? null : civilAt(day, Number(hour) * 60 + Number(minute));
}

/** `YYYY-MM-DDThh:mm`. Throws `RangeError` like `formatDay`. */
export function formatMinute(civil: CivilMinute): string {
  const minute = minuteOfDay(civil);
  return `${formatDay(dayOf(civil))}T${formatClock(minute)}`;
}

/** `hh:mm` of minutes since midnight, 0–1439. */
export const formatClock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** A number of at least two digits: `07`. */
export const two = (number: number): string => String(number).padStart(2, '0');

/** The day on which a civil minute lies (by the calendar, from midnight; not the working day of an entry). */
export function dayOf(civil: CivilMinute): CivilDay {
  return Math.floor(civil / minutesPerDay);
}

/** Minutes since midnight of its day, 0–1439. */
export function minuteOfDay(civil: CivilMinute): number {
  return civil - dayOf(civil) * minutesPerDay;
}

/** The minute `minutes` after midnight of `day`; 1440 is midnight of the next day. */
export function civilAt(day: CivilDay, minutes: number): CivilMinute {
  return day * minutesPerDay + minutes;
}

/** The day `days` later (earlier when negative). */
export function addDays(day: CivilDay, days: number): CivilDay {
  return day + days;
}

/** ISO weekday: 1 Monday to 7 Sunday. */
export function weekday(day: CivilDay): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The day of a date in numbers, or `null` when the calendar has no such date (30 February) or a number is no integer. */
export function dayOfDate({ year, month, day }: CalendarDate): CivilDay | null {
  if (!Number.isInteger(year) || year < 0 || year > 9999) return null;
  if (!Number.isInteger(month) || month < 1 || month > 12) return null;
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null;
  return daysFromDate(year, month, day);
}

/** The date of a day in numbers. */
export function dateOfDay(civilDay: CivilDay): CalendarDate {
  // H. Hinnant, "chrono-compatible low-level date algorithms": years begin in March, eras have 400 years.
  const shifted = civilDay + 719468;
  const era = Math.floor(shifted / 146097);
  const ofEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * ofYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** Days of a month, 28–31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** What the wall shows at an instant (seconds since 1970-01-01T00:00Z) under an offset; seconds are dropped. */
export function civilOf(instantSeconds: number, offset: ZoneOffset): CivilMinute {
  return Math.floor((instantSeconds + offset(instantSeconds) * 60) / 60);
}

/** The instant (seconds since 1970-01-01T00:00Z) at which the wall shows `civil`. Where the clock shows it twice, the
 *  earlier; where it is skipped, as much later as the gap is long (Temporal's disambiguation `compatible`). */
export function instantOf(civil: CivilMinute, offset: ZoneOffset): number {
  const wall = civil * 60;
  const before = offset(wall - 86400) * 60;
  const after = offset(wall + 86400) * 60;
  const matches = [wall - before, wall - after].filter((instant) => instant + offset(instant) * 60 === wall);
  return matches.length === 0 ? wall - before : Math.min(...matches);
}

/** The offset of an IANA zone by the platform's own rules, or `null` for a zone that the platform does not know.
 *  From the year 1 on. One formatter is kept for each zone. */
export function zoneOffset(zone: string): ZoneOffset | null {
  const known = offsets.get(zone);
  if (known !== undefined) return known;
  const ask = byTemporal(zone) ?? intlOffset(zone);
  if (ask === null) return null;
  const found = new Map<number, number>();
  const atMidnight = (day: number): number => {
    const before = found.get(day);
    if (before !== undefined) return before;
    const minutes = ask(day * 86_400);
    if (found.size >= foundAtMost) found.clear();
    found.set(day, minutes);
    return minutes;
  };
  const offset: ZoneOffset = (instantSeconds) => {
    const instant = Math.floor(instantSeconds);
    const day = Math.floor(instant / 86_400);
    const minutes = atMidnight(day);
    // No zone ever changed and changed back within one day of UTC.
    return minutes === atMidnight(day + 1) ? minutes : ask(instant);
  };
  offsets.set(zone, offset);
  return offset;
}

const offsets = new Map<string, ZoneOffset>();

/** Midnights whose offset a zone remembers, eleven years: `Intl` takes 30 µs for one, a busy server has a thousand posts a second and a
 *  leader's journal twenty thousand entries. */
const foundAtMost = 4096;

/** Temporal has an offset in no time, where the first formatter of `Intl` takes 13 ms. Names alone: it would also take a zone out of a date. */
function byTemporal(zone: string): ZoneOffset | null {
  const temporal: TemporalZones | undefined = Reflect.get(globalThis, 'Temporal');
  if (temporal === undefined || !/^[A-Za-z][\w+/-]*$/.test(zone)) return null;
  const ask: ZoneOffset = (instant) =>
    temporal.Instant.fromEpochMilliseconds(instant * 1000).toZonedDateTimeISO(zone).offsetNanoseconds / 6e10;
  try {
    ask(0);
    return ask;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** As far as it is used here; not every platform has it. */
interface TemporalZones {
  readonly Instant: {
    fromEpochMilliseconds(ms: number): { toZonedDateTimeISO(zone: string): { readonly offsetNanoseconds: number } };
  };
}

/** The same by `Intl` alone and without a memory: for whoever asks once, and whose code is counted (a check that stands alone). */
export function intlOffset(zone: string): ZoneOffset | null {
  const formatter = formatterOf(zone);
  return formatter && ((instant) => (wallSeconds(formatter, instant) - instant) / 60);
}

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function wallSeconds(formatter: Intl.DateTimeFormat, instantSeconds: number): number {
  // As `en-US` writes it: 11/16/2026, 08:30:00.
  const numbers = (formatter.format(instantSeconds * 1000).match(/\d+/g) ?? []).map(Number);
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = numbers;
  return daysFromDate(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

// By the platform's calendar, but not `Date.UTC`: that takes the year 50 for 1950.
function daysFromDate(year: number, month: number, day: number): CivilDay {
  return new Date(0).setUTCFullYear(year, month - 1, day) / dayMs;
}
