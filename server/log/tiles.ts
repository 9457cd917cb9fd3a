/** Hashes of the log's tiles out of the tables (C2SP tlog-tiles). */
import { type Bytes, concat, fromB64 } from '../../shared/base/bytes.ts';
import { type NodeReader, nodesOf, rootOf } from '../../shared/proof/prove.ts';
import { nodesFromTiles } from '../../shared/proof/tiles.ts';
import type { Db } from '../database/port.ts';

/** The first `width` hashes of tile `n` at a tile level. Fewer where the log ends before. Primary keys. */
export async function tileHashes(db: Db, level: number, n: number, width: number): Promise<Bytes[]> {
  const full = await db
    .selectFrom('log_tile')
    .select('hashes')
    .where('level', '=', level)
    .where('n', '=', n)
    .executeTakeFirst();
  if (full !== undefined) {
    const bytes = hashOf(full.hashes);
    return Array.from({ length: width }, (_, i) => bytes.slice(32 * i, 32 * i + 32));
  }
  const from = n * 256;
  const rows =
    level === 0
      ? await db
          .selectFrom('log_leaf')
          .select('leaf_hash as hash')
          .where('idx', '>=', from)
          .where('idx', '<', from + width)
          .orderBy('idx')
          .execute()
      : await db
          .selectFrom('log_tile')
          .select('root as hash')
          .where('level', '=', level - 1)
          .where('n', '>=', from)
          .where('n', '<', from + width)
          .orderBy('n')
          .execute();
  return rows.map(({ hash }) => hashOf(hash));
}

/** Nodes of the tree of `size` leaves. */
export const nodesAt = (db: Db, size: number): NodeReader =>
  nodesFromTiles(size, async (level, n, width) => concat(...(await tileHashes(db, level, n, width))));

/** Root over the hashes of one tile. */
export const rootOfHashes = (hashes: readonly Bytes[]): Promise<Bytes> => rootOf(hashes.length, nodesOf(hashes));

function hashOf(text: string): Bytes {
  const bytes = fromB64(text);
  if (bytes === null) throw new TypeError('a hash of the log is damaged');
  return bytes;
}
