// The Merkle tree of the log: RFC 9162 2.1 with SHA-256 (the tree of RFC 6962 2). Hashes are 32 bytes; sizes and indices
// are integers up to 2^53 - 1, so halving is division and never a shift.
import { type Bytes, concat, equalBytes } from '../base/bytes.ts';
import { sha256, sha256Text } from '../base/digest.ts';

/** Hash of a leaf: SHA-256(0x00 ‖ UTF-8 of its text). */
export const leafHash = (leaf: string): Promise<Bytes> => sha256Text(`\0${leaf}`);

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
  const sides = sidesOf(index, size - 1);
  if (index >= size || sides.length !== path.length) return null;
  let hash = leaf;
  let n = 0;
  // Counted by hand here and below: prototype.js, which portals have, puts its own `entries` in the place of Array's.
  for (const part of path) hash = await (sides[n++] === 'left' ? node(part, hash) : node(hash, part));
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
  const sides = sidesOf(fn, sn);
  if (start === undefined || sides.length !== rest.length) return false;
  let firstHash = start;
  let secondHash = start;
  let n = 0;
  for (const part of rest) {
    // The smaller tree has only the parts that stand on the left.
    const isLeft = sides[n++] === 'left';
    if (isLeft) firstHash = await node(part, firstHash);
    secondHash = await (isLeft ? node(part, secondHash) : node(secondHash, part));
  }
  return equalBytes(firstHash, firstRoot) && equalBytes(secondHash, secondRoot);
}

// The loop of both proofs without its hashes: on which side each part of the path stands, from node `fn` of a level whose last node is
// `sn` up to the root. A last node without a neighbour goes up alone.
function sidesOf(fn: number, sn: number): readonly ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = [];
  for (let [node, last] = [fn, sn]; last > 0; node = half(node), last = half(last)) {
    if (node % 2 === 1) sides.push('left');
    else if (node < last) sides.push('right');
  }
  return sides;
}

const half = (n: number): number => Math.floor(n / 2);
