/** A reader's own data by receipt: all of it as JSON, and its erasure (closed-loop.md "Comments"; PIPL articles 45 and 47, GDPR 15, 17 and 20). */
import type { ReceiptView } from '../../../shared/api/comments.ts';
import type { OwnData } from '../../../shared/api/privacy.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import type { Db } from '../../database/port.ts';
import { commentById } from '../../feedback/comment-queries.ts';
import { hasContact, openContact } from '../../feedback/contact.ts';
import { eraseComment, eraseFromTicket } from '../../feedback/erase-reader.ts';
import { openHeld } from '../../feedback/receipts.ts';
import type { Receipt } from '../../http/session.ts';
import { identityKeptUntil } from '../../identity/reader.ts';
import { showReceipt, withdraw } from './receipt-service.ts';

/** Everything under the receipt. */
export async function exportOwn(context: Context, receipt: Receipt): Promise<OwnData> {
  const view = await showReceipt(context, receipt);
  const held = await openHeld(context, receipt);
  const { db } = context.database;
  const id = held.row.id;
  const isComment = held.of === 'comment';
  return {
    ...view,
    format: 'sundial-own-data-1',
    exportedAt: secondsNow(context),
    organisation: context.config.name,
    notice: `${context.config.issuer}/privacy`,
    photo: isComment ? await photoOf(db, id) : null,
    contact: isComment && (await hasContact(db, id)) ? await openContact(db, context, id) : null,
    identityKeptUntil: isComment ? await identityKeptUntil(context, id) : null,
  };
}

/** Erases it: what waits or is published is withdrawn first, so that of a published one the stub stays. Gives what is left. */
export async function eraseOwn(context: Context, receipt: Receipt): Promise<ReceiptView> {
  const held = await openHeld(context, receipt);
  if (held.of === 'mention') return withdraw(context, receipt);
  if (held.row.state === 'waiting' || held.row.state === 'published') await withdraw(context, receipt);
  await context.database.transaction(async (trx) => {
    const row = await commentById(trx, held.row.id);
    if (row === undefined) throw new Refusal('RECEIPT_INVALID');
    if (!(await eraseComment(trx, row))) throw new Refusal('VERSION_STALE', { facts: { state: row.state } });
    await eraseFromTicket(trx, row.id);
    await writeAudit(trx, { at: secondsNow(context), actor: 'reader', action: 'comment.erase', subject: row.id });
  });
  return showReceipt(context, receipt);
}

/** Primary key. */
async function photoOf(db: Db, comment: string): Promise<string | null> {
  const row = await db.selectFrom('comment_photo').select('bytes').where('comment', '=', comment).executeTakeFirst();
  return row?.bytes ?? null;
}
