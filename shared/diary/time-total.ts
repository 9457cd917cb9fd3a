// What the weeks of a period come to together, and what the last full weeks say.

import { grouped } from '../base/grouped.ts';
import { weekday } from '../time/civil.ts';
import { type Interval, lengthOf } from '../time/interval.ts';
import type { Week } from '../time/week.ts';
import { type CategoryTime, fragmentUnder, type Kind, kinds, longestOf, noMinutes, type Time } from './my-time.ts';

export type WeekTime = Time & { readonly week: Week };

/** Own time in pieces: how many, how many of them shorter than 30 minutes, their median in minutes (null without any), and the short
 *  ones by weekday, Monday first. */
export interface Pieces {
  readonly count: number;
  readonly short: number;
  readonly medianMinutes: number | null;
  readonly shortByWeekday: readonly number[];
}

/** Figures of several weeks: sums of what each week comes to. `average`: over full weeks alone, null without any. */
export interface TotalTime {
  readonly entries: number;
  readonly minutes: number;
  readonly fullWeeks: number;
  readonly averageMinutes: number | null;
  readonly byKind: Readonly<Record<Kind, number>>;
  readonly focusedShare: number | null;
  readonly longest: Interval | null;
  readonly pieces: Pieces;
  readonly blanks: number;
  readonly blankMinutes: number;
  readonly lateMinutes: number;
  readonly lateNights: number;
  readonly earlyMinutes: number;
  readonly earlyMornings: number;
  readonly weekendMinutes: number;
  readonly holidayMinutes: number;
  /** Most first. */
  readonly categories: readonly CategoryTime[];
}

/** A week of leave: more than half of what it reports is leave. It stands outside the average. */
export function isLeaveWeek({ minutes, leaveMinutes }: Pick<Time, 'minutes' | 'leaveMinutes'>): boolean {
  return leaveMinutes * 2 > minutes;
}

/** Whether a week counts for an average: over by `running`, the week that runs now, with time in it, and no week of leave. */
export function isFullWeek(time: WeekTime, running: Week): boolean {
  return time.week < running && time.minutes > 0 && !isLeaveWeek(time);
}

/** The weeks together. */
export function totalOf(weeks: readonly WeekTime[], running: Week): TotalTime {
  const full = weeks.filter((each) => isFullWeek(each, running));
  const sum = (of: (time: Time) => number, among: readonly Time[] = weeks) =>
    among.reduce((minutes, time) => minutes + of(time), 0);
  const byKind = sumKinds(weeks.map((time) => time.byKind));
  const inRatio = byKind.collective + byKind.focused;
  return {
    entries: sum((time) => time.entries),
    minutes: sum((time) => time.minutes),
    fullWeeks: full.length,
    averageMinutes: full.length === 0 ? null : Math.round(sum((time) => time.minutes, full) / full.length),
    byKind,
    focusedShare: inRatio === 0 ? null : byKind.focused / inRatio,
    longest: longestOf(weeks.flatMap(({ longest }) => (longest === null ? [] : [longest]))),
    pieces: piecesOf(weeks),
    blanks: sum((time) => time.blanks.length),
    blankMinutes: sum((time) => time.blanks.reduce((minutes, blank) => minutes + lengthOf(blank), 0)),
    lateMinutes: sum((time) => time.lateMinutes),
    lateNights: sum((time) => time.lateNights),
    earlyMinutes: sum((time) => time.earlyMinutes),
    earlyMornings: sum((time) => time.earlyMornings),
    weekendMinutes: sum((time) => time.weekendMinutes),
    holidayMinutes: sum((time) => time.holidayMinutes),
    categories: sumCategories(weeks.flatMap(({ categories }) => categories)),
  };
}

/** How many weeks a look back takes, and how far it goes to find them past weeks of leave. */
const looksBack = 4;
/** Weeks that must be read for `lastFullWeeks`. */
export const looksBackOver = 8;

/** The last four full weeks, oldest first; null where the last eight have fewer. */
export function lastFullWeeks(weeks: readonly WeekTime[], running: Week): readonly WeekTime[] | null {
  const full = weeks
    .filter((each) => isFullWeek(each, running))
    .sort((a, b) => (a.week < b.week ? -1 : 1))
    .slice(-looksBack);
  return full.length < looksBack ? null : full;
}

/** The weekday with most, 1 Monday to 7 Sunday, the earliest of equals; null where all have none. */
export function mostOn(byWeekday: readonly number[]): number | null {
  const most = Math.max(0, ...byWeekday);
  return most === 0 ? null : byWeekday.indexOf(most) + 1;
}

function piecesOf(weeks: readonly Time[]): Pieces {
  const all = weeks.flatMap(({ pieces }) => pieces);
  const short = all.filter((piece) => lengthOf(piece) < fragmentUnder);
  return {
    count: all.length,
    short: short.length,
    medianMinutes: medianOf(all.map((piece) => lengthOf(piece))),
    shortByWeekday: [1, 2, 3, 4, 5, 6, 7].map((number) => short.filter(({ day }) => weekday(day) === number).length),
  };
}

/** The middle one, or the mean of the middle two. */
function medianOf(lengths: readonly number[]): number | null {
  const sorted = lengths.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function sumCategories(all: readonly CategoryTime[]): readonly CategoryTime[] {
  return [...grouped(all, ({ category }) => category)]
    .map(([category, of]) => ({
      category,
      minutes: of.reduce((sum, { minutes }) => sum + minutes, 0),
      byKind: sumKinds(of.map(({ byKind }) => byKind)),
      entries: of.reduce((sum, { entries }) => sum + entries, 0),
    }))
    .sort((a, b) => b.minutes - a.minutes);
}

function sumKinds(all: readonly Readonly<Record<Kind, number>>[]): Readonly<Record<Kind, number>> {
  const sum: Record<Kind, number> = { ...noMinutes };
  for (const each of all) for (const kind of kinds) sum[kind] += each[kind];
  return sum;
}
