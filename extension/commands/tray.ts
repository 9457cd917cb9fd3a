/** The tray: texts that were refused wait until their author decides (sync.md b, d, g). */
import { type Body, proseMembers } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { type Context, here } from '../device/context.ts';
import { placeInSeal } from '../store/corrections.ts';
import type { StoredRow, TrayItem } from '../store/database.ts';
import { forgetHeldText, keepDisclosures, keepHeld, membersOf } from '../store/held.ts';
import { appendOp, blankLog, headOf, newId, opTables } from '../store/ops.ts';
import { heldInTray } from '../store/tray.ts';
import { placeOf } from './journal.ts';
import { judged } from './judge.ts';
import { heldOf, isSigning, keepNewHeld, newHeld, parkedBody } from './withhold.ts';

/** "Keep mine": a new op over what the server has now. Refuses `VERSION_STALE` where that changed since the conflict was shown. A withheld
 *  line whose words are here waits again on a device that does not sign. Of one whose words are elsewhere the time is kept, and what the
 *  server has in the place of the words; `NOT_FOUND` with reason `HELD_ELSEWHERE` where they were deleted. */
export async function keepMine(item: TrayItem, context: Context = here): Promise<void> {
  const { database } = context;
  const { rows, tray, held, steps, seals } = database;
  const signs = await isSigning(context);
  const made = await withheldLike(item, context);
  await database.transaction('rw', [...opTables(database), rows, tray, held, steps, seals], async () => {
    const head = await headOf(database, item.id);
    const shown = item.current?.head ?? null;
    if (head !== null && shown !== null && head !== shown) throw new Refusal('VERSION_STALE');
    const prose = made?.held ?? (await heldInTray(database, item));
    if (prose !== null && item.body !== null && !signs) {
      await held.put({ ...prose, parked: prose.parked ?? parkedBody(item.body, prose) });
    } else {
      if (prose !== null) {
        await keepHeld(database, { ...prose, parked: null });
        await keepDisclosures(database, item.id);
        await blankLog(database, item.id);
      }
      const body = made?.body ?? (prose === null ? inPlaceOf(item.body, await rows.get(item.id)) : item.body);
      await appendOp(database, { id: item.id, parent: head ?? shown, body }, context);
    }
    await tray.delete(item.key);
  });
  context.poke(false);
}

/** A text over an entry that was withheld meanwhile, made ready to be withheld like it: nobody makes words public by keeping them. Null of any
 *  other. */
async function withheldLike(
  { id, body, current }: TrayItem,
  context: Context,
): Promise<Awaited<ReturnType<typeof heldOf>> | null> {
  const hold = current?.body?.hold;
  return hold === undefined || body === null || body.hold !== undefined ? null : heldOf(id, body, hold, context);
}

/** Keeps a text that a shut week refused as a new entry of the open week that points back: as the correction of the sealed entry where
 *  this device knows its place in the seal, else as a late entry; withheld like what stands there now. */
export async function keepAsCorrection(item: TrayItem, context: Context = here): Promise<void> {
  const { database } = context;
  if (item.body === null || item.body.kind !== 'entry') throw new Refusal('FIELD_INVALID', { field: 'kind' });
  const placed = await placeOf(item.body.day, context);
  const corrects = placed.week === item.body.week ? null : await placeInSeal(database, item.body.week, item.id);
  const { hold = item.current?.body?.hold, digest: _, lateFor: __, corrects: ___, ...rest } = item.body;
  const prose = await heldInTray(database, item);
  const words = prose === null ? {} : membersOf(prose);
  const body = judged({ ...rest, ...words, ...placed, ...(corrects === null ? {} : { corrects }) });
  const id = newId(context);
  const made = hold === undefined ? null : await newHeld(id, body, hold, context);
  await database.transaction('rw', [...opTables(database), database.held, database.tray], async () => {
    if (made === null) await appendOp(database, { id, parent: null, body }, context);
    else await keepNewHeld(made, context);
    await database.tray.delete(item.key);
  });
  context.poke(false);
}

/** Takes a text out of the tray: the server's stays. Withheld prose that stands nowhere else goes with it. */
export async function dismiss(item: TrayItem, context: Context = here): Promise<void> {
  const { database } = context;
  const { rows, outbox, tray, held } = database;
  await database.transaction('rw', [rows, outbox, tray, held], async () => {
    const prose = await heldInTray(database, item);
    await tray.delete(item.key);
    if (prose === null) return;
    // Own ops that wait may be refused: then the server's row stands again.
    const standing = [await rows.get(item.id), ...(await outbox.where('id').equals(item.id).toArray())];
    if (standing.every((each) => each?.body?.digest !== prose.digest)) await forgetHeldText(database, prose);
  });
}

/** What is put of a body whose words are not here: as it is while the server has the same words, else beside those that it has. */
function inPlaceOf(body: Body | null, row: StoredRow | undefined): Body | null {
  if (body === null || body.hold === undefined || row === undefined || row.body?.digest === body.digest) return body;
  if (row.body === null) throw new Refusal('NOT_FOUND', { facts: { reason: 'HELD_ELSEWHERE' } });
  const put: Record<string, unknown> = { ...body };
  for (const name of [...proseMembers, 'hold', 'digest'] as const) {
    delete put[name];
    if (row.body[name] !== undefined) put[name] = row.body[name];
  }
  return judged(put);
}
