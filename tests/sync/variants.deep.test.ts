/** Searches anew for a history in which each simplified variant of the protocol breaks an invariant. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { quietPower } from './device.ts';
import { searchVariant, told } from './search.ts';
import { variantNames } from './variants.ts';
import { openStage, type Stage } from './world.ts';

vi.mock('../../shared/api/journal.ts', async (load) => (await import('./mocks.ts')).nextSchema(load<object>));
vi.mock('../../shared/base/digest.ts', async () => (await import('./mocks.ts')).quickDigest());

let stage: Stage;
beforeAll(async () => {
  quietPower();
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

const seed = Number(process.env.SUNDIAL_SEED ?? Date.now() % 2 ** 31);

for (const variant of variantNames)
  test(`${variant} breaks an invariant`, async () => {
    const count = { runs: 0, steps: 0 };
    const began = performance.now();
    const found = await searchVariant(stage, variant, { seed, runs: 12_000 }, count);
    const broken =
      found === null
        ? 'not found'
        : `invariant ${found.invariant} in ${found.history.steps.length} steps, path ${found.path}`;
    console.log(`${variant}: ${broken}; ${told(count, began, seed)}`);
    expect(found).not.toBeNull();
  });
