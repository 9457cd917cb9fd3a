/** Moderation and answers (closed-loop.md "Comments"): publish, reject, mask, answer; never rewrite. */
import { postDecision, postReply, type WaitingComment } from '../../shared/api/comments.ts';
import type { Answer, Input } from '../../shared/api/endpoint.ts';
import { postFlagsDismissal } from '../../shared/api/flags.ts';
import { postMentionAnswer } from '../../shared/api/mentions.ts';
import { postAppealDecision, postLease, postUndo, postWaveDecision } from '../../shared/api/moderation.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { postTicket } from '../../shared/api/tickets.ts';
import type { RejectionReason } from '../../shared/feedback/comment.ts';
import type { TicketClock } from '../../shared/feedback/ticket.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';

/** A span `[from, to)` in UTF-16 units. */
export type Span = readonly [number, number];

/** What a decision came to: what was decided, until when it may be taken back (Unix seconds, null: not at all), and what of a wave failed. */
export interface Outcome {
  readonly items: readonly { readonly id: string; readonly version: number }[];
  readonly undoUntil: number | null;
  readonly failed: Answer<typeof postUndo>['failed'];
}

type Seen = Pick<WaitingComment, 'id' | 'version'>;
type Decision = Input<(typeof postDecision)['body']>;

async function decide(id: string, decision: Decision, context: Context): Promise<Outcome> {
  const { version, undoUntil } = await call(postDecision, { params: { id }, body: decision }, context);
  return { items: [{ id, version }], undoUntil, failed: [] };
}

/** Publishes a comment on the version that was read; `masks` hide spans beside those that the server masks by itself; without
 *  `photo` its photo is deleted. */
export function publishComment(
  { id, version }: Seen,
  masks: readonly Span[],
  photo = true,
  context: Context = here,
): Promise<Outcome> {
  const spans = masks.map(([from, to]): [number, number] => [from, to]);
  return decide(id, { decision: 'publish', version, masks: spans, photo }, context);
}

/** Opens a ticket from a waiting comment, then publishes it. In this order, because a comment that left the queue could not be found
 *  again; a ticket opened by an earlier try is taken. Gives the ticket's number. */
export async function publishWithTicket(
  comment: Seen,
  masks: readonly Span[],
  clock: TicketClock,
  note: string | null,
  photo = true,
  context: Context = here,
): Promise<Outcome & { readonly number: string }> {
  const number = await openTicket(comment.id, clock, note, context);
  return { ...(await publishComment(comment, masks, photo, context)), number };
}

/** Rejects a comment with a reason; the note is told to its author. */
export const rejectComment = (
  { id, version }: Seen,
  reason: RejectionReason,
  note: string | null,
  context: Context = here,
): Promise<Outcome> => decide(id, { decision: 'reject', version, reason, note }, context);

/** Decides a wave of copies as it was seen, each comment by itself. Without a reason they are published. */
export async function decideWave(
  wave: readonly Seen[],
  reason: RejectionReason | null,
  note: string | null,
  context: Context = here,
): Promise<Outcome> {
  const items = wave.map(({ id, version }) => ({ id, version }));
  const body =
    reason === null ? { decision: 'publish' as const, items } : { decision: 'reject' as const, items, reason, note };
  const { done, failed } = await call(postWaveDecision, { body }, context);
  const until = done.map(({ undoUntil }) => undoUntil);
  return { items: done, undoUntil: until.includes(null) ? null : (until[0] ?? null), failed };
}

/** Removes a published comment; a stub with reason and date stays, and what readers reported of it is settled. */
export const removeComment = (
  { id, version }: Seen,
  reason: RejectionReason,
  note: string | null,
  context: Context = here,
): Promise<Outcome> => decide(id, { decision: 'remove', version, reason, note }, context);

/** Puts a removed comment back. */
export const restoreComment = ({ id, version }: Seen, context: Context = here): Promise<Outcome> =>
  decide(id, { decision: 'restore', version }, context);

/** Takes a decision back; gives what could not be. */
export const takeBack = async ({ items }: Outcome, context: Context = here): Promise<Outcome['failed']> =>
  (await call(postUndo, { body: { items: [...items] } }, context)).failed;

/** Decides an appeal; the note is told to the author. */
export async function decideAppeal(
  { id, version }: Seen,
  outcome: 'granted' | 'refused',
  note: string | null,
  context: Context = here,
): Promise<Outcome> {
  const done = await call(postAppealDecision, { params: { id }, body: { version, outcome, note } }, context);
  return { items: [{ id, version: done.version }], undoUntil: null, failed: [] };
}

/** Says that this person has the item open; gives who else has it. */
export const openItem = async (id: string, context: Context = here): Promise<string | null> =>
  (await call(postLease, { params: { id } }, context)).openBy;

/** Lets a reported comment stand. */
export async function dismissFlags({ id, version }: Seen, context: Context = here): Promise<Outcome> {
  await call(postFlagsDismissal, { params: { id } }, context);
  return { items: [{ id, version }], undoUntil: null, failed: [] };
}

/** The reviewer's answer to somebody whom a diary names; it cannot change once sent. */
export async function answerMention(id: string, text: string, context: Context = here): Promise<void> {
  await call(postMentionAnswer, { params: { id }, body: { text } }, context);
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
