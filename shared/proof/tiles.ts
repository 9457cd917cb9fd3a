// The log as static files: C2SP tlog-tiles. Tiles of 256 hashes, entry bundles of 256 leaves, paths under one prefix.
import { type Bytes, be16, concat } from '../base/bytes.ts';
import type { NodeReader } from './prove.ts';
import { nodeHash } from './tree.ts';

/** Gives the bytes of tile `n` at tile level `level` with at least `width` hashes (1–256). */
export type TileReader = (level: number, n: number, width: number) => Promise<Bytes>;

/** Path of a tile: `tile/0/x001/234`, a partial one with `.p/<width>`. */
export const tilePath = (level: number, n: number, width = 256): string => `tile/${level}/${numbered(n, width)}`;

/** Path of an entry bundle: `tile/entries/001`, a partial one with `.p/<width>`. */
export const entriesPath = (n: number, width = 256): string => `tile/entries/${numbered(n, width)}`;

/** How many hashes tile `n` of `level` has in a log of `size`: 0 when it is not begun, at most 256. */
export const tileWidth = (level: number, n: number, size: number): number =>
  Math.max(0, Math.min(256, Math.floor(size / 256 ** level) - n * 256));

/** Nodes of a log of `size` read from its tiles; each tile is read once, and each node within one is hashed once. Refuses
 *  (RangeError) a tile that is too short. */
export function nodesFromTiles(size: number, read: TileReader): NodeReader {
  const tiles = new Map<string, Promise<Bytes>>();
  const inner = new Map<string, Promise<Bytes>>();
  const stored = async (level: number, index: number): Promise<Bytes> => {
    const n = Math.floor(index / 256);
    const width = tileWidth(level, n, size);
    const path = tilePath(level, n, width);
    const asked = tiles.get(path) ?? read(level, n, width);
    tiles.set(path, asked);
    const start = (index % 256) * 32;
    const hash = (await asked).slice(start, start + 32);
    if (hash.length < 32) throw new RangeError(`${path} is too short`);
    return hash;
  };
  const node: NodeReader = (level, index) => {
    if (level % 8 === 0) return stored(level / 8, index);
    const name = `${level}/${index}`;
    const joined =
      inner.get(name) ??
      Promise.all([node(level - 1, 2 * index), node(level - 1, 2 * index + 1)]).then(([a, b]) => nodeHash(a, b));
    inner.set(name, joined);
    return joined;
  };
  return node;
}

/** The bytes of one tile out of nodes. */
export async function tileOf(level: number, n: number, width: number, node: NodeReader): Promise<Bytes> {
  return concat(...(await Promise.all([...Array(width).keys()].map((i) => node(8 * level, n * 256 + i)))));
}

/** The bytes of an entry bundle: each leaf behind its length as 16-bit big-endian. Refuses a leaf over 65,535 bytes. */
export function encodeEntries(leaves: readonly Uint8Array[]): Bytes {
  if (leaves.some((leaf) => leaf.length > 65535)) throw new RangeError('a leaf is too long for an entry bundle');
  return concat(...leaves.flatMap((leaf) => [be16(leaf.length), leaf]));
}

/** The leaves of an entry bundle, or null when the bytes end within one. */
export function decodeEntries(bundle: Bytes): Bytes[] | null {
  const leaves: Bytes[] = [];
  for (let at = 0; at < bundle.length; ) {
    const [high, low] = [bundle[at], bundle[at + 1]];
    if (high === undefined || low === undefined) return null;
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length) return null;
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}

function numbered(n: number, width: number): string {
  const groups: string[] = [];
  let rest = n;
  do {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return width < 256 ? `${path}.p/${width}` : path;
}
