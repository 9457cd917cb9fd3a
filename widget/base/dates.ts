// Instants and civil times as a person reads them, in the organisation's zone.
import {
  type CivilDay,
  type CivilMinute,
  civilOf,
  dateOfDay,
  dayOf,
  minuteOfDay,
  parseDay,
  parseMinute,
  two,
  weekday,
  type ZoneOffset,
  zoneOffset,
} from '../../shared/time/civil.ts';
import { parseWeek, weekStart } from '../../shared/time/week.ts';
import type { Wall, Words } from '../locales/zh.ts';

/** Wall time in numbers of a civil minute. */
export function wallOf(civil: CivilMinute): Wall {
  const minute = minuteOfDay(civil);
  return { ...dateOfDay(dayOf(civil)), hour: Math.floor(minute / 60), minute: minute % 60 };
}

/** The last second that a Date can hold (ECMA-262 21.4.1.1); what is signed may name a later one. */
const lastSecond = 8_640_000_000_000;

const offsets = new Map<string, ZoneOffset>();

/** Offset of a zone; UTC for one that this browser does not know, and for an instant that no Date can hold. Asked once for each quarter of an
 *  hour, within which no zone changes: Intl takes about a millisecond on a phone, and a list asks for every row. */
export function offsetOf(zone: string): ZoneOffset {
  const before = offsets.get(zone);
  if (before !== undefined) return before;
  const ask = zoneOffset(zone) ?? (() => 0);
  const known = new Map<number, number>();
  const offset: ZoneOffset = (at) => {
    const quarter = Math.floor(at / 900);
    const minutes = known.get(quarter) ?? (Math.abs(at) > lastSecond ? 0 : ask(at));
    known.set(quarter, minutes);
    return minutes;
  };
  offsets.set(zone, offset);
  return offset;
}

/** `2026年9月23日 14:00` of an instant (Unix seconds). */
export const fullTime = (at: number, offset: ZoneOffset, words: Words): string =>
  words.time.full(wallOf(civilOf(at, offset)));

/** `9月23日 14:00`, with the year when it is not `year`. */
export function shortTime(at: number, offset: ZoneOffset, words: Words, year?: number): string {
  const wall = wallOf(civilOf(at, offset));
  return (year === undefined || wall.year === year ? words.time.short : words.time.full)(wall);
}

/** `9月23日` of an instant. */
export const dateOf = (at: number, offset: ZoneOffset, words: Words): string =>
  words.time.day(wallOf(civilOf(at, offset)));

/** `14:00` of an instant. */
export const clockOf = (at: number, offset: ZoneOffset, words: Words): string =>
  words.time.clock(wallOf(civilOf(at, offset)));

/** Machine form of an instant for `datetime`, '' where no Date can hold it. */
export const isoTime = (at: number): string => (Math.abs(at) > lastSecond ? '' : new Date(at * 1000).toISOString());

/** `2026年第38周` and `9月14日—20日`; a text that is no week stays as it is. */
export function weekNames(
  week: string,
  words: Words,
): { readonly name: string; readonly days: string; readonly year: number } {
  if (parseWeek(week) === null) return { name: week, days: '', year: 0 };
  const monday = weekStart(week);
  const [year = '', number = ''] = week.split('-W');
  return {
    name: words.time.week(Number(year), Number(number)),
    days: words.time.days(dateOfDay(monday), dateOfDay(monday + 6)),
    year: Number(year),
  };
}

/** The week of a draw id and how often it was run: `d-2026-w47-r2` is run 2 of 2026-W47. */
export function drawNames(draw: string): { readonly week: string; readonly run: number } {
  const [, year = '', week = '', run = '1'] = /^d-(\d{4})-w(\d\d)(?:-r([2-9]))?$/.exec(draw) ?? [];
  return { week: `${year}-W${week}`, run: Number(run) };
}

/** Day named `YYYY-MM-DD` in words, with its weekday (0 Monday). */
export function dayNames(
  text: string,
  words: Words,
): { readonly name: string; readonly weekday: string; readonly isWeekend: boolean } {
  const day: CivilDay = parseDay(text) ?? 0;
  return {
    name: words.time.day(dateOfDay(day)),
    weekday: words.time.weekday[weekday(day) - 1] ?? '',
    isWeekend: weekday(day) > 5,
  };
}

/** Clock times of an entry and whether the end lies on the day after the start; equal ones are a point in time. */
export function spanNames(
  start: string,
  end: string,
  words: Words,
): { readonly text: string; readonly raised: string } {
  if (start === end) return { text: start.slice(11), raised: '' };
  const [from, to] = [parseMinute(start) ?? 0, parseMinute(end) ?? 0];
  const nextDay = dayOf(to) > dayOf(from);
  return { text: words.time.span(start.slice(11), end.slice(11), nextDay), raised: nextDay ? words.time.raised : '' };
}

/** `UTC+8`, `UTC-3:30` of a zone at an instant. */
export function offsetName(offset: ZoneOffset, at: number): string {
  const minutes = Math.round(offset(at));
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(Math.abs(minutes) / 60)}${rest === 0 ? '' : `:${two(rest)}`}`;
}
