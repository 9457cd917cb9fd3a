/** Tickets as the figures look at them (shared/feedback/rates.ts), with what they are grouped by. */
import type { ExpressionBuilder } from 'kysely';
import type { CommentKind } from '../../shared/feedback/comment.ts';
import type { CountedTicket } from '../../shared/feedback/rates.ts';
import type { RootCause } from '../../shared/feedback/ticket.ts';
import type { Db } from '../database/port.ts';
import type { Schema } from '../database/schema.ts';

export interface Counted {
  readonly number: string;
  readonly registeredAt: number;
  /** The handling unit, null before the first dispatch. */
  readonly unit: string | null;
  readonly kind: CommentKind;
  /** Of the last reply, which corrects those before; null before the first. */
  readonly cause: RootCause | null;
  readonly ticket: CountedTicket;
}

/** Registered between two instants in Unix seconds, both included, in order of registration: one scan of what lies between, whatever else
 *  there is. Indexes `ticket_registered`, `ticket_event_cause`, primary key of follow-ups. */
export async function countedTickets(db: Db, from: number, to: number): Promise<Counted[]> {
  const rows = await answeredTickets(db, from, to)
    .select([
      'ticket.number',
      'ticket.registered_at',
      'ticket.unit',
      'ticket.kind',
      'ticket.state',
      'ticket.contact_due',
      'ticket.contacted_at',
      'ticket.due',
      'ticket.extended_due',
      'ticket.replied_at',
      'ticket.reopened',
      'ticket.followed_up',
      'answer.solved',
      'answer.rating',
      'answer.answered_at',
      lastCause,
      isAsked,
    ])
    .orderBy('ticket.registered_at')
    .orderBy('ticket.number')
    .execute();
  return rows.map((row) => ({
    number: row.number,
    registeredAt: row.registered_at,
    unit: row.unit,
    kind: row.kind,
    cause: row.cause,
    ticket: {
      state: row.state,
      contactDue: row.contact_due,
      contactedAt: row.contacted_at,
      due: row.extended_due ?? row.due,
      repliedAt: row.replied_at,
      reopened: row.reopened,
      isAsked: Boolean(row.is_asked),
      answer: row.answered_at === null ? null : { solved: row.solved === 1, rating: row.rating },
      followedUp: row.followed_up === null ? null : row.followed_up === 1,
    },
  }));
}

/** Tickets registered between two instants, both included, each beside its last answered follow-up as `answer`. */
export const answeredTickets = (db: Db, from: number, to: number) =>
  db
    .selectFrom('ticket')
    .leftJoin('follow_up as answer', (join) =>
      join.onRef('answer.ticket', '=', 'ticket.number').on('answer.n', '=', (eb) =>
        eb
          .selectFrom('follow_up')
          .select((of) => of.fn.max('follow_up.n').as('n'))
          .whereRef('follow_up.ticket', '=', 'ticket.number')
          .where('follow_up.answered_at', 'is not', null),
      ),
    )
    .where('ticket.registered_at', '>=', from)
    .where('ticket.registered_at', '<=', to);

/** Whether its reader was ever asked. */
export const isAsked = (eb: ExpressionBuilder<Schema, 'ticket'>) =>
  eb.exists(eb.selectFrom('follow_up').select('n').whereRef('follow_up.ticket', '=', 'ticket.number')).as('is_asked');

/** The cause that the last reply of a ticket gives. Index `ticket_event_cause`. */
export const lastCause = (eb: ExpressionBuilder<Schema, 'ticket'>) =>
  eb
    .selectFrom('ticket_event')
    .select('ticket_event.root_cause')
    .whereRef('ticket_event.ticket', '=', 'ticket.number')
    .where('ticket_event.root_cause', 'is not', null)
    .orderBy('ticket_event.n', 'desc')
    .limit(1)
    .as('cause');
