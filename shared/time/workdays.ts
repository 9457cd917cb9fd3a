// Working days and working hours by an organisation's calendar (closed-loop.md, "Deadlines").

import { type CivilDay, type CivilMinute, civilAt, minutesPerDay, weekday } from './civil.ts';
import type { Interval } from './interval.ts';

/** Seconds since 1970-01-01T00:00 on the wall: receipt is told to the second (17:30:00 is in time, 17:30:01 is not).
 *  From a civil minute: `minute * 60`. From an instant: `Math.floor(instantSeconds) + offset(instantSeconds) * 60`. */
export type CivilSecond = number;

/** When an organisation works. `hours`: in order, apart, in minutes of the day. `receiptCutoff`: minute of the day until
 *  which (its second 0 included) what comes in counts as received on that day. */
export type WorkCalendar = {
  readonly holidays: ReadonlySet<CivilDay>;
  readonly makeUpWorkdays: ReadonlySet<CivilDay>;
  readonly hours: readonly Interval[];
  readonly receiptCutoff: number;
};

/** 9:00–12:00 and 13:30–17:30, receipt until 17:30:00, Monday to Friday, no holidays known. */
export const plainCalendar: WorkCalendar = {
  holidays: new Set(),
  makeUpWorkdays: new Set(),
  hours: [
    { start: 540, end: 720 },
    { start: 810, end: 1050 },
  ],
  receiptCutoff: 1050,
};

/** Is a day worked: a weekday that is no holiday, or a make-up working day (调休)? A make-up day wins over a holiday. */
export function isWorkday(day: CivilDay, calendar: WorkCalendar): boolean {
  if (calendar.makeUpWorkdays.has(day)) return true;
  return weekday(day) <= 5 && !calendar.holidays.has(day);
}

/** The first working day after `day`. Throws `RangeError` when the calendar has none within ten years. */
export function workdayAfter(day: CivilDay, calendar: WorkCalendar): CivilDay {
  for (let next = day + 1; next <= day + 3660; next += 1) if (isWorkday(next, calendar)) return next;
  throw new RangeError('the calendar has no working day');
}

/** The working day on which something received counts as received (day 0): its own, or the next working day when it came
 *  on a day off or after the cutoff. */
export function dayOfReceipt(received: CivilSecond, calendar: WorkCalendar): CivilDay {
  const day = Math.floor(received / 86400);
  const inTime = received - day * 86400 <= calendar.receiptCutoff * 60;
  return inTime && isWorkday(day, calendar) ? day : workdayAfter(day, calendar);
}

/** The `days`-th working day after receipt, the day of receipt being day 0. Due at the end of that day (`closingOf`). */
export function addWorkingDays(received: CivilSecond, days: number, calendar: WorkCalendar): CivilDay {
  return workdaysAfter(dayOfReceipt(received, calendar), days, calendar);
}

/** The `days`-th working day after a day; 0: the day itself, worked or not. */
export function workdaysAfter(from: CivilDay, days: number, calendar: WorkCalendar): CivilDay {
  let day = from;
  for (let counted = 0; counted < days; counted += 1) day = workdayAfter(day, calendar);
  return day;
}

/** The minute at which a day's working hours end, 17:30 by default. */
export function closingOf(day: CivilDay, calendar: WorkCalendar): CivilMinute {
  return civilAt(day, calendar.hours.at(-1)?.end ?? minutesPerDay);
}

/** The minute at which `minutes` of working time have passed since receipt; time outside working hours does not count.
 *  A begun minute is given whole. Ends at a closing time rather than at the next opening. Throws `RangeError` when the
 *  calendar has no hours. */
export function addWorkingMinutes(received: CivilSecond, minutes: number, calendar: WorkCalendar): CivilMinute {
  if (!calendar.hours.some(({ start, end }) => end > start)) throw new RangeError('the calendar has no working hours');
  const from = Math.ceil(received / 60);
  let left = minutes;
  let day = Math.floor(from / minutesPerDay);
  if (!isWorkday(day, calendar)) day = workdayAfter(day, calendar);
  for (;;) {
    for (const { start, end } of calendar.hours) {
      const opening = Math.max(civilAt(day, start), from);
      const open = civilAt(day, end) - opening;
      if (open <= 0) continue;
      if (left <= open) return opening + left;
      left -= open;
    }
    day = workdayAfter(day, calendar);
  }
}

/** `addWorkingMinutes` in hours; fractions allowed to the minute. */
export function addWorkingHours(received: CivilSecond, hours: number, calendar: WorkCalendar): CivilMinute {
  return addWorkingMinutes(received, Math.round(hours * 60), calendar);
}

/** Working days from the day after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(from: CivilDay, to: CivilDay, calendar: WorkCalendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar);
  let count = 0;
  for (let day = from + 1; day <= to; day += 1) if (isWorkday(day, calendar)) count += 1;
  return count;
}

/** Whole minutes of working time from one moment to a later one, a begun minute not given; 0 where `to` is not later. What is left of a
 *  deadline that `addWorkingMinutes` made. */
export function workingMinutesBetween(from: CivilSecond, to: CivilSecond, calendar: WorkCalendar): number {
  const [first, last] = [Math.ceil(from / 60), Math.floor(to / 60)];
  let minutes = 0;
  for (let day = Math.floor(first / minutesPerDay); civilAt(day, 0) < last; day += 1) {
    if (!isWorkday(day, calendar)) continue;
    for (const { start, end } of calendar.hours)
      minutes += Math.max(0, Math.min(civilAt(day, end), last) - Math.max(civilAt(day, start), first));
  }
  return minutes;
}
