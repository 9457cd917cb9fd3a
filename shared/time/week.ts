// ISO 8601 weeks, Monday to Sunday, written `2026-W47` (design.md 4). Week 1 is the week of the year's first Thursday.

import { type CivilDay, parseDay, two, weekday } from './civil.ts';

/** A week as `YYYY-Www`. Always one that the year has; `parseWeek` is the door for text from outside. */
export type Week = string;

/** The week named by `text`, or `null` for another spelling (`2026-w47`, `2026W47`) or a week that the year lacks. */
export function parseWeek(text: string): Week | null {
  return mondayOf(text) === null ? null : text;
}

/** The week in which a day lies; its year is the ISO year, so 2027-01-01 is in `2026-W53`. */
export function weekOf(day: CivilDay): Week {
  const thursday = day - weekday(day) + 4;
  // The platform's calendar and not `dateOfDay`: the readers' check needs no more of a date than this.
  const year = new Date(thursday * 86_400_000).getUTCFullYear();
  const name = String(year).padStart(4, '0');
  const number = Math.floor((thursday - (parseDay(`${name}-01-01`) ?? 0)) / 7) + 1;
  return `${name}-W${two(number)}`;
}

/** Monday of a week. Throws `RangeError` when `week` is none. */
export function weekStart(week: Week): CivilDay {
  const monday = mondayOf(week);
  if (monday === null) throw new RangeError(`not an ISO week: ${week}`);
  return monday;
}

/** The seven days of a week, Monday first. */
export function daysOf(week: Week): readonly CivilDay[] {
  const monday = weekStart(week);
  return [0, 1, 2, 3, 4, 5, 6].map((offset) => monday + offset);
}

/** The week after. */
export function weekAfter(week: Week): Week {
  return weekOf(weekStart(week) + 7);
}

/** The week before. */
export function weekBefore(week: Week): Week {
  return weekOf(weekStart(week) - 7);
}

/** Negative when `a` is earlier than `b`, 0 when they are the same week, positive when it is later. For `sort`. */
export function compareWeeks(a: Week, b: Week): number {
  return weekStart(a) - weekStart(b);
}

/** How many weeks lie from `from` to `to`; negative when `to` is earlier. */
export function weeksBetween(from: Week, to: Week): number {
  return (weekStart(to) - weekStart(from)) / 7;
}

function mondayOf(text: string): CivilDay | null {
  const [year, number] = text.split('-W');
  const january4 = parseDay(`${year}-01-04`);
  if (january4 === null) return null;
  const monday = january4 - weekday(january4) + 1 + (Number(number) - 1) * 7;
  // Another spelling or a week that the year lacks is not what that Monday's week is called.
  return weekOf(monday) === text ? monday : null;
}
