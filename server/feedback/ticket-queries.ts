/** SQL over tickets that comments, moderation, tickets and the clock share. */
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';
import type { FollowUpTable, TicketActionTable, TicketEventTable, TicketTable } from '../database/tables/comments.ts';

export type TicketRow = Selectable<TicketTable>;
export type EventRow = Selectable<TicketEventTable>;
export type FollowUpRow = Selectable<FollowUpTable>;
export type ActionRow = Selectable<TicketActionTable>;

/** Primary key. */
export const ticketByNumber = (db: Db, number: string): Promise<TicketRow | undefined> =>
  db.selectFrom('ticket').selectAll().where('number', '=', number).executeTakeFirst();

/** Primary key. */
export const ticketsByNumber = (db: Db, numbers: readonly string[]): Promise<TicketRow[]> =>
  db.selectFrom('ticket').selectAll().where('number', 'in', numbers).execute();

/** Index: unique `comment`. */
export const ticketOfComment = (db: Db, comment: string): Promise<TicketRow | undefined> =>
  db.selectFrom('ticket').selectAll().where('comment', '=', comment).executeTakeFirst();

/** Index: unique `comment`. The desk goes on with the text as its author changed it or as it was published, and has none where it was erased. */
export const copyTextToTicket = (db: Db, comment: string, text: string): Promise<unknown> =>
  db.updateTable('ticket').set({ text }).where('comment', '=', comment).execute();

/** Index: unique `comment`. */
export const ticketsOfComments = (db: Db, comments: readonly string[]): Promise<TicketRow[]> =>
  ticketsQuery(db, { comments });

const ticketsQuery = prepared((db, { comments }: { readonly comments: readonly string[] }) =>
  db.selectFrom('ticket').selectAll().where('comment', 'in', comments),
);

/** Primary key; events in the order in which they happened. */
export const eventsOf = (db: Db, tickets: readonly string[]): Promise<EventRow[]> =>
  db.selectFrom('ticket_event').selectAll().where('ticket', 'in', tickets).orderBy('ticket').orderBy('n').execute();

/** Primary key. */
export const actionsOf = (db: Db, tickets: readonly string[]): Promise<ActionRow[]> =>
  db.selectFrom('ticket_action').selectAll().where('ticket', 'in', tickets).orderBy('at').orderBy('id').execute();

/** Primary key. */
export const followUpsOf = (db: Db, tickets: readonly string[]): Promise<FollowUpRow[]> =>
  db.selectFrom('follow_up').selectAll().where('ticket', 'in', tickets).orderBy('ticket').orderBy('n').execute();

/** Writes only if nobody wrote since `version` was read; the version rises by one. Gives whether it did. */
export async function updateTicket(
  db: Db,
  number: string,
  version: number,
  values: Updateable<TicketTable>,
): Promise<boolean> {
  const done = await db
    .updateTable('ticket')
    .set({ ...values, version: version + 1 })
    .where('number', '=', number)
    .where('version', '=', version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Primary key: adds an event and gives its number, the next one. */
export async function addEvent(db: Db, row: Omit<Insertable<TicketEventTable>, 'n'>): Promise<number> {
  const { next } = await db
    .selectFrom('ticket_event')
    .select((eb) => eb.fn.count<number>('n').as('next'))
    .where('ticket', '=', row.ticket)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('ticket_event')
    .values({ ...row, n: Number(next) })
    .execute();
  return Number(next);
}

export const addFollowUp = (db: Db, row: Insertable<FollowUpTable>): Promise<unknown> =>
  db.insertInto('follow_up').values(row).execute();

/** Primary key. */
export const answerFollowUp = (
  db: Db,
  ticket: string,
  n: number,
  values: Updateable<FollowUpTable>,
): Promise<unknown> =>
  db.updateTable('follow_up').set(values).where('ticket', '=', ticket).where('n', '=', n).execute();

/** Index `ticket_merged`: the diaries whose lists show something of a ticket: its own, and those of tickets merged into it. Each once, in
 *  one order for all, so that two transactions never wait for each other. */
export async function diariesShowing(db: Db, ticket: TicketRow): Promise<(readonly [draw: string, unit: string])[]> {
  const merged = await db
    .selectFrom('ticket')
    .select(['draw', 'diary_unit'])
    .where('merged_into', '=', ticket.number)
    .execute();
  const names = new Map([ticket, ...merged].map((row) => [`${row.draw} ${row.diary_unit}`, row]));
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => [row.draw, row.diary_unit] as const);
}

/** Index `ticket_merged`: tickets that were merged into one that is itself merged now lead where it leads. */
export const leadOn = (db: Db, from: string, into: string): Promise<unknown> =>
  db.updateTable('ticket').set({ merged_into: into }).where('merged_into', '=', from).execute();

/** Index `ticket_window`: replied tickets whose follow-up window has passed, longest ago first. */
export const windowPassed = (db: Db, now: number, limit: number): Promise<TicketRow[]> =>
  db
    .selectFrom('ticket')
    .selectAll()
    .where('state', '=', 'replied')
    .where('follow_up_due', '<', now)
    .orderBy('follow_up_due')
    .limit(limit)
    .execute();
