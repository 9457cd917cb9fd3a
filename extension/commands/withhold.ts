/** Withholding: the prose stays on this device, its span, ground and digest travel (design.md 2.3, sync.md k and l). */
import type { Body, Hold } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { b64u, utf8 } from '../../shared/base/bytes.ts';
import { withheldBody, withheldOf } from '../../shared/diary/journal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import { itemDigest } from '../../shared/proof/seal.ts';
import { type Context, here } from '../device/context.ts';
import { logSigner } from '../device/key.ts';
import type { HeldItem } from '../store/database.ts';
import { keepDisclosures, keepHeld, membersOf } from '../store/held.ts';
import { appendOp, blankLog, headOf, opTables } from '../store/ops.ts';
import { mayBeOnServer, standingOf, type Written } from '../store/queries.ts';
import { isShut, judged, refuseShut, refuseStale, refuseStaleParked } from './judge.ts';

/** Withholds something already written. Its texts are taken from the outbox and from the own log, so that nothing sends them again; the
 *  server erases what it has. On a device that does not sign, a line that was never sent leaves the journal and waits here for the signing
 *  device; one that was sent is refused with `NOT_ALLOWED`: the signing device marks it. */
export async function withhold(seen: Written, hold: Hold, context: Context = here): Promise<void> {
  const { database } = context;
  await refuseShut(database, seen.body.week);
  if (seen.body.hold !== undefined) return changeGround(seen, hold, context);
  const { held, body } = await heldOf(seen.id, seen.body, hold, context);
  const signs = await isSigning(context);
  const { rows, held: texts, steps, seals, weeks } = database;
  await database.transaction('rw', [...opTables(database), rows, texts, steps, seals, weeks], async () => {
    // Signed meanwhile, its text is on its way.
    await refuseShut(database, seen.body.week);
    await refuseStale(database, seen);
    await refuseStaleParked(database, seen);
    const waiting = await database.outbox.where('id').equals(seen.id).sortBy('n');
    const [first] = waiting;
    const parent = first === undefined ? seen.head : first.parent;
    if (!signs && (parent !== null || (await mayBeOnServer(database, seen.id)))) throw new Refusal('NOT_ALLOWED');
    await database.outbox.bulkDelete(waiting.map(({ n }) => n));
    await blankLog(database, seen.id);
    if (signs) {
      await keepHeld(database, held);
      await keepDisclosures(database, seen.id);
      await appendOp(database, { id: seen.id, parent, body }, context);
    } else await database.held.put({ ...held, parked: seen.body });
  });
  context.poke(false);
}

/** Keeps a new line withheld from the start: its text makes no op and no request. */
export async function holdNew(id: string, written: Body, hold: Hold, context: Context): Promise<void> {
  const { database } = context;
  const made = await newHeld(id, written, hold, context);
  await database.transaction('rw', [...opTables(database), database.held], () => keepNewHeld(made, context));
}

/** A new line made ready to be withheld. `parked`: its whole body on a device that does not sign, else null. */
interface NewHeld {
  readonly held: HeldItem;
  readonly body: Body;
  readonly parked: Body | null;
}

/** Makes a new line ready for `keepNewHeld`: a transaction does not outlive the digest of its text. */
export async function newHeld(id: string, written: Body, hold: Hold, context: Context): Promise<NewHeld> {
  const parked = (await isSigning(context)) ? null : written;
  return { ...(await heldOf(id, written, hold, context)), parked };
}

/** Keeps it, within a transaction over `held` and the tables of ops. */
export async function keepNewHeld({ held, body, parked }: NewHeld, context: Context): Promise<void> {
  const { database } = context;
  await database.held.put({ ...held, parked });
  if (parked === null) await appendOp(database, { id: held.id, parent: null, body }, context);
}

/** Makes a withheld item public again before its week is sealed: its prose travels like any other. It stays here too: the server may refuse
 *  it, and a freeze may set the entry back. */
export async function release(seen: Written, context: Context = here): Promise<void> {
  const { database } = context;
  const { held } = seen;
  if (held === null) throw new Refusal('NOT_FOUND');
  await refuseShut(database, seen.body.week);
  const body = held.parked ?? parkedBody(seen.body, held);
  await database.transaction('rw', [...opTables(database), database.rows, database.held], async () => {
    await refuseStaleParked(database, seen);
    if (held.parked === null) await refuseStale(database, seen);
    else await database.held.delete(seen.id);
    await appendOp(database, { id: seen.id, parent: await headOf(database, seen.id), body }, context);
  });
  context.poke(false);
}

/** Turns parked lines into withheld ones once this device signs. Gives how many. */
export async function enterParked(context: Context = here): Promise<number> {
  if (!(await isSigning(context))) return 0;
  const { database } = context;
  const parked = (await database.held.toArray()).filter((item) => item.parked !== null);
  const { rows, held, seals, weeks } = database;
  for (const { id } of parked)
    await database.transaction('rw', [...opTables(database), rows, held, seals, weeks], async () => {
      // It may have been changed or deleted in another window.
      const item = await held.get(id);
      if (item === undefined || item.parked === null || isShut(await standingOf(database, item.week))) return;
      await held.update(id, { parked: null });
      const body = heldBody(item.parked, item.hold, item.digest);
      await appendOp(database, { id, parent: await headOf(database, id), body }, context);
    });
  if (parked.length > 0) context.poke(false);
  return parked.length;
}

async function changeGround(seen: Written, hold: Hold, context: Context): Promise<void> {
  const { database } = context;
  const body = judged({ ...seen.body, hold });
  await database.transaction('rw', [...opTables(database), database.rows, database.held], async () => {
    await refuseStale(database, seen);
    await database.held.update(seen.id, { hold });
    await appendOp(database, { id: seen.id, parent: seen.head, body }, context);
  });
  context.poke(false);
}

/** A line as it is kept when its prose stays here, and the body that may leave. */
export async function heldOf(
  id: string,
  written: Body,
  hold: Hold,
  context: Context,
): Promise<{ readonly held: HeldItem; readonly body: Body }> {
  const { prose, rest } = withheldOf(written);
  const salt = b64u(context.random(16));
  const disclosure = b64u(utf8(canonical([salt, 'item', prose])));
  const digest = await itemDigest(disclosure);
  const held: HeldItem = { id, week: written.week, prose, salt, disclosure, digest, hold, parked: null };
  const isWhole = Object.keys(rest).length === 0;
  return { held: isWhole ? held : { ...held, rest }, body: heldBody(written, hold, digest) };
}

/** A body as it is once its prose is withheld: span, ground and digest. */
export function heldBody(written: Body, hold: Hold, digest: string): Body {
  return judged(withheldBody(written, hold, digest));
}

/** The whole body of a withheld item. */
export function parkedBody({ hold: _, digest: __, ...cover }: Body, held: HeldItem): Body {
  return judged({ ...cover, ...membersOf(held) });
}

/** Whether this device may sign a seal, and so withhold. */
export async function isSigning(context: Context): Promise<boolean> {
  return (await logSigner('leader', context)) !== null;
}
