/** Every endpoint is asked with what fits its schema, with what nearly fits, and with what is meant to break it. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { fuzz } from './run.ts';
import { openWorld } from './world.ts';

const rounds = 2;
// The same each time, so that a change answers for what it changed; inputs.deep.test.ts takes a new one.
const seed = Number(process.env.SUNDIAL_SEED ?? 1);

eachDatabase((name, open) => {
  test('whatever is sent, the answer is a declared one, and none is a fault or comes late', async () => {
    const world = await openWorld(await open());
    const { wrong, statuses } = await fuzz(world, seed, (round) => round >= rounds);
    const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
    await world.exhaust();
    const refused = await fuzz(world, seed + rounds, (round) => round >= 1);
    expect(refused.statuses.get(429)).toBeGreaterThan(20);
    console.info(`fuzz ${name}: SUNDIAL_SEED=${seed}, ${counts.join(', ')}`);
    expect([...wrong, ...refused.wrong]).toEqual([]);
    expect(world.reported).toEqual([]);
    expect({}).not.toHaveProperty('polluted');
    await world.close();
  });
});
