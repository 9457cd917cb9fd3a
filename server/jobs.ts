/** What runs by the clock. Every job reads what is due and settles each thing in a transaction of its own that looks again, so that any
 *  number of processes may run it at once. */
import { Refusal } from '../shared/api/refusal.ts';
import { masked, privateSpans } from '../shared/feedback/comment.ts';
import { type Context, secondsNow } from './context.ts';
import { forgetImages } from './features/journal/blobs.ts';
import { updateComment } from './feedback/comment-queries.ts';
import { moveTicket } from './feedback/move-ticket.ts';
import { closedForSeconds } from './feedback/receipts.ts';
import { type TicketRow, ticketByNumber, windowPassed } from './feedback/ticket-queries.ts';
import { keptSeconds } from './http/idempotency.ts';

/** Days after which the unmasked original of a comment that still waits is deleted. */
export const originalKeptDays = 7;

/** What one run did. */
export interface JobReport {
  /** Tickets closed because nobody answered within the window. */
  readonly closed: number;
  /** Unmasked originals deleted. */
  readonly erased: number;
  /** Rows of tries, rates, keys, tokens and assertions whose time is over. */
  readonly forgotten: number;
  /** Images deleted that no op ever named. */
  readonly images: number;
}

const batch = 200;

/** Runs every job once by the context's clock. */
export async function runJobs(context: Context): Promise<JobReport> {
  return {
    closed: await closeUnanswered(context),
    erased: await eraseOriginals(context),
    forgotten: await forget(context),
    images: await forgetImages(context),
  };
}

/** Runs the jobs now and then every `everyMs`; `failed` hears what went wrong, and the next run comes all the same. Gives the stop, which
 *  waits for a run under way. */
export function startJobs(context: Context, everyMs: number, failed: (error: unknown) => void): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const turn = () => {
    running = runJobs(context)
      .then(() => undefined, failed)
      .then(() => {
        if (!stopped) timer = setTimeout(turn, everyMs).unref();
      });
  };
  turn();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

/** The follow-up window has passed without an answer: closed by the clock, and counted apart (`followedUp: false`). */
async function closeUnanswered(context: Context): Promise<number> {
  const now = secondsNow(context);
  let closed = 0;
  for (const due of await windowPassed(context.database.db, now, batch)) {
    if (await closeOne(context, due)) closed += 1;
  }
  return closed;
}

/** False where another process or the reader came first. */
async function closeOne(context: Context, due: TicketRow): Promise<boolean> {
  try {
    return await context.database.transaction(async (trx) => {
      const ticket = await ticketByNumber(trx, due.number);
      if (ticket === undefined || ticket.version !== due.version) return false;
      await moveTicket(trx, context, ticket, {
        to: 'closedLoop',
        by: 'system',
        actor: 'system',
        ownTicket: false,
        note: null,
        public: true,
      });
      return true;
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === 'VERSION_STALE') return false;
    throw error;
  }
}

/** What a moderator has not decided in seven days waits on with its masked text only; a decision begun on the original is stale.
 *  Index `comment_original`. */
async function eraseOriginals(context: Context): Promise<number> {
  const db = context.database.db;
  const rows = await db
    .selectFrom('comment')
    .select(['id', 'version', 'original'])
    .where('original', 'is not', null)
    .where('at', '<=', secondsNow(context) - originalKeptDays * 86400)
    .limit(batch)
    .execute();
  let erased = 0;
  for (const row of rows) {
    const typed = row.original ?? '';
    const text = masked(typed, privateSpans(typed));
    if (await updateComment(db, row.id, row.version, { text, original: null })) erased += 1;
  }
  return erased;
}

/** Rows that only had to be remembered for a while. */
async function forget(context: Context): Promise<number> {
  const db = context.database.db;
  const now = secondsNow(context);
  const done = [
    await db
      .deleteFrom('receipt_try')
      .where('since', '<=', now - closedForSeconds)
      .executeTakeFirst(),
    await db
      .deleteFrom('rate')
      .where('since', '<', now - 86_400)
      .executeTakeFirst(),
    await db
      .deleteFrom('idempotency')
      .where('at', '<=', now - keptSeconds)
      .executeTakeFirst(),
    await db
      .deleteFrom('access_token')
      .where('expires_at', '<=', now - 86_400)
      .executeTakeFirst(),
    await db
      .deleteFrom('assertion')
      .where('expires_at', '<=', now - 86_400)
      .executeTakeFirst(),
  ];
  return done.reduce((sum, each) => sum + Number(each.numDeletedRows), 0);
}
