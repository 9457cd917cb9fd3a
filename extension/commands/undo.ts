/** Undo and redo: each is an edit of its own that puts back what stood before. Nothing that was sent is unsent (sync.md). */
import type { Body } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import { type Context, here } from '../device/context.ts';
import type { Step } from '../store/database.ts';
import { appendOp, headOf, opTables } from '../store/ops.ts';
import { writtenById } from '../store/queries.ts';
import { nextSteps } from '../store/steps.ts';
import { refuseShut } from './judge.ts';

/** Takes the last edit back. Gives it, null where there is none. Refuses `VERSION_STALE` where an entry of it was changed since, and
 *  `WEEK_SEALED` or `WEEK_FROZEN` where its week is shut; such a step leaves the list, so that it does not bar those before it. */
export async function undo(context: Context = here): Promise<Step | null> {
  const { undo: step } = await nextSteps(context.database);
  if (step !== null) await turn(step, true, context);
  return step;
}

/** Does again what was undone last. As `undo`. */
export async function redo(context: Context = here): Promise<Step | null> {
  const { redo: step } = await nextSteps(context.database);
  if (step !== null) await turn(step, false, context);
  return step;
}

async function turn(step: Step, back: boolean, context: Context): Promise<void> {
  const { database } = context;
  const edits = step.changes.map(({ id, before, after }) =>
    back ? { id, from: after, to: before } : { id, from: before, to: after },
  );
  const tables = [...opTables(database), database.rows, database.held, database.seals, database.weeks, database.steps];
  try {
    await database.transaction('rw', tables, async () => {
      for (const { id, from, to } of edits) {
        const now = await writtenById(database, id);
        if (canonical(now?.body ?? null) !== canonical(from)) throw new Refusal('VERSION_STALE');
        for (const week of weeksOf(from, to)) await refuseShut(database, week);
        await appendOp(database, { id, parent: await headOf(database, id), body: to }, context);
      }
      await database.steps.update(step.key, { undone: back });
    });
  } catch (error) {
    if (error instanceof Refusal) await database.steps.delete(step.key);
    throw error;
  }
  context.poke(false);
}

function weeksOf(...bodies: readonly (Body | null)[]): ReadonlySet<string> {
  return new Set(bodies.flatMap((body) => (body === null ? [] : [body.week])));
}
