// The Merkle tree of the log: RFC 9162 2.1 with SHA-256 (the tree of RFC 6962 2). Hashes are 32 bytes; sizes and indices
// are integers up to 2^53 - 1, so halving is division and never a shift.
import { type Bytes, concat, equalBytes } from '../base/bytes.ts';
import { sha256 } from '../base/digest.ts';

/** Hash of a leaf's bytes: SHA-256(0x00 ‖ leaf). */
export const leafHash = (leaf: Uint8Array): Promise<Bytes> => sha256(concat(Uint8Array.of(0), leaf));

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
  sha256(concat(Uint8Array.of(1), left, right));

/** Whether `path` leads from the leaf at `index` of a tree of `size` to `root`. RFC 9162 2.1.3.2. */
export async function verifyInclusion(
  leaf: Bytes,
  index: number,
  size: number,
  path: readonly Bytes[],
  root: Bytes,
): Promise<boolean> {
  if (index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const part of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = await nodeHash(part, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      hash = await nodeHash(hash, part);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(hash, root);
}

/** Whether the tree of `first` leaves under `firstRoot` is a prefix of the tree of `second` leaves under `secondRoot`.
 *  RFC 9162 2.1.4.2; equal sizes need equal roots and no proof, size 0 its root and no proof. */
export async function verifyConsistency(
  first: number,
  second: number,
  firstRoot: Bytes,
  secondRoot: Bytes,
  proof: readonly Bytes[],
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
  if (start === undefined) return false;
  let firstHash = start;
  let secondHash = start;
  for (const part of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      firstHash = await nodeHash(part, firstHash);
      secondHash = await nodeHash(part, secondHash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      secondHash = await nodeHash(secondHash, part);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(firstHash, firstRoot) && equalBytes(secondHash, secondRoot);
}

const half = (n: number): number => Math.floor(n / 2);
