/** How the jobs stand, for `doctor` and `/metrics`. */
import type { Db } from '../database/port.ts';
import type { Job } from './job.ts';

export interface JobState {
  readonly name: string;
  readonly everySeconds: number;
  /** `new`: no process has run jobs on this database yet. `late`: due for five minutes and three periods, and nobody runs it. `failing`: its last
   *  three runs or more did not end well. */
  readonly state: 'ok' | 'running' | 'late' | 'failing' | 'new';
  /** Unix seconds; null where it never was. */
  readonly due: number | null;
  readonly lastOk: number | null;
  /** A code or the name of an error, of the last run that failed, however long ago. */
  readonly lastError: string | null;
  readonly lastErrorAt: number | null;
  /** Runs begun since the last that ended well. */
  readonly attempts: number;
}

const lateSeconds = 300;
const manyAttempts = 3;

/** These jobs in their order. `now` in Unix seconds. Primary key. */
export async function jobStates(db: Db, jobs: readonly Job[], now: number): Promise<readonly JobState[]> {
  const rows = new Map((await db.selectFrom('job').selectAll().execute()).map((row) => [row.name, row]));
  return jobs.map(({ name, everySeconds }) => {
    const row = rows.get(name);
    if (row === undefined)
      return {
        name,
        everySeconds,
        state: 'new',
        due: null,
        lastOk: null,
        lastError: null,
        lastErrorAt: null,
        attempts: 0,
      };
    const isHeld = row.claimed_until !== null && row.claimed_until > now;
    const late = now - row.due > Math.max(lateSeconds, 3 * everySeconds);
    const failing = row.attempts - (isHeld ? 1 : 0) >= manyAttempts;
    return {
      name,
      everySeconds,
      state: failing ? 'failing' : isHeld ? 'running' : late ? 'late' : 'ok',
      due: row.due,
      lastOk: row.last_ok,
      lastError: row.last_error,
      lastErrorAt: row.last_error_at,
      attempts: row.attempts,
    };
  });
}
