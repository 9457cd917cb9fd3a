/** What a job is to the clock. */
import type { Context } from '../context.ts';

/** Something that runs again and again. A run may be cut off anywhere and done again by another process (at least once), so it settles each
 *  thing in a transaction of its own that looks first. */
export interface Job {
  readonly name: string;
  /** From the begin of one run to the next. */
  readonly everySeconds: number;
  /** Gives how many things it did. */
  readonly run: (context: Context) => Promise<number>;
}

/** How long a run has its job to itself without a sign of life. While it runs it gives one three times as often. */
export const claimSeconds = 120;
/** Longest wait after a run that failed. */
const longestWaitSeconds = 900;
/** Clocks of two machines may differ so much; what lies further ahead than it can was written before the clock was set back. */
export const clockSlackSeconds = 600;

/** Seconds to the next run after `attempts` that failed: the job's own time, doubled each time up to a quarter of an hour. */
export const waitAfter = (everySeconds: number, attempts: number): number =>
  Math.max(everySeconds, Math.min(longestWaitSeconds, everySeconds * 2 ** Math.min(attempts - 1, 20)));

/** The longest that a job of this period can lie ahead. */
export const longestWait = (everySeconds: number): number => Math.max(everySeconds, longestWaitSeconds);
