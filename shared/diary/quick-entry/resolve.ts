// From what was typed for start and end to civil minutes: which half of the day, which date, what must be asked.

import {
  addDays,
  type CivilDay,
  type CivilMinute,
  civilAt,
  dayOf,
  minuteOfDay,
  minutesPerDay,
} from '../../time/civil.ts';
import type { Clock } from './clock.ts';
import { minutesIn, type Period } from './period.ts';

/** One side of a time as typed: the clock and the part of the day before it. */
export type Side = { readonly clock: Clock; readonly period: Period | null };

/** The day the words belong to. `isNamed`: typed, or carried from the line before; else it is today. `isNight`: named by its
 *  evening (昨晚). `isDayAfter`: followed by 次日. `isSaid`: typed right before the time, and not in digits alone. */
export type Base = {
  readonly day: CivilDay;
  readonly isNamed: boolean;
  readonly isNight: boolean;
  readonly isDayAfter: boolean;
  readonly isSaid: boolean;
};

/** What was typed about the date of the end: nothing, 次日, or a day (同日, 7月15日). */
export type EndDay =
  | { readonly kind: 'unsaid' }
  | { readonly kind: 'dayAfter' }
  | { readonly kind: 'day'; readonly day: CivilDay };

/** A span of civil minutes with the working day it is reported under. `end` is `null` when only the start was typed.
 *  `asks`: `day`, it begins before the day begins, so it may belong to yesterday (filled in) or today; `length`, the end is
 *  not after the start and the next day (filled in) would make it longer than 12 hours. */
export type Span = {
  readonly start: CivilMinute;
  readonly end: CivilMinute | null;
  readonly day: CivilDay;
  readonly asks: 'day' | 'length' | null;
};

const longestOvernight = 720;

/** The span of a typed range. A period word carries over to the side that has none when that gives the shorter length. */
export function resolveRange(from: Side, to: Side, base: Base, endDay: EndDay, dayStart: number): Span {
  const startPeriod = from.clock.period ?? from.period;
  const endPeriod = to.clock.period ?? to.period;
  const starts = candidates(from.clock, startPeriod, startPeriod === null ? carriedBack(from, to) : []);
  const ends = candidates(to.clock, endPeriod, endPeriod === null && startPeriod !== null ? [startPeriod] : []);
  let best: { start: number; end: number; length: number } | null = null;
  for (const start of starts) {
    for (const end of ends) {
      const length = lengthBetween(start, end);
      if (best === null || length < best.length) best = { start, end, length };
    }
  }
  const chosen = best ?? { start: 0, end: 0, length: minutesPerDay };
  const placed = place(chosen.start, startPeriod, base, dayStart);
  const literalEnd = ends[0] ?? 0;
  if (endDay.kind === 'unsaid') {
    const isTooLong = isOvernight(chosen.start, chosen.end) && chosen.length > longestOvernight;
    const isMorning = isTwelveHour(from.clock) && chosen.start < 780;
    const isAfternoon = isTooLong && isMorning && endPeriod === null && isTwelveHour(to.clock);
    const sameDay = lengthBetween(chosen.start, chosen.end + 720);
    const length = isAfternoon && sameDay < longestOvernight ? sameDay : chosen.length;
    return withEnd(placed, placed.start + length, isTooLong);
  }
  const saidDay = endDay.kind === 'day' ? endDay.day : addDays(base.day, 1);
  const said = [literalEnd, ...ends].map((end) => civilAt(saidDay, end)).filter((end) => end > placed.start);
  const end = said.length === 0 ? undefined : endDay.kind === 'day' ? Math.min(...said) : said[0];
  if (end === undefined) return withEnd(placed, placed.start + chosen.length, chosen.length > longestOvernight);
  return withEnd(placed, end, end - placed.start > minutesPerDay);
}

/** The span of a typed start alone. */
export function resolveStart(from: Side, base: Base, dayStart: number): Span {
  const period = from.clock.period ?? from.period;
  return place(minutesIn(period, from.clock.hour, from.clock.minute), period, base, dayStart);
}

/** A span that begins at a known minute, reported under the day before when that is earlier than the day begins. */
export function spanAt(start: CivilMinute, end: CivilMinute, dayStart: number): Span {
  const isEarly = minuteOfDay(start) < dayStart;
  return { start, end, day: isEarly ? dayOf(start) - 1 : dayOf(start), asks: isEarly ? 'day' : null };
}

function candidates(clock: Clock, period: Period | null, carried: readonly Period[]): readonly number[] {
  const own = minutesIn(period, clock.hour, clock.minute);
  return [own, ...carried.map((word) => minutesIn(word, clock.hour, clock.minute))];
}

// 2-4:30pm begins at 14:00, 11-1pm at 11:00, 10-1am at 22:00. In Chinese a word at the end alone reaches back only to hours
// at which nobody begins: 2点到下午4点 is 14:00, 8点到晚上10点 is 8:00.
function carriedBack(from: Side, to: Side): readonly Period[] {
  if (from.clock.hour > 12) return [];
  if (to.clock.period !== null) return to.clock.period === 'am' ? ['am', 'pm'] : ['pm'];
  const isDaytime =
    to.period === 'noon' || to.period === 'afternoon' || to.period === 'evening' || to.period === 'night';
  return to.period !== null && isDaytime && from.clock.hour >= 1 && from.clock.hour <= 6 ? ['afternoon'] : [];
}

// 上午9点到3点, 12:00-1:00: asked, but who says no half of the day means the afternoon; 18:00-8:00 and 09:00-03:00 are the 24-hour clock.
function isTwelveHour({ hour, typed, form }: Clock): boolean {
  return hour >= 1 && hour <= 12 && (form === 'hour' || !typed.startsWith('0'));
}

function lengthBetween(start: number, end: number): number {
  const length = (((end - start) % minutesPerDay) + minutesPerDay) % minutesPerDay;
  return length === 0 ? minutesPerDay : length;
}

// 24:00-16:00 and 晚上12点-2点 begin on the next day already and cross no midnight.
function isOvernight(start: number, end: number): boolean {
  if (start < minutesPerDay) return end <= start;
  return (end < minutesPerDay ? end : end - minutesPerDay) <= start - minutesPerDay;
}

function place(minutes: number, period: Period | null, base: Base, dayStart: number): Span {
  const isPastMidnight = minutes >= minutesPerDay;
  // Without a day, 晚上12点 is the midnight that has been; of a named evening (昨晚凌晨1点) the small hours follow it.
  const isSmallHoursOfNight = base.isNight && !isPastMidnight && (period === 'smallHours' || period === 'am');
  const shifted = isPastMidnight && !base.isNamed ? minutes - minutesPerDay : minutes;
  const start = civilAt(base.day, shifted) + (isSmallHoursOfNight || base.isDayAfter ? minutesPerDay : 0);
  const date = dayOf(start);
  if (minuteOfDay(start) >= dayStart) return { start, end: null, day: date, asks: null };
  if (date > base.day) return { start, end: null, day: date - 1, asks: null };
  return { start, end: null, day: date - 1, asks: 'day' };
}

function withEnd(span: Span, end: CivilMinute, asksLength: boolean): Span {
  return { start: span.start, end, day: span.day, asks: asksLength ? 'length' : span.asks };
}
