/** A comment as the public sees it; of one withdrawn or removed only the stub is left. */
import type { PublicComment } from '../../shared/api/comments.ts';
import type { Photo } from '../../shared/api/photos.ts';
import type { CommentState } from '../../shared/feedback/comment.ts';
import type { Db } from '../database/port.ts';
import { answersTo, type ShownRow } from './comment-queries.ts';
import { publicTickets, withoutReadersWords } from './public-ticket.ts';

/** What stands beside a comment, in the order of the rows; rows that no list has are left out. */
export async function publicComments(db: Db, rows: readonly ShownRow[]): Promise<PublicComment[]> {
  const answers = await answersTo(
    db,
    rows.map((row) => row.id),
  );
  const tickets = await ticketsOf(db, [...rows, ...answers]);
  const shown = (row: ShownRow) => {
    const { state } = row;
    return state === 'waiting' || state === 'rejected' ? [] : [shownAs(row, state, tickets)];
  };
  const byParent = Map.groupBy(answers, (row) => row.parent);
  return rows.flatMap(shown).map((row) => {
    const below = byParent.get(row.id);
    return below === undefined ? row : { ...row, replies: below.flatMap(shown), replyTotal: below[0]?.total ?? 0 };
  });
}

/** One comment in the same form for the desk, in whatever state it is. */
export const deskComment = async (db: Db, row: ShownRow) => shownAs(row, row.state, await ticketsOf(db, [row]));

type Tickets = Awaited<ReturnType<typeof publicTickets>>;

const ticketsOf = (db: Db, rows: readonly ShownRow[]): Promise<Tickets> =>
  publicTickets(
    db,
    rows.flatMap(({ id, ticket }) => (ticket === null ? [] : [id])),
    'public',
  );

function shownAs<State extends CommentState>(row: ShownRow, state: State, tickets: Tickets) {
  const isStub = state === 'withdrawn' || state === 'removed';
  const photo = state === 'published' ? photoOf(row) : null;
  const ticket = tickets.get(row.id) ?? null;
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
    reply: replyOf(row),
    ticket: ticket !== null && isStub ? withoutReadersWords(ticket) : ticket,
    ...(photo === null ? {} : { photo }),
  };
}

function replyOf({ reply_text: text, reply_unit: unit, reply_at: at }: ShownRow): PublicComment['reply'] {
  return text === null || unit === null || at === null ? null : { text, unit, at };
}

function photoOf({ sha256, width, height }: ShownRow): Photo | null {
  return sha256 === null || width === null || height === null ? null : { sha256, width, height };
}
