/** The private contact of a report (closed-loop.md): sealed, shown to the handler of the open ticket alone, erased 30 days after the end. */
import { Refusal } from '../../shared/api/refusal.ts';
import { graphemeLength } from '../../shared/base/text.ts';
import type { CommentKind } from '../../shared/feedback/comment.ts';
import { type Context, secondsNow } from '../context.ts';
import { afterErasing } from '../database/erasing.ts';
import type { Db } from '../database/port.ts';
import { openText, sealText } from '../identity/seal.ts';
import { keptSince } from '../retention.ts';

const contactMaxGraphemes = 60;
const batch = 200;

const rowOf = (comment: string): string => `comment_contact ${comment}`;

/** Keeps what the reporter left. Throws FIELD_INVALID where it is no report's, empty or too long. */
export async function keepContact(
  trx: Db,
  context: Context,
  comment: { readonly id: string; readonly kind: CommentKind },
  text: string,
): Promise<void> {
  const contact = text.trim();
  if (comment.kind !== 'report' || contact === '' || graphemeLength(contact) > contactMaxGraphemes)
    throw new Refusal('FIELD_INVALID', { field: 'contact' });
  const sealed = sealText(context, 'contact', rowOf(comment.id), contact);
  await trx
    .insertInto('comment_contact')
    .values({ comment: comment.id, sealed, at: secondsNow(context) })
    .execute();
}

/** Primary key. */
export async function hasContact(db: Db, comment: string): Promise<boolean> {
  const row = await db
    .selectFrom('comment_contact')
    .select('comment')
    .where('comment', '=', comment)
    .executeTakeFirst();
  return row !== undefined;
}

/** Primary key. The contact in the clear. Throws NOT_FOUND where there is none, or none that this server's key opens. */
export async function openContact(db: Db, context: Context, comment: string): Promise<string> {
  const row = await db.selectFrom('comment_contact').selectAll().where('comment', '=', comment).executeTakeFirst();
  const text = row === undefined ? null : openText(context, 'contact', rowOf(comment), row.sealed);
  if (text === null) throw new Refusal('NOT_FOUND');
  return text;
}

/** Primary key. */
export const deleteContact = (db: Db, comment: string): Promise<unknown> =>
  db.deleteFrom('comment_contact').where('comment', '=', comment).execute();

/** Erases contacts whose time is over, from the end of the ticket, or from the writing of a report that became none; gives how many. Index `comment_contact_at`, unique `ticket.comment`. */
export async function eraseContacts(context: Context): Promise<number> {
  const { db } = context.database;
  const before = keptSince('contacts', context.config, secondsNow(context));
  const rows = await db
    .selectFrom('comment_contact')
    .innerJoin('comment', 'comment.id', 'comment_contact.comment')
    .leftJoin('ticket', 'ticket.comment', 'comment.id')
    .select('comment_contact.comment')
    .where('comment_contact.at', '<=', before)
    .where((eb) =>
      eb.or([
        eb('ticket.closed_at', '<=', before),
        eb.and([eb('ticket.number', 'is', null), eb('comment.state', '<>', 'waiting')]),
      ]),
    )
    .limit(batch)
    .execute();
  if (rows.length === 0) return 0;
  const done = await db
    .deleteFrom('comment_contact')
    .where(
      'comment',
      'in',
      rows.map((row) => row.comment),
    )
    .executeTakeFirst();
  return afterErasing(context.database, Number(done.numDeletedRows));
}
