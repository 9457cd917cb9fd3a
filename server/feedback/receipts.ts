/** Who holds a receipt. Unknown numbers answer as wrong codes do, after the same work; no number is closed by them, for whoever knows it alone
 *  would shut its holder out, and of 80 random bits nobody tries many (closed-loop.md "Contact and receipt"). */
import { timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../shared/api/refusal.ts';
import { fromB64u } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import { receiptNumber } from '../../shared/feedback/receipt.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';
import { countRate, requireRoom } from '../http/rate.ts';
import type { Receipt } from '../http/session.ts';
import { addressKey } from './budget.ts';
import { type CommentRow, commentByNumber } from './comment-queries.ts';
import { type MentionRow, mentionByNumber } from './mention-queries.ts';

const nobody = new Uint8Array(32);

/** What a receipt was given for. */
export type Held =
  | { readonly of: 'comment'; readonly row: CommentRow }
  | { readonly of: 'mention'; readonly row: MentionRow };

/** The comment of a receipt. Throws RECEIPT_INVALID for a wrong code and for an unknown number, RATE_LIMITED for a number that its holder asks
 *  for too often and for an address that tried too many, MOVE_NOT_ALLOWED for the receipt of a mention. */
export async function openReceipt(context: Context, receipt: Receipt): Promise<CommentRow> {
  const held = await openHeld(context, receipt);
  if (held.of !== 'comment') throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: held.row.state } });
  return held.row;
}

/** A number that no receipt has yet. */
export async function newReceiptNumber(db: Db, context: Context): Promise<string> {
  for (;;) {
    const serial = context.random(6).reduce((value, byte) => value * 256 + byte, 0) % 100_000_000;
    const number = receiptNumber(serial);
    if ((await takenQuery(db, { number })).length === 0) return number;
  }
}

/** Unique `number` of either table. */
const takenQuery = prepared((db, { number }: { readonly number: string }) =>
  db
    .selectFrom('comment')
    .select('number')
    .where('number', '=', number)
    .unionAll(db.selectFrom('mention').select('number').where('number', '=', number)),
);

/** What a receipt opens. Refuses as `openReceipt` does. */
export async function openHeld(context: Context, receipt: Receipt): Promise<Held> {
  const db = context.database.db;
  const sender = addressKey(context, receipt.address);
  // Whoever tries many costs a statement for each, so it is known without one when that is over.
  if (sender !== null) requireRoom(context, 'wrongReceiptsFor', sender);
  const held = await heldBy(db, receipt.number);
  const given = await sha256Text(receipt.code);
  const kept = (held === null ? null : fromB64u(held.row.code_hash)) ?? nobody;
  if (timingSafeEqual(given, kept) && held !== null) {
    await countRate(db, context, 'receipt', receipt.number);
    return held;
  }
  if (sender !== null) await countRate(db, context, 'wrongReceiptsFor', sender);
  throw new Refusal('RECEIPT_INVALID');
}

/** Unique `number` of either table; both are asked, so that an unknown number takes as long. */
async function heldBy(db: Db, number: string): Promise<Held | null> {
  const comment = await commentByNumber(db, number);
  const mention = await mentionByNumber(db, number);
  if (comment !== undefined) return { of: 'comment', row: comment };
  return mention === undefined ? null : { of: 'mention', row: mention };
}
