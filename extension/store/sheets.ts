/** The journal week by week in a form small enough for a page's memory: what search and threads need of each entry. */
import type { Body, EntryBody, ThreadLink } from '../../shared/api/journal.ts';
import { type Findable, findable } from '../../shared/diary/search.ts';
import type { SundialDatabase } from './database.ts';
import type { Written } from './queries.ts';
import { linksOf, proseOf, shownAs, textNames } from './written.ts';

/** An entry, a review or a title. */
export interface SheetLine extends Findable {
  readonly id: string;
  readonly kind: Body['kind'];
  /** The day it is reported under; '' of a title and of a week's review. */
  readonly day: string;
  /** '' of what is no entry. */
  readonly start: string;
  readonly end: string;
  readonly category: string | null;
  readonly place: string | null;
  readonly threads: readonly ThreadLink[];
  readonly hasThinking: boolean;
  readonly hasResult: boolean;
  /** Of a correction: the item that it stands for. */
  readonly corrects: EntryBody['corrects'];
}

/** What counts in a week, the newest first. */
export interface Sheet {
  readonly week: string;
  readonly lines: readonly SheetLine[];
}

/** The weeks in which something of the server's truth counts, the newest first. */
export async function weeksWritten(database: SundialDatabase): Promise<readonly string[]> {
  const own = await database.rows.orderBy('week').uniqueKeys();
  const late = await database.rows.orderBy('body.lateFor').uniqueKeys();
  return [...new Set([...own, ...late].map(String))].sort().reverse();
}

/** The server's truth of what counts in a week: its own entries, and late ones of later weeks. */
export async function linesOf(database: SundialDatabase, week: string): Promise<readonly SheetLine[]> {
  // Inside a transaction of its own, so that Dexie keeps no copy of the rows for as long as the week is followed.
  return database.transaction('r', database.rows, async () => {
    const own = await database.rows.where('week').equals(week).toArray();
    const late = await database.rows.where('body.lateFor').equals(week).toArray();
    return [...own, ...late].flatMap((row) =>
      shownAs(row.id, row, null, null).flatMap((written) => (weekOfLine(written) === week ? [lineOf(written)] : [])),
    );
  });
}

/** What differs from the server's truth on this device: own ops that wait, and withheld prose. */
export interface Overlay {
  /** The ids that differ: their lines below stand instead of the server's. */
  readonly ids: ReadonlySet<string>;
  readonly lines: ReadonlyMap<string, readonly SheetLine[]>;
  /** The weeks whose sheets it changes. */
  readonly weeks: ReadonlySet<string>;
}

/** Reads the overlay. Its size is that of outbox and withheld texts, not of the journal. */
export async function overlayOf(database: SundialDatabase): Promise<Overlay> {
  const tables = [database.rows, database.outbox, database.held];
  return database.transaction('r', tables, async () => {
    const lastOps = new Map((await database.outbox.orderBy('n').toArray()).map((op) => [op.id, op]));
    const held = new Map((await database.held.toArray()).map((item) => [item.id, item]));
    const ids = new Set([...lastOps.keys(), ...held.keys()]);
    const lines = new Map<string, SheetLine[]>();
    const weeks = new Set<string>();
    const rows = await database.rows.bulkGet([...ids]);
    for (const [at, id] of [...ids].entries()) {
      const row = rows[at] ?? null;
      if (row !== null && row.body !== null) weeks.add(weekOfLine({ body: row.body }));
      for (const written of shownAs(id, row, lastOps.get(id) ?? null, held.get(id) ?? null)) {
        const week = weekOfLine(written);
        weeks.add(week);
        lines.set(week, [...(lines.get(week) ?? []), lineOf(written)]);
      }
    }
    return { ids, lines, weeks };
  });
}

/** The sheet of a week as its author sees it: the server's lines, and those of the overlay instead of or beside them. */
export function sheetOf(week: string, lines: readonly SheetLine[], overlay: Overlay): Sheet {
  const kept = lines.filter(({ id }) => !overlay.ids.has(id));
  return { week, lines: [...kept, ...(overlay.lines.get(week) ?? [])].sort(newestFirst) };
}

// What belongs to no day, the title and the review of the week, stands before all.
function newestFirst(a: SheetLine, b: SheetLine): number {
  const [left, right] = [orderOf(a), orderOf(b)];
  return left < right ? 1 : left > right ? -1 : 0;
}

function orderOf({ day, start, end, id }: SheetLine): string {
  return `${day === '' ? '~' : day} ${start === '' ? '~' : start} ${end} ${id}`;
}

function weekOfLine({ body }: Pick<Written, 'body'>): string {
  return body.kind === 'entry' ? (body.lateFor ?? body.week) : body.week;
}

function lineOf(written: Written): SheetLine {
  const { id, body } = written;
  const threads = linksOf(written);
  const entry = body.kind === 'entry' ? body : null;
  return {
    id,
    kind: body.kind,
    day: body.kind === 'title' ? '' : (body.day ?? ''),
    start: entry?.start ?? '',
    end: entry?.end ?? '',
    category: entry?.category ?? null,
    place: proseOf(written, 'place'),
    threads,
    hasThinking: proseOf(written, 'thinking') !== null,
    hasResult: proseOf(written, 'result') !== null,
    corrects: entry?.corrects,
    ...findable([...textNames.flatMap((name) => proseOf(written, name) ?? []), ...threads.map(({ name }) => name)]),
  };
}
