/** SQL over appeals of authors. */
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Db } from '../database/port.ts';
import type { CommentAppealTable } from '../database/tables/moderation.ts';
import { type Cursor, isAfter } from './cursor.ts';

export type AppealRow = Selectable<CommentAppealTable>;

/** Primary key. */
export const appealOf = (db: Db, comment: string): Promise<AppealRow | undefined> =>
  db.selectFrom('comment_appeal').selectAll().where('comment', '=', comment).executeTakeFirst();

/** Index `comment_appeal_open`: most urgent first. */
export function openAppeals(db: Db, after: Cursor | null, limit: number): Promise<AppealRow[]> {
  const all = db.selectFrom('comment_appeal').selectAll().where('state', '=', 'waiting');
  const rest = after === null ? all : all.where(isAfter('decide_by', 'comment', after));
  return rest.orderBy('decide_by').orderBy('comment').limit(limit).execute();
}

/** Primary key. False where the comment has its appeal. */
export async function insertAppeal(db: Db, row: Insertable<CommentAppealTable>): Promise<boolean> {
  const done = await db
    .insertInto('comment_appeal')
    .values(row)
    .onConflict((conflict) => conflict.column('comment').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Primary key. False where it was decided already, or there is none. */
export async function settleAppeal(db: Db, comment: string, values: Updateable<CommentAppealTable>): Promise<boolean> {
  const done = await db
    .updateTable('comment_appeal')
    .set(values)
    .where('comment', '=', comment)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Primary key: what the author wrote goes with the comment. */
export const eraseAppeal = (db: Db, comment: string): Promise<unknown> =>
  db.updateTable('comment_appeal').set({ words: '', note: null }).where('comment', '=', comment).execute();
