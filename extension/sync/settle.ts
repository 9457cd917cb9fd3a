/** What the server said of own ops, taken over op by op, so that one refused op never holds up the others (sync.md b, c). */
import type { Body, OpResult, Row } from '../../shared/api/journal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import type { Context } from '../device/context.ts';
import {
  changeProgress,
  type OutgoingOp,
  progressOf,
  type StoredRow,
  type SundialDatabase,
  type TrayReason,
} from '../store/database.ts';
import { appendOp } from '../store/ops.ts';
import { addToTray } from '../store/tray.ts';
import { type PushRun, sendsAgain } from './images.ts';

/** Writes what the server said, in one transaction. An op that is no longer in the outbox (withheld meanwhile) only leaves its row. */
export async function settle(
  ops: readonly OutgoingOp[],
  results: readonly OpResult[],
  epoch: number,
  run: PushRun,
  context: Context,
): Promise<void> {
  const { database } = context;
  const { rows, outbox, log, tray, held, seals, progress, images: kept } = database;
  const tables = [rows, outbox, log, tray, held, seals, progress, kept];
  const sent = new Map(ops.map((op) => [op.op, op]));
  await database.transaction('rw', tables, async () => {
    let taken: Taken[] = [];
    for (const result of results) {
      const op = sent.get(result.op);
      if (op === undefined) continue;
      const seq = seqOf(result);
      if (seq !== null) taken.push({ op, seq, isNew: result.status === 'APPLIED' });
      else {
        if (taken.length > 0) await keepTaken(taken, epoch, context);
        taken = [];
        await settleOne(op, result, epoch, run, context);
      }
    }
    if (taken.length > 0) await keepTaken(taken, epoch, context);
  });
}

/** An op that took effect, and its number. `isNew`: just now, not in an answer before. */
interface Taken {
  readonly op: OutgoingOp;
  readonly seq: number;
  readonly isNew: boolean;
}

/** The number of an op that took effect; null of any other. */
function seqOf(result: OpResult): number | null {
  if (result.status === 'APPLIED') return result.seq;
  return result.status === 'REPLAYED' && result.first === 'APPLIED' ? (result.seq ?? 0) : null;
}

/** Own ops that took effect become rows, all at once. Where their numbers follow the cursor without a gap nothing of others lies between,
 *  so the cursor goes with them and they are not fetched again. */
async function keepTaken(taken: readonly Taken[], epoch: number, context: Context): Promise<void> {
  const { database } = context;
  const blanked = await leaveOutbox(
    taken.map(({ op }) => op.n),
    database,
  );
  const known = await knownBefore(taken, database);
  const changed = new Map<string, StoredRow>();
  const progress = await progressOf(database);
  let { cursor } = progress;
  for (const { op, seq, isNew } of taken) {
    if (isNew && seq === cursor + 1) cursor = seq;
    const row = rowAfter(op, seq, epoch, known.get(op.id), blanked.has(op.n));
    if (row === null || !isNewer(row, known.get(op.id))) continue;
    known.set(op.id, row);
    changed.set(op.id, row);
  }
  await database.rows.bulkPut([...changed.values()]);
  await forgetHeld([...changed.values()], database);
  if (cursor !== progress.cursor) await database.progress.put({ ...progress, cursor });
}

/** The prose of withheld entries that are deleted now goes with them, unless an own op puts them back. */
async function forgetHeld(changed: readonly StoredRow[], { held, outbox }: SundialDatabase): Promise<void> {
  for (const { id, del } of changed)
    if (del && (await outbox.where('id').equals(id).count()) === 0) await held.delete(id);
}

/** Takes ops out of the outbox. Gives those whose text was withheld while they travelled: they had left it before, and stand blanked in the
 *  own log. */
async function leaveOutbox(ns: readonly number[], { outbox, log }: SundialDatabase): Promise<ReadonlySet<number>> {
  const range = outbox.where('n').between(ns.at(0), ns.at(-1), true, true);
  const waiting = new Set(await range.primaryKeys());
  const gone = ns.filter((n) => !waiting.has(n));
  // One request for the whole range, where nothing else lies in it.
  if (waiting.size + gone.length === ns.length) await range.delete();
  else await outbox.bulkDelete([...ns]);
  if (gone.length === 0) return new Set();
  const logged = await log.bulkGet(gone);
  return new Set(logged.flatMap((op) => (op?.blanked === true ? [op.n] : [])));
}

/** Rows that stood before these ops. A new entry has none: the server would have refused it. */
async function knownBefore(taken: readonly Taken[], { rows }: SundialDatabase): Promise<Map<string, StoredRow>> {
  const made = new Set(taken.flatMap(({ op, isNew }) => (isNew && op.parent === null ? [op.id] : [])));
  const ids = new Set(taken.map(({ op }) => op.id).filter((id) => !made.has(id)));
  return new Map(ids.size === 0 ? [] : (await rows.bulkGet([...ids])).flatMap(byId));
}

const byId = (row: StoredRow | undefined): [string, StoredRow][] => (row === undefined ? [] : [[row.id, row]]);

/** The row that an own op led to; null of a deletion of what was never known here. */
function rowAfter(
  op: OutgoingOp,
  seq: number,
  epoch: number,
  known: StoredRow | undefined,
  blanked: boolean,
): StoredRow | null {
  const week = op.body?.week ?? known?.body?.week;
  if (week === undefined) return null;
  // The text was withheld while this op travelled: its row must not bring it back; the redaction behind it writes the row.
  const body = blanked && known !== undefined ? known.body : op.body;
  return { id: op.id, head: op.op, seq, schema: op.schema, del: op.kind === 'del', week, body, epoch };
}

const isNewer = (row: StoredRow, known: StoredRow | undefined): boolean =>
  known === undefined || known.epoch !== row.epoch || known.seq <= row.seq;

async function settleOne(
  op: OutgoingOp,
  result: OpResult,
  epoch: number,
  run: PushRun,
  context: Context,
): Promise<void> {
  const { database } = context;
  const isWaiting = (await database.outbox.get(op.n)) !== undefined;
  switch (result.status) {
    case 'APPLIED':
      return;
    case 'REPLAYED':
      if (isWaiting)
        await refuse(op, reasonOf(result.first), null, result.first, await knownRow(op.id, context), context);
      return;
    case 'CONFLICT':
      if (result.current !== null) await writeRows([result.current], epoch, context);
      if (isWaiting) await conflict(op, result.current, context);
      return;
    case 'SEALED':
      if (isWaiting) await refuse(op, 'SEALED', null, result.week, await knownRow(op.id, context), context);
      return;
    case 'INVALID':
      if (isWaiting && (await sendsAgain(op, result, run, context))) await sendAgain(op, context);
      else if (isWaiting)
        await refuse(op, 'INVALID', result.field ?? null, result.reason, await knownRow(op.id, context), context);
      return;
    case 'TOO_NEW':
      return;
    case 'ID_REUSE':
      // A copied browser profile: the text must not be taken for the other copy's (sync.md).
      if (isWaiting) await reissue(op, op.parent, context);
      await changeProgress(database, { copied: true });
      return;
  }
}

/** Writes rows of the server unless newer ones are known. */
export async function writeRows(found: readonly Row[], epoch: number, context: Context): Promise<void> {
  const { rows } = context.database;
  const known = await rows.bulkGet(found.map(({ id }) => id));
  await rows.bulkPut(found.map((row) => ({ ...row, epoch })).filter((row, n) => isNewer(row, known[n])));
}

async function conflict(op: OutgoingOp, current: Row | null, context: Context): Promise<void> {
  const { database } = context;
  const currentBody = current === null || current.del ? null : current.body;
  if (current !== null && isSame(op.body, currentBody)) {
    // The same on both sides is no conflict (sync.md c); later own ops go on from the server's head, which reads the same.
    await database.outbox.delete(op.n);
    await database.log.delete(op.n);
    // It was deleted as it stood before the restore, not as it stands now.
    await database.outbox
      .filter(({ parent, body, replaced }) => parent === op.op && body === null && replaced === true)
      .delete();
    await follow(op.op, current.head, context);
    return;
  }
  // What I overwrite is gone from the server, or is my own earlier text: seen by its author, so no question is asked.
  const mine = current !== null && (await database.log.where('op').equals(current.head).count()) > 0;
  const isRedaction = op.body?.hold !== undefined;
  // What it was made from lies on another device that has not met the restored server yet.
  const isFirst = current === null && (await progressOf(database)).restored === true;
  if ((isFirst && op.body !== null) || (isRedaction && (current === null || mine))) {
    await reissue(op, current?.head ?? null, context);
    return;
  }
  if (isFirst && (await isSealedWithout(op.id, database))) return database.outbox.delete(op.n);
  await refuse(op, 'CONFLICT', null, null, current, context);
}

/** Whether the week of an entry was sealed after the entry was deleted: there is nothing to delete, and nothing will come. */
async function isSealedWithout(id: string, { rows, seals }: SundialDatabase): Promise<boolean> {
  const row = await rows.get(id);
  const own = row === undefined ? [] : await seals.where('week').equals(row.week).sortBy('rev');
  const newest = own.findLast(({ receipt }) => receipt !== null);
  return newest !== undefined && !newest.items.includes(id);
}

/** An op whose image was missing waits for it. Own ops that follow it were answered as if it had not come: they follow it under a new number. */
async function sendAgain(op: OutgoingOp, context: Context): Promise<void> {
  const followers = await context.database.outbox.filter(({ parent }) => parent === op.op).count();
  if (followers > 0) await reissue(op, op.parent, context);
}

/** The op again under a new number, with another parent; own ops that follow it follow the new one. */
async function reissue(op: OutgoingOp, parent: string | null, context: Context): Promise<void> {
  const { database } = context;
  await database.outbox.delete(op.n);
  await database.log.delete(op.n);
  const { op: renewed, n } = await appendOp(database, { id: op.id, parent, body: op.body }, context);
  if (op.replaced === true) await database.outbox.update(n, { replaced: true });
  await follow(op.op, renewed, context);
}

async function follow(from: string, to: string, context: Context): Promise<void> {
  const { database } = context;
  const followers = await database.outbox.filter(({ parent, op }) => parent === from && op !== to).toArray();
  for (const follower of followers.sort((a, b) => a.n - b.n)) await reissue({ ...follower, parent: to }, to, context);
}

/** Moves an op and all later own ops on its entry to the tray; the last text stands there (sync.md b). One that was replaced before the server
 *  was restored goes without a word. */
async function refuse(
  op: OutgoingOp,
  reason: TrayReason,
  field: string | null,
  detail: string | null,
  current: Row | null,
  context: Context,
): Promise<void> {
  const { database } = context;
  if (op.replaced === true) return database.outbox.delete(op.n);
  const moved = (await database.outbox.where('id').equals(op.id).sortBy('n')).filter(({ n }) => n >= op.n);
  await database.outbox.bulkDelete(moved.map(({ n }) => n));
  await database.log.bulkDelete(moved.map(({ n }) => n));
  for (const { body } of distinct(moved))
    await addToTray(database, { id: op.id, body, reason, field, detail, current, at: context.now() });
}

/** Every different text of the ops, so that none is lost. */
function distinct(ops: readonly OutgoingOp[]): readonly OutgoingOp[] {
  return ops.filter((op, at) => at === ops.length - 1 || !ops.slice(at + 1).some(({ body }) => isSame(body, op.body)));
}

function isSame(a: Body | null, b: Body | null): boolean {
  return canonical(a) === canonical(b);
}

function reasonOf(first: string): TrayReason {
  return first === 'SEALED' || first === 'INVALID' ? first : 'CONFLICT';
}

async function knownRow(id: string, context: Context): Promise<Row | null> {
  return (await context.database.rows.get(id)) ?? null;
}
