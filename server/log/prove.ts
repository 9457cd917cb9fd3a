/** What the log shows to readers: heads, paths, tiles, entry bundles. All hashes that leave are base64. */
import { type Bytes, b64, b64u, concat, fromB64u, hex, utf8 } from '../../shared/base/bytes.ts';
import { consistencyPath, inclusionPath } from '../../shared/proof/prove.ts';
import { encodeEntries, tileWidth } from '../../shared/proof/tiles.ts';
import { leafHash } from '../../shared/proof/tree.ts';
import type { Db } from '../database/port.ts';
import { nodesAt, tileHashes } from './tiles.ts';

export interface SignedHead {
  readonly size: number;
  readonly root: string;
  readonly note: string;
}

/** The newest head, or null before leaf 0. Primary key. */
export async function newestHead(db: Db): Promise<SignedHead | null> {
  const columns = ['size', 'root', 'note'] as const;
  const row = await db.selectFrom('log_head').select(columns).orderBy('size', 'desc').limit(1).executeTakeFirst();
  return row ?? null;
}

/** The head at a size, or null. Primary key. */
export async function headAt(db: Db, size: number): Promise<SignedHead | null> {
  const columns = ['size', 'root', 'note'] as const;
  const row = await db.selectFrom('log_head').select(columns).where('size', '=', size).executeTakeFirst();
  return row ?? null;
}

/** Where this very leaf stands in the log, or null. Index `log_leaf_hash`. */
export async function indexOfLeaf(db: Db, jws: string): Promise<number | null> {
  const hash = b64(await leafHash(jws));
  const row = await db.selectFrom('log_leaf').select('idx').where('leaf_hash', '=', hash).executeTakeFirst();
  return row?.idx ?? null;
}

/** Where a record that holds stands with the other signature that holds for it, or null: whoever has the one makes it without a key. */
export const indexOfTwin = (db: Db, jws: string): Promise<number | null> => indexOfLeaf(db, otherWay(jws));

/** Of a compact JWS by ES256 the same with s written as n - s. */
function otherWay(jws: string): string {
  const signatureAt = jws.lastIndexOf('.') + 1;
  const bytes = fromB64u(jws.slice(signatureAt)) ?? new Uint8Array(64);
  let s = orderOfP256 - BigInt(`0x${hex(bytes.subarray(32))}`);
  for (let at = 63; at >= 32; at -= 1, s >>= 8n) bytes[at] = Number(s & 255n);
  return jws.slice(0, signatureAt) + b64u(bytes);
}

/** FIPS 186-5 (SP 800-186, 3.2.1.3). */
const orderOfP256 = 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n;

/** Path of the leaf at `index` in the tree of `size`. Throws RangeError for a leaf outside. */
export async function inclusionProof(db: Db, index: number, size: number): Promise<string[]> {
  return (await inclusionPath(index, size, nodesAt(db, size))).map(b64);
}

/** Proof that the tree of `first` is a prefix of that of `second`, the larger. */
export async function consistencyProof(db: Db, first: number, second: number): Promise<string[]> {
  return (await consistencyPath(first, second, nodesAt(db, second))).map(b64);
}

/** Bytes of a tile of this width (1 to 256), or null where the log has not got so far. */
export async function tileBytes(db: Db, level: number, n: number, width: number): Promise<Bytes | null> {
  const size = (await newestHead(db))?.size ?? 0;
  if (width < 1 || width > tileWidth(level, n, size)) return null;
  return concat(...(await tileHashes(db, level, n, width)));
}

/** Bytes of an entry bundle of this width (1 to 256), or null where the log has not got so far. */
export async function entriesBytes(db: Db, n: number, width: number): Promise<Bytes | null> {
  const rows = await db
    .selectFrom('log_leaf')
    .select('jws')
    .where('idx', '>=', n * 256)
    .where('idx', '<', n * 256 + width)
    .orderBy('idx')
    .execute();
  return width < 1 || rows.length < width ? null : encodeEntries(rows.map(({ jws }) => utf8(jws)));
}
