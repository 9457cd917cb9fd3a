/** The tray: texts that were refused wait until their author decides (sync.md b, d, g). */
import { Refusal } from '../../shared/api/refusal.ts';
import { type Context, here } from '../device/context.ts';
import { placeInSeal } from '../store/corrections.ts';
import type { HeldItem, TrayItem } from '../store/database.ts';
import { appendOp, blankLog, headOf, newId, opTables } from '../store/ops.ts';
import { heldInTray } from '../store/tray.ts';
import { writtenByIds } from '../store/written.ts';
import { placeOf } from './journal.ts';
import { judged } from './judge.ts';
import { holdNew } from './withhold.ts';

/** "Keep mine": a new op over what the server has now. Refuses `VERSION_STALE` where that changed since the conflict was shown. */
export async function keepMine(item: TrayItem, context: Context = here): Promise<void> {
  const { database } = context;
  const { body } = item;
  const { rows, tray, held, steps } = database;
  await database.transaction('rw', [...opTables(database), rows, tray, held, steps], async () => {
    const head = await headOf(database, item.id);
    const shown = item.current?.head ?? null;
    if (head !== null && shown !== null && head !== shown) throw new Refusal('VERSION_STALE');
    const prose = await heldInTray(database, item);
    if (prose !== null) {
      await held.put({ ...prose, parked: null });
      await blankLog(database, item.id);
    }
    await appendOp(database, { id: item.id, parent: head ?? shown, body }, context);
    await tray.delete(item.key);
  });
  context.poke(false);
}

/** Keeps a text that a shut week refused as a new entry of the open week that points back: as the correction of the sealed entry where
 *  this device knows its place in the seal, else as a late entry. */
export async function keepAsCorrection(item: TrayItem, context: Context = here): Promise<void> {
  const { database } = context;
  if (item.body === null || item.body.kind !== 'entry') throw new Refusal('FIELD_INVALID', { field: 'kind' });
  const placed = await placeOf(item.body.day, context);
  const corrects = placed.week === item.body.week ? null : await placeInSeal(database, item.body.week, item.id);
  const { hold, digest: _, lateFor: __, corrects: ___, ...rest } = item.body;
  const prose = (await heldInTray(database, item))?.prose ?? {};
  const body = judged({ ...rest, ...prose, ...placed, ...(corrects === null ? {} : { corrects }) });
  const id = newId(context);
  if (hold !== undefined) {
    await holdNew(id, body, hold, context);
    await database.tray.delete(item.key);
  } else {
    await database.transaction('rw', [...opTables(database), database.tray], async () => {
      await appendOp(database, { id, parent: null, body }, context);
      await database.tray.delete(item.key);
    });
  }
  context.poke(false);
}

/** Takes a text out of the tray: the server's stays. Withheld prose that stands nowhere else goes with it. */
export async function dismiss(item: TrayItem, context: Context = here): Promise<void> {
  const { database } = context;
  const { rows, outbox, tray, held } = database;
  await database.transaction('rw', [rows, outbox, tray, held], async () => {
    const prose = await heldInTray(database, item);
    await tray.delete(item.key);
    const [written] = await writtenByIds(database, [item.id]);
    if (prose === null || written?.body.digest === prose.digest) return;
    const isUnused = (kept: HeldItem): boolean => kept.parked === null && kept.digest === prose.digest;
    await held.where('id').equals(item.id).and(isUnused).delete();
  });
}
