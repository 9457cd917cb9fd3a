/** Who holds a receipt. Ten wrong codes close a number for an hour; unknown numbers answer alike and do the same work
 *  (closed-loop.md "Contact and receipt"). */
import { timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../shared/api/refusal.ts';
import { fromB64u } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import { receiptNumber } from '../../shared/feedback/receipt.ts';
import { type Context, secondsNow } from '../context.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';
import { countRate, requireRoom } from '../http/rate.ts';
import type { Receipt } from '../http/session.ts';
import { addressKey } from './budget.ts';
import { type CommentRow, commentByNumber } from './comment-queries.ts';
import { type MentionRow, mentionByNumber } from './mention-queries.ts';

/** Wrong codes after which a number is closed, and for how long, in seconds. */
export const wrongCodesAllowed = 10;
const closedForSeconds = 3600;
/** What the clocks of two processes may differ by, and no more than that is a clock that was set back. */
const apartSeconds = 60;

const nobody = new Uint8Array(32);

/** What a receipt was given for. */
export type Held =
  | { readonly of: 'comment'; readonly row: CommentRow }
  | { readonly of: 'mention'; readonly row: MentionRow };

/** The comment of a receipt. Throws RECEIPT_INVALID for a wrong code and for an unknown number, RATE_LIMITED for a closed number and for an address
 *  that tried too many, MOVE_NOT_ALLOWED for the receipt of a mention. */
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
  const now = secondsNow(context);
  const db = context.database.db;
  const sender = addressKey(context, receipt.address);
  // Whoever tries numbers at random writes a row for each, so it is known without a statement when that is over.
  if (sender !== null) requireRoom(context, 'wrongReceiptsFor', sender);
  await countRate(db, context, 'receipt', receipt.number);
  const tries = await triesOf(db, receipt.number);
  const held = await heldBy(db, receipt.number);
  const given = await sha256Text(receipt.code);
  const kept = (held === null ? null : fromB64u(held.row.code_hash)) ?? nobody;
  const fits = timingSafeEqual(given, kept);
  const closedFor = (tries?.closed_until ?? now) - now;
  // A clock that was set back closes no number for longer.
  if (closedFor > 0 && closedFor <= closedForSeconds + apartSeconds)
    throw new Refusal('RATE_LIMITED', { facts: { retryAfter: closedFor } });
  if (fits && held !== null) return held;
  await countFailure(context, receipt.number, now);
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

/** Primary key. */
const triesOf = (db: Db, number: string) =>
  db.selectFrom('receipt_try').selectAll().where('number', '=', number).executeTakeFirst();

/** One more wrong code, in a transaction of its own, so that the refusal does not undo it. Failures are forgotten after an hour, and
 *  where the clock was set back behind them. */
async function countFailure(context: Context, number: string, now: number): Promise<void> {
  await context.database.transaction(async (trx) => {
    await trx
      .insertInto('receipt_try')
      .values({ number, failures: 0, since: now, closed_until: null })
      .onConflict((conflict) => conflict.column('number').doNothing())
      .execute();
    await trx
      .updateTable('receipt_try')
      .set({ failures: 0, since: now, closed_until: null })
      .where('number', '=', number)
      .where((eb) => eb.or([eb('since', '<=', now - closedForSeconds), eb('since', '>', now + apartSeconds)]))
      .execute();
    await trx
      .updateTable('receipt_try')
      .set((eb) => ({ failures: eb('failures', '+', 1) }))
      .where('number', '=', number)
      .execute();
    await trx
      .updateTable('receipt_try')
      .set({ closed_until: now + closedForSeconds, since: now })
      .where('number', '=', number)
      .where('failures', '>=', wrongCodesAllowed)
      .where('closed_until', 'is', null)
      .execute();
  });
}
