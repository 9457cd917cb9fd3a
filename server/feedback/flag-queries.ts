/** SQL over readers' reports of comments. */
import type { Insertable } from 'kysely';
import type { Db } from '../database/port.ts';
import type { CommentFlagTable } from '../database/tables/talk.ts';

/** Primary key. The same reader's second report of a comment changes nothing. */
export const insertFlag = (db: Db, row: Insertable<CommentFlagTable>): Promise<unknown> =>
  db
    .insertInto('comment_flag')
    .values(row)
    .onConflict((conflict) => conflict.columns(['comment', 'reader']).doNothing())
    .execute();

/** Primary key: the open reports of comments. */
export const openFlags = (db: Db, comments: readonly string[]) =>
  db
    .selectFrom('comment_flag')
    .select(['comment', 'reason', 'unproven'])
    .where('comment', 'in', comments)
    .where('closed_at', 'is', null)
    .execute();

/** Primary key. Settles the open reports of a comment; gives how many there were. */
export async function settleFlags(db: Db, comment: string, now: number): Promise<number> {
  const done = await db
    .updateTable('comment_flag')
    .set({ closed_at: now })
    .where('comment', '=', comment)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Primary key. Opens the reports again that a removal settled at this time. */
export const reopenFlags = (db: Db, comment: string, settledAt: number): Promise<unknown> =>
  db
    .updateTable('comment_flag')
    .set({ closed_at: null })
    .where('comment', '=', comment)
    .where('closed_at', '=', settledAt)
    .execute();
