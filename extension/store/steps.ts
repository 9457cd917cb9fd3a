/** Steps that can be taken back: what one edit changed, kept in the transaction of the edit itself. Prose that is withheld never stays here. */
import type { Step, SundialDatabase } from './database.ts';

/** What an edit made of one entry. */
export type Change = Step['changes'][number];

const keptSteps = 100;
const trimEvery = 20;

/** Keeps an edit as the newest step; what was undone before it can no longer be done again. Within a transaction over `steps`. */
export async function recordStep(
  database: SundialDatabase,
  kind: Step['kind'],
  changes: readonly Change[],
  at: number,
): Promise<void> {
  // Asked for together, answered in order: the last one is that before this one.
  const before = database.steps.orderBy('key').last();
  const [last, key] = await Promise.all([before, database.steps.add({ kind, changes, undone: false, at })]);
  if (last?.undone === true) await database.steps.filter(({ undone }) => undone).delete();
  if (key % trimEvery === 0)
    await database.steps
      .where('key')
      .belowOrEqual(key - keptSteps)
      .delete();
}

/** The step that undo takes back, and the one that redo does again; null where there is none. */
export async function nextSteps(
  database: SundialDatabase,
): Promise<{ readonly undo: Step | null; readonly redo: Step | null }> {
  const newest = await database.steps.orderBy('key').reverse().toArray();
  return {
    undo: newest.find(({ undone }) => !undone) ?? null,
    redo: newest.findLast(({ undone }) => undone) ?? null,
  };
}

/** Takes an entry out of every step: its prose is withheld. Within a transaction over `steps`. */
export async function forgetSteps(database: SundialDatabase, id: string): Promise<void> {
  const about = await database.steps.filter(({ changes }) => changes.some((change) => change.id === id)).toArray();
  for (const step of about) {
    const changes = step.changes.filter((change) => change.id !== id);
    if (changes.length === 0) await database.steps.delete(step.key);
    else await database.steps.update(step.key, { changes });
  }
}
