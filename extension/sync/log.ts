/** The log as this device reads it from the public tree: checkpoint, tiles, entry bundles (verification.md 6). Nothing is believed that
 *  the checkpoint's signature and the hashes do not show. */
import { type Bytes, b64, fromB64, fromUtf8 } from '../../shared/base/bytes.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import type { Failure } from '../../shared/proof/failure.ts';
import { consistencyPath, inclusionPath, type NodeReader, nodesOf, rootOf } from '../../shared/proof/prove.ts';
import { decodeEntries, entriesPath, nodesFromTiles, tilePath } from '../../shared/proof/tiles.ts';
import { leafHash, verifyInclusion } from '../../shared/proof/tree.ts';
import { checkHead } from '../../shared/proof/verify.ts';
import type { Context } from '../device/context.ts';
import { publicBytes } from '../remote/client.ts';
import { profileOf } from '../store/database.ts';

/** The log's present head, held against the pinned key and against the largest head this device has seen; then remembered. A failure is
 *  an alarm: CHECKPOINT_INVALID or LOG_REWRITTEN. */
export async function seeHead(context: Context): Promise<Result<Head, Failure | 'LOG_ABSENT'>> {
  const { database } = context;
  const { pins } = await profileOf(database);
  const file = await publicBytes('checkpoint', context);
  const note = file === null ? null : fromUtf8(file);
  if (note === null || pins === null) return fail('LOG_ABSENT');
  const seen = await database.heads.orderBy('size').last();
  const prove = async (first: Head, second: Head) => {
    try {
      return (await consistencyPath(first.size, second.size, tilesOf(second.size, context))).map(b64);
    } catch (error) {
      // A log that is shorter than it was has no tiles for the proof.
      if (error instanceof RangeError) return null;
      throw error;
    }
  };
  const remembered = seen === undefined ? undefined : { size: seen.size, root: seen.root };
  const checked = await checkHead(note, pins.vkey, remembered, prove);
  if (!checked.ok) return checked;
  const { size, root } = checked.value;
  // Pages and the worker may meet the same head at once.
  await database.transaction('rw', database.heads, async () => {
    if ((await database.heads.get(size)) === undefined)
      await database.heads.add({ size, root, seenAt: Math.floor(context.now() / 1000), ackedAt: null });
  });
  return ok({ size, root });
}

/** Whether a leaf stands at an index under a head, by a path computed from tiles. */
export async function standsInLog(jws: string, index: number, head: Head, context: Context): Promise<boolean> {
  const root = fromB64(head.root);
  if (root === null || index >= head.size) return false;
  const path = await inclusionPath(index, head.size, tilesOf(head.size, context));
  return verifyInclusion(await leafHash(jws), index, head.size, path, root);
}

/** All leaves under a head; null where an entry bundle is missing or cut, or where they are the leaves of another head. */
export async function leavesUnder({ size, root }: Head, context: Context): Promise<readonly string[] | null> {
  const leaves: string[] = [];
  for (let n = 0; n * 256 < size; n += 1) {
    const width = Math.min(256, size - n * 256);
    // A full bundle never changes, so what was downloaded once is taken from the browser's cache.
    const bundle = await publicBytes(entriesPath(n, width), context, width === 256 ? 'default' : 'no-cache');
    const entries = bundle === null ? null : decodeEntries(bundle);
    if (entries === null) return null;
    for (const entry of entries.slice(0, width)) leaves.push(fromUtf8(entry) ?? '');
  }
  const nodes = nodesOf(await Promise.all(leaves.map(leafHash)));
  return leaves.length === size && b64(await rootOf(size, nodes)) === root ? leaves : null;
}

/** Nodes of a log of `size` from its tiles. A missing tile reads as empty, which no proof accepts. */
function tilesOf(size: number, context: Context): NodeReader {
  const read = async (level: number, n: number, width: number): Promise<Bytes> =>
    (await publicBytes(tilePath(level, n, width), context)) ?? new Uint8Array();
  return nodesFromTiles(size, read);
}
