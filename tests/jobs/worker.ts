/** A process of its own that runs two jobs on a database: `tick` each second, and `slow`, which hangs where this process is told to. What they
 *  do stands in the table `ran`. Words: address of the database, folder of the keys, `hang` or `go`. */
import { sql } from 'kysely';
import { configFrom } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Job } from '../../server/jobs/job.ts';
import { startJobs } from '../../server/jobs/run.ts';
import { contextOver } from '../../server/open-context.ts';
import { settings } from '../fixtures/app.ts';

const [, , address = '', folder = '', mood = ''] = process.argv;

/** Writes which run this is: the moment for which it was due. */
async function note({ database: { db } }: Context, job: string, what: string): Promise<number> {
  const row = await db.selectFrom('job').select('due').where('name', '=', job).executeTakeFirstOrThrow();
  await sql`insert into ran values (${job}, ${row.due}, ${process.pid}, ${what})`.execute(db);
  return 1;
}

const tick: Job = { name: 'tick', everySeconds: 1, run: (context) => note(context, 'tick', 'done') };
const slow: Job = {
  name: 'slow',
  everySeconds: 3600,
  run: async (context) => {
    await note(context, 'slow', 'begun');
    if (mood === 'hang') await new Promise((resolve) => setTimeout(resolve, 600_000));
    return note(context, 'slow', 'done');
  },
};

const config = configFrom(settings, { SUNDIAL_DATA: folder });
const context = await contextOver(config, await openDatabase(address));
const stops = [
  // Long beside any pause of a crowded machine: a process that the machine stops for longer than its claim has its job taken, and rightly.
  { job: tick, claimSeconds: 10 },
  { job: slow, claimSeconds: 3 },
].map(({ job, claimSeconds }) =>
  startJobs(context, [job], { everyMs: 100, claimSeconds }, (error) => console.error(error)),
);
// The jobs' timers hold no process, and SQLite has no socket that would.
const alive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', async () => {
  clearInterval(alive);
  await Promise.all(stops.map((stop) => stop()));
  await context.database.close();
});
console.log('ready');
