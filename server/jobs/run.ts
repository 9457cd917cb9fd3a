/** Runs what is due. All processes look at one table, and whoever takes a job has it alone; what a process left when it died is taken over
 *  once its claim ends. */
import { type Context, secondsNow } from '../context.ts';
import { newId } from '../ids.ts';
import { addJobs, claimJob, holdJob, isAnyReady, type JobRow, settleJob } from './claim.ts';
import { claimSeconds, type Job, waitAfter } from './job.ts';

export interface Pace {
  /** Milliseconds between two looks at the table. */
  readonly everyMs: number;
  /** How long a run has its job to itself without a sign of life. */
  readonly claimSeconds?: number;
  /** Asked before each job that is due; while it says no, none is taken. */
  readonly mayRun?: () => Promise<boolean>;
}

/** Hears what went wrong; `job` is null where the table itself could not be read. */
export type Failed = (error: unknown, job: string | null) => void;

/** Looks at once and then every `everyMs`; what fails is told to `failed` and comes again. These jobs run one after the other. Gives the stop,
 *  which waits for a run under way. */
export function startJobs(context: Context, jobs: readonly Job[], pace: Pace, failed: Failed): () => Promise<void> {
  let stopped = false;
  let isAdded = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const look = async (): Promise<void> => {
    if (!isAdded) await addJobs(context.database.db, jobs, secondsNow(context));
    isAdded = true;
    while (!stopped && (await runOne(context, jobs, pace, failed)));
  };
  const turn = () => {
    running = look()
      .then(
        () => {
          failures = 0;
        },
        (error: unknown) => {
          failures = Math.min(failures + 1, mostDoublings);
          failed(error, null);
        },
      )
      .then(() => {
        if (!stopped) timer = setTimeout(turn, pace.everyMs * 2 ** failures).unref();
      });
  };
  turn();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

/** A database that is away is asked less and less often, at most 32 times as seldom. */
const mostDoublings = 5;

/** Takes one job that is due and runs it. False where none was. */
async function runOne(context: Context, jobs: readonly Job[], pace: Pace, failed: Failed): Promise<boolean> {
  const { db } = context.database;
  const now = secondsNow(context);
  if (!(await isAnyReady(db, jobs, now))) return false;
  if (pace.mayRun !== undefined && !(await pace.mayRun())) return false;
  const seconds = pace.claimSeconds ?? claimSeconds;
  const row = await claimJob(db, jobs, { claim: newId(context), now, seconds });
  const job = jobs.find(({ name }) => name === row?.name);
  if (row === undefined || job === undefined) return false;
  try {
    await whileHeld(context, row, seconds, failed, () => job.run(context));
  } catch (error) {
    failed(error, job.name);
    const at = secondsNow(context);
    const due = at + waitAfter(job.everySeconds, row.attempts);
    await settleJob(db, row, { due, last_error: nameOf(error), last_error_at: at });
    return true;
  }
  await settleJob(db, row, { due: now + job.everySeconds, attempts: 0, last_ok: secondsNow(context) });
  return true;
}

/** Gives a sign of life while `act` runs. */
async function whileHeld(
  context: Context,
  { name, claim }: JobRow,
  seconds: number,
  failed: Failed,
  act: () => Promise<unknown>,
): Promise<void> {
  const hold = setInterval(
    () => {
      holdJob(context.database.db, claim ?? '', secondsNow(context) + seconds).catch((error: unknown) =>
        failed(error, name),
      );
    },
    (seconds * 1000) / 3,
  ).unref();
  try {
    await act();
  } finally {
    clearInterval(hold);
  }
}

/** What a row may keep of an error: its text could hold what somebody wrote, or an address. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? String(error.code) : '';
  return /^[\w.-]{1,40}$/.test(code) ? code : error.name;
}
