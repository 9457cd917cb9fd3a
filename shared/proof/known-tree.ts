// The tree of a log of which every leaf is known: paths are compared with what they must be, and nothing is hashed once more.
// Same answers as RFC 9162 2.1.3.2 and 2.1.4.2 give for them (tree.ts), as no two trees have one root.
import { type Bytes, b64, equalParts } from '../base/bytes.ts';
import { hashOfLeaf } from './keys.ts';
import { nodeHash } from './tree.ts';
import { areIncluded, isPrefix, type Means, type Prover } from './verify.ts';

/** Roots of all complete subtrees: of 2^level leaves in the row `level`. The first row are the hashes of the leaves. */
export type Levels = readonly (readonly Bytes[])[];

/** Hashes every pair once, row by row. */
export async function levelsOf(leafHashes: readonly Bytes[]): Promise<Levels> {
  const levels = [leafHashes];
  for (let row = leafHashes; row.length > 1; levels.push(row)) {
    const joined: Promise<Bytes>[] = [];
    row.forEach((right, n) => {
      const left = row[n - 1];
      if (n % 2 === 1 && left) joined.push(nodeHash(left, right));
    });
    row = await Promise.all(joined);
  }
  return levels;
}

/** Inclusion and consistency for all heads up to the size of a log; of larger ones they are proved by hashing. `prove` has no proof for
 *  larger heads, nor for one that is larger than the other. */
export type KnownTree = Pick<Means, 'areIncluded' | 'isPrefix'> & { readonly prove: Prover };

/** The tree over these nodes. */
export function knownTree(levels: Levels): KnownTree {
  const known = levels[0]?.length ?? 0;
  const texts = levels.map((row) => Array<string | undefined>(row.length));
  const complete = (level: number, index: number): string => {
    const row = texts[level] ?? [];
    const text = row[index] ?? b64(levels[level]?.[index] ?? new Uint8Array());
    row[index] = text;
    return text;
  };
  const edges = new Map<number, Promise<readonly string[]>>();
  const nodesAt = async (size: number): Promise<NodeText> => {
    const texted = edges.get(size) ?? edgeOf(levels, size).then((edge) => edge.map(b64));
    edges.set(size, texted);
    const last = await texted;
    const whole = levels.map((_, level) => Math.floor(size / 2 ** level));
    return (level, index) => (index < (whole[level] ?? 0) ? complete(level, index) : (last[level] ?? ''));
  };
  return {
    areIncluded: async (records, leaves, head) => {
      const { size, root } = head;
      if (size > known) return areIncluded(records, leaves, head);
      const node = await nodesAt(size);
      const hashes = await Promise.all(records.map(hashOfLeaf));
      return (
        leaves.length > 0 &&
        rootAt(size, node) === root &&
        leaves.every(({ i, path }, n) => {
          const [hash, leaf] = [hashes[n], levels[0]?.[i]];
          return i < size && hash && leaf && equalParts(hash, leaf) && equalParts(path, pathFrom(0, i, size, node));
        })
      );
    },
    isPrefix: async (first, second, proof) => {
      if (first.size === 0 || first.size > second.size || second.size > known) return isPrefix(first, second, proof);
      const [one, other] = [await nodesAt(first.size), await nodesAt(second.size)];
      const isSame = rootAt(first.size, one) === first.root && rootAt(second.size, other) === second.root;
      return isSame && equalParts(proof, consistency(first.size, second.size, other));
    },
    prove: async (first, second) => {
      if (first.size > second.size || second.size > known) return null;
      return consistency(first.size, second.size, await nodesAt(second.size));
    },
  };
}

/** Hash of a node in a tree of some size, in base64; a node that is not complete stands for what there is of it. */
type NodeText = (level: number, index: number) => string;

// Of each level the last node where it is not complete, and nothing where it is.
async function edgeOf(levels: Levels, size: number): Promise<readonly Bytes[]> {
  const edge: Bytes[] = [];
  let last: Bytes | undefined;
  for (let [level, below] = [0, size]; below > 0; level += 1, below = Math.floor(below / 2)) {
    const left = below % 2 === 1 ? levels[level]?.[below - 1] : undefined;
    if (left) last = last ? await nodeHash(left, last) : left;
    if (last) edge[level + 1] = last;
  }
  return edge;
}

const rootAt = (size: number, node: NodeText): string => node(Math.ceil(Math.log2(size)), 0);

// The path from a node upwards: its neighbours, where it has one.
function pathFrom(level: number, index: number, size: number, node: NodeText): readonly string[] {
  const path: string[] = [];
  let [height, at, last] = [level, index, Math.floor((size - 1) / 2 ** level)];
  for (; last > 0; height += 1, at = Math.floor(at / 2), last = Math.floor(last / 2)) {
    const isLeft = at % 2 === 0;
    if (!isLeft || at < last) path.push(node(height, isLeft ? at + 1 : at - 1));
  }
  return path;
}

// From the last complete subtree of the smaller tree upwards; that subtree first, unless it is the whole smaller tree.
function consistency(first: number, second: number, node: NodeText): readonly string[] {
  if (first === 0 || first === second) return [];
  let [level, index] = [0, first - 1];
  for (; index % 2 === 1; index = (index - 1) / 2) level += 1;
  return [...(index === 0 ? [] : [node(level, index)]), ...pathFrom(level, index, second, node)];
}
