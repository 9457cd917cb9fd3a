/** SQL over what is written beside the moves of tickets: messages, calls, internal notes. */
import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../database/port.ts';
import type { TicketNoteTable } from '../database/tables/tickets.ts';

export type NoteRow = Selectable<TicketNoteTable>;

/** Primary key; oldest first. */
export const notesOf = (db: Db, tickets: readonly string[]): Promise<NoteRow[]> =>
  db.selectFrom('ticket_note').selectAll().where('ticket', 'in', tickets).orderBy('ticket').orderBy('n').execute();

/** Primary key: the next number of a note. */
export async function addNote(db: Db, row: Omit<Insertable<TicketNoteTable>, 'n'>): Promise<void> {
  const { next } = await db
    .selectFrom('ticket_note')
    .select((eb) => eb.fn.count<number>('n').as('next'))
    .where('ticket', '=', row.ticket)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('ticket_note')
    .values({ ...row, n: Number(next) })
    .execute();
}
