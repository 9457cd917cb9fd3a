/** Whether the clock of this machine can be right, by what the database has seen. */
import type { Db } from './database/port.ts';

/** How far two clocks may be apart, in seconds. */
const slackSeconds = 60;
/** A server that did nothing for longer was switched off, or its clock has leapt. */
const longestPauseSeconds = 30 * 86_400;

export interface ClockDoubt {
  readonly what: 'behind' | 'ahead';
  readonly seconds: number;
}

/** `behind`: the newest head of the log was signed later than `now` (Unix seconds). `ahead`: no job has ended for a month, and the next ones publish
 *  and erase what is due. Null where neither is so. Primary keys. */
export async function clockDoubt(db: Db, now: number): Promise<ClockDoubt | null> {
  const head = await db.selectFrom('log_head').select('at').orderBy('size', 'desc').limit(1).executeTakeFirst();
  const behind = head === undefined ? 0 : Math.floor(Date.parse(head.at) / 1000) - now;
  if (behind > slackSeconds) return { what: 'behind', seconds: behind };
  const { last } = await db
    .selectFrom('job')
    .select((eb) => eb.fn.max('last_ok').as('last'))
    .executeTakeFirstOrThrow();
  const ahead = last === null ? 0 : now - last;
  return ahead > longestPauseSeconds ? { what: 'ahead', seconds: ahead } : null;
}
