/** The threads of all own entries, gathered once and then only from newer rows: a name used years ago still means its thread, and no
 *  page waits for a walk over ten years. */
import { decodeTime, encodeTime } from 'ulid';
import * as v from 'valibot';
import type { KnownThread } from '../../shared/diary/quick-entry/marks.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import type { StoredRow, SundialDatabase } from './database.ts';

const record = 'threads';
const chunk = 500;
/** A device that was offline delivers older ids: the next walk begins this long before the last one ended. */
const overlapMs = 60 * 86_400_000;

const Gathered = v.object({
  /** Rows up to this id were walked. */
  through: v.string(),
  threads: v.array(v.object({ id: v.string(), name: v.string() })),
});
type Gathered = v.InferOutput<typeof Gathered>;

/** What was gathered so far. */
export async function gatheredThreads(database: SundialDatabase): Promise<readonly KnownThread[]> {
  return (await gathered(database)).threads.map(({ id, name }) => ({ id, name, aliases: [] }));
}

/** Walks the rows that are newer than the last walk, a bounded number in each transaction; stops where `goOn` says no and goes on from there
 *  the next time. */
export async function gatherThreads(database: SundialDatabase, goOn: () => Promise<boolean>): Promise<void> {
  let after = backFrom((await gathered(database)).through);
  while (await goOn()) {
    const walked = await database.transaction('rw', [database.rows, database.personal], async () => {
      if ((await gathered(database)).through < after) return null;
      const rows = await database.rows.where('id').above(after).limit(chunk).toArray();
      const last = rows.at(-1);
      if (last !== undefined) await keep(database, rows, last.id);
      return rows;
    });
    if (walked === null) {
      // Forgotten while this walked.
      after = '';
      continue;
    }
    const last = walked.at(-1);
    if (last === undefined || walked.length < chunk) return;
    after = last.id;
  }
}

/** Forgets what was gathered, within a transaction over `personal`: the next walk begins anew. */
export const forgetGathered = ({ personal }: SundialDatabase): Promise<void> => personal.delete(record);

async function keep(database: SundialDatabase, rows: readonly StoredRow[], through: string): Promise<void> {
  const before = await gathered(database);
  const names = new Map(before.threads.map(({ id, name }) => [id, name]));
  for (const { body } of rows)
    if (body?.kind === 'entry') for (const { id, name } of body.threads ?? []) names.set(id, name);
  const threads = [...names].map(([id, name]) => ({ id, name }));
  const value: Gathered = { through: through > before.through ? through : before.through, threads };
  if (canonical(value) === canonical(before)) return;
  await database.personal.put({ id: record, value });
}

async function gathered(database: SundialDatabase): Promise<Gathered> {
  const kept = v.safeParse(Gathered, (await database.personal.get(record))?.value);
  return kept.success ? kept.output : { through: '', threads: [] };
}

/** The least id of the time before that of an id. */
function backFrom(id: string): string {
  if (id === '') return '';
  const time = decodeTime(id.toUpperCase());
  return encodeTime(Math.max(0, time - overlapMs)).toLowerCase();
}
