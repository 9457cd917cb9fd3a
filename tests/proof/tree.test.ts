import { describe, expect, test } from 'vitest';
import { type Bytes, b64, fromB64, fromHex, fromUtf8, hex, utf8 } from '../../shared/base/bytes.ts';
import { appendToEdge, consistencyPath, edgeRoot, inclusionPath, nodesOf, rootOf } from '../../shared/proof/prove.ts';
import {
  decodeEntries,
  encodeEntries,
  entriesPath,
  nodesFromTiles,
  tileOf,
  tilePath,
  tileWidth,
} from '../../shared/proof/tiles.ts';
import { formatTlogProof, parseTlogProof } from '../../shared/proof/tlog-proof.ts';
import { leafHash, verifyConsistency, verifyInclusion } from '../../shared/proof/tree.ts';
import { vectorText } from '../fixtures/vectors.ts';

type Inclusion = { name: string; i: number; n: number; leaf: number; path: string[] };
type Consistency = { name: string; m: number; n: number; root_m: string; root_n: string; proof: string[] };
const vectors: {
  rfc6962_reference: { leaves_hex: string[]; roots_hex: string[] };
  own: {
    leaves_utf8: string[];
    leaf_hashes: string[];
    roots: string[];
    inclusion: Inclusion[];
    consistency: Consistency[];
    must_fail_inclusion: Inclusion[];
    must_fail_consistency: Consistency[];
  };
  checkpoint: { tlog_proof: string; note: string };
} = JSON.parse(vectorText('log'));
const { own, rfc6962_reference: reference } = vectors;

const bytesOf = (text: string | undefined): Bytes => fromB64(text ?? '') ?? new Uint8Array();
const leaves = own.leaf_hashes.map(bytesOf);
const root = (size: number) => bytesOf(own.roots[size]);

describe('the tree of the log', () => {
  test('a leaf hashes as the vectors say', async () => {
    const hashes = await Promise.all(own.leaves_utf8.map(async (leaf) => b64(await leafHash(leaf))));
    expect(hashes).toEqual(own.leaf_hashes);
  });

  test('roots are those of the RFC 6962 reference', async () => {
    const hashes = await Promise.all(
      reference.leaves_hex.map((leaf) => leafHash(fromUtf8(fromHex(leaf) ?? new Uint8Array()) ?? '')),
    );
    const roots = await Promise.all(reference.roots_hex.map(async (_, n) => hex(await rootOf(n, nodesOf(hashes)))));
    expect(roots).toEqual(reference.roots_hex);
  });

  test('the right edge alone gives every root while the tree grows', async () => {
    let edge: Bytes[] = [];
    const roots = [b64(await edgeRoot(edge))];
    for (const [size, leaf] of leaves.entries()) {
      edge = await appendToEdge(edge, size, leaf);
      roots.push(b64(await edgeRoot(edge)));
    }
    expect(roots).toEqual(own.roots);
  });

  test.each(own.inclusion)('leaf $i is in the tree of $n, by the path of the vectors', async ({ i, n, path }) => {
    expect((await inclusionPath(i, n, nodesOf(leaves))).map(b64)).toEqual(path);
    expect(await verifyInclusion(bytesOf(own.leaf_hashes[i]), i, n, path.map(bytesOf), root(n))).toBe(true);
  });

  test.each(own.consistency)('the tree of $m is a prefix of that of $n', async ({ m, n, proof }) => {
    expect((await consistencyPath(m, n, nodesOf(leaves))).map(b64)).toEqual(proof);
    expect(await verifyConsistency(m, n, root(m), root(n), proof.map(bytesOf))).toBe(true);
  });

  test.each(own.must_fail_inclusion)('inclusion is refused: $name', async ({ i, n, leaf, path }) => {
    expect(await verifyInclusion(bytesOf(own.leaf_hashes[leaf]), i, n, path.map(bytesOf), root(n))).toBe(false);
  });

  test.each(own.must_fail_consistency)('consistency is refused: $name', async ({ m, n, root_m, root_n, proof }) => {
    expect(await verifyConsistency(m, n, bytesOf(root_m), bytesOf(root_n), proof.map(bytesOf))).toBe(false);
  });

  test('a proof exported for other tools is the text of the vectors', async () => {
    const path = await inclusionPath(3, 9, nodesOf(leaves));
    const text = formatTlogProof({ index: 3, path, note: vectors.checkpoint.note });
    expect(text).toBe(vectors.checkpoint.tlog_proof);
    expect(parseTlogProof(text)).toEqual({ index: 3, path, note: vectors.checkpoint.note });
    expect(parseTlogProof(text.replace('index 3', 'index 03'))).toBeNull();
  });
});

describe('tiles', () => {
  // Values of the path column: examples of the C2SP tlog-tiles specification.
  test.each([
    [tilePath(0, 0), 'tile/0/000'],
    [tilePath(0, 1234067), 'tile/0/x001/x234/067'],
    [tilePath(1, 0, 1), 'tile/1/000.p/1'],
    [tilePath(0, 273, 112), 'tile/0/273.p/112'],
    [entriesPath(1234, 5), 'tile/entries/x001/234.p/5'],
  ])('%s', (path, expected) => {
    expect(path).toBe(expected);
  });

  test('a log of 70,000 leaves has 273 full tiles, one of 112, two levels above', () => {
    expect([tileWidth(0, 272, 70_000), tileWidth(0, 273, 70_000), tileWidth(0, 274, 70_000)]).toEqual([256, 112, 0]);
    expect([tileWidth(1, 0, 70_000), tileWidth(1, 1, 70_000), tileWidth(2, 0, 70_000)]).toEqual([256, 17, 1]);
  });

  test('proofs from tiles are those from leaf hashes, and each tile is read once', async () => {
    const many = await Promise.all(Array.from({ length: 600 }, (_, i) => leafHash(`leaf ${i}`)));
    const nodes = nodesOf(many);
    const reads: string[] = [];
    const fromTiles = nodesFromTiles(600, (level, n, width) => {
      reads.push(tilePath(level, n, width));
      return tileOf(level, n, width, nodes);
    });
    expect(await inclusionPath(300, 600, fromTiles)).toEqual(await inclusionPath(300, 600, nodes));
    expect(await consistencyPath(257, 600, fromTiles)).toEqual(await consistencyPath(257, 600, nodes));
    expect(await rootOf(600, fromTiles)).toEqual(await rootOf(600, nodes));
    expect(new Set(reads).size).toBe(reads.length);
  });

  test('a tile that is too short is refused', async () => {
    const node = nodesFromTiles(300, async () => new Uint8Array(32));
    await expect(node(0, 5)).rejects.toThrow(RangeError);
  });

  test('an entry bundle gives its leaves back, and a cut one is refused', () => {
    const bundle = encodeEntries([utf8('a'), utf8(''), utf8('漢字')]);
    expect(decodeEntries(bundle)?.map(hex)).toEqual([hex(utf8('a')), '', hex(utf8('漢字'))]);
    expect(decodeEntries(bundle.slice(0, -1))).toBeNull();
    expect(decodeEntries(bundle.slice(0, 1))).toBeNull();
    expect(() => encodeEntries([new Uint8Array(65_536)])).toThrow(RangeError);
  });
});
