/** Own ops upward: send, then settle each by its own result, so that one refused op never holds up the others (sync.md a, b, c). */
import { type Body, maxBytes, type OpResult, postPush, type Row } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import type { Context } from '../device/context.ts';
import { call, Unreachable } from '../remote/client.ts';
import { changeProgress, type OutgoingOp, progressOf, type TrayReason } from '../store/database.ts';
import { appendOp } from '../store/ops.ts';
import { type ImageRun, newImageRun, sendImages, sendsAgain } from './images.ts';

/** Sends what waits until nothing is left but ops that this server is too old for. Gives whether such are left. */
export async function push(epoch: number, device: string, context: Context): Promise<{ readonly tooNew: boolean }> {
  const { database } = context;
  const tooNew = new Set<string>();
  const images = newImageRun();
  for (;;) {
    const { batch } = await progressOf(database);
    const waiting = (await database.outbox.orderBy('n').toArray()).filter(
      ({ op, id }) => !tooNew.has(op) && !images.stuck.has(id),
    );
    const ops = await sendImages(fitting(waiting, batch), images, context);
    if (waiting.length === 0 && images.problem !== null) throw images.problem;
    if (waiting.length === 0) return { tooNew: tooNew.size > 0 };
    if (ops.length === 0) continue;
    await database.outbox.bulkUpdate(ops.map(({ n }) => ({ key: n, changes: { sent: true } })));
    try {
      const sent = ops.map(({ sent: _, ...op }) => op);
      const { results } = await call(postPush, { body: { epoch, device, ops: sent } }, context);
      await settle(ops, results, epoch, images, context);
      for (const result of results) if (result.status === 'TOO_NEW') tooNew.add(result.op);
    } catch (error) {
      if (!isTooBig(error) || ops.length === 1) throw error;
      await changeProgress(database, { batch: Math.max(1, Math.floor(ops.length / 2)) });
    }
  }
}

/** The first ops that make a lawful batch: at most `most`, at most nine tenths of the largest body, at least one. */
function fitting(waiting: readonly OutgoingOp[], most: number): readonly OutgoingOp[] {
  const ops: OutgoingOp[] = [];
  let bytes = 0;
  for (const op of waiting.slice(0, most)) {
    bytes += new Blob([JSON.stringify(op)]).size;
    if (ops.length > 0 && bytes > maxBytes * 0.9) break;
    ops.push(op);
  }
  return ops;
}

function isTooBig(error: unknown): boolean {
  return (
    (error instanceof Refusal && error.code === 'BATCH_TOO_BIG') || (error instanceof Unreachable && error.timedOut)
  );
}

/** Writes what the server said, in one transaction. An op that is no longer in the outbox (withheld meanwhile) only leaves its row. */
async function settle(
  ops: readonly OutgoingOp[],
  results: readonly OpResult[],
  epoch: number,
  images: ImageRun,
  context: Context,
): Promise<void> {
  const { database } = context;
  const tables = [database.rows, database.outbox, database.log, database.tray, database.progress, database.images];
  await database.transaction('rw', tables, async () => {
    for (const result of results) {
      const op = ops.find((each) => each.op === result.op);
      if (op !== undefined) await settleOne(op, result, epoch, images, context);
    }
  });
}

async function settleOne(
  op: OutgoingOp,
  result: OpResult,
  epoch: number,
  images: ImageRun,
  context: Context,
): Promise<void> {
  const { database } = context;
  const isWaiting = (await database.outbox.get(op.n)) !== undefined;
  switch (result.status) {
    case 'APPLIED':
      return applied(op, result.seq, epoch, context);
    case 'REPLAYED':
      if (result.first === 'APPLIED') return applied(op, result.seq ?? 0, epoch, context);
      if (isWaiting)
        await refuse(op, reasonOf(result.first), null, result.first, await knownRow(op.id, context), context);
      return;
    case 'CONFLICT':
      if (result.current !== null) await writeRow(result.current, epoch, context);
      if (isWaiting) await conflict(op, result.current, context);
      return;
    case 'SEALED':
      if (isWaiting) await refuse(op, 'SEALED', null, result.week, await knownRow(op.id, context), context);
      return;
    case 'INVALID':
      if (isWaiting && (await sendsAgain(op, result, images, context))) await reissue(op, op.parent, context);
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

async function applied(op: OutgoingOp, seq: number, epoch: number, context: Context): Promise<void> {
  const { database } = context;
  await database.outbox.delete(op.n);
  const known = await database.rows.get(op.id);
  const before = known?.body ?? op.body;
  const week = op.body?.week ?? before?.week;
  if (week === undefined) return;
  const row = { id: op.id, head: op.op, seq, schema: op.schema, del: op.kind === 'del', week, body: op.body };
  const blanked = (await database.log.get(op.n))?.blanked === true;
  // The text was withheld while this op travelled: its row must not bring it back; the redaction behind it writes the row.
  await writeRow(blanked && known !== undefined ? { ...row, body: known.body } : row, epoch, context);
}

/** Writes a row of the server unless a newer one is known. */
export async function writeRow(row: Row, epoch: number, context: Context): Promise<void> {
  const { rows } = context.database;
  const known = await rows.get(row.id);
  if (known === undefined || known.epoch !== epoch || known.seq <= row.seq) await rows.put({ ...row, epoch });
}

async function conflict(op: OutgoingOp, current: Row | null, context: Context): Promise<void> {
  const { database } = context;
  const currentBody = current === null || current.del ? null : current.body;
  if (current !== null && isSame(op.body, currentBody)) {
    // The same on both sides is no conflict (sync.md c); later own ops go on from the server's head, which reads the same.
    await database.outbox.delete(op.n);
    await database.log.delete(op.n);
    await follow(op.op, current.head, context);
    return;
  }
  // What I overwrite is gone from the server, or is my own earlier text: seen by its author, so no question is asked.
  const mine = current !== null && (await database.log.where('op').equals(current.head).count()) > 0;
  const isRedaction = op.body?.hold !== undefined;
  if (isRedaction && (current === null || mine)) {
    await reissue(op, current?.head ?? null, context);
    return;
  }
  await refuse(op, 'CONFLICT', null, null, current, context);
}

/** The op again under a new number, with another parent; own ops that follow it follow the new one. */
async function reissue(op: OutgoingOp, parent: string | null, context: Context): Promise<void> {
  const { database } = context;
  await database.outbox.delete(op.n);
  await database.log.delete(op.n);
  const { op: renewed } = await appendOp(database, { id: op.id, parent, body: op.body }, context);
  await follow(op.op, renewed, context);
}

async function follow(from: string, to: string, context: Context): Promise<void> {
  const { database } = context;
  const followers = await database.outbox.filter(({ parent, op }) => parent === from && op !== to).toArray();
  for (const follower of followers.sort((a, b) => a.n - b.n)) await reissue({ ...follower, parent: to }, to, context);
}

/** Moves an op and all later own ops on its entry to the tray; the last text stands there (sync.md b). */
async function refuse(
  op: OutgoingOp,
  reason: TrayReason,
  field: string | null,
  detail: string | null,
  current: Row | null,
  context: Context,
): Promise<void> {
  const { database } = context;
  const moved = (await database.outbox.where('id').equals(op.id).sortBy('n')).filter(({ n }) => n >= op.n);
  await database.outbox.bulkDelete(moved.map(({ n }) => n));
  await database.log.bulkDelete(moved.map(({ n }) => n));
  for (const { body } of distinct(moved))
    await database.tray.add({ id: op.id, body, reason, field, detail, current, at: context.now() });
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
