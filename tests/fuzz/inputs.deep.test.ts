/** As inputs.test.ts, for ten minutes on each database. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { fuzz } from './run.ts';
import { openWorld } from './world.ts';

const seconds = 600;
const seed = Number(process.env.SUNDIAL_SEED ?? Math.floor(Math.random() * 1e9));

eachDatabase((name, open) => {
  test('whatever is sent for ten minutes, the answer is a declared one', async () => {
    const world = await openWorld(await open());
    const until = performance.now() + seconds * 1000;
    const { wrong, statuses } = await fuzz(world, seed, () => performance.now() > until);
    console.info(`fuzz ${name}: SUNDIAL_SEED=${seed}, ${JSON.stringify([...statuses])}`);
    expect([wrong, world.reported]).toEqual([[], []]);
    await world.close();
  });
});
