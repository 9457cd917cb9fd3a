/** A ticket as the public and as the holder of the receipt see it: no internal note, no name of a person (closed-loop.md). */
import type { PublicTicket } from '../../shared/api/comments.ts';
import type { Db } from '../database/port.ts';
import {
  type ActionRow,
  actionsOf,
  type EventRow,
  eventsOf,
  type FollowUpRow,
  followUpsOf,
  type TicketRow,
  ticketsOfComments,
} from './ticket-queries.ts';

/** `public`: a reader's words only where they were reviewed or review is off. `reader`: the holder of the receipt sees the own words. */
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
  const events = grouped(await eventsOf(db, [...new Set([...own, ...leading])]));
  const actions = grouped(await actionsOf(db, own));
  const followUps = grouped(await followUpsOf(db, own));
  const of = <Row>(rows: ReadonlyMap<string, readonly Row[]>, number: string | null): readonly Row[] =>
    (number === null ? undefined : rows.get(number)) ?? [];
  return new Map(
    tickets.map((ticket) => [
      ticket.comment,
      {
        ...shown(ticket, of(events, ticket.number), of(actions, ticket.number), of(followUps, ticket.number), audience),
        reply: replyOf(of(events, ticket.merged_into ?? ticket.number)),
      },
    ]),
  );
}

/** An action as everybody sees it. */
export const actionShown = (row: ActionRow): PublicTicket['actions'][number] => ({
  id: row.id,
  unit: row.unit,
  text: row.text,
  date: row.date,
  state: row.state,
  reason: row.reason,
});

function shown(
  ticket: TicketRow,
  events: readonly EventRow[],
  actions: readonly ActionRow[],
  followUps: readonly FollowUpRow[],
  audience: Audience,
): Omit<PublicTicket, 'reply'> {
  return {
    number: ticket.number,
    state: ticket.state,
    unit: ticket.unit,
    steps: events.map((event) => ({
      at: event.at,
      to: event.to_state,
      note: event.public === 1 || (audience === 'reader' && event.part === 'reader') ? event.note : null,
      unit: event.unit,
      by: event.part,
    })),
    actions: actions.map(actionShown),
    followUp: followUpOf(followUps, audience),
  };
}

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
function replyOf(events: readonly EventRow[]): PublicTicket['reply'] {
  const event = events.findLast((row) => row.to_state === 'replied');
  if (event === undefined) return null;
  const { note, unit, resolution_kind, root_cause } = event;
  if (note === null || unit === null || resolution_kind === null || root_cause === null) return null;
  return { text: note, at: event.at, unit, resolutionKind: resolution_kind, rootCause: root_cause };
}

function grouped<Row extends { readonly ticket: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (row) => row.ticket);
}
