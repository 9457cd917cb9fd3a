/** Appending to the log: leaf, head and full tiles in the caller's transaction (verification.md 6). */
import { type Bytes, b64, concat, fromB64 } from '../../shared/base/bytes.ts';
import { appendToEdge, edgeRoot } from '../../shared/proof/prove.ts';
import { leafHash } from '../../shared/proof/tree.ts';
import type { Context } from '../context.ts';
import { lockFor } from '../database/lock.ts';
import type { Db } from '../database/port.ts';
import { requireFloor } from './floor.ts';
import { rootOfHashes, tileHashes } from './tiles.ts';

export interface Appended {
  readonly index: number;
  /** Leaves after it. */
  readonly size: number;
  /** base64. */
  readonly root: string;
  readonly checkpoint: string;
}

/** Takes the log for the rest of the transaction and gives the index of the next leaf. Judge a record against the log's state only after
 *  this: nobody else appends until the transaction ends. */
export async function lockLog(trx: Db): Promise<number> {
  await lockFor(trx, 'log');
  return (await newestHead(trx))?.size ?? 0;
}

/** Appends one signed record as a leaf. The caller has judged it. The checkpoint is true only once the transaction has ended well. Throws
 *  UNAVAILABLE while the log is shorter than the world has seen it. */
export async function appendLeaf(trx: Db, context: Pick<Context, 'log' | 'now'>, jws: string): Promise<Appended> {
  await lockFor(trx, 'log');
  const head = await newestHead(trx);
  const index = head?.size ?? 0;
  const size = index + 1;
  await requireFloor(trx, index);
  const hash = await leafHash(jws);
  const edge = await appendToEdge(head?.edge ?? [], index, hash);
  const root = b64(await edgeRoot(edge));
  const checkpoint = await context.log.sign({ size, root });
  await trx
    .insertInto('log_leaf')
    .values({ idx: index, jws, leaf_hash: b64(hash) })
    .execute();
  await trx
    .insertInto('log_head')
    .values({
      size,
      root,
      edge: edge.map(b64).join(' '),
      note: checkpoint,
      at: new Date(context.now()).toISOString(),
    })
    .execute();
  await writeFullTiles(trx, size);
  return { index, size, root, checkpoint };
}

async function newestHead(trx: Db): Promise<{ readonly size: number; readonly edge: Bytes[] } | undefined> {
  const row = await trx
    .selectFrom('log_head')
    .select(['size', 'edge'])
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { size: row.size, edge: row.edge.split(' ').map(hashOf) };
}

/** A tile of level n is full when 256^(n+1) leaves are. */
async function writeFullTiles(trx: Db, size: number): Promise<void> {
  for (let level = 0; size % 256 ** (level + 1) === 0; level += 1) {
    const n = size / 256 ** (level + 1) - 1;
    const hashes = await tileHashes(trx, level, n, 256);
    await trx
      .insertInto('log_tile')
      .values({ level, n, hashes: b64(concat(...hashes)), root: b64(await rootOfHashes(hashes)) })
      .execute();
  }
}

function hashOf(text: string): Bytes {
  const bytes = fromB64(text);
  if (bytes === null) throw new TypeError('the edge of the log is damaged');
  return bytes;
}
