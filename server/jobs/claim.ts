/** Taking a job and giving it back: SQL of the one table that all processes share. */
import type { Expression, ExpressionBuilder, Selectable, SqlBool } from 'kysely';
import { isPostgres } from '../database/lock.ts';
import type { Db } from '../database/port.ts';
import type { Schema } from '../database/schema.ts';
import type { JobTable } from '../database/tables/jobs.ts';
import { claimSeconds, clockSlackSeconds, type Job, longestWait } from './job.ts';

export type JobRow = Selectable<JobTable>;

/** Makes the rows of jobs that have none yet, due at once. Primary key. */
export async function addJobs(db: Db, jobs: readonly Job[], now: number): Promise<void> {
  await db
    .insertInto('job')
    .values(
      jobs.map(({ name }) => ({
        name,
        due: now,
        claim: null,
        claimed_until: null,
        attempts: 0,
        last_ok: null,
        last_error: null,
        last_error_at: null,
      })),
    )
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

/** Whether any of these jobs could be taken now: a read, so that a look in vain takes no lock. */
export async function isAnyReady(db: Db, jobs: readonly Job[], now: number): Promise<boolean> {
  const row = await db
    .selectFrom('job')
    .select('name')
    .where((eb) => ready(eb, jobs, now))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes the one of these jobs that is due first, for `claim` alone for `seconds`; what another process has taken is passed over, what it let
 *  lie past its time is taken from it. Undefined where none is due. */
export function claimJob(
  db: Db,
  jobs: readonly Job[],
  { claim, now, seconds }: { claim: string; now: number; seconds: number },
): Promise<JobRow | undefined> {
  return db
    .updateTable('job')
    .set((eb) => ({ claim, claimed_until: now + seconds, attempts: eb('attempts', '+', 1) }))
    .where('name', '=', (eb) =>
      eb
        .selectFrom('job')
        .select('name')
        .where((inner) => ready(inner, jobs, now))
        .orderBy('due')
        .orderBy('name')
        .limit(1)
        // SQLite has no row locks: the statement has the whole database.
        .$if(isPostgres(db), (query) => query.forUpdate().skipLocked()),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Keeps a job for its claim until `until`. Does nothing where the claim is another's by now. */
export const holdJob = (db: Db, claim: string, until: number): Promise<unknown> =>
  db.updateTable('job').set({ claimed_until: until }).where('claim', '=', claim).execute();

/** Gives a job back with what became of it, if it is still this claim's. Primary key. */
export const settleJob = (
  db: Db,
  { name, claim }: JobRow,
  values: Partial<Pick<JobRow, 'due' | 'attempts' | 'last_ok' | 'last_error' | 'last_error_at'>>,
): Promise<unknown> =>
  db
    .updateTable('job')
    .set({ ...values, claim: null, claimed_until: null })
    .where('name', '=', name)
    .where('claim', '=', claim)
    .execute();

/** Due and free. What lies further ahead than it can was written before the clock was set back, and counts as now. */
function ready(eb: ExpressionBuilder<Schema, 'job'>, jobs: readonly Job[], now: number): Expression<SqlBool> {
  return eb.and([
    eb.or(
      jobs.map(({ name, everySeconds }) =>
        eb.and([
          eb('name', '=', name),
          eb.or([eb('due', '<=', now), eb('due', '>', now + longestWait(everySeconds) + clockSlackSeconds)]),
        ]),
      ),
    ),
    eb.or([
      eb('claimed_until', 'is', null),
      eb('claimed_until', '<=', now),
      eb('claimed_until', '>', now + claimSeconds + clockSlackSeconds),
    ]),
  ]);
}
