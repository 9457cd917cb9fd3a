// The Merkle tree of the log: RFC 9162 2.1 with SHA-256 (the tree of RFC 6962 2). Hashes are 32 bytes; sizes and indices
// are integers up to 2^53 - 1, so halving is division and never a shift.
import { type Bytes, concat, equalBytes } from '../base/bytes.ts';
import { sha256 } from '../base/digest.ts';

/** Hash of a leaf's bytes: SHA-256(0x00 ‖ leaf). */
export const leafHash = (leaf: Uint8Array): Promise<Bytes> => sha256(concat(Uint8Array.of(0), leaf));

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
  sha256(concat(Uint8Array.of(1), left, right));

/** The root to which `path` leads from the leaf at `index` of a tree of `size`, or null when the path has not the right length.
 *  RFC 9162 2.1.3.2. Hashes are whatever `node` joins. */
export async function rootOfPath<Hash>(
  leaf: Hash,
  index: number,
  size: number,
  path: readonly Hash[],
  node: (left: Hash, right: Hash) => Promise<Hash>,
): Promise<Hash | null> {
  const stand = index < size ? standLeft(index, size - 1, path.length) : null;
  if (stand === null) return null;
  let hash = leaf;
  let n = 0;
  // Counted by hand here and below: prototype.js, which portals have, puts its own `entries` in the place of Array's.
  for (const part of path) hash = await (stand[n++] ? node(part, hash) : node(hash, part));
  return hash;
}

/** Whether `path` leads from the leaf at `index` of a tree of `size` to `root`. */
export async function verifyInclusion(
  leaf: Bytes,
  index: number,
  size: number,
  path: readonly Bytes[],
  root: Bytes,
): Promise<boolean> {
  const reached = await rootOfPath(leaf, index, size, path, nodeHash);
  return reached !== null && equalBytes(reached, root);
}

/** Whether the tree of `first` leaves under `firstRoot` is a prefix of the tree of `second` leaves under `secondRoot`.
 *  RFC 9162 2.1.4.2; equal sizes need equal roots and no proof, size 0 its root and no proof. */
export async function verifyConsistency(
  first: number,
  second: number,
  firstRoot: Bytes,
  secondRoot: Bytes,
  proof: readonly Bytes[],
  node = nodeHash,
): Promise<boolean> {
  if (first > second) return false;
  if (first === second) return proof.length === 0 && equalBytes(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0 && equalBytes(firstRoot, await sha256(new Uint8Array()));
  let fn = first - 1;
  let sn = second - 1;
  while (fn % 2 === 1) {
    fn = half(fn);
    sn = half(sn);
  }
  // Where `first` is a power of two its root is the first node; the proof leaves it out.
  const [start, ...rest] = fn === 0 ? [firstRoot, ...proof] : proof;
  const stand = standLeft(fn, sn, rest.length);
  if (start === undefined || stand === null) return false;
  let firstHash = start;
  let secondHash = start;
  let n = 0;
  for (const part of rest) {
    // The smaller tree has only the parts that stand on the left.
    if (stand[n]) firstHash = await node(part, firstHash);
    secondHash = await (stand[n++] ? node(part, secondHash) : node(secondHash, part));
  }
  return equalBytes(firstHash, firstRoot) && equalBytes(secondHash, secondRoot);
}

// The loop of both proofs without its hashes: from node `fn` of a level whose last node is `sn` up to the root, whether each part
// of the path stands on the left. Null where there are too many parts or too few.
function standLeft(fn: number, sn: number, parts: number): readonly boolean[] | null {
  const stand: boolean[] = [];
  let [node, last] = [fn, sn];
  while (stand.length < parts) {
    if (last === 0) return null;
    const isLeft = node % 2 === 1 || node === last;
    stand.push(isLeft);
    while (isLeft && node % 2 === 0 && node !== 0) {
      node = half(node);
      last = half(last);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? stand : null;
}

const half = (n: number): number => Math.floor(n / 2);
