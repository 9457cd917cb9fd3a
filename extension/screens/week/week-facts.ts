/** Figures and places of a week: columns from 05:00 to 05:00, lanes of what happens at the same time, hours by category and mode; pure. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import { type Category, categoryOf, type Mode, modeOf, modes } from '../../../shared/diary/category.ts';
import { blanksOf, type Hours, hoursOf } from '../../../shared/diary/hours.ts';
import { civilAt, formatDay } from '../../../shared/time/civil.ts';
import { clip, type Interval, lengthOf, overlaps } from '../../../shared/time/interval.ts';
import { daysOf } from '../../../shared/time/week.ts';
import type { Written } from '../../store/queries.ts';
import { dayStart } from '../../store/today.ts';
import { intervalOf } from '../day/day-facts.ts';

/** A block of one column: minutes after 05:00, and its lane among those that share time with it. */
export interface Placed {
  readonly entry: Written<EntryBody>;
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  readonly lanes: number;
  readonly mode: Mode | null;
}

export interface Column {
  readonly day: string;
  readonly entries: readonly Written<EntryBody>[];
  readonly hours: Hours;
  readonly blocks: readonly Placed[];
  /** Blanks of half an hour and more, minutes after 05:00. */
  readonly blanks: readonly { readonly from: number; readonly to: number; readonly blank: Interval }[];
}

export interface WeekFacts {
  readonly columns: readonly Column[];
  readonly hours: Hours;
  readonly entries: number;
  readonly uncategorised: number;
  readonly held: number;
  /** Pairs of entries of one day that share time. */
  readonly overlaps: number;
  readonly byMode: readonly { readonly mode: Mode; readonly minutes: number }[];
  /** By category, most first; null for entries without one. */
  readonly byCategory: readonly {
    readonly category: string | null;
    readonly mode: Mode | null;
    readonly minutes: number;
    readonly entries: number;
  }[];
}

/** Everything the week's page shows besides the words. `counted`: entries that count in the week, sorted. */
export function weekFacts(week: string, counted: readonly Written<EntryBody>[], table: readonly Category[]): WeekFacts {
  const bodies = counted.map(({ body }) => body);
  const hours = hoursOf(bodies);
  const columns = daysOf(week).map((number) => columnOf(number, counted, table));
  return {
    columns,
    hours,
    entries: counted.length,
    uncategorised: bodies.filter(({ category, hold }) => category === undefined && hold === undefined).length,
    held: bodies.filter(({ hold }) => hold !== undefined).length,
    overlaps: columns.reduce((sum, column) => sum + overlapping(column.entries), 0),
    byMode: modes.flatMap((mode) => (hours.modeMinutes[mode] > 0 ? [{ mode, minutes: hours.modeMinutes[mode] }] : [])),
    byCategory: categoriesOf(bodies, table),
  };
}

function columnOf(number: number, counted: readonly Written<EntryBody>[], table: readonly Category[]): Column {
  const day = formatDay(number);
  const entries = counted.filter(({ body }) => body.day === day);
  const begins = civilAt(number, dayStart);
  const band = { start: begins, end: begins + 1440 };
  const seen = entries.flatMap((entry) => {
    const part = clip(intervalOf(entry.body), band);
    return part === null ? [] : [{ entry, from: part.start - begins, to: part.end - begins }];
  });
  const blanks = blanksOf(entries.map(({ body }) => body)).flatMap((blank) => {
    const part = clip(blank, band);
    return part === null ? [] : [{ from: part.start - begins, to: part.end - begins, blank }];
  });
  return { day, entries, hours: hoursOf(entries.map(({ body }) => body)), blocks: inLanes(seen, table), blanks };
}

/** Lanes side by side for what overlaps: each group of blocks that hang together shares the width. */
function inLanes(
  seen: readonly { readonly entry: Written<EntryBody>; readonly from: number; readonly to: number }[],
  table: readonly Category[],
): readonly Placed[] {
  const placed: Placed[] = [];
  let group: { entry: Written<EntryBody>; from: number; to: number; lane: number }[] = [];
  let groupEnd = Number.NEGATIVE_INFINITY;
  const close = () => {
    const lanes = Math.max(0, ...group.map(({ lane }) => lane)) + 1;
    for (const block of group) placed.push({ ...block, lanes, mode: modeOf(block.entry.body, table) });
    group = [];
  };
  for (const block of [...seen].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (block.from >= groupEnd) close();
    const busy = new Set(group.filter(({ to }) => to > block.from).map(({ lane }) => lane));
    let lane = 0;
    while (busy.has(lane)) lane += 1;
    group.push({ ...block, lane });
    groupEnd = Math.max(group.length === 1 ? Number.NEGATIVE_INFINITY : groupEnd, block.to);
  }
  close();
  return placed;
}

function overlapping(entries: readonly Written<EntryBody>[]): number {
  const spans = entries.map(({ body }) => intervalOf(body));
  return spans.filter((span, at) => spans.slice(at + 1).some((other) => overlaps(span, other))).length;
}

function categoriesOf(bodies: readonly EntryBody[], table: readonly Category[]): WeekFacts['byCategory'] {
  const ids = [...new Set(bodies.map(({ category }) => category ?? null))];
  return ids
    .map((category) => {
      const of = bodies.filter((body) => (body.category ?? null) === category);
      const [first] = of;
      const own = category === null ? null : (categoryOf(category, table)?.mode ?? null);
      return {
        category,
        mode: own ?? (first === undefined ? null : modeOf(first, table)),
        minutes: hoursOf(of).unionMinutes,
        entries: of.length,
      };
    })
    .sort((a, b) => b.minutes - a.minutes);
}

/** Sum less union: what overlaps and counts once. */
export function overlapMinutes(hours: Hours): number {
  return hours.sumMinutes - hours.unionMinutes;
}

/** Length of a blank in minutes. */
export const blankMinutes = (blank: Interval): number => lengthOf(blank);
