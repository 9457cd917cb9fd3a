/** Steps that can be taken back: what one edit changed, kept in the transaction of the edit itself. Prose that is withheld never stays here. */
import type { Step, SundialDatabase } from './database.ts';

/** What an edit made of one entry. */
export type Change = Step['changes'][number];

const keptSteps = 100;
const trimEvery = 20;

/** The newest step; null where there is none. */
export async function newestStep({ steps }: SundialDatabase): Promise<Step | null> {
  return (await steps.orderBy('key').last()) ?? null;
}

/** Whether a step after this one is written by one request: no undone one has to go and none is too old. */
export function isOneRequest(newest: Step | null): boolean {
  return newest === null || (!newest.undone && newest.key % trimEvery !== 0);
}

/** Keeps an edit as the newest step; what was undone before it can no longer be done again. Within a transaction over `steps`; `known`: the
 *  newest one as it has read it. */
export async function recordStep(
  database: SundialDatabase,
  kind: Step['kind'],
  changes: readonly Change[],
  at: number,
  known?: Step | null,
): Promise<void> {
  const newest = known === undefined ? await newestStep(database) : known;
  await database.steps.add({ kind, changes, undone: false, at });
  if (newest === null || isOneRequest(newest)) return;
  await database.steps.filter(({ undone }) => undone).delete();
  await database.steps
    .where('key')
    .belowOrEqual(newest.key + 1 - keptSteps)
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
