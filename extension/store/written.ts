/** Entries by their ids as their author sees them: server truth, own ops that wait, withheld prose of this device. */
import * as v from 'valibot';
import { type EntryBody, type Prose, ThreadLink } from '../../shared/api/journal.ts';
import type { HeldItem, OutgoingOp, StoredRow, SundialDatabase } from './database.ts';
import { heldFor } from './held.ts';
import type { Written } from './queries.ts';

/** The entries, reviews and titles of these ids, in that order; unknown and deleted ones are left out. */
export async function writtenByIds(database: SundialDatabase, ids: readonly string[]): Promise<readonly Written[]> {
  const tables = [database.rows, database.outbox, database.held];
  return database.transaction('r', tables, async () => {
    const [rows, ops, held] = await Promise.all([
      database.rows.bulkGet([...ids]),
      database.outbox.where('id').anyOf(ids).sortBy('n'),
      database.held.bulkGet([...ids]),
    ]);
    const lastOps = new Map(ops.map((op) => [op.id, op]));
    return ids.flatMap((id, at) => shownAs(id, rows[at] ?? null, lastOps.get(id) ?? null, held[at] ?? null));
  });
}

/** What an author sees of an id: the line parked on this device, else the last own op, else the server's row; none where it is deleted. */
export function shownAs(
  id: string,
  row: StoredRow | null,
  lastOp: OutgoingOp | null,
  held: HeldItem | null,
): readonly Written[] {
  const parked = held?.parked ?? null;
  if (parked !== null) return [{ id, body: parked, head: null, delivered: false, held }];
  const body = lastOp === null ? (row?.del === false ? row.body : null) : lastOp.kind === 'del' ? null : lastOp.body;
  if (body === null) return [];
  return [{ id, body, head: lastOp?.op ?? row?.head ?? null, delivered: lastOp === null, held: heldFor(held, body) }];
}

/** Names of the texts of an entry, in the order in which they are read. */
export const textNames = [
  'text',
  'place',
  'detail',
  'thinking',
  'result',
  'next',
] as const satisfies readonly (keyof typeof Prose)[];
export type TextName = (typeof textNames)[number];

/** A text as its author reads it on this device, withheld ones too; null where there is none. */
export function proseOf({ body, held }: Pick<Written, 'body' | 'held'>, name: TextName): string | null {
  const kept = held?.prose[name] ?? (name === 'text' || body.kind === 'entry' ? body[name] : undefined);
  return typeof kept === 'string' ? kept : null;
}

/** The threads of an entry as its author sees them on this device. */
export function linksOf({ body, held }: Pick<Written, 'body' | 'held'>): readonly ThreadLink[] {
  const kept = v.safeParse(v.array(ThreadLink), held?.prose.threads ?? (body.kind === 'entry' ? body.threads : null));
  return kept.success ? kept.output : noLinks;
}

const noLinks: readonly ThreadLink[] = [];

/** Those that are entries. */
export function entriesAmong(all: readonly Written[]): readonly Written<EntryBody>[] {
  return all.filter((written): written is Written<EntryBody> => written.body.kind === 'entry');
}
