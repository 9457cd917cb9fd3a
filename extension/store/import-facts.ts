/** What the journal has already of a file that is to be imported. */
import { type Known, sourceKeyIn } from '../../shared/diary/calendar/proposals.ts';
import type { FileReading } from '../../shared/diary/calendar/reading.ts';
import { weekOf } from '../../shared/time/week.ts';
import { entriesCountedFrom } from './counted-entries.ts';
import type { SundialDatabase } from './database.ts';

/** The entries of the weeks that a reading speaks of, and which of its ids stand here or stood here once. */
export async function knownOf(
  database: SundialDatabase,
  { items }: Pick<FileReading, 'items'>,
): Promise<{ readonly known: readonly Known[]; readonly ids: ReadonlySet<string> }> {
  const weeks = items.map(({ day }) => weekOf(day)).sort();
  const [first] = weeks;
  const last = weeks.at(-1);
  if (first === undefined || last === undefined) return { known: [], ids: new Set() };
  const entries = await entriesCountedFrom(database, first, last);
  const known = entries.map(({ start, end, text, source }) => ({
    start,
    end,
    text: text ?? null,
    sourceKey: sourceKeyIn(source),
  }));
  const filed = items.flatMap((item) => item.filed?.id ?? []);
  return { known, ids: await idsHere(database, filed) };
}

/** Those of the ids that a row, an op that waits or a parked line has. */
export async function idsHere(database: SundialDatabase, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const here = await Promise.all(
    [database.rows, database.held].map((table) => table.where('id').anyOf(ids).primaryKeys()),
  );
  const waiting = await database.outbox.where('id').anyOf(ids).toArray();
  return new Set([...here.flat(), ...waiting.map(({ id }) => id)]);
}
