/** Tickets counted by how they stand (shared/feedback/rates.ts), in the database: what comes back grows with the kinds of standing, not with
 *  the tickets. */
import { type RawBuilder, sql } from 'kysely';
import type { CommentKind } from '../../shared/feedback/comment.ts';
import type { Kept, Tallied } from '../../shared/feedback/rates.ts';
import type { RootCause } from '../../shared/feedback/ticket.ts';
import type { Db } from '../database/port.ts';
import { answeredTickets, isAsked, lastCause } from './counted-tickets.ts';

/** `unit`, `kind` and `cause` as `Counted` has them. */
export interface TallyLine extends Tallied {
  readonly unit: string | null;
  readonly kind: CommentKind;
  readonly cause: RootCause | null;
}

/** Those registered between two instants, both included, as they stand at a third; all in Unix seconds. Indexes `ticket_registered`,
 *  `ticket_event_cause`, primary key of follow-ups. */
export async function tallyTickets(db: Db, from: number, to: number, asOf: number): Promise<TallyLine[]> {
  const due = sql`coalesce(ticket.extended_due, ticket.due)`;
  const each = answeredTickets(db, from, to).select([
    'ticket.unit',
    'ticket.kind',
    'ticket.state',
    'ticket.followed_up',
    'answer.solved',
    'answer.rating',
    kept(sql`ticket.contacted_at`, sql`ticket.contact_due`, asOf).as('contact'),
    kept(sql`ticket.replied_at`, due, asOf).as('reply'),
    asBit(sql`${due} < ${asOf}`).as('is_past'),
    asBit(sql`ticket.reopened > 0`).as('is_reopened'),
    asBit(sql`answer.answered_at is not null`).as('is_answered'),
    lastCause,
    isAsked,
  ]);
  const rows = await db
    .selectFrom(each.as('each'))
    .selectAll()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy([
      'unit',
      'kind',
      'state',
      'followed_up',
      'solved',
      'rating',
      'contact',
      'reply',
      'is_past',
      'is_reopened',
      'is_answered',
      'cause',
      'is_asked',
    ])
    .execute();
  return rows.map((row) => ({
    unit: row.unit,
    kind: row.kind,
    cause: row.cause,
    count: Number(row.count),
    standing: {
      state: row.state,
      contact: row.contact,
      reply: row.reply,
      isPast: row.is_past === 1,
      isReopened: row.is_reopened === 1,
      isAsked: Boolean(row.is_asked),
      answer: row.is_answered === 1 ? { solved: row.solved === 1, rating: row.rating } : null,
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

const kept = (at: RawBuilder<unknown>, due: RawBuilder<unknown>, asOf: number): RawBuilder<Kept> => sql<Kept>`case
  when ${at} is null and ${due} < ${asOf} then 'missed'
  when ${at} is null then 'running'
  when ${at} <= ${due} then 'inTime'
  else 'late' end`;
