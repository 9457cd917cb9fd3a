/** SQL over comments that readers, moderators, tickets and the clock share. */
import type { Selectable, Updateable } from 'kysely';
import type { Db } from '../database/port.ts';
import type { CommentTable, ReplyTable } from '../database/tables/comments.ts';

export type CommentRow = Selectable<CommentTable>;
export type ReplyRow = Selectable<ReplyTable>;

/** Primary key. */
export const commentById = (db: Db, id: string): Promise<CommentRow | undefined> =>
  db.selectFrom('comment').selectAll().where('id', '=', id).executeTakeFirst();

/** Index: unique `number`. */
export const commentByNumber = (db: Db, number: string): Promise<CommentRow | undefined> =>
  db.selectFrom('comment').selectAll().where('number', '=', number).executeTakeFirst();

/** Primary key. */
export const repliesOf = (db: Db, comments: readonly string[]): Promise<ReplyRow[]> =>
  db.selectFrom('reply').selectAll().where('comment', 'in', comments).execute();

/** Writes only if nobody wrote since `version` was read; the version rises by one. Gives whether it did. */
export async function updateComment(
  db: Db,
  id: string,
  version: number,
  values: Updateable<CommentTable>,
): Promise<boolean> {
  const done = await db
    .updateTable('comment')
    .set({ ...values, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** One more row in the public list of a diary. */
export const countListed = (db: Db, draw: string, unit: string): Promise<unknown> =>
  db
    .insertInto('comment_total')
    .values({ draw, unit, total: 1, version: 1 })
    .onConflict((conflict) =>
      conflict.columns(['draw', 'unit']).doUpdateSet((eb) => ({
        total: eb('comment_total.total', '+', 1),
        version: eb('comment_total.version', '+', 1),
      })),
    )
    .execute();

/** Something that the public list of a diary shows has changed. A diary without a list has no row and needs none. */
export const touchList = (db: Db, draw: string, unit: string): Promise<unknown> =>
  db
    .updateTable('comment_total')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('draw', '=', draw)
    .where('unit', '=', unit)
    .execute();
