// The Merkle tree of the log: RFC 9162 2.1 with SHA-256 (the tree of RFC 6962 2). Hashes are 32 bytes; sizes and indices
// are integers up to 2^53 - 1, so halving is division and never a shift.
import { type Bytes, b64, equalParts, fromB64 } from '../base/bytes.ts';
import { sha256, sha256Text } from '../base/digest.ts';

/** Hash of a leaf: SHA-256(0x00 ‖ UTF-8 of its text). */
export const leafHash = (leaf: string): Promise<Bytes> => sha256Text(`\0${leaf}`);

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  const node = new Uint8Array(65);
  node[0] = 1;
  node.set(left, 1);
  node.set(right, 33);
  return sha256(node);
}

/** A hash in base64 as bytes; null for anything that is none. */
export function hashOf(text = ''): Bytes | null {
  const bytes = fromB64(text);
  return bytes?.length === 32 ? bytes : null;
}

/** A node on the way up: its index in its level, and what of its path to the root (base64) is still to come. */
type Climber = { readonly index: number; readonly hash: Bytes; readonly path: readonly string[] };

/** The root to which the paths of leaves (ascending by index) of a tree of `size` lead, or null where one has not the right length
 *  or two contradict each other. RFC 9162 2.1.3.2, all leaves level by level: neighbours go on as one. */
export async function rootOfPaths(leaves: readonly Climber[], size: number): Promise<Bytes | null> {
  let row = leaves;
  if (row.some(({ index }) => index >= size)) return null;
  for (let last = size - 1; last > 0; last = half(last)) {
    const above: Promise<Climber>[] = [];
    let before: Climber | undefined;
    for (const one of row) {
      const { index, hash, path } = one;
      const [next, ...rest] = path;
      const isLeft = index % 2 === 0;
      const part = hashOf(next);
      if (!isLeft && before?.index === index - 1) {
        // Each is what the path of the other says, and they share the rest.
        const other = hashOf(before.path[0]);
        if (!part || !other || !equalParts(part, before.hash) || !equalParts(other, hash)) return null;
        if (!equalParts(rest, before.path.slice(1))) return null;
      } else if (isLeft && index === last) above.push(Promise.resolve({ index: half(index), hash, path }));
      // A last node without a neighbour went up alone.
      else if (!part) return null;
      else
        above.push(
          (isLeft ? nodeHash(hash, part) : nodeHash(part, hash)).then((joined) => ({
            index: half(index),
            hash: joined,
            path: rest,
          })),
        );
      before = one;
    }
    row = await Promise.all(above);
  }
  return row.length === 1 && row[0]?.path.length === 0 ? row[0].hash : null;
}

/** Whether `path` leads from the leaf at `index` of a tree of `size` to `root`. */
export async function verifyInclusion(
  leaf: Bytes,
  index: number,
  size: number,
  path: readonly Bytes[],
  root: Bytes,
): Promise<boolean> {
  const reached = await rootOfPaths([{ index, hash: leaf, path: path.map(b64) }], size);
  return reached !== null && equalParts(reached, root);
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
  if (first === second) return proof.length === 0 && equalParts(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0 && equalParts(firstRoot, await sha256(new Uint8Array()));
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
  for (; sn > 0; fn = half(fn), sn = half(sn)) {
    // A last node without a neighbour goes up alone.
    if (fn % 2 === 0 && fn === sn) continue;
    const part = rest.shift();
    if (part === undefined) return false;
    // The smaller tree has only the parts that stand on the left.
    if (fn % 2 === 1) firstHash = await nodeHash(part, firstHash);
    secondHash = await (fn % 2 === 1 ? nodeHash(part, secondHash) : nodeHash(secondHash, part));
  }
  return rest.length === 0 && equalParts(firstHash, firstRoot) && equalParts(secondHash, secondRoot);
}

const half = (n: number): number => Math.floor(n / 2);
