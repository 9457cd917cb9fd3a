/** Corrections (更正): after the seal a text is never changed; a new entry of the open week counts instead of it and points back
 *  (design.md 4, verification.md 4 `corrects`, sync.md g). */
import type { EntryBody } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { type Context, here } from '../device/context.ts';
import { placeInSeal } from '../store/corrections.ts';
import { membersOf } from '../store/held.ts';
import { newId, opTables } from '../store/ops.ts';
import { standingOf, type Written } from '../store/queries.ts';
import { appendAdded, type EntryChange, placeOf } from './journal.ts';
import { isShut, judged, tidied } from './judge.ts';
import { holdNew } from './withhold.ts';

/** Writes the correction of a sealed entry: the entry as it was, with `change`, in the open week. What is withheld stays withheld. Gives
 *  the new id. Refuses `NOT_ALLOWED` with reason `WEEK_OPEN` while the entry itself can be changed, and `NOT_FOUND` with reason
 *  `SEAL_ELSEWHERE` where this device did not seal it and so cannot say which item it is. */
export async function correctEntry(
  seen: Written<EntryBody>,
  change: EntryChange,
  context: Context = here,
): Promise<string> {
  const { database } = context;
  if (!isShut(await standingOf(database, seen.body.week)))
    throw new Refusal('NOT_ALLOWED', { facts: { reason: 'WEEK_OPEN' } });
  const corrects = await placeInSeal(database, seen.body.week, seen.id);
  if (corrects === null) throw new Refusal('NOT_FOUND', { facts: { reason: 'SEAL_ELSEWHERE' } });
  const { hold, digest: _, week: __, lateFor: ___, corrects: ____, ...rest } = seen.body;
  const placed = await placeOf(change.day ?? seen.body.day, context);
  const prose = hold === undefined || seen.held === null ? {} : membersOf(seen.held);
  const body = judged(tidied({ ...rest, ...prose, ...change, ...placed, corrects }));
  const id = newId(context);
  if (hold !== undefined) await holdNew(id, body, hold, context);
  else
    await database.transaction('rw', [...opTables(database), database.steps], () =>
      appendAdded([{ id, body }], context),
    );
  context.poke(false);
  return id;
}
