/** A server that begins under a clock that cannot be right says so. */
import { expect, test } from 'vitest';
import { start } from '../../server/commands/serve.ts';
import { addJobs, claimJob, settleJob } from '../../server/jobs/claim.ts';
import { allJobs } from '../../server/jobs.ts';
import type { Report } from '../../server/report.ts';
import { openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { freePort } from '../fixtures/served.ts';

const day = 86_400;

eachDatabase((_, open) => {
  test('a clock behind the log, and one that has leapt a month past the last work, are told with the start', async () => {
    const house = await openHouse(await open());
    const { context } = house;
    const { db } = context.database;
    const now = house.now();
    await addJobs(db, allJobs, now);
    const row = await claimJob(db, allJobs, { claim: 'c', now, seconds: 60 });
    if (row === undefined) throw new Error('no job');
    await settleJob(db, row, { due: now + 60, last_ok: now });
    // Each start may run jobs, so the leap comes last.
    const warnedAt = async (at: number) => {
      const warned: unknown[] = [];
      const quiet = () => undefined;
      const report: Report = {
        debug: quiet,
        info: quiet,
        error: quiet,
        warn: (what, facts) => warned.push([what, facts]),
      };
      const config = { ...context.config, port: await freePort() };
      const database = { ...context.database, close: async () => undefined };
      const running = await start({ ...context, config, database, report, now: () => at * 1000 });
      await running.close();
      return warned.filter((line) => /clock/.test(String(line)));
    };
    expect(await warnedAt(now - day)).toEqual([[expect.stringContaining('behind the newest head'), { seconds: day }]]);
    expect(await warnedAt(now + 60)).toEqual([]);
    expect(await warnedAt(now + 400 * day)).toEqual([
      [expect.stringContaining('if the clock is wrong'), expect.anything()],
    ]);
  });
});
