/** Whether the clock of this machine can be right, by what the database has seen, and what runs by it may run. */
import { sql } from 'kysely';
import { type Context, secondsNow } from './context.ts';
import { isPostgres } from './database/lock.ts';
import type { Db } from './database/port.ts';
import { clockSlackSeconds } from './jobs/job.ts';

/** How far a head of the log may lie ahead, in seconds. */
const slackSeconds = 60;
/** A server that did nothing for longer was switched off, or its clock has leapt. */
const longestPauseSeconds = 30 * 86_400;
/** How long what runs by the clock waits after such a pause: a machine that began with a wrong clock has set it right by then. */
export const waitAfterPauseMs = 3_600_000;

export interface ClockDoubt {
  readonly what: 'behind' | 'ahead' | 'paused';
  readonly seconds: number;
}

/** `ahead`: PostgreSQL's own clock says that it is earlier than `now` (Unix seconds). `behind`: the newest head of the log was signed later.
 *  `paused`: no job has ended for a month, and the next ones publish and erase what is due. Null where none is so. Primary keys. */
export async function clockDoubt(db: Db, now: number): Promise<ClockDoubt | null> {
  const ahead = isPostgres(db) ? now - (await clockOf(db)) : 0;
  if (ahead > clockSlackSeconds) return { what: 'ahead', seconds: ahead };
  const head = await db.selectFrom('log_head').select('at').orderBy('size', 'desc').limit(1).executeTakeFirst();
  const behind = head === undefined ? 0 : Math.floor(Date.parse(head.at) / 1000) - now;
  if (behind > slackSeconds) return { what: 'behind', seconds: behind };
  const { last } = await db
    .selectFrom('job')
    .select((eb) => eb.fn.max('last_ok').as('last'))
    .executeTakeFirstOrThrow();
  const pause = last === null ? 0 : now - last;
  return pause > longestPauseSeconds ? { what: 'paused', seconds: pause } : null;
}

/** What the clock of PostgreSQL's machine shows, in Unix seconds. */
async function clockOf(db: Db): Promise<number> {
  const { rows } = await sql<{ at: string }>`select floor(extract(epoch from clock_timestamp())) as at`.execute(db);
  return Number(rows[0]?.at);
}

const warnings: Readonly<Record<ClockDoubt['what'], string>> = {
  behind: 'the clock is behind the newest head of the log: stop, set the clock, start again',
  ahead:
    'the clock is ahead of the database’s: nothing is published or erased until they agree, so set the one that is wrong',
  paused:
    'nothing was done here for so long: what is due is published and erased in an hour, so if the clock is wrong set it before',
};

/** Tells whether what runs by the clock may run now, for what it publishes and erases cannot be taken back: not while the clock is ahead of the
 *  database's, and after a pause of a month only once this process has seen it for an hour. Warns of each doubt once. `sinceMs`: a clock that nobody sets. */
export function clockGuard(context: Context, sinceMs: () => number = () => performance.now()): () => Promise<boolean> {
  let told: ClockDoubt['what'] | null = null;
  let beganMs = 0;
  return async () => {
    const doubt = await clockDoubt(context.database.db, secondsNow(context));
    if (doubt !== null && doubt.what !== told) {
      beganMs = sinceMs();
      context.report.warn(warnings[doubt.what], { seconds: doubt.seconds });
    }
    told = doubt?.what ?? null;
    if (doubt?.what === 'paused') return sinceMs() - beganMs >= waitAfterPauseMs;
    return doubt?.what !== 'ahead';
  };
}
