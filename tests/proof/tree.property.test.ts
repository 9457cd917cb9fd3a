import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, hex } from '../../shared/base/bytes.ts';
import { appendToEdge, consistencyPath, edgeRoot, inclusionPath, nodesOf, rootOf } from '../../shared/proof/prove.ts';
import { nodesFromTiles, tileOf } from '../../shared/proof/tiles.ts';
import { leafHash, verifyConsistency, verifyInclusion } from '../../shared/proof/tree.ts';

// The definitions of RFC 6962 2.1 word for word, on lists of leaves; slow, and sharing no code with the product.
type Leaves = readonly string[];
const sha = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const split = (n: number) => 2 ** (Math.ceil(Math.log2(n)) - 1);
const known = new Map<string, Buffer>();
function mth(leaves: Leaves, from = 0, to = leaves.length): Buffer {
  if (to === from) return sha();
  if (to === from + 1) return sha(Uint8Array.of(0), Buffer.from(leaves[from] ?? ''));
  const name = `${from} ${to}`;
  const root =
    known.get(name) ??
    sha(Uint8Array.of(1), mth(leaves, from, from + split(to - from)), mth(leaves, from + split(to - from), to));
  known.set(name, root);
  return root;
}
function path(m: number, from: number, to: number): Buffer[] {
  if (to - from <= 1) return [];
  const k = split(to - from);
  return m < k
    ? [...path(m, from, from + k), mth(all, from + k, to)]
    : [...path(m - k, from + k, to), mth(all, from, from + k)];
}
function subproof(m: number, from: number, to: number, whole: boolean): Buffer[] {
  if (m === to - from) return whole ? [] : [mth(all, from, to)];
  const k = split(to - from);
  return m <= k
    ? [...subproof(m, from, from + k, whole), mth(all, from + k, to)]
    : [...subproof(m - k, from + k, to, false), mth(all, from, from + k)];
}

const seed = Number(process.env.SEED ?? 20_261_116);
console.log(`seed ${seed}`);
const options = { seed, numRuns: 250 };

const most = 300;
const all: Leaves = Array.from({ length: most }, (_, i) => `leaf ${i} 日志`);
const hashes = await Promise.all(all.map((leaf) => leafHash(leaf)));
const nodes = nodesOf(hashes);
const at = (i: number): Bytes => hashes[i] ?? new Uint8Array();
const slowRoot = (n: number): Bytes => new Uint8Array(mth(all, 0, n));
const hexes = (parts: readonly Uint8Array[]) => parts.map(hex);

const pair = fc.tuple(fc.nat(most), fc.nat(most)).map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]));

describe('proofs of the log tree against the definitions of RFC 6962', () => {
  test('the root of every size from 0 to 300, by nodes and by the right edge', async () => {
    let edge: Bytes[] = [];
    for (let n = 0; n <= most; n += 1) {
      expect(hex(await rootOf(n, nodes))).toBe(hex(slowRoot(n)));
      expect(hex(await edgeRoot(edge))).toBe(hex(slowRoot(n)));
      expect(edge.length).toBeLessThanOrEqual(9);
      edge = await appendToEdge(edge, n, at(n));
    }
  });

  test('a leaf is proved in every tree that has it, and nowhere else', async () => {
    const inputs = fc.tuple(pair, fc.nat(most - 1)).filter(([[i, n]]) => i < n);
    await fc.assert(
      fc.asyncProperty(inputs, async ([[i, n], other]) => {
        const proof = await inclusionPath(i, n, nodes);
        expect(hexes(proof)).toEqual(hexes(path(i, 0, n)));
        expect(await verifyInclusion(at(i), i, n, proof, slowRoot(n))).toBe(true);
        expect(await verifyInclusion(at(i), other, n, proof, slowRoot(n))).toBe(other === i);
        expect(await verifyInclusion(at(other), i, n, proof, slowRoot(n))).toBe(other === i);
        expect(await verifyInclusion(at(i), i, n, [...proof, at(0)], slowRoot(n))).toBe(false);
        expect(await verifyInclusion(at(i), i, n, proof.slice(1), slowRoot(n))).toBe(proof.length === 0);
      }),
      options,
    );
  });

  test('a prefix is proved for every pair of sizes, and no other root passes', async () => {
    await fc.assert(
      fc.asyncProperty(pair, fc.nat(most), async ([m, n], other) => {
        const proof = await consistencyPath(m, n, nodes);
        if (m > 0) expect(hexes(proof)).toEqual(hexes(subproof(m, 0, n, true)));
        expect(await verifyConsistency(m, n, slowRoot(m), slowRoot(n), proof)).toBe(true);
        const isSame = other === m;
        expect(await verifyConsistency(m, n, slowRoot(other), slowRoot(n), proof)).toBe(isSame);
        expect(await verifyConsistency(m, n, slowRoot(m), slowRoot(other), proof)).toBe(
          other === n || (m === 0 && n > 0),
        );
        if (m > 0) expect(await verifyConsistency(m, n, slowRoot(m), slowRoot(n), [...proof, at(0)])).toBe(false);
      }),
      options,
    );
  });

  test('tiles give the nodes that leaf hashes give', async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ([m, n]) => {
        const fromTiles = nodesFromTiles(n, (level, tile, width) => tileOf(level, tile, width, nodes));
        expect(hexes(await consistencyPath(m, n, fromTiles))).toEqual(hexes(await consistencyPath(m, n, nodes)));
      }),
      { ...options, numRuns: 60 },
    );
  });
});
