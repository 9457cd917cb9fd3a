/** Moderation and answers (closed-loop.md "Comments"): publish, reject, mask, answer; never rewrite. */
import { postDecision, postReply, type WaitingComment } from '../../shared/api/comments.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { postTicket } from '../../shared/api/tickets.ts';
import type { RejectionReason } from '../../shared/feedback/comment.ts';
import type { TicketClock } from '../../shared/feedback/ticket.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';

/** A span `[from, to)` in UTF-16 units. */
export type Span = readonly [number, number];

/** Publishes a comment on the version that was read; `masks` hide spans beside those that the server masks by itself. */
export async function publishComment(
  { id, version }: WaitingComment,
  masks: readonly Span[],
  context: Context = here,
): Promise<void> {
  const spans = masks.map(([from, to]): [number, number] => [from, to]);
  await call(postDecision, { params: { id }, body: { decision: 'publish', version, masks: spans } }, context);
}

/** Opens a ticket from a waiting comment, then publishes it. In this order, because a comment that left the queue could not be found
 *  again; a ticket opened by an earlier try is taken. Gives the ticket's number. */
export async function publishWithTicket(
  comment: WaitingComment,
  masks: readonly Span[],
  clock: TicketClock,
  note: string | null,
  context: Context = here,
): Promise<string> {
  const number = await openTicket(comment.id, clock, note, context);
  await publishComment(comment, masks, context);
  return number;
}

/** Rejects a comment with a reason; the note is told to its author. */
export async function rejectComment(
  { id, version }: WaitingComment,
  reason: RejectionReason,
  note: string | null,
  context: Context = here,
): Promise<void> {
  await call(postDecision, { params: { id }, body: { decision: 'reject', version, reason, note } }, context);
}

/** The unit's official answer under a published comment; it cannot change once sent. */
export async function replyComment(id: string, text: string, context: Context = here): Promise<void> {
  await call(postReply, { params: { id }, body: { text } }, context);
}

async function openTicket(comment: string, clock: TicketClock, note: string | null, context: Context): Promise<string> {
  try {
    return (await call(postTicket, { body: { comment, clock, note } }, context)).number;
  } catch (error) {
    const number = error instanceof Refusal && error.code === 'ALREADY_DONE' ? error.facts.number : undefined;
    if (typeof number === 'string') return number;
    throw error;
  }
}
