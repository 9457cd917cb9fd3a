/** SQL over what is written beside the moves of tickets: messages, calls, internal notes. */
import type { Insertable, Selectable } from 'kysely';
import { lockFor } from '../database/lock.ts';
import type { Db } from '../database/port.ts';
import type { TicketNoteTable } from '../database/tables/tickets.ts';

export type NoteRow = Selectable<TicketNoteTable>;

/** Primary key; oldest first. */
export const notesOf = (db: Db, tickets: readonly string[]): Promise<NoteRow[]> =>
  db.selectFrom('ticket_note').selectAll().where('ticket', 'in', tickets).orderBy('ticket').orderBy('n').execute();

/** How long the same words again are one note that was sent twice, in seconds. */
const sameSeconds = 60;

/** Primary key: whether the newest note is this one, written a moment ago. */
export async function isNewest(db: Db, row: Omit<Insertable<TicketNoteTable>, 'n'>): Promise<boolean> {
  const newest = await db
    .selectFrom('ticket_note')
    .select(['actor', 'kind', 'text', 'at'])
    .where('ticket', '=', row.ticket)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    newest?.text === row.text &&
    newest.actor === row.actor &&
    newest.kind === row.kind &&
    newest.at > row.at - sameSeconds
  );
}

/** Primary key: the next number of a note; two at once wait for each other. */
export async function addNote(db: Db, row: Omit<Insertable<TicketNoteTable>, 'n'>): Promise<void> {
  await lockFor(db, `ticket-notes ${row.ticket}`);
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
