/** What runs by the clock. Every job reads what is due and settles each thing in a transaction of its own that looks again, so that any
 *  number of processes may run it at once. */
import { Refusal } from '../shared/api/refusal.ts';
import { masked, privateSpans } from '../shared/feedback/comment.ts';
import { reviewDue } from '../shared/feedback/deadline.ts';
import { type Context, secondsNow } from './context.ts';
import { lockFor } from './database/lock.ts';
import { anchorAudit } from './features/audit/anchors.ts';
import { forgetImages } from './features/journal/blobs.ts';
import { tellAlerts } from './feedback/alerts.ts';
import { updateComment } from './feedback/comment-queries.ts';
import { eraseContacts } from './feedback/contact.ts';
import { eraseMentions, eraseRefused } from './feedback/erase-reader.ts';
import { moveTicket } from './feedback/move-ticket.ts';
import { forgetChallenges } from './feedback/proof-of-work.ts';
import { reckoningOf } from './feedback/reckoning.ts';
import { type TicketRow, ticketByNumber, windowPassed } from './feedback/ticket-queries.ts';
import { forgetWaves } from './feedback/waves.ts';
import { forgetReaders } from './identity/reader.ts';
import { forgetNotices } from './notices/forget.ts';
import { publishDue } from './public/publish.ts';
import { drawsLock } from './records/lock.ts';
import { drawById, updateDraw } from './records/queries.ts';
import { keptSince } from './retention.ts';

/** What one run did. */
export interface JobReport {
  /** Tickets closed because nobody answered within the window. */
  readonly closed: number;
  /** Reminders and missed deadlines of tickets, each told once. */
  readonly told: number;
  /** Contacts of reporters erased. */
  readonly contacts: number;
  /** Unmasked originals, refused comments and answered mentions erased. */
  readonly erased: number;
  /** Rows of tries, rates, used challenges, keys, sign-ins, tokens and assertions whose time is over. */
  readonly forgotten: number;
  /** Images deleted that no op ever named. */
  readonly images: number;
  /** Draws published: every diary passed, or the time of the review over. */
  readonly published: number;
  /** Whether the end of the audit trail was anchored, once a day. */
  readonly anchored: boolean;
}

const batch = 200;

/** Runs every job once by the context's clock. */
export async function runJobs(context: Context): Promise<JobReport> {
  return {
    closed: await closeUnanswered(context),
    told: await tellAlerts(context),
    contacts: await eraseContacts(context),
    erased: (await eraseOriginals(context)) + (await eraseRefused(context)) + (await eraseMentions(context)),
    forgotten: await forget(context),
    images: await forgetImages(context),
    published: await publishReviewed(context),
    anchored: await anchorAudit(context),
  };
}

/** Runs the jobs, or what `run` names, now and then every `everyMs`; `failed` hears what went wrong, and the next run comes all the same.
 *  Gives the stop, which waits for a run under way. */
export function startJobs(
  context: Context,
  everyMs: number,
  failed: (error: unknown) => void,
  run: (context: Context) => Promise<unknown> = runJobs,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const turn = () => {
    running = run(context)
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

/** Drawn diaries whose review is over come out, those of one draw together. What a server without reviews left drawn begins its clock now.
 *  Index `draw_stage`. */
async function publishReviewed(context: Context): Promise<number> {
  const now = secondsNow(context);
  const waiting = await context.database.db.selectFrom('draw').select('draw').where('stage', '=', 'drawn').execute();
  let published = 0;
  for (const { draw } of waiting) {
    const done = await context.database.transaction(async (trx) => {
      await lockFor(trx, drawsLock);
      const row = await drawById(trx, draw);
      if (row?.stage !== 'drawn') return false;
      const due = row.review_due ?? reviewDue(now, await reckoningOf(trx, context));
      if (row.review_due === null) await updateDraw(trx, draw, { review_due: due });
      return publishDue(trx, { ...row, review_due: due }, now);
    });
    if (done) published += 1;
  }
  return published;
}

/** What a moderator has not decided in seven days waits on with its masked text only; a decision begun on the original is stale.
 *  Index `comment_original`. */
async function eraseOriginals(context: Context): Promise<number> {
  const db = context.database.db;
  const rows = await db
    .selectFrom('comment')
    .select(['id', 'version', 'original'])
    .where('original', 'is not', null)
    .where('at', '<=', keptSince('originals', context.config, secondsNow(context)))
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
  const {
    config,
    database: { db },
  } = context;
  const now = secondsNow(context);
  const done = [
    await db
      .deleteFrom('receipt_try')
      .where('since', '<=', keptSince('receiptTries', config, now))
      .executeTakeFirst(),
    await db
      .deleteFrom('rate')
      .where('since', '<=', keptSince('rates', config, now))
      .executeTakeFirst(),
    await db
      .deleteFrom('idempotency')
      .where('at', '<=', keptSince('repeats', config, now))
      .executeTakeFirst(),
    await db.deleteFrom('comment_lease').where('until', '<=', now).executeTakeFirst(),
    await db
      .deleteFrom('access_token')
      .where('expires_at', '<=', keptSince('tokens', config, now))
      .executeTakeFirst(),
    await db
      .deleteFrom('assertion')
      .where('expires_at', '<=', keptSince('tokens', config, now))
      .executeTakeFirst(),
  ];
  const others =
    (await forgetChallenges(context)) +
    (await forgetReaders(context)) +
    (await forgetNotices(context)) +
    (await forgetWaves(db, keptSince('waves', config, now)));
  return done.reduce((sum, each) => sum + Number(each.numDeletedRows), others);
}
