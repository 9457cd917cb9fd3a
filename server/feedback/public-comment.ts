/** A comment as the public sees it; of one withdrawn or removed only the stub is left. */
import type { PublicComment } from '../../shared/api/comments.ts';
import type { Db } from '../database/port.ts';
import { answersTo, type CommentRow, repliesOf } from './comment-queries.ts';
import { photosOf } from './photo.ts';
import { publicTickets } from './public-ticket.ts';

/** What stands beside a comment, in the order of the rows; rows that no list has are left out. */
export async function publicComments(db: Db, rows: readonly CommentRow[]): Promise<PublicComment[]> {
  const answers = await answersTo(
    db,
    rows.map((row) => row.id),
  );
  const surroundings = await around(db, [...rows, ...answers]);
  const shown = (row: CommentRow) => {
    const { state } = row;
    return state === 'waiting' || state === 'rejected' ? [] : [{ ...bodyOf(row), state, ...surroundings(row) }];
  };
  const byParent = Map.groupBy(answers, (row) => row.parent);
  return rows.flatMap(shown).map((row) => {
    const below = byParent.get(row.id);
    return below === undefined ? row : { ...row, replies: below.flatMap(shown), replyTotal: below[0]?.total ?? 0 };
  });
}

/** One comment in the same form for the desk, in whatever state it is. */
export async function deskComment(db: Db, row: CommentRow) {
  return { ...bodyOf(row), state: row.state, ...(await around(db, [row]))(row) };
}

async function around(db: Db, rows: readonly CommentRow[]) {
  const ids = rows.map((row) => row.id);
  const replies = new Map(
    (ids.length === 0 ? [] : await repliesOf(db, ids)).map((reply) => [
      reply.comment,
      { text: reply.text, unit: reply.unit, at: reply.at },
    ]),
  );
  const tickets = await publicTickets(db, ids, 'public');
  const photos = await photosOf(db, ids);
  return ({ id, state }: CommentRow) => {
    const photo = photos.get(id);
    return {
      reply: replies.get(id) ?? null,
      ticket: tickets.get(id) ?? null,
      ...(photo === undefined || state !== 'published' ? {} : { photo }),
    };
  };
}

function bodyOf(row: CommentRow) {
  const stub = row.state === 'withdrawn' || row.state === 'removed';
  return {
    id: row.id,
    version: row.version,
    item: row.item,
    kind: row.kind,
    nickname: stub ? null : row.nickname,
    text: stub ? null : row.text,
    at: row.at,
    reason: stub ? row.reason : null,
    endedAt: stub ? row.ended_at : null,
    ...(row.place === null || stub ? {} : { place: row.place }),
  };
}
