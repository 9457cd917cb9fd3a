/** Each simplified variant of the protocol breaks an invariant, at the place where the deep search found it. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { quietPower } from './device.ts';
import { found } from './found.ts';
import { searchVariant } from './search.ts';
import { variantNames } from './variants.ts';
import { openStage, type Stage } from './world.ts';

vi.mock('../../shared/api/journal.ts', async (load) => (await import('./mocks.ts')).nextSchema(load<object>));
vi.mock('../../shared/base/digest.ts', async () => (await import('./mocks.ts')).quickDigest());

let stage: Stage;
beforeAll(async () => {
  quietPower();
  stage = await openStage();
});
afterAll(() => stage.close());

for (const variant of variantNames)
  test(`${variant} breaks invariant ${found[variant].invariant}, and the protocol holds in the same history`, async () => {
    const { seed, path, invariant, steps } = found[variant];
    const again = await searchVariant(stage, variant, { seed, path, runs: 1 }, { runs: 0, steps: 0 });
    expect(again && { invariant: again.invariant, steps: again.history.steps.length }).toEqual({ invariant, steps });
  });
