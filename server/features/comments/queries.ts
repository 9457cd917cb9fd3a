/** SQL of the public list, of new comments and of replies. */
import type { Insertable } from 'kysely';
import type { Db } from '../../database/port.ts';
import type { CommentTable, ReplyTable } from '../../database/tables/comments.ts';
import type { CommentRow } from '../../feedback/comment-queries.ts';
import { type Cursor, isAfter } from '../../feedback/cursor.ts';

/** A public list of a diary: all of it, what hangs on one item, one comment, or the answers to a comment. */
export interface Listed {
  readonly draw: string;
  readonly unit: string;
  readonly item?: number | undefined;
  readonly id?: string;
  readonly parent: string | null;
}

/** Index `comment_listed`, `comment_item`, `comment_answers` or primary key: what a public list has after a cursor, oldest first. */
export function listedComments(db: Db, listed: Listed, after: Cursor | null, limit: number): Promise<CommentRow[]> {
  const { draw, unit, item, id, parent } = listed;
  let all = db
    .selectFrom('comment')
    .selectAll()
    .where('draw', '=', draw)
    .where('unit', '=', unit)
    .where('published_at', 'is not', null)
    .where('parent', parent === null ? 'is' : '=', parent);
  if (item !== undefined) all = all.where('item', '=', item);
  if (id !== undefined) all = all.where('id', '=', id);
  const rest = after === null ? all : all.where(isAfter('at', 'id', after));
  return rest.orderBy('at').orderBy('id').limit(limit).execute();
}

/** Index `comment_item`: how many listed comments, answers among them, hang on each item that has any. */
export async function countByItem(db: Db, draw: string, unit: string): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('comment')
    .select((eb) => ['item', eb.fn.countAll<number>().as('count')])
    .where('draw', '=', draw)
    .where('unit', '=', unit)
    .where('published_at', 'is not', null)
    .where('item', 'is not', null)
    .groupBy('item')
    .orderBy('item')
    .execute();
  return Object.fromEntries(rows.map(({ item, count }) => [String(item), Number(count)]));
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
