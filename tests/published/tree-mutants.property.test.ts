/** Mutants of an exported tree, drawn by a seed from all of them: see tree-mutants.deep.test.ts. */
import { expect, test } from 'vitest';
import { randomOf } from '../fixtures/random.ts';
import { some } from '../proof/mutate.ts';
import { exportedTree } from './mutant-tree.ts';
import { byteMutants, compared, fileMutants, jsonMutants, survives } from './tree-mutants.ts';

const count = 300;
const seed = Number(process.env.SUNDIAL_SEED ?? Date.now() % 2 ** 31);

test(`${count} mutants of an exported tree are found, say the same, or lie where a listed reason stands`, async () => {
  const { files, pins } = await exportedTree();
  const random = randomOf(seed);
  const survivors = new Set<string>();
  const began = performance.now();
  const mutants = [fileMutants, jsonMutants, byteMutants].flatMap((make) => some([...make(files)], count / 3, random));
  for (const mutant of mutants) {
    const survivor = await survives(files, pins, mutant);
    if (survivor !== null) survivors.add(survivor);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`tree: seed ${seed}, ${mutants.length} mutants in ${seconds} s, ${survivors.size} paths survive`);
  expect(mutants).toHaveLength(count);
  expect(compared(survivors).unlisted, `seed ${seed}`).toEqual([]);
}, 180_000);
