// The tree of a log of which every leaf is known answers what hashing answers (shared/proof/known-tree.ts).
import { describe, expect, test } from 'vitest';
import { b64 } from '../../shared/base/bytes.ts';
import { hashOfLeaf, readRecord } from '../../shared/proof/keys.ts';
import { knownTree, levelsOf } from '../../shared/proof/known-tree.ts';
import { consistencyPath, inclusionPath, nodesIn, rootOf } from '../../shared/proof/prove.ts';
import { areIncluded, isPrefix } from '../../shared/proof/verify.ts';
import { season } from '../fixtures/season.ts';

const log = await season();
for (const unit of ['u01', 'u02', 'u03']) for (const week of ['2026-W47', '2026-W48']) await log.seal(unit, { week });
const records = log.leaves.flatMap((leaf, index) => readRecord(index, leaf) ?? []);
const levels = await levelsOf(await Promise.all(records.map(hashOfLeaf)));
const nodes = nodesIn(levels);
const known = knownTree(levels);
const sizes = records.map((_, n) => n + 1);
const headOf = async (size: number) => ({ size, root: b64(await rootOf(size, nodes)) });
const zero = b64(new Uint8Array(32));

/** The path as it is, and as it may not be. */
const spoilt = (path: readonly string[]): readonly (readonly string[])[] => [
  path,
  [...path, zero],
  path.slice(1),
  path.map((part, n) => (n === path.length - 1 ? zero : part)),
];

describe(`in a log of ${records.length} leaves, for heads of every size`, () => {
  test('a leaf is included by the same paths', async () => {
    const answers = new Set<boolean>();
    for (const size of sizes)
      for (const record of records) {
        const head = await headOf(size);
        const right = record.index < size ? (await inclusionPath(record.index, size, nodes)).map(b64) : [];
        for (const path of spoilt(right))
          for (const asked of [head, { size, root: zero }]) {
            const leaves = [{ i: record.index, jws: record.text, path }];
            const answer = await areIncluded([record], leaves, asked);
            expect(await known.areIncluded([record], leaves, asked)).toBe(answer);
            answers.add(answer);
          }
      }
    expect(answers.size).toBe(2);
  });

  test('a head is a prefix of another by the same proofs', async () => {
    const answers = new Set<boolean>();
    for (const first of [0, ...sizes])
      for (const second of sizes) {
        const [one, other] = [await headOf(first), await headOf(second)];
        const right = first <= second ? (await consistencyPath(first, second, nodes)).map(b64) : [];
        for (const proof of spoilt(right))
          for (const asked of [one, { size: first, root: zero }]) {
            const answer = await isPrefix(asked, other, proof);
            expect(await known.isPrefix(asked, other, proof)).toBe(answer);
            answers.add(answer);
          }
      }
    expect(answers.size).toBe(2);
  });

  test('the proof that a head is a prefix of another is given as hashing gives it', async () => {
    for (const first of [0, ...sizes])
      for (const second of sizes) {
        const right = first <= second ? (await consistencyPath(first, second, nodes)).map(b64) : null;
        expect(await known.prove(await headOf(first), await headOf(second))).toEqual(right);
      }
    const larger = { size: records.length + 1, root: zero };
    expect(await known.prove(await headOf(1), larger)).toBeNull();
  });
});
