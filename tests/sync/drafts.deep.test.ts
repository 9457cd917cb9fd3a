/** The fourteen invariants in many histories of devices that write on the same entries around seals. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { quietPower } from './device.ts';
import { sealing } from './history.ts';
import { searchProduct, told } from './search.ts';
import { openStage, type Stage } from './world.ts';

vi.mock('../../shared/api/journal.ts', async (load) => (await import('./mocks.ts')).nextSchema(load<object>));
vi.mock('../../shared/base/digest.ts', async () => (await import('./mocks.ts')).quickDigest());

let stage: Stage;
beforeAll(async () => {
  quietPower();
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

const runs = 10_000;
const seed = Number(process.env.SUNDIAL_SEED ?? Date.now() % 2 ** 31);

test(`the fourteen invariants hold in ${runs} random histories of drafts`, async () => {
  const count = { runs: 0, steps: 0 };
  const began = performance.now();
  const found = await searchProduct(stage, { seed, runs, steps: 24, weights: sealing }, count);
  console.log(`journal-sync on drafts: ${told(count, began, seed)}`);
  expect(found, `seed ${seed}: ${JSON.stringify(found)}`).toBeNull();
});
