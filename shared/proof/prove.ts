// Making roots, right edges and proofs of the log's tree (RFC 9162 2.1.1, 2.1.3.1, 2.1.4.1) from any source of nodes.
import type { Bytes } from '../base/bytes.ts';
import { sha256 } from '../base/digest.ts';
import { nodeHash } from './tree.ts';

/** Gives the root of the complete subtree of 2^level leaves that begins at leaf index · 2^level. */
export type NodeReader = (level: number, index: number) => Promise<Bytes>;

/** Nodes that are known already, by level. Refuses (RangeError) any other. */
export const nodesIn =
  (levels: readonly (readonly Bytes[])[]): NodeReader =>
  async (level, index) => {
    const node = levels[level]?.[index];
    if (node === undefined) throw new RangeError(`no node ${level}/${index}`);
    return node;
  };

/** Nodes computed from all leaf hashes, each at most once. */
export function nodesOf(leafHashes: readonly Bytes[]): NodeReader {
  const known = new Map<string, Promise<Bytes>>();
  const read: NodeReader = (level, index) => {
    const leaf = leafHashes[index];
    if (level === 0) return leaf ? Promise.resolve(leaf) : Promise.reject(new RangeError(`no leaf ${index}`));
    const name = `${level}/${index}`;
    const node =
      known.get(name) ??
      Promise.all([read(level - 1, 2 * index), read(level - 1, 2 * index + 1)]).then(([a, b]) => nodeHash(a, b));
    known.set(name, node);
    return node;
  };
  return read;
}

/** Root of the tree of `size` leaves; of no leaves, SHA-256 of nothing. */
export const rootOf = (size: number, node: NodeReader): Promise<Bytes> => rangeRoot(0, size, node);

/** Path of the leaf at `index` in the tree of `size`, from the leaf upwards. Refuses (RangeError) an index outside. */
export async function inclusionPath(index: number, size: number, node: NodeReader): Promise<Bytes[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  const path: Promise<Bytes>[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      path.unshift(rangeRoot(middle, to, node));
      to = middle;
    } else {
      path.unshift(rangeRoot(from, middle, node));
      from = middle;
    }
  }
  return Promise.all(path);
}

/** Proof that the tree of `first` leaves is a prefix of that of `second`. Empty for equal sizes and for size 0. */
export async function consistencyPath(first: number, second: number, node: NodeReader): Promise<Bytes[]> {
  if (!(first >= 0 && first <= second)) throw new RangeError(`no prefix of ${first} in a tree of ${second}`);
  if (first === 0 || first === second) return [];
  const path: Promise<Bytes>[] = [];
  let [from, to] = [0, second];
  while (first !== to) {
    const middle = from + largestPowerBelow(to - from);
    if (first <= middle) {
      path.unshift(rangeRoot(middle, to, node));
      to = middle;
    } else {
      path.unshift(rangeRoot(from, middle, node));
      from = middle;
    }
  }
  if (from > 0) path.unshift(rangeRoot(from, to, node));
  return Promise.all(path);
}

/** The right edge (roots of the complete subtrees, largest first) after one more leaf on a tree of `size`. */
export async function appendToEdge(edge: readonly Bytes[], size: number, leaf: Bytes): Promise<Bytes[]> {
  const grown = [...edge];
  let hash = leaf;
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = grown.pop();
    if (left === undefined) throw new RangeError('the edge does not fit the size');
    hash = await nodeHash(left, hash);
  }
  return [...grown, hash];
}

/** Root over a right edge; of an empty edge, SHA-256 of nothing. */
export async function edgeRoot(edge: readonly Bytes[]): Promise<Bytes> {
  const [last, ...others] = [...edge].reverse();
  if (last === undefined) return sha256(new Uint8Array());
  let root = last;
  for (const left of others) root = await nodeHash(left, root);
  return root;
}

async function rangeRoot(from: number, to: number, node: NodeReader): Promise<Bytes> {
  const length = to - from;
  if (length === 0) return sha256(new Uint8Array());
  const level = Math.log2(length);
  if (Number.isInteger(level)) return node(level, from / length);
  const middle = from + largestPowerBelow(length);
  return nodeHash(await rangeRoot(from, middle, node), await rangeRoot(middle, to, node));
}

// Largest power of two smaller than n, n > 1.
function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
