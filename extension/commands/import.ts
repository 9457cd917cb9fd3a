/** Importing: what a person ticked in the preview of a file becomes entries, all or none, as one step that can be taken back. */
import type { Source } from '../../shared/diary/calendar/proposals.ts';
import type { FiledEntry } from '../../shared/diary/journal-file.ts';
import { type Context, here } from '../device/context.ts';
import { idsHere } from '../store/import-facts.ts';
import { newId, opTables } from '../store/ops.ts';
import { appendAdded, type EntryInput, placeOf } from './journal.ts';
import { judged, tidied } from './judge.ts';

/** An entry to import: where it came from, or, of Sundial's own file, all that stood there and its id. */
export interface ImportInput {
  readonly entry: EntryInput;
  readonly source: Source | null;
  readonly filed: FiledEntry | null;
}

/** Adds the entries in one transaction. One of Sundial's own file keeps its id where that is free. Those of a shut week become late entries.
 *  Refuses `FIELD_INVALID` for an entry that cannot be, and then adds none. Gives how many. */
export async function importEntries(inputs: readonly ImportInput[], context: Context = here): Promise<number> {
  const { database } = context;
  const places = new Map<string, Awaited<ReturnType<typeof placeOf>>>();
  for (const { entry } of inputs) if (!places.has(entry.day)) places.set(entry.day, await placeOf(entry.day, context));
  const added = inputs.map(({ entry, source, filed }) => ({
    id: filed?.id ?? newId(context),
    body: judged(
      tidied({
        ...ownMembers(filed),
        kind: 'entry',
        ...entry,
        ...places.get(entry.day),
        source: source === null ? undefined : { ...source },
      }),
    ),
  }));
  const tables = [...opTables(database), database.rows, database.held, database.steps];
  await database.transaction('rw', tables, async () => {
    const ids = inputs.flatMap(({ filed }) => filed?.id ?? []);
    const taken = await idsHere(database, ids);
    const free = added.map(({ id, body }) => ({ id: taken.has(id) ? newId(context) : id, body }));
    await appendAdded(free, context);
  });
  context.poke(false);
  return added.length;
}

// What the entry of a file has beside what the preview shows. Its week, its place among late entries and its images are not those of here.
function ownMembers(filed: FiledEntry | null): Record<string, unknown> {
  if (filed === null) return {};
  const { id: _id, week: _week, lateFor: _lateFor, images: _images, corrects: _corrects, ...own } = filed;
  return own;
}
