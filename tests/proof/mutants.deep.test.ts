/** Every mutant of the published bundles (a quarter of a million): what verifies shows what the original shows, and survives for a listed reason. */
import { expect, test } from 'vitest';
import { bytesOfBundle, partsOfBundle } from './bundle-mutants.ts';
import { hunt, listed, newHunt } from './mutant-hunt.ts';
import { originals } from './mutant-season.ts';

test('no byte and no member of a published bundle can be changed so that it verifies and shows something else', async () => {
  const found = newHunt();
  const began = performance.now();
  for (const original of await originals()) {
    const text = JSON.stringify(original.bundle);
    await hunt(original, partsOfBundle(text), found);
    await hunt(original, bytesOfBundle(text), found);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`proof: ${found.mutants} mutants in ${seconds} s, ${found.survivors.size} kinds survive`);
  expect(found.wrong).toEqual([]);
  expect(found.mutants).toBeGreaterThan(20_000);
  expect([...found.survivors].sort()).toEqual([...listed(import.meta.dirname, 'mutant-survivors.json')].sort());
});
