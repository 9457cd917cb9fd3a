/** Tickets as the figures look at them (shared/feedback/rates.ts), with what they are grouped by. */
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { CommentKind } from '../../shared/feedback/comment.ts';
import type { CountedTicket, Kept } from '../../shared/feedback/rates.ts';
import type { RootCause } from '../../shared/feedback/ticket.ts';
import type { Db } from '../database/port.ts';
import type { TicketTable } from '../database/tables/comments.ts';

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

/** Registered between two instants in Unix seconds, both included, in order of registration. Index `ticket_registered`, which holds all
 *  that is read. */
export async function countedTickets(db: Db, from: number, to: number): Promise<Counted[]> {
  const rows = await registeredBetween(db, from, to)
    .select(countedColumns)
    .orderBy('ticket.registered_at')
    .orderBy('ticket.number')
    .execute();
  return rows.map(countedOf);
}

/** Columns of `countedOf`. */
export const countedColumns = [
  'ticket.number',
  'ticket.registered_at',
  'ticket.unit',
  'ticket.kind',
  'ticket.state',
  'ticket.root_cause',
  'ticket.contact_due',
  'ticket.contacted_at',
  'ticket.due',
  'ticket.extended_due',
  'ticket.replied_at',
  'ticket.reopened',
  'ticket.asked',
  'ticket.solved',
  'ticket.rating',
  'ticket.followed_up',
] as const;

type Bare<Name> = Name extends `ticket.${infer Column extends keyof TicketTable}` ? Column : never;

export const countedOf = (row: Pick<Selectable<TicketTable>, Bare<(typeof countedColumns)[number]>>): Counted => ({
  number: row.number,
  registeredAt: row.registered_at,
  unit: row.unit,
  kind: row.kind,
  cause: row.root_cause,
  ticket: {
    state: row.state,
    contactDue: row.contact_due,
    contactedAt: row.contacted_at,
    due: row.extended_due ?? row.due,
    repliedAt: row.replied_at,
    reopened: row.reopened,
    isAsked: row.asked === 1,
    answer: row.solved === null ? null : { solved: row.solved === 1, rating: row.rating },
    followedUp: row.followed_up === null ? null : row.followed_up === 1,
  },
});

/** Tickets registered between two instants, both included. */
export const registeredBetween = (db: Db, from: number, to: number) =>
  db.selectFrom('ticket').where('ticket.registered_at', '>=', from).where('ticket.registered_at', '<=', to);

/** When a reply is due, as SQL. */
export const replyDue = sql<number>`coalesce(ticket.extended_due, ticket.due)`;

/** How a date was kept at a moment (Unix seconds), as SQL: what `standingOf` says of it. */
export const keptAt = (
  at: RawBuilder<unknown>,
  due: RawBuilder<unknown>,
  asOf: number,
): RawBuilder<Kept> => sql<Kept>`case
  when ${at} is null and ${due} < ${asOf} then 'missed'
  when ${at} is null then 'running'
  when ${at} <= ${due} then 'inTime'
  else 'late' end`;
