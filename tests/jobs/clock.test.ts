import { expect, test } from 'vitest';
import type { Context } from '../../server/context.ts';
import { eachOf } from '../../server/jobs/each.ts';
import type { Job } from '../../server/jobs/job.ts';
import { startJobs } from '../../server/jobs/run.ts';
import { jobStates } from '../../server/jobs/state.ts';
import { allJobs, houseJobs, runJobs } from '../../server/jobs.ts';
import { retention } from '../../server/retention.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';

/** Has the jobs looked at until `isDone`, then stops. */
async function until(context: Context, jobs: readonly Job[], isDone: () => boolean): Promise<unknown[]> {
  const failures: unknown[] = [];
  const stop = startJobs(context, jobs, { everyMs: 5 }, (error, job) => failures.push(`${job}: ${String(error)}`));
  await expect.poll(isDone, { interval: 5 }).toBe(true);
  await stop();
  return failures;
}

test('every kind of data that is kept for a time has a job that erases it', () => {
  const names: readonly string[] = houseJobs.map(({ name }) => name);
  for (const { job } of Object.values(retention)) expect(names).toContain(job);
  expect(new Set(allJobs.map(({ name }) => name)).size).toBe(allJobs.length);
});

test('one thing that fails holds up none behind it; a database that is away holds up all', async () => {
  const done: number[] = [];
  const act = (broken: unknown) => async (n: number) => {
    if (n === 1) throw broken;
    return done.push(n) > 0;
  };
  await expect(eachOf([0, 1, 2], act(new Error('poison')))).rejects.toThrow('poison');
  expect(done).toEqual([0, 2]);
  await expect(eachOf([0, 1, 2], act(Object.assign(new Error(), { errcode: 5 })))).rejects.toMatchObject({
    errcode: 5,
  });
  expect(done).toEqual([0, 2, 0]);
  expect(await eachOf([0, 2], act(null))).toBe(2);
});

eachDatabase((name, open) => {
  test(`on ${name} a job that fails comes again later and later, and does not hold up the next one`, async () => {
    const server = await openServer(await open());
    const { db } = server.context.database;
    const begin = server.clock.ms / 1000;
    const state = async (of: readonly Job[] = jobs) => (await jobStates(db, of, server.clock.ms / 1000))[0];
    let [bad, good, isBroken] = [0, 0, true];
    const jobs: readonly Job[] = [
      {
        name: 'a',
        everySeconds: 10,
        run: async () => {
          bad += 1;
          if (isBroken) throw Object.assign(new Error('words of somebody'), { code: 'E_TEST' });
          return 1;
        },
      },
      { name: 'b', everySeconds: 10, run: async () => (good += 1) },
    ];
    expect(await state()).toMatchObject({ state: 'new', lastOk: null, lastError: null });
    expect(await until(server.context, jobs, () => good === 1)).toEqual(['a: Error: words of somebody']);
    expect(await state()).toMatchObject({ state: 'ok', lastError: 'E_TEST', attempts: 1, due: begin + 10 });
    // 10 s doubled each time, and a quarter of an hour at most.
    for (const [n, wait] of [10, 20, 40, 80, 160, 320, 640, 900, 900].entries()) {
      expect((await state())?.due).toBe(server.clock.ms / 1000 + wait);
      server.clock.ms += (wait - 1) * 1000;
      const before = good;
      await until(server.context, jobs, () => good > before || wait === 10);
      expect(bad).toBe(n + 1);
      server.clock.ms += 1000;
      await until(server.context, jobs, () => bad === n + 2);
    }
    expect(await state()).toMatchObject({ state: 'failing', attempts: 10 });
    isBroken = false;
    server.clock.ms += 900_000;
    expect(await until(server.context, jobs, () => bad === 11)).toEqual([]);
    const now = server.clock.ms / 1000;
    expect(await state()).toMatchObject({ state: 'ok', attempts: 0, lastOk: now, due: now + 10, lastError: 'E_TEST' });
    server.clock.ms += 311_000;
    expect(await state()).toMatchObject({ state: 'late' });
    // A clock that was a day ahead and is right again holds nothing up.
    server.clock.ms -= 86_400_000;
    await until(server.context, jobs, () => bad === 12);
    expect(await state()).toMatchObject({ due: server.clock.ms / 1000 + 10 });
  });

  test(`on ${name} all jobs of a server can run twice at once and then stand well`, async () => {
    const server = await openServer(await open());
    await Promise.all([runJobs(server.context), runJobs(server.context)]);
    const isDone = async () =>
      (await jobStates(server.context.database.db, allJobs, server.clock.ms / 1000)).every(
        ({ state, lastOk }) => state === 'ok' && lastOk !== null,
      );
    const failures: unknown[] = [];
    const stop = startJobs(server.context, allJobs, { everyMs: 5 }, (error) => failures.push(error));
    await expect.poll(isDone).toBe(true);
    await stop();
    expect(failures).toEqual([]);
  });
});
