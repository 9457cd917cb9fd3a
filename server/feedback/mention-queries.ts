/** SQL over mentions that receipts and the reviewer's desk share. */
import type { Selectable } from 'kysely';
import { Refusal } from '../../shared/api/refusal.ts';
import type { Context } from '../context.ts';
import { secondsNow } from '../context.ts';
import { writeAudit } from '../database/audit.ts';
import { erases } from '../database/erasing.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';
import type { MentionTable } from '../database/tables/talk.ts';

export type MentionRow = Selectable<MentionTable>;

/** Index: unique `number`. */
export const mentionByNumber = (db: Db, number: string): Promise<MentionRow | undefined> =>
  byNumberQuery(db, { number }).then(([row]) => row);

const byNumberQuery = prepared((db, { number }: { readonly number: string }) =>
  db.selectFrom('mention').selectAll().where('number', '=', number),
);

/** Erases what its writer said, whether answered or not; done twice it is done once. Primary key. */
export async function withdrawMention(context: Context, { id, number }: MentionRow): Promise<MentionRow> {
  return context.database.transaction(async (trx) => {
    const done = await trx
      .updateTable('mention')
      .set((eb) => ({ state: 'withdrawn', text: '', answer: null, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .where('state', '!=', 'withdrawn')
      .executeTakeFirst();
    if (done.numUpdatedRows === 1n) {
      erases(trx);
      await writeAudit(trx, { at: secondsNow(context), actor: 'reader', action: 'mention.withdraw', subject: id });
    }
    const row = await mentionByNumber(trx, number);
    if (row === undefined) throw new Refusal('RECEIPT_INVALID');
    return row;
  });
}
