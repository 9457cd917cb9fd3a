/** Tickets counted by how they stand (shared/feedback/rates.ts), in the database: what comes back grows with the kinds of standing, not with
 *  the tickets. */
import { type RawBuilder, sql } from 'kysely';
import type { CommentKind } from '../../shared/feedback/comment.ts';
import type { Tallied } from '../../shared/feedback/rates.ts';
import type { RootCause } from '../../shared/feedback/ticket.ts';
import type { Db } from '../database/port.ts';
import { keptAt, registeredBetween, replyDue } from './counted-tickets.ts';

/** `unit`, `kind` and `cause` as `Counted` has them. */
export interface TallyLine extends Tallied {
  readonly unit: string | null;
  readonly kind: CommentKind;
  readonly cause: RootCause | null;
}

/** Those registered between two instants, both included, as they stand at a third; all in Unix seconds. Index `ticket_registered`, which
 *  holds all that is read. */
export async function tallyTickets(db: Db, from: number, to: number, asOf: number): Promise<TallyLine[]> {
  const each = registeredBetween(db, from, to).select([
    'ticket.unit',
    'ticket.kind',
    'ticket.state',
    'ticket.root_cause',
    'ticket.asked',
    'ticket.solved',
    'ticket.rating',
    'ticket.followed_up',
    keptAt(sql.ref('ticket.contacted_at'), sql.ref('ticket.contact_due'), asOf).as('contact'),
    keptAt(sql.ref('ticket.replied_at'), replyDue, asOf).as('reply'),
    asBit(sql`${replyDue} < ${asOf}`).as('is_past'),
    asBit(sql`ticket.reopened > 0`).as('is_reopened'),
  ]);
  const rows = await db
    .selectFrom(each.as('each'))
    .selectAll()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy([
      'unit',
      'kind',
      'state',
      'root_cause',
      'asked',
      'solved',
      'rating',
      'followed_up',
      'contact',
      'reply',
      'is_past',
      'is_reopened',
    ])
    .execute();
  return rows.map((row) => ({
    unit: row.unit,
    kind: row.kind,
    cause: row.root_cause,
    count: Number(row.count),
    standing: {
      state: row.state,
      contact: row.contact,
      reply: row.reply,
      isPast: row.is_past === 1,
      isReopened: row.is_reopened === 1,
      isAsked: row.asked === 1,
      answer: row.solved === null ? null : { solved: row.solved === 1, rating: row.rating },
      followedUp: row.followed_up === null ? null : row.followed_up === 1,
    },
  }));
}

/** When the first ticket was registered, null before it. Index `ticket_registered`. */
export async function firstRegistered(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom('ticket')
    .select('registered_at')
    .orderBy('registered_at')
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return row?.registered_at ?? null;
}

/** Comments that came between two instants and were rejected. */
export async function rejectedBetween(db: Db, from: number, to: number): Promise<number> {
  const row = await db
    .selectFrom('comment')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'rejected')
    .where('at', '>=', from)
    .where('at', '<=', to)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

const asBit = (is: RawBuilder<unknown>): RawBuilder<number> => sql<number>`case when ${is} then 1 else 0 end`;
