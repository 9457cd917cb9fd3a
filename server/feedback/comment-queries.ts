/** SQL over comments that readers, moderators, tickets and the clock share. */
import { type Selectable, sql, type Updateable } from 'kysely';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';
import type { CommentTable, ReplyTable } from '../database/tables/comments.ts';

export type CommentRow = Selectable<CommentTable>;
export type ReplyRow = Selectable<ReplyTable>;

/** What a list reads of a comment. */
const shownColumns = [
  'comment.id',
  'comment.parent',
  'comment.version',
  'comment.item',
  'comment.kind',
  'comment.state',
  'comment.nickname',
  'comment.text',
  'comment.place',
  'comment.at',
  'comment.reason',
  'comment.ended_at',
] as const;

/** What it reads of that which stands beside it: the unit's reply, the number of its ticket, its photo; null where there is none. */
const besideColumns = [
  'reply.text as reply_text',
  'reply.unit as reply_unit',
  'reply.at as reply_at',
  'ticket.number as ticket',
  'comment_photo.sha256',
  'comment_photo.width',
  'comment_photo.height',
] as const;

/** Comments as lists have them, each with what is shown beside it. Primary keys, unique `comment` of tickets. */
export const shownComments = (db: Db) =>
  db
    .selectFrom('comment')
    .leftJoin('reply', 'reply.comment', 'comment.id')
    .leftJoin('ticket', 'ticket.comment', 'comment.id')
    .leftJoin('comment_photo', 'comment_photo.comment', 'comment.id')
    .select(shownColumns)
    .select(besideColumns);

/** One of them. */
export const shownById = (db: Db, id: string): Promise<ShownRow | undefined> =>
  shownComments(db).where('comment.id', '=', id).executeTakeFirst();

type ColumnIn<Full> = Full extends `comment.${infer Column extends keyof CommentRow}` ? Column : never;

export interface ShownRow extends Pick<CommentRow, ColumnIn<(typeof shownColumns)[number]>> {
  readonly reply_text: string | null;
  readonly reply_unit: string | null;
  readonly reply_at: number | null;
  readonly ticket: string | null;
  readonly sha256: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** Primary key. */
export const commentById = (db: Db, id: string): Promise<CommentRow | undefined> =>
  db.selectFrom('comment').selectAll().where('id', '=', id).executeTakeFirst();

/** Primary key. The comment as it is, and as it stays for the rest of the transaction: whoever writes to it waits. */
export const lockComment = (trx: Db, id: string): Promise<CommentRow | undefined> =>
  trx
    .updateTable('comment')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();

/** Index: unique `number`. */
export const commentByNumber = (db: Db, number: string): Promise<CommentRow | undefined> =>
  byNumberQuery(db, { number }).then(([row]) => row);

const byNumberQuery = prepared((db, { number }: { readonly number: string }) =>
  db.selectFrom('comment').selectAll().where('number', '=', number),
);

/** Primary key. */
export const repliesOf = (db: Db, comments: readonly string[]): Promise<ReplyRow[]> => repliesQuery(db, { comments });

const repliesQuery = prepared((db, { comments }: { readonly comments: readonly string[] }) =>
  db.selectFrom('reply').selectAll().where('comment', 'in', comments),
);

/** Answers shown with their comment; the rest is a list of its own. */
const answersShown = 10;

/** Index `comment_answers`: the first listed answers to each comment, oldest first, with how many there are. */
export const answersTo = async (
  db: Db,
  comments: readonly string[],
): Promise<(ShownRow & { readonly total: number })[]> => (comments.length === 0 ? [] : answersQuery(db, { comments }));

const answersQuery = prepared((db, { comments }: { readonly comments: readonly string[] }) =>
  db
    .selectFrom(
      db
        .selectFrom('comment')
        .select(shownColumns)
        .select([
          sql<number>`row_number() over (partition by parent order by at, id)`.as('nth'),
          sql<number>`count(*) over (partition by parent)`.as('total'),
        ])
        .where('parent', 'in', comments)
        .where('published_at', 'is not', null)
        .as('comment'),
    )
    .leftJoin('reply', 'reply.comment', 'comment.id')
    .leftJoin('ticket', 'ticket.comment', 'comment.id')
    .leftJoin('comment_photo', 'comment_photo.comment', 'comment.id')
    .select(shownColumns)
    .select(besideColumns)
    .select('comment.total')
    .where('nth', '<=', answersShown)
    .orderBy('comment.at')
    .orderBy('comment.id'),
);

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

type ListedRow = Pick<CommentRow, 'draw' | 'unit' | 'item'>;

/** One more row in the public list of a diary. */
export async function countListed(db: Db, { draw, unit, item }: ListedRow): Promise<void> {
  await db
    .insertInto('comment_total')
    .values({ draw, unit, total: 1, version: 1 })
    .onConflict((conflict) =>
      conflict.columns(['draw', 'unit']).doUpdateSet((eb) => ({
        total: eb('comment_total.total', '+', 1),
        version: eb('comment_total.version', '+', 1),
      })),
    )
    .execute();
  if (item === null) return;
  await db
    .insertInto('comment_item_total')
    .values({ draw, unit, item, total: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['draw', 'unit', 'item'])
        .doUpdateSet((eb) => ({ total: eb('comment_item_total.total', '+', 1) })),
    )
    .execute();
}

/** One row less: a publication was taken back. Primary keys. */
export async function uncountListed(db: Db, { draw, unit, item }: ListedRow): Promise<void> {
  await db
    .updateTable('comment_total')
    .set((eb) => ({ total: eb('total', '-', 1), version: eb('version', '+', 1) }))
    .where('draw', '=', draw)
    .where('unit', '=', unit)
    .execute();
  if (item === null) return;
  await db
    .updateTable('comment_item_total')
    .set((eb) => ({ total: eb('total', '-', 1) }))
    .where('draw', '=', draw)
    .where('unit', '=', unit)
    .where('item', '=', item)
    .execute();
}

/** Something that the public list of a diary shows has changed. A diary without a list has no row and needs none. */
export const touchList = (db: Db, draw: string, unit: string): Promise<unknown> =>
  db
    .updateTable('comment_total')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('draw', '=', draw)
    .where('unit', '=', unit)
    .execute();
