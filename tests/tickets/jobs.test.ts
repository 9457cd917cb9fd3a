import { expect, test } from 'vitest';
import { startJobs } from '../../server/jobs/run.ts';
import { houseJobs } from '../../server/jobs.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';

eachDatabase((name, open) => {
  test(`on ${name} the clock runs at once, again after its time, and no more once stopped`, async () => {
    const desk = await openDesk(await open());
    const failures: unknown[] = [];
    const stop = startJobs(desk.context, houseJobs, { everyMs: 20 }, (error) => failures.push(error));
    const old = { name: 'token', key: 'x', count: 1 };
    const rates = async () => (await desk.db.selectFrom('rate').select('key').where('key', '=', 'x').execute()).length;
    for (let round = 0; round < 2; round += 1) {
      await desk.db
        .insertInto('rate')
        .values({ ...old, since: 0 })
        .execute();
      await expect.poll(rates, { timeout: 5000 }).toBe(0);
      desk.advance(60);
    }
    await stop();
    desk.advance(60);
    await desk.db
      .insertInto('rate')
      .values({ ...old, since: 0 })
      .execute();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await rates()).toBe(1);
    expect(failures).toEqual([]);
  });
});
