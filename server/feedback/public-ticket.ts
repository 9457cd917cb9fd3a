/** A ticket as the public and as the holder of the receipt see it: no internal note, no name of a person (closed-loop.md). */
import type { PublicTicket, ReplyPhoto } from '../../shared/api/comments.ts';
import type { Db } from '../database/port.ts';
import { replyPhotos } from './reply-photo.ts';
import { type NoteRow, notesOf } from './ticket-notes.ts';
import {
  type ActionRow,
  actionsOf,
  type EventRow,
  eventsOf,
  type FollowUpRow,
  followUpsOf,
  type TicketRow,
  ticketsByNumber,
  ticketsOfComments,
} from './ticket-queries.ts';

/** `public`: a reader's words only where they were reviewed or review is off. `reader`: the holder of the receipt sees the own words, what the
 *  unit wrote to him, and the ticket that the own one was merged into. */
export type Audience = 'public' | 'reader';

/** The tickets of comments, by comment id. A merged one shows the reply of the ticket it was merged into. */
export async function publicTickets(
  db: Db,
  comments: readonly string[],
  audience: Audience,
): Promise<ReadonlyMap<string, PublicTicket>> {
  const tickets = comments.length === 0 ? [] : await ticketsOfComments(db, comments);
  if (tickets.length === 0) return new Map();
  const own = tickets.map((ticket) => ticket.number);
  const leading = tickets.flatMap((ticket) => (ticket.merged_into === null ? [] : [ticket.merged_into]));
  const both = [...new Set([...own, ...leading])];
  const events = grouped(await eventsOf(db, both));
  const actions = grouped(await actionsOf(db, both));
  const followUps = grouped(await followUpsOf(db, own));
  const photos = await replyPhotos(db, both);
  const isReader = audience === 'reader';
  const leaders = new Map(
    (isReader && leading.length > 0 ? await ticketsByNumber(db, leading) : []).map((row) => [row.number, row]),
  );
  const notes = grouped(isReader ? await notesOf(db, own) : []);
  const of = <Row>(rows: ReadonlyMap<string, readonly Row[]>, number: string | null): readonly Row[] =>
    (number === null ? undefined : rows.get(number)) ?? [];
  const courseOf = (ticket: TicketRow, seenBy: Audience) =>
    course(ticket, of(events, ticket.number), of(actions, ticket.number), seenBy);
  return new Map(
    tickets.map((ticket) => {
      const leader = ticket.merged_into === null ? undefined : leaders.get(ticket.merged_into);
      const shown: PublicTicket = {
        ...courseOf(ticket, audience),
        followUp: followUpOf(of(followUps, ticket.number), audience),
        reply: replyOf(of(events, ticket.merged_into ?? ticket.number), photos),
        ...(leader === undefined ? {} : { leading: courseOf(leader, 'public') }),
        ...(isReader ? { messages: messagesOf(of(notes, ticket.number)) } : {}),
      };
      return [ticket.comment, shown];
    }),
  );
}

/** The same under a comment that was withdrawn or removed: with it goes what its author said since. */
export const withoutReadersWords = (ticket: PublicTicket): PublicTicket => ({
  ...ticket,
  steps: ticket.steps.map((step) => (step.by === 'reader' ? { ...step, note: null } : step)),
  followUp: ticket.followUp === null ? null : { ...ticket.followUp, words: null },
});

/** An action as everybody sees it. */
export const actionShown = (row: ActionRow): PublicTicket['actions'][number] => ({
  id: row.id,
  unit: row.unit,
  text: row.text,
  date: row.date,
  state: row.state,
  reason: row.reason,
});

function course(
  ticket: TicketRow,
  events: readonly EventRow[],
  actions: readonly ActionRow[],
  audience: Audience,
): NonNullable<PublicTicket['leading']> {
  const isOwn = ({ part, contact_by }: EventRow) => part === 'reader' || contact_by === 'message';
  return {
    number: ticket.number,
    state: ticket.state,
    unit: ticket.unit,
    steps: events.map((event) => ({
      at: event.at,
      to: event.to_state,
      note: event.public === 1 || (audience === 'reader' && isOwn(event)) ? event.note : null,
      unit: event.unit,
      by: event.part,
    })),
    actions: actions.map(actionShown),
  };
}

const messagesOf = (notes: readonly NoteRow[]) =>
  notes.flatMap(({ kind, unit, at, text }) => (kind === 'message' && unit !== null ? [{ at, unit, text }] : []));

/** The last answer of the reader. */
function followUpOf(rows: readonly FollowUpRow[], audience: Audience): PublicTicket['followUp'] {
  const answered = rows.findLast((row) => row.answered_at !== null);
  if (answered === undefined || answered.answered_at === null) return null;
  return {
    at: answered.answered_at,
    solved: answered.solved === 1,
    rating: answered.rating,
    words: answered.public === 1 || audience === 'reader' ? answered.words : null,
  };
}

/** The last reply. */
function replyOf(events: readonly EventRow[], photos: ReadonlyMap<string, ReplyPhoto>): PublicTicket['reply'] {
  const event = events.findLast((row) => row.to_state === 'replied');
  if (event === undefined) return null;
  const { note, unit, resolution_kind, root_cause } = event;
  if (note === null || unit === null || resolution_kind === null || root_cause === null) return null;
  const photo = photos.get(`${event.ticket} ${event.n}`);
  const reply = { text: note, at: event.at, unit, resolutionKind: resolution_kind, rootCause: root_cause };
  return photo === undefined ? reply : { ...reply, photo };
}

function grouped<Row extends { readonly ticket: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (row) => row.ticket);
}
