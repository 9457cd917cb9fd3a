/** SQL of the public list, of new comments and of replies. */
import type { Insertable } from 'kysely';
import type { Db } from '../../database/port.ts';
import type { CommentTable, ReplyTable } from '../../database/tables/comments.ts';
import type { CommentRow } from '../../feedback/comment-queries.ts';
import type { Cursor } from '../../feedback/cursor.ts';

/** Index `comment_listed`: what the public list of a diary has after a cursor, oldest first. */
export function listedComments(
  db: Db,
  draw: string,
  unit: string,
  after: Cursor | null,
  limit: number,
): Promise<CommentRow[]> {
  const all = db
    .selectFrom('comment')
    .selectAll()
    .where('draw', '=', draw)
    .where('unit', '=', unit)
    .where('published_at', 'is not', null);
  const rest =
    after === null
      ? all
      : all.where((eb) => eb.or([eb('at', '>', after.at), eb.and([eb('at', '=', after.at), eb('id', '>', after.id)])]));
  return rest.orderBy('at').orderBy('id').limit(limit).execute();
}

/** Unique `draw`, `unit` of publications, primary key of totals: how many rows that list has, and the version of what it shows. Undefined
 *  for a diary that is not published: not drawn, not yet, or unknown look alike. */
export const listHead = (db: Db, draw: string, unit: string) =>
  db
    .selectFrom('publication')
    .leftJoin('comment_total', (join) =>
      join.onRef('comment_total.draw', '=', 'publication.draw').onRef('comment_total.unit', '=', 'publication.unit'),
    )
    .select(['comment_total.total', 'comment_total.version'])
    .where('publication.draw', '=', draw)
    .where('publication.unit', '=', unit)
    .executeTakeFirst();

/** Gives false where the receipt number is taken. */
export async function insertComment(db: Db, row: Insertable<CommentTable>): Promise<boolean> {
  const done = await db
    .insertInto('comment')
    .values(row)
    .onConflict((conflict) => conflict.column('number').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Gives false where the comment has a reply. */
export async function insertReply(db: Db, row: Insertable<ReplyTable>): Promise<boolean> {
  const done = await db
    .insertInto('reply')
    .values(row)
    .onConflict((conflict) => conflict.column('comment').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}
