/** Figures and blocks of one day for strip, rows and sums; pure. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import { type Category, modeOf } from '../../../shared/diary/category.ts';
import { blanksOf, type Hours, hoursOf } from '../../../shared/diary/hours.ts';
import { type CivilMinute, civilAt, parseDay, parseMinute } from '../../../shared/time/civil.ts';
import { clip, type Interval, lengthOf } from '../../../shared/time/interval.ts';
import type { Block } from '../../components/time-bar.tsx';
import type { Written } from '../../store/queries.ts';
import { dayStart } from '../../store/today.ts';
import type { Journal } from '../use-journal.ts';

/** A row of a day: an entry, or a blank of half an hour and more between entries. */
export type DayRow =
  | { readonly kind: 'entry'; readonly entry: Written<EntryBody> }
  | { readonly kind: 'blank'; readonly blank: Interval };

export interface DayFacts {
  readonly hours: Hours;
  readonly blanks: readonly Interval[];
  readonly blankMinutes: number;
  readonly rows: readonly DayRow[];
  readonly blocks: readonly Block[];
}

/** Everything a day's screen shows besides the words. `entries` are sorted by start; one that another corrects has a row and counts
 *  nowhere else. */
export function dayFacts(
  day: string,
  entries: readonly Written<EntryBody>[],
  { table, offset }: Pick<Journal, 'table' | 'offset'>,
): DayFacts {
  const counted = standing(entries);
  const bodies = counted.map(({ body }) => body);
  const blanks = blanksOf(bodies);
  const rows: DayRow[] = [
    ...entries.map((entry) => ({ kind: 'entry' as const, entry })),
    ...blanks.map((blank) => ({ kind: 'blank' as const, blank })),
  ].sort((a, b) => beginning(a) - beginning(b));
  return {
    hours: hoursOf(bodies, offset),
    blanks,
    blankMinutes: blanks.reduce((sum, blank) => sum + lengthOf(blank), 0),
    rows,
    blocks: blocksOf(day, counted, table),
  };
}

/** Entries that count: those that no other corrects (更正). */
export function standing<T extends Written>(entries: readonly T[]): readonly T[] {
  return entries.filter(({ correctedBy }) => correctedBy === undefined);
}

/** Blocks of the band from 05:00 to 05:00, clipped for drawing alone. */
export function blocksOf(
  day: string,
  entries: readonly Written<EntryBody>[],
  table: readonly Category[],
): readonly Block[] {
  const begins = civilAt(parseDay(day) ?? 0, dayStart);
  return entries.flatMap(({ body, held }) => {
    const seen = clip(intervalOf(body), { start: begins, end: begins + 1440 });
    if (seen === null) return [];
    const mode = modeOf(body, table);
    return [{ from: seen.start - begins, to: seen.end - begins, mode, held: body.hold !== undefined || held !== null }];
  });
}

/** Start and end of an entry as civil minutes. */
export function intervalOf(body: EntryBody): Interval {
  return { start: parseMinute(body.start) ?? 0, end: parseMinute(body.end) ?? 0 };
}

/** Minutes after the day's 05:00, null where the moment lies outside the band. */
export function bandMinute(day: string, moment: CivilMinute): number | null {
  const at = moment - civilAt(parseDay(day) ?? 0, dayStart);
  return at >= 0 && at < 1440 ? at : null;
}

/** The text of an entry as this device may show it; null where only the signing device has it. */
export function textOf({ body, held }: Written): string | null {
  if (typeof body.text === 'string') return body.text;
  return typeof held?.prose.text === 'string' ? held.prose.text : null;
}

function beginning(row: DayRow): number {
  return row.kind === 'entry' ? intervalOf(row.entry.body).start : row.blank.start;
}
