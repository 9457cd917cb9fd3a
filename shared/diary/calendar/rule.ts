/** Recurrence rules (RFC 5545 3.3.10) from a day on: FREQ=DAILY to YEARLY with every BY part. ical.js reads the rule; the days are our own,
 *  because its iterator never returns from a rule that no day fits, and gives days that are not in the month (30 February). */
import ICAL from 'ical.js';
import {
  type CivilDay,
  type CivilMinute,
  civilAt,
  dateOfDay,
  dayOf,
  dayOfDate,
  daysInMonth,
  minuteOfDay,
  weekday,
} from '../../time/civil.ts';
import { parsedBy } from './property.ts';

/** Weekdays are ISO: 1 Monday to 7 Sunday. `until` is as written. */
export interface Rule {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count: number | null;
  readonly until: string | null;
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly weeks: readonly number[];
  readonly yearDays: readonly number[];
  readonly monthDays: readonly number[];
  readonly weekdays: readonly { readonly weekday: number; readonly nth: number | null }[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly positions: readonly number[];
}

/** The rule of a value; null where it cannot be, or repeats within a day. */
export function readRule(value: string): Rule | null {
  const until = /(?:^|;)UNTIL=([^;]*)/i.exec(value)?.[1] ?? null;
  const recur = parsedBy(() => ICAL.Recur.fromString(value.replace(/(?:^|;)UNTIL=[^;]*/i, '').replace(/^;/, '')));
  if (recur === null) return null;
  const frequency = frequencies.find((each) => each === recur.freq);
  if (frequency === undefined || recur.interval < 1) return null;
  const { parts } = recur;
  const weekdays = (parts.BYDAY ?? []).map((each) => {
    const found = /^([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)$/.exec(each);
    return { weekday: dayNames.indexOf(found?.[2] ?? '') + 1, nth: found?.[1] === undefined ? null : Number(found[1]) };
  });
  return {
    frequency,
    interval: recur.interval,
    count: recur.count ?? null,
    until,
    weekStart: ((recur.wkst + 5) % 7) + 1, // ical.js counts from Sunday, 1
    months: parts.BYMONTH ?? [],
    weeks: parts.BYWEEKNO ?? [],
    yearDays: parts.BYYEARDAY ?? [],
    monthDays: parts.BYMONTHDAY ?? [],
    weekdays,
    hours: parts.BYHOUR ?? [],
    minutes: parts.BYMINUTE ?? [],
    positions: parts.BYSETPOS ?? [],
  };
}

/** The starts that a rule gives on the days from `from` to `to`, both included, in order; the first of all, `start`, is one of them whether
 *  the rule fits it or not (RFC 5545 3.8.5.3). UNTIL is the caller's, who knows the zone. */
export function* startsOf(rule: Rule, start: CivilMinute, from: CivilDay, to: CivilDay): Generator<CivilMinute> {
  const first = dayOf(start);
  let counted = 1;
  if (first >= from && first <= to) yield start;
  // Without COUNT nothing before the asked days matters.
  const count = rule.count === null ? null : Math.min(rule.count, mostCounted);
  let n = count === null ? Math.max(0, periodBefore(rule, first, from)) : 0;
  for (; count === null || counted < count; n += 1) {
    const period = periodAt(rule, first, n);
    if (period.from > to || period.from > lastDay) return;
    for (const minute of startsIn(rule, start, period)) {
      if (minute <= start) continue;
      if (count !== null && counted >= count) return;
      counted += 1;
      const day = dayOf(minute);
      if (day >= from && day <= to) yield minute;
    }
  }
}

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const dayNames: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const lastDay = 2932896; // 9999-12-31
const mostCounted = 100_000; // 270 years of every day: nobody means more, and counting must end

interface Period {
  readonly from: CivilDay;
  readonly to: CivilDay;
}

function periodAt({ frequency, interval, weekStart }: Rule, first: CivilDay, n: number): Period {
  const { year, month } = dateOfDay(first);
  switch (frequency) {
    case 'DAILY':
      return { from: first + n * interval, to: first + n * interval };
    case 'WEEKLY': {
      const from = first - ((weekday(first) - weekStart + 7) % 7) + n * interval * 7;
      return { from, to: from + 6 };
    }
    case 'MONTHLY': {
      const months = month - 1 + n * interval;
      return monthOf(year + Math.floor(months / 12), (months % 12) + 1);
    }
    case 'YEARLY':
      return { from: monthOf(year + n * interval, 1).from, to: monthOf(year + n * interval, 12).to };
  }
}

function periodBefore({ frequency, interval }: Rule, first: CivilDay, day: CivilDay): number {
  const longest = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[frequency];
  return Math.floor((day - first) / (longest * interval)) - 1;
}

function monthOf(year: number, month: number): Period {
  const from = dayOfDate({ year, month, day: 1 }) ?? lastDay + 1;
  return { from, to: from + daysInMonth(year, month) - 1 };
}

function startsIn(rule: Rule, start: CivilMinute, period: Period): readonly CivilMinute[] {
  const hours = ordered(rule.hours, Math.floor(minuteOfDay(start) / 60));
  const minutes = ordered(rule.minutes, minuteOfDay(start) % 60);
  const all: CivilMinute[] = [];
  for (let day = period.from; day <= period.to; day += 1) {
    if (!fits(rule, dayOf(start), day)) continue;
    for (const hour of hours) for (const minute of minutes) all.push(civilAt(day, hour * 60 + minute));
  }
  if (rule.positions.length === 0) return all;
  return all.filter((_, n) => rule.positions.includes(n + 1) || rule.positions.includes(n - all.length));
}

function ordered(given: readonly number[], own: number): readonly number[] {
  return given.length === 0 ? [own] : [...new Set(given)].sort((a, b) => a - b);
}

// Whether a day of a period is one of the rule: every BY part that is there must hold; where none says which day, that of the start does.
function fits(rule: Rule, first: CivilDay, day: CivilDay): boolean {
  const { frequency, months, weeks, yearDays, monthDays, weekdays } = rule;
  const { year, month, day: number } = dateOfDay(day);
  if (months.length > 0 && !months.includes(month)) return false;
  const inMonth = daysInMonth(year, month);
  if (monthDays.length > 0 && !monthDays.includes(number) && !monthDays.includes(number - inMonth - 1)) return false;
  const whole = { from: monthOf(year, 1).from, to: monthOf(year, 12).to };
  if (yearDays.length > 0 && !yearDays.includes(day - whole.from + 1) && !yearDays.includes(day - whole.to - 1))
    return false;
  if (weeks.length > 0 && !isInWeeks(weeks, rule.weekStart, year, day)) return false;
  if (weekdays.length > 0) {
    const within = frequency === 'YEARLY' && months.length === 0 ? whole : monthOf(year, month);
    return weekdays.some((each) => each.weekday === weekday(day) && isNth(each.nth, within, day, frequency));
  }
  if (monthDays.length > 0 || yearDays.length > 0 || frequency === 'DAILY') return true;
  if (frequency === 'WEEKLY' || weeks.length > 0) return weekday(day) === weekday(first);
  const begun = dateOfDay(first);
  return number === begun.day && (frequency === 'MONTHLY' || months.length > 0 || month === begun.month);
}

function isNth(nth: number | null, within: Period, day: CivilDay, frequency: Rule['frequency']): boolean {
  if (nth === null || frequency === 'DAILY' || frequency === 'WEEKLY') return true;
  const fromStart = Math.floor((day - within.from) / 7) + 1;
  const fromEnd = -Math.floor((within.to - day) / 7) - 1;
  return nth === fromStart || nth === fromEnd;
}

// Weeks of a year as in ISO 8601, with a first day of the week of their own: week 1 has at least four days of the year.
function isInWeeks(weeks: readonly number[], weekStart: number, year: number, day: CivilDay): boolean {
  const firstOf = (of: number) => {
    const january4 = monthOf(of, 1).from + 3;
    return january4 - ((weekday(january4) - weekStart + 7) % 7);
  };
  const owner = day < firstOf(year) ? year - 1 : day >= firstOf(year + 1) ? year + 1 : year;
  const [begin, end] = [firstOf(owner), firstOf(owner + 1)];
  const week = Math.floor((day - begin) / 7) + 1;
  return weeks.includes(week) || weeks.includes(week - (end - begin) / 7 - 1);
}
