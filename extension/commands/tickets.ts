/** Moves of tickets and what is done beside them (closed-loop.md "Ticket state machine"). */
import type { Answer, Input } from '../../shared/api/endpoint.ts';
import { deleteReplyTemplate, putReplyTemplate, type ReplyTemplate } from '../../shared/api/reply-templates.ts';
import {
  postClock,
  postContactLook,
  postExtension,
  postExtensionRefusal,
  postMove,
  postMoves,
  postNote,
  putAction,
  type TicketView,
} from '../../shared/api/tickets.ts';
import type { NoteKind, TicketClock } from '../../shared/feedback/ticket.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';
import { newId } from '../store/ops.ts';

/** What a move carries beside the version that was seen. */
export type MoveInput = Omit<Input<(typeof postMove)['body']>, 'version'>;
export type ActionInput = Input<(typeof putAction)['body']>;
export type ManyInput = Input<(typeof postMoves)['body']>;
export type ManyResults = Answer<typeof postMoves>['results'];
type Seen = Pick<TicketView, 'number' | 'version'>;

/** Moves a ticket as it was seen. Refuses `VERSION_STALE` where somebody moved it since, `FIELD_INVALID` with the member that does not fit. */
export function moveTicket(seen: Seen, move: MoveInput, context: Context = here): Promise<TicketView> {
  return call(postMove, { params: { number: seen.number }, body: { version: seen.version, ...move } }, context);
}

/** Moves many tickets with one note; gives what became of each. */
export async function moveTickets(many: ManyInput, context: Context = here): Promise<ManyResults> {
  return (await call(postMoves, { body: many }, context)).results;
}

/** Adds an action (`id` null) or changes one. */
export function setAction(
  number: string,
  id: string | null,
  action: ActionInput,
  context: Context = here,
): Promise<TicketView> {
  return call(putAction, { params: { number, id: id ?? newId(context) }, body: action }, context);
}

/** Asks the organiser for more time. */
export function askExtension(
  { number, version }: Seen,
  date: string,
  reason: string,
  context: Context = here,
): Promise<TicketView> {
  return call(postExtension, { params: { number }, body: { version, date, reason } }, context);
}

/** Refuses what was asked; consent is the move `extended`. */
export function refuseExtension({ number, version }: Seen, note: string, context: Context = here): Promise<TicketView> {
  return call(postExtensionRefusal, { params: { number }, body: { version, note } }, context);
}

export function changeClock(
  { number, version }: Seen,
  clock: TicketClock,
  context: Context = here,
): Promise<TicketView> {
  return call(postClock, { params: { number }, body: { version, clock } }, context);
}

/** Writes to the reporter, of a call, or for the desk alone. */
export function writeNote(number: string, kind: NoteKind, text: string, context: Context = here): Promise<TicketView> {
  return call(postNote, { params: { number }, body: { kind, text } }, context);
}

/** The reporter's telephone or e-mail; the look is an audit row. */
export async function lookAtContact(number: string, context: Context = here): Promise<string> {
  return (await call(postContactLook, { params: { number } }, context)).contact;
}

/** Adds a template for answers (`id` null) or changes one. */
export function setTemplate(
  id: string | null,
  template: Omit<ReplyTemplate, 'id'>,
  context: Context = here,
): Promise<ReplyTemplate> {
  return call(putReplyTemplate, { params: { id: id ?? newId(context) }, body: template }, context);
}

export async function removeReplyTemplate(id: string, context: Context = here): Promise<void> {
  await call(deleteReplyTemplate, { params: { id } }, context);
}
