/** Images upward: an op that names an image is sent after it (sync.md, Blobs). */
import { type Body, type Image, type OpResult, putBlob } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { imagesIn } from '../../shared/diary/journal-file.ts';
import type { Context } from '../device/context.ts';
import { call, Unreachable } from '../remote/client.ts';
import type { OutgoingOp, StoredImage } from '../store/database.ts';

/** What one run of sync learns about what it sends. */
export interface PushRun {
  /** Entries whose images or texts did not get through: their ops wait for the next run, others go on. */
  readonly stuck: Set<string>;
  /** Entries whose images were sent again because the server had lost them; once in a run. */
  readonly again: Set<string>;
  /** Why they are stuck, thrown at the end of the run. */
  problem: unknown;
}

export const newPushRun = (): PushRun => ({ stuck: new Set(), again: new Set(), problem: null });

/** Sends the bytes that these ops name and the server has not. Gives the ops that may go now, in order. */
export async function sendImages(
  ops: readonly OutgoingOp[],
  run: PushRun,
  context: Context,
): Promise<readonly OutgoingOp[]> {
  for (const { n, id, body } of ops) {
    if (run.stuck.has(id)) continue;
    for (const image of await storedOf(body, context)) {
      if (image.sent || run.stuck.has(id)) continue;
      // Withheld while an image before it travelled: this one stays here.
      if ((await context.database.outbox.get(n)) === undefined) break;
      await sendImage(id, image, run, context);
    }
  }
  return ops.filter(({ id }) => !run.stuck.has(id));
}

/** Whether an op that was refused for a missing image is worth another try: its bytes are here, and this run has not tried yet. They then
 *  count as not sent. Within a transaction over `images`. */
export async function sendsAgain(op: OutgoingOp, result: OpResult, run: PushRun, context: Context): Promise<boolean> {
  if (result.status !== 'INVALID' || result.reason !== 'BLOB_MISSING' || run.again.has(op.id)) return false;
  run.again.add(op.id);
  const stored = await storedOf(op.body, context);
  await context.database.images.bulkUpdate(stored.map(({ sha256 }) => ({ key: sha256, changes: { sent: false } })));
  return stored.length > 0;
}

async function sendImage(entry: string, image: StoredImage, run: PushRun, context: Context): Promise<void> {
  const { sha256, type, bytes } = image;
  try {
    await call(putBlob, { params: { sha256 }, raw: { bytes, type } }, context);
    await context.database.images.update(sha256, { sent: true });
  } catch (error) {
    // What is no lawful image is refused with its op, which goes to the tray; a full line holds up its own entry alone.
    if (error instanceof Refusal && unlawful.has(error.code)) return;
    const isSlow = error instanceof Unreachable && error.timedOut;
    if (!isSlow && !(error instanceof Refusal && error.code === 'RATE_LIMITED')) throw error;
    run.stuck.add(entry);
    run.problem = error;
  }
}

const unlawful: ReadonlySet<string> = new Set(['FIELD_INVALID', 'TOO_LARGE']);

async function storedOf(body: Body | null, context: Context): Promise<readonly StoredImage[]> {
  const named: readonly Image[] = body === null ? [] : imagesIn(body);
  if (named.length === 0) return [];
  const stored = await context.database.images.bulkGet(named.map(({ sha256 }) => sha256));
  return stored.filter((image) => image !== undefined);
}
