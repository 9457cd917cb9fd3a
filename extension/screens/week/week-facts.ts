/** Figures and places of a week: columns from 05:00 to 05:00 with their blocks, hours by category and mode; pure. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import { type Category, categoryOf, type Mode, modeOf, modes } from '../../../shared/diary/category.ts';
import { blanksOf, type Hours, hoursOf } from '../../../shared/diary/hours.ts';
import { formatDay, type ZoneOffset } from '../../../shared/time/civil.ts';
import { clip, gaps, type Interval, lengthOf } from '../../../shared/time/interval.ts';
import { daysOf } from '../../../shared/time/week.ts';
import type { Written } from '../../store/queries.ts';
import { standing } from '../day/day-facts.ts';
import type { Journal } from '../use-journal.ts';
import { bandOf, type Piece, piecesOf, placeOf } from './band.ts';
import { inLanes, type Lane } from './lanes.ts';

/** A block of one column, with its lane among those that share time with it. An entry over 05:00 has one in each day. */
export interface Placed extends Piece, Lane {
  readonly entry: Written<EntryBody>;
  readonly mode: Mode | null;
  /** It is reported under this column's day; else it runs into it from another one. */
  readonly own: boolean;
}

export interface Column {
  readonly day: string;
  /** Reported under the day; one that another corrects stands here and counts nowhere. */
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
  readonly byMode: readonly { readonly mode: Mode; readonly minutes: number }[];
  /** By category, most first; null for entries without one. */
  readonly byCategory: readonly {
    readonly category: string | null;
    readonly mode: Mode | null;
    readonly minutes: number;
    readonly entries: number;
  }[];
}

/** Everything the week's page shows besides the words. `counted`: entries that count in the week, sorted; `before`: those of the day before
 *  its Monday, whose nights may run into it: they are drawn and not counted. */
export function weekFacts(
  week: string,
  counted: readonly Written<EntryBody>[],
  { table, offset }: Pick<Journal, 'table' | 'offset'>,
  before: readonly Written<EntryBody>[] = [],
): WeekFacts {
  const counting = standing(counted);
  const bodies = counting.map(({ body }) => body);
  const hours = hoursOf(bodies, offset);
  const days = daysOf(week);
  const pieces = [...standing(before), ...counting].flatMap((entry) =>
    piecesOf(placeOf(entry.body), days).map((piece) => ({ ...piece, entry, mode: modeOf(entry.body, table) })),
  );
  const columns = days.map((number, at) =>
    columnOf(
      number,
      counted,
      pieces.filter(({ column }) => column === at),
      offset,
    ),
  );
  return {
    columns,
    hours,
    entries: counting.length,
    byMode: modes.flatMap((mode) => (hours.modeMinutes[mode] > 0 ? [{ mode, minutes: hours.modeMinutes[mode] }] : [])),
    byCategory: categoriesOf(bodies, table, offset),
  };
}

function columnOf(
  number: number,
  counted: readonly Written<EntryBody>[],
  pieces: readonly Omit<Placed, keyof Lane | 'own'>[],
  offset: ZoneOffset,
): Column {
  const day = formatDay(number);
  const entries = counted.filter(({ body }) => body.day === day);
  const band = bandOf(number);
  const covered = pieces.map(({ from, to }) => ({ start: band.start + from, end: band.start + to }));
  const bodies = standing(entries).map(({ body }) => body);
  const blanks = blanksOf(bodies).flatMap((blank) => {
    const part = clip(blank, band);
    return part === null ? [] : gaps(covered, part, 30);
  });
  return {
    day,
    entries,
    hours: hoursOf(bodies, offset),
    blocks: inLanes(pieces).map((block) => ({ ...block, own: block.entry.body.day === day })),
    blanks: blanks.map((blank) => ({ from: blank.start - band.start, to: blank.end - band.start, blank })),
  };
}

function categoriesOf(
  bodies: readonly EntryBody[],
  table: readonly Category[],
  offset: ZoneOffset,
): WeekFacts['byCategory'] {
  const ids = [...new Set(bodies.map(({ category }) => category ?? null))];
  return ids
    .map((category) => {
      const of = bodies.filter((body) => (body.category ?? null) === category);
      const [first] = of;
      const own = category === null ? null : (categoryOf(category, table)?.mode ?? null);
      return {
        category,
        mode: own ?? (first === undefined ? null : modeOf(first, table)),
        minutes: hoursOf(of, offset).unionMinutes,
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
