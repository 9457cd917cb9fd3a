/** Random histories of the real client stores and the real server handlers: the fourteen invariants of journal-sync 1. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { quietPower } from './device.ts';
import { ordinary, restoring, withholding } from './history.ts';
import { searchProduct, told } from './search.ts';
import { openStage, type Stage } from './world.ts';

vi.mock('../../shared/api/journal.ts', async (load) => (await import('./mocks.ts')).nextSchema(load<object>));
vi.mock('../../shared/base/digest.ts', async () => (await import('./mocks.ts')).quickDigest());

let stage: Stage;
beforeAll(async () => {
  quietPower();
  stage = await openStage();
});
afterAll(() => stage.close());

const seed = Number(process.env.SUNDIAL_SEED ?? Date.now() % 2 ** 31);

test.each([
  [150, 'random histories', ordinary],
  [50, 'random histories around what is withheld', withholding],
  [50, 'random histories around a restored server', restoring],
])(
  'the fourteen invariants hold in %i %s',
  async (runs, _, weights) => {
    const count = { runs: 0, steps: 0 };
    const began = performance.now();
    const found = await searchProduct(stage, { seed, runs, steps: 24, weights }, count);
    console.log(`journal-sync: ${told(count, began, seed)}`);
    expect(found, `seed ${seed}: ${JSON.stringify(found)}`).toBeNull();
  },
  300_000,
);
