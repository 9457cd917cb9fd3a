/** Days and times as old records write them, read by a format (mapping.ts `When`). */
import {
  type CivilDay,
  type CivilMinute,
  civilAt,
  civilOf,
  dayOf,
  dayOfDate,
  instantOf,
  minuteOfDay,
  type ZoneOffset,
} from '../../shared/time/civil.ts';

/** What a text says: the day where the format names one, the minute of the day where it names an hour. */
export interface ReadWhen {
  readonly day: CivilDay | null;
  readonly minute: number | null;
}

/** Reads a text by a format; null where it is written otherwise, or there is no such day or time. With an offset (`ZZ`) it is put on the wall
 *  of the zone. */
export function readWhen(text: string, format: string, offset: ZoneOffset): ReadWhen | null {
  const tokens = format.match(token) ?? [];
  const pattern = new RegExp(`^${tokens.map((one) => patterns[one] ?? one.replace(/[^\w\s]/g, '\\$&')).join('')}$`);
  const found = pattern.exec(text)?.slice(1);
  if (found === undefined) return null;
  const said = new Map(tokens.filter((one) => patterns[one] !== undefined).map((one, n) => [one[0], found[n] ?? '']));
  const day = dayIn(said);
  const minute = minuteIn(said);
  if (Number.isNaN(day) || Number.isNaN(minute)) return null;
  const zone = said.get('Z');
  if (zone === undefined || day === null || minute === null) return { day, minute };
  // As if the wall there were that of UTC, then moved by the offset that is written.
  const instant = instantOf(civilAt(day, minute), () => 0) - 60 * minutesAhead(zone);
  const here: CivilMinute = civilOf(instant, offset);
  return { day: dayOf(here), minute: minuteOfDay(here) };
}

const token = /YYYY|MMM|MM?|DD?|hh?|mm|ss|ZZ|[\s\S]/g;

const patterns: Readonly<Record<string, string>> = {
  YYYY: '(\\d{4})',
  MMM: '([A-Za-z]{3})',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  DD: '(\\d{2})',
  D: '(\\d{1,2})',
  hh: '(\\d{2})',
  h: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2}(?:\\.\\d+)?)',
  ZZ: '(Z|[+-]\\d{2}:?\\d{2})',
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** By the first letter of the token; null where the format names no day, NaN where there is none such. */
function dayIn(said: ReadonlyMap<string | undefined, string>): CivilDay | null {
  const [year, month, day] = [said.get('Y'), said.get('M'), said.get('D')];
  if (year === undefined || month === undefined || day === undefined) return null;
  const named = months.indexOf(month.toLowerCase());
  return (
    dayOfDate({ year: Number(year), month: named < 0 ? Number(month) : named + 1, day: Number(day) }) ?? Number.NaN
  );
}

function minuteIn(said: ReadonlyMap<string | undefined, string>): number | null {
  const hour = said.get('h');
  if (hour === undefined) return null;
  const [hours, minutes] = [Number(hour), Number(said.get('m') ?? 0)];
  return hours > 23 || minutes > 59 ? Number.NaN : hours * 60 + minutes;
}

function minutesAhead(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
