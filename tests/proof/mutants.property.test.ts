/** Mutants of published bundles, drawn by a seed from all of them: see mutants.deep.test.ts. */
import { expect, test } from 'vitest';
import { randomOf } from '../fixtures/random.ts';
import { bytesOfBundle, partsOfBundle } from './bundle-mutants.ts';
import { hunt, listed, newHunt } from './mutant-hunt.ts';
import { originals } from './mutant-season.ts';
import { someOfEachKind } from './mutate.ts';

const count = 2000;
const seed = Number(process.env.SUNDIAL_SEED ?? Date.now() % 2 ** 31);

test(`${count} mutants of published bundles are refused, or show what the original shows for a listed reason`, async () => {
  const found = newHunt();
  const began = performance.now();
  const random = randomOf(seed);
  for (const original of await originals()) {
    const text = JSON.stringify(original.bundle);
    const all = [...partsOfBundle(text), ...bytesOfBundle(text)];
    await hunt(original, someOfEachKind(all, count / 2, random), found);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`proof: seed ${seed}, ${found.mutants} mutants in ${seconds} s, ${found.survivors.size} kinds survive`);
  expect(found.wrong, `seed ${seed}`).toEqual([]);
  expect(found.mutants).toBe(count);
  const reasons = listed(import.meta.dirname, 'mutant-survivors.json');
  expect(
    [...found.survivors].filter((kind) => !reasons.has(kind)),
    `seed ${seed}`,
  ).toEqual([]);
}, 180_000);
