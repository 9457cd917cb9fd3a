/** Erases what a reader wrote. What stays: that there was a comment, its decision, the steps of a ticket without the reader's words, and for its
 *  own time, which the law sets, the sealed identity where readers sign in. */
import { type Context, secondsNow } from '../context.ts';
import { erases } from '../database/erasing.ts';
import type { Db } from '../database/port.ts';
import { eachOf } from '../jobs/each.ts';
import { keptSince } from '../retention.ts';
import { eraseAppeal } from './appeal-queries.ts';
import { type CommentRow, touchList, updateComment } from './comment-queries.ts';
import { deleteContact } from './contact.ts';
import { deletePhoto } from './photo.ts';
import { copyTextToTicket, diariesShowing, ticketOfComment } from './ticket-queries.ts';
import { forgetWave } from './waves.ts';

const batch = 200;

/** Erases the comment as it was read, with its photo, contact and appeal, and its text in the ticket. Gives false when somebody changed it
 *  since. */
export async function eraseComment(trx: Db, row: CommentRow): Promise<boolean> {
  erases(trx);
  const nobody = { text: '', nickname: '', place: null, original: null, note: null, wave: null, sender: null };
  if (!(await updateComment(trx, row.id, row.version, nobody))) return false;
  await deletePhoto(trx, row.id);
  await forgetWave(trx, row.id);
  await eraseAppeal(trx, row.id);
  await deleteContact(trx, row.id);
  await copyTextToTicket(trx, row.id, '');
  if (row.published_at !== null) await touchList(trx, row.draw, row.unit);
  return true;
}

/** Erases the reader's other words from the ticket of a comment, what was said between the reader and the office, and every note that is not public,
 *  where the office may have written down who it was. The steps and what is public of them stay. Primary keys, unique `ticket.comment`. */
export async function eraseFromTicket(trx: Db, comment: string): Promise<void> {
  const ticket = await ticketOfComment(trx, comment);
  if (ticket === undefined) return;
  const { number } = ticket;
  await eraseSaidLater(trx, comment);
  await trx
    .updateTable('ticket_event')
    .set({ note: null })
    .where('ticket', '=', number)
    .where('public', '=', 0)
    .execute();
  await trx.updateTable('ticket_note').set({ text: '' }).where('ticket', '=', number).execute();
  for (const [draw, unit] of await diariesShowing(trx, ticket)) await touchList(trx, draw, unit);
}

/** Erases what the author of a comment said in its ticket since: it may repeat what the comment must not say. Unique `ticket.comment`, then
 *  primary keys. */
export async function eraseSaidLater(trx: Db, comment: string): Promise<void> {
  const ticket = await ticketOfComment(trx, comment);
  if (ticket === undefined) return;
  const { number } = ticket;
  erases(trx);
  await trx
    .updateTable('ticket_event')
    .set({ note: null })
    .where('ticket', '=', number)
    .where('part', '=', 'reader')
    .execute();
  await trx.updateTable('follow_up').set({ words: null }).where('ticket', '=', number).execute();
}

/** Erases comments that were rejected or removed long ago; gives how many. Index `comment_ended`. */
export async function eraseRefused(context: Context): Promise<number> {
  const { database, config } = context;
  const rows = await database.db
    .selectFrom('comment')
    .selectAll()
    .where('state', 'in', ['rejected', 'removed'])
    .where('ended_at', '<=', keptSince('refused', config, secondsNow(context)))
    .where((eb) => eb.or([eb('text', '!=', ''), eb('nickname', '!=', '')]))
    .limit(batch)
    .execute();
  return eachOf(rows, (row) => database.transaction((trx) => eraseComment(trx, row)));
}

/** Erases what was written by people whom a diary names, some time after they were answered; gives how many. */
export async function eraseMentions(context: Context): Promise<number> {
  const { database, config } = context;
  return database.transaction(async (trx) => {
    const done = await trx
      .updateTable('mention')
      .set((eb) => ({ text: '', answer: null, version: eb('version', '+', 1) }))
      .where('state', '=', 'answered')
      .where('answered_at', '<=', keptSince('mentions', config, secondsNow(context)))
      .where('text', '!=', '')
      .executeTakeFirst();
    if (done.numUpdatedRows > 0n) erases(trx);
    return Number(done.numUpdatedRows);
  });
}
