/** Carries the log of a restored server forward to what the world has seen of it: the leaves come from a copy of the public tree, and are the same
 *  leaves under the same root, so that no head is ever signed that contradicts one that was (verification.md 6, sync.md i). */
import { b64 } from '../../shared/base/bytes.ts';
import { reviewDue } from '../../shared/feedback/deadline.ts';
import { admitLeaves } from '../../shared/proof/audit.ts';
import { nodesOf, rootOf } from '../../shared/proof/prove.ts';
import { isAck } from '../../shared/proof/records.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { openJws, parseJson } from '../../shared/proof/signature.ts';
import { leafHash } from '../../shared/proof/tree.ts';
import { type Context, secondsNow } from '../context.ts';
import type { Db } from '../database/port.ts';
import { reckoningOf } from '../feedback/reckoning.ts';
import { appendLeaf, lockLog } from '../log/append.ts';
import { clearLogFloor, logFloor, setLogFloor } from '../log/floor.ts';
import { headAt } from '../log/prove.ts';
import { organiserOf } from '../organisation/read.ts';
import { readBundle, readLeaves } from '../public/read-tree.ts';
import type { TreeSource } from '../public/source.ts';
import { acksOf, allDraws, drawnOf, insertAck, updateDraw } from '../records/queries.ts';
import { relog, setAwaited } from '../records/relog.ts';
import type { Seen } from './seen.ts';
import { BackupTrouble } from './trouble.ts';

export interface Carried {
  /** Leaves that came back. */
  readonly leaves: number;
  /** Leaves that the world has seen and that are not here. */
  readonly missing: number;
}

/** Holds the log against what was seen of it, takes over the leaves that it lacks, and notes the head that it must reach before it grows in any
 *  other way. Throws BackupTrouble SEEN_OTHER where the two are not one log, SEEN_UNREADABLE where the copy is not what its head says. */
export async function carryForward(
  trx: Db,
  context: Pick<Context, 'config' | 'log' | 'now'>,
  seen: Seen,
  at: string,
): Promise<Carried> {
  const size = await lockLog(trx);
  const { head, tree } = seen;
  if (head.size <= size) {
    if ((await headAt(trx, head.size))?.root !== head.root) throw new BackupTrouble('SEEN_OTHER', at);
    return { leaves: 0, missing: 0 };
  }
  const floor = await logFloor(trx);
  const leaves = tree === null ? [] : await readLeaves(tree, head.size, () => undefined);
  if (tree === null || leaves.length < head.size) {
    if (floor === null || floor.size < head.size) await setLogFloor(trx, head);
    return { leaves: 0, missing: Math.max(head.size, floor?.size ?? 0) - size };
  }
  await requireSame(trx, context, { leaves, size, seen, at });
  const fresh = leaves.slice(size);
  const now = secondsNow(context);
  const due = reviewDue(now, await reckoningOf(trx, context));
  await clearLogFloor(trx);
  await setAwaited(trx, fresh, 0);
  for (const [n, jws] of fresh.entries()) {
    await appendLeaf(trx, context, jws);
    await relog(trx, context.config, size + n, jws, { now, reviewDue: due });
  }
  await setAwaited(trx, fresh, 1);
  for (const { draw, record_idx } of await allDraws(trx))
    if (record_idx !== null && record_idx >= size) await takeBundle(trx, tree, draw, now);
  if (floor !== null && floor.size > head.size) await setLogFloor(trx, floor);
  else if (floor !== null && (await headAt(trx, floor.size))?.root !== floor.root)
    throw new BackupTrouble('SEEN_OTHER', at);
  return { leaves: fresh.length, missing: Math.max(0, (floor?.size ?? 0) - head.size) };
}

/** The copy's leaves make up its head, begin with ours, and bear good signatures. */
async function requireSame(
  trx: Db,
  { config }: Pick<Context, 'config'>,
  { leaves, size, seen, at }: { leaves: readonly string[]; size: number; seen: Seen; at: string },
): Promise<void> {
  const nodes = nodesOf(await Promise.all(leaves.map((jws) => leafHash(jws))));
  if (b64(await rootOf(leaves.length, nodes)) !== seen.head.root) throw new BackupTrouble('SEEN_UNREADABLE', at);
  if (size > 0 && (await headAt(trx, size))?.root !== b64(await rootOf(size, nodes)))
    throw new BackupTrouble('SEEN_OTHER', at);
  const organiser = await organiserOf(trx);
  const organisers = organiser === null ? null : [organiser];
  const { findings } = await admitLeaves(leaves, { origin: config.origin, organisers });
  if (findings.length > 0) throw new BackupTrouble('SEEN_UNREADABLE', at);
}

/** Acknowledgements are no leaves; a published bundle has them. What was public already waits for no review, only for its texts. */
async function takeBundle(trx: Db, tree: TreeSource, draw: string, now: number): Promise<void> {
  const [row] = (await allDraws(trx)).filter((one) => one.draw === draw);
  for (const { unit } of row === undefined ? [] : drawnOf(row)) {
    const bundle = parseJson(await readBundle(tree, draw, unit));
    const lock: unknown = isObject(bundle) ? bundle.lock : null;
    const acks: unknown = isObject(lock) ? lock.acks : null;
    if (!Array.isArray(acks)) continue;
    const known = new Set((await acksOf(trx, [draw])).map((one) => one.unit));
    for (const jws of acks) {
      const ack = typeof jws === 'string' ? openJws(jws)?.payload : null;
      if (typeof jws !== 'string' || !isAck(ack) || known.has(ack.iss)) continue;
      known.add(ack.iss);
      await insertAck(trx, { draw, unit: ack.iss, jws, iat: ack.iat, received_at: now });
    }
    await updateDraw(trx, draw, { review_due: now });
  }
}
