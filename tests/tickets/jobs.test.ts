import { expect, test } from 'vitest';
import { startJobs } from '../../server/jobs/run.ts';
import { houseJobs } from '../../server/jobs.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';

eachDatabase((name, open) => {
  test(`on ${name} the clock runs at once, again after its time, and no more once stopped`, async () => {
    const desk = await openDesk(await open());
    const failures: unknown[] = [];
    const insertOld = () =>
      desk.db.insertInto('rate').values({ name: 'token', key: 'x', count: 1, since: 0 }).execute();
    const rates = async () => (await desk.db.selectFrom('rate').select('key').where('key', '=', 'x').execute()).length;
    await insertOld();
    const stop = startJobs(desk.context, houseJobs, { everyMs: 20 }, (error) => failures.push(error));
    await expect.poll(rates, { timeout: 15_000 }).toBe(0);
    await insertOld();
    // The run that took the row may still be under way: its time counts from its end.
    const later = () => {
      desk.advance(60);
      return rates();
    };
    await expect.poll(later, { timeout: 15_000 }).toBe(0);
    await stop();
    desk.advance(60);
    await insertOld();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await rates()).toBe(1);
    expect(failures).toEqual([]);
  });
});
