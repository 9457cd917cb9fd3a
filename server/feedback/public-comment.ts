/** A comment as the public sees it; of one withdrawn or removed only the stub is left. */
import type { PublicComment } from '../../shared/api/comments.ts';
import type { CommentState } from '../../shared/feedback/comment.ts';
import type { Db } from '../database/port.ts';
import { answersTo, repliesOf, type ShownRow } from './comment-queries.ts';
import { photosOf } from './photo.ts';
import { publicTickets } from './public-ticket.ts';

/** What stands beside a comment, in the order of the rows; rows that no list has are left out. */
export async function publicComments(db: Db, rows: readonly ShownRow[]): Promise<PublicComment[]> {
  const answers = await answersTo(
    db,
    rows.map((row) => row.id),
  );
  const beside = await besideOf(db, [...rows, ...answers]);
  const shown = (row: ShownRow) => {
    const { state } = row;
    return state === 'waiting' || state === 'rejected' ? [] : [shownAs(row, state, beside)];
  };
  const byParent = Map.groupBy(answers, (row) => row.parent);
  return rows.flatMap(shown).map((row) => {
    const below = byParent.get(row.id);
    return below === undefined ? row : { ...row, replies: below.flatMap(shown), replyTotal: below[0]?.total ?? 0 };
  });
}

/** One comment in the same form for the desk, in whatever state it is. */
export const deskComment = async (db: Db, row: ShownRow) => shownAs(row, row.state, await besideOf(db, [row]));

type Beside = Awaited<ReturnType<typeof besideOf>>;

/** Replies, tickets and photos, by the id of their comment. */
async function besideOf(db: Db, rows: readonly ShownRow[]) {
  const ids = rows.map((row) => row.id);
  const replies = ids.length === 0 ? [] : await repliesOf(db, ids);
  return {
    replies: new Map(replies.map(({ comment, text, unit, at }) => [comment, { text, unit, at }])),
    tickets: await publicTickets(db, ids, 'public'),
    photos: await photosOf(db, ids),
  };
}

function shownAs<State extends CommentState>(row: ShownRow, state: State, { replies, tickets, photos }: Beside) {
  const isStub = state === 'withdrawn' || state === 'removed';
  const photo = state === 'published' ? photos.get(row.id) : undefined;
  return {
    id: row.id,
    version: row.version,
    item: row.item,
    kind: row.kind,
    nickname: isStub ? null : row.nickname,
    text: isStub ? null : row.text,
    at: row.at,
    reason: isStub ? row.reason : null,
    endedAt: isStub ? row.ended_at : null,
    ...(row.place === null || isStub ? {} : { place: row.place }),
    state,
    reply: replies.get(row.id) ?? null,
    ticket: tickets.get(row.id) ?? null,
    ...(photo === undefined ? {} : { photo }),
  };
}
