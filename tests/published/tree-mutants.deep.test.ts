/** Every file of an exported tree removed, cut off and exchanged, every member of its JSON changed, and of its bytes one in thirty-two: the check
 *  of the tree finds it, or the file says the same, or it lies where a listed reason stands. Bundles are mutated byte by byte in tests/proof. */
import { expect, test } from 'vitest';
import { randomOf } from '../fixtures/random.ts';
import { some } from '../proof/mutate.ts';
import { exportedTree } from './mutant-tree.ts';
import { byteMutants, compared, fileMutants, jsonMutants, survives } from './tree-mutants.ts';

const seed = Number(process.env.SUNDIAL_SEED ?? Date.now() % 2 ** 31);

test('no file of a tree can be changed so that the check passes and the file says something else, but where a reason stands', async () => {
  const { files, pins } = await exportedTree();
  const survivors = new Set<string>();
  const began = performance.now();
  const bytes = [...byteMutants(files)];
  const mutants = [
    ...fileMutants(files),
    ...jsonMutants(files),
    ...some(bytes, Math.floor(bytes.length / 32), randomOf(seed)),
  ];
  for (const mutant of mutants) {
    const survivor = await survives(files, pins, mutant);
    if (survivor !== null) survivors.add(survivor);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`tree: seed ${seed}, ${mutants.length} mutants in ${seconds} s, ${survivors.size} paths survive`);
  expect(mutants.length).toBeGreaterThan(20_000);
  expect(compared(survivors), `seed ${seed}`).toEqual({ idle: [], unlisted: [] });
});
