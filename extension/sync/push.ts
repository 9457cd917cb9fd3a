/** Own ops upward, batch by batch (sync.md a, b). */
import { maxBytes, postPush } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { utf8 } from '../../shared/base/bytes.ts';
import type { Context } from '../device/context.ts';
import { call, Unreachable } from '../remote/client.ts';
import { changeProgress, type OutgoingOp, progressOf, type SundialDatabase } from '../store/database.ts';
import { newPushRun, sendImages } from './images.ts';
import { settle } from './settle.ts';

/** Sends what waits until nothing is left but ops that this server is too old for. Gives whether such are left. */
export async function push(epoch: number, device: string, context: Context): Promise<{ readonly tooNew: boolean }> {
  const { database } = context;
  const tooNew = new Set<string>();
  const run = newPushRun();
  for (;;) {
    const { batch, sentThrough = 0 } = await progressOf(database);
    const waiting = await firstWaiting(batch, ({ op, id }) => !tooNew.has(op) && !run.stuck.has(id), database);
    if (waiting.length === 0 && run.problem !== null) throw run.problem;
    if (waiting.length === 0) return { tooNew: tooNew.size > 0 };
    const noted = await noteSent(fitting(waiting), sentThrough, database);
    const ops = await stillWaiting(await sendImages(noted, run, context), database);
    if (ops.length === 0) continue;
    try {
      const bare = ops.map(({ sent: _, replaced: __, ...op }) => op);
      const { results } = await call(postPush, { body: { epoch, device, ops: bare } }, context);
      // An answer to none of them would be asked for again without end.
      if (!ops.some(({ op }) => results.some((result) => result.op === op))) throw new Refusal('INTERNAL');
      await settle(ops, results, epoch, run, context);
      for (const result of results) if (result.status === 'TOO_NEW') tooNew.add(result.op);
    } catch (error) {
      if (!isTooBig(error)) throw error;
      const [only, ...others] = ops;
      if (others.length > 0) await changeProgress(database, { batch: Math.floor(ops.length / 2) });
      else if (only === undefined || error instanceof Unreachable) throw error;
      else {
        // Something before the server takes no more: what is larger waits alone.
        run.stuck.add(only.id);
        run.problem = error;
      }
    }
  }
}

/** The first ops that may go, at most `most`. */
async function firstWaiting(
  most: number,
  mayGo: (op: OutgoingOp) => boolean,
  { outbox }: SundialDatabase,
): Promise<readonly OutgoingOp[]> {
  const first = await outbox.orderBy('n').limit(most).toArray();
  // Reading on past those that must wait is slow and seldom.
  return first.every(mayGo) ? first : outbox.orderBy('n').filter(mayGo).limit(most).toArray();
}

/** From here on the server may know what waits: noted once for all of it, which costs a run one write instead of one a batch. Gives those
 *  that waited when it was noted: a line withheld before on a device that does not sign never leaves it. */
function noteSent(
  ops: readonly OutgoingOp[],
  sentThrough: number,
  database: SundialDatabase,
): Promise<readonly OutgoingOp[]> {
  const [last] = ops.slice(-1);
  if (last === undefined || last.n <= sentThrough) return Promise.resolve(ops);
  return database.transaction('rw', [database.outbox, database.progress], async () => {
    const through = await database.outbox.orderBy('n').last();
    await changeProgress(database, { sentThrough: through?.n ?? last.n });
    return stillWaiting(ops, database);
  });
}

/** Without those whose text was withheld since they were read. */
async function stillWaiting(ops: readonly OutgoingOp[], { outbox }: SundialDatabase): Promise<readonly OutgoingOp[]> {
  const [first, last] = [ops.at(0), ops.at(-1)];
  if (first === undefined || last === undefined) return ops;
  const waiting = new Set(await outbox.where('n').between(first.n, last.n, true, true).primaryKeys());
  return ops.filter(({ n }) => waiting.has(n));
}

/** The first ops that make a lawful batch: at most nine tenths of the largest body, at least one. */
function fitting(waiting: readonly OutgoingOp[]): readonly OutgoingOp[] {
  const ops: OutgoingOp[] = [];
  let bytes = 0;
  for (const op of waiting) {
    bytes += utf8(JSON.stringify(op)).length;
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
