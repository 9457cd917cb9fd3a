/** The entries that count in a stretch of weeks, read by index: a quarter costs a quarter, however many years are kept. */
import type { EntryBody } from '../../shared/api/journal.ts';
import { type ItemPlace, standing, weekCountedIn } from '../../shared/diary/hours.ts';
import type { Week } from '../../shared/time/week.ts';
import type { SundialDatabase } from './database.ts';
import type { Written } from './queries.ts';
import { entriesAmong, shownAs } from './written.ts';

/** Entries that count in the weeks from `first` to `last`, both included, after all corrections that this device can follow: a correction
 *  counts instead of what it corrects where the corrected seal's own copy is here. */
export async function entriesCountedFrom(
  database: SundialDatabase,
  first: Week,
  last: Week,
): Promise<readonly EntryBody[]> {
  return (await writtenCountedFrom(database, first, last)).map(({ body }) => body);
}

/** The same with their ids and the withheld prose of this device. */
export async function writtenCountedFrom(
  database: SundialDatabase,
  first: Week,
  last: Week,
): Promise<readonly Written<EntryBody>[]> {
  const { rows, outbox, held, seals } = database;
  return database.transaction('r', [rows, outbox, held, seals], async () => {
    const [own, late, ops, kept] = await Promise.all([
      rows.where('week').between(first, last, true, true).toArray(),
      rows.where('body.lateFor').between(first, last, true, true).toArray(),
      outbox.orderBy('n').toArray(),
      held.toArray(),
    ]);
    const rowById = new Map([...own, ...late].map((row) => [row.id, row]));
    const lastOps = new Map(ops.map((op) => [op.id, op]));
    const heldById = new Map(kept.map((item) => [item.id, item]));
    const parked = kept.flatMap((item) => (item.parked === null ? [] : [item.id]));
    const ids = new Set([...rowById.keys(), ...lastOps.keys(), ...parked]);
    const shown = [...ids].flatMap((id) =>
      shownAs(id, rowById.get(id) ?? null, lastOps.get(id) ?? null, heldById.get(id) ?? null),
    );
    const counted = entriesAmong(shown).filter(({ body }) => {
      const week = weekCountedIn(body);
      return week >= first && week <= last;
    });
    return withoutCorrected(database, counted);
  });
}

async function withoutCorrected(
  database: SundialDatabase,
  counted: readonly Written<EntryBody>[],
): Promise<readonly Written<EntryBody>[]> {
  const named = counted.flatMap(({ body }) => (body.corrects === undefined ? [] : [body.corrects]));
  if (named.length === 0) return counted;
  const copies = await database.seals.bulkGet([...new Set(named.map(({ seal }) => seal))]);
  const places = new Map<string, ItemPlace>();
  for (const { seal, item } of named) {
    const id = copies.find((copy) => copy?.seal === seal)?.items[item];
    if (id !== undefined) places.set(id, { seal, item });
  }
  const inOrder = counted.toSorted((a, b) => (`${a.body.week} ${a.id}` < `${b.body.week} ${b.id}` ? -1 : 1));
  const shaped = inOrder.map((written) => ({
    corrects: written.body.corrects,
    at: places.get(written.id),
    written,
  }));
  return standing(shaped).map(({ written }) => written);
}
