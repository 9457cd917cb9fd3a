/** SQL of the public list, of new comments and of replies. */
import { type Insertable, sql } from 'kysely';
import type { Db } from '../../database/port.ts';
import { prepared } from '../../database/prepared.ts';
import type { CommentTable, ReplyTable } from '../../database/tables/comments.ts';
import { type ShownRow, shownComments } from '../../feedback/comment-queries.ts';
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
export const listedComments = (
  db: Db,
  { draw, unit, item, id, parent }: Listed,
  after: Cursor | null,
  limit: number,
): Promise<ShownRow[]> =>
  listedQuery(db, {
    draw,
    unit,
    item: item ?? null,
    id: id ?? null,
    parent,
    afterAt: after?.at ?? null,
    afterId: after?.id ?? null,
    limit,
  });

interface ListedValues {
  readonly [name: string]: string | number | null;
  readonly draw: string;
  readonly unit: string;
  readonly item: number | null;
  readonly id: string | null;
  readonly parent: string | null;
  readonly afterAt: number | null;
  readonly afterId: string | null;
  readonly limit: number;
}

const listedQuery = prepared((db, { draw, unit, item, id, parent, afterAt, afterId, limit }: ListedValues) => {
  let all = shownComments(db)
    .where('comment.draw', '=', draw)
    .where('comment.unit', '=', unit)
    .where('comment.published_at', 'is not', null)
    .where('comment.parent', parent === null ? 'is' : '=', parent);
  if (item !== null) all = all.where('comment.item', '=', item);
  if (id !== null) all = all.where('comment.id', '=', id);
  if (afterAt !== null && afterId !== null)
    all = all.where(isAfter('comment.at', 'comment.id', { at: afterAt, id: afterId }));
  // SQLite would prepare a statement anew each time for a limit that is a bare parameter: its value might change the plan.
  return all.orderBy('comment.at').orderBy('comment.id').limit(sql<number>`${limit} + 0`);
});

/** Primary key: how many listed comments, answers among them, hang on each item that has any. */
export async function countByItem(db: Db, draw: string, unit: string): Promise<Record<string, number>> {
  const rows = await itemsQuery(db, { draw, unit });
  return Object.fromEntries(rows.map(({ item, total }) => [String(item), total]));
}

interface DiaryKey {
  readonly [name: string]: string;
  readonly draw: string;
  readonly unit: string;
}

const itemsQuery = prepared((db, { draw, unit }: DiaryKey) =>
  db
    .selectFrom('comment_item_total')
    .select(['item', 'total'])
    .where('draw', '=', draw)
    .where('unit', '=', unit)
    .where('total', '>', 0)
    .orderBy('item'),
);

/** Unique `draw`, `unit` of publications, primary key of totals: how many rows that list has, and the version of what it shows. Undefined
 *  for a diary that is not published: not drawn, not yet, or unknown look alike. */
export const listHead = async (db: Db, draw: string, unit: string) => (await headQuery(db, { draw, unit }))[0];

const headQuery = prepared((db, { draw, unit }: DiaryKey) =>
  db
    .selectFrom('publication')
    .leftJoin('comment_total', (join) =>
      join.onRef('comment_total.draw', '=', 'publication.draw').onRef('comment_total.unit', '=', 'publication.unit'),
    )
    .select(['comment_total.total', 'comment_total.version'])
    .where('publication.draw', '=', draw)
    .where('publication.unit', '=', unit),
);

export type NewComment = Pick<Insertable<CommentTable>, keyof Insertable<CommentTable>>;

/** Gives false where the receipt number is taken. */
export async function insertComment(db: Db, row: NewComment): Promise<boolean> {
  return (await insertQuery(db, row)).length === 1;
}

const insertQuery = prepared((db, row: NewComment) =>
  db
    .insertInto('comment')
    .values(row)
    .onConflict((conflict) => conflict.column('number').doNothing())
    .returning('id'),
);

/** Gives false where the comment has a reply. */
export async function insertReply(db: Db, row: Insertable<ReplyTable>): Promise<boolean> {
  const done = await db
    .insertInto('reply')
    .values(row)
    .onConflict((conflict) => conflict.column('comment').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}
