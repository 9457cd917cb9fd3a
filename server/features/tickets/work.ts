/** What is done on a ticket beside its moves: an extension is asked or refused, the clock is changed, notes are written, the reporter's contact
 *  is looked at. Each is an audit row. */
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type {
  postClock,
  postContactLook,
  postExtension,
  postExtensionRefusal,
  postNote,
} from '../../../shared/api/tickets.ts';
import { mayAskExtension } from '../../../shared/feedback/allowed.ts';
import { dayAt, endOfDay, firstContactDue, latestExtension, replyDue } from '../../../shared/feedback/deadline.ts';
import { gapsOf } from '../../../shared/feedback/reply-template.ts';
import { workStates } from '../../../shared/feedback/ticket.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { parseDay } from '../../../shared/time/civil.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { openContact } from '../../feedback/contact.ts';
import { insertExtension, lastExtension, openExtension, settleExtension } from '../../feedback/extension.ts';
import { standingOf } from '../../feedback/move-ticket.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { addNote, isNewest } from '../../feedback/ticket-notes.ts';
import { type TicketRow, updateTicket } from '../../feedback/ticket-queries.ts';
import { asSeen, handlerOf, isOpen, type View, viewOf, visible } from './view.ts';

type Body<E extends { readonly body: unknown }> = Output<E['body']>;

/** The handler of the unit asks for more time, before expiry, for a day after the due date within the longest extension. */
export async function askExtension(
  context: Context,
  grants: readonly Grant[],
  number: string,
  { version, date, reason }: Body<typeof postExtension>,
): Promise<View> {
  const at = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const ticket = await asSeen(trx, grants, number, version);
    const handler = requireHandler(grants, ticket);
    const last = await lastExtension(trx, number);
    if (!mayAskExtension(standingOf(ticket, false, last?.state === 'asked'), at)) throw notNow(ticket);
    const by = await reckoningOf(trx, context);
    const day = parseDay(date);
    const latest = latestExtension(ticket.due, by);
    if (day === null || day <= dayAt(ticket.due, by) || day > latest)
      throw new Refusal('FIELD_INVALID', { field: 'date', facts: { latest: endOfDay(latest, by) } });
    requireFilled('reason', reason);
    await raise(trx, ticket);
    await insertExtension(trx, {
      ticket: number,
      n: last === undefined ? 0 : last.n + 1,
      asked_at: at,
      actor: handler.actor,
      date,
      reason,
      state: 'asked',
      decided_at: null,
      decided_by: null,
      note: null,
    });
    const facts = { unit: ticket.unit, date };
    await writeAudit(trx, { at, actor: handler.actor, action: 'ticket.extensionAsked', subject: number, facts });
    return viewOf(trx, context, grants, await visible(trx, grants, number));
  });
}

/** The organiser refuses; the date stays, and the handler reads why. */
export async function refuseExtension(
  context: Context,
  { actor }: Grant,
  grants: readonly Grant[],
  number: string,
  { version, note }: Body<typeof postExtensionRefusal>,
): Promise<View> {
  const at = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const ticket = await asSeen(trx, grants, number, version);
    const wish = await openExtension(trx, number);
    if (wish === undefined) throw notNow(ticket);
    await raise(trx, ticket);
    await settleExtension(trx, wish, 'refused', { at, by: actor, note });
    const facts = { unit: ticket.unit, date: wish.date };
    await writeAudit(trx, { at, actor, action: 'ticket.extensionRefused', subject: number, facts });
    return viewOf(trx, context, grants, await visible(trx, grants, number));
  });
}

/** Another clock: what is not missed, met or extended yet is reckoned anew from registration. */
export async function changeClock(
  context: Context,
  { actor }: Grant,
  grants: readonly Grant[],
  number: string,
  { version, clock }: Body<typeof postClock>,
): Promise<View> {
  const at = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const ticket = await asSeen(trx, grants, number, version);
    if (!isOpen(ticket) || ticket.clock === clock) throw notNow(ticket);
    const by = await reckoningOf(trx, context);
    const { registered_at, kind } = ticket;
    const runsContact = ticket.contacted_at === null && at <= ticket.contact_due;
    const runsReply = ticket.replied_at === null && ticket.extended_due === null && at <= ticket.due;
    const due = runsReply ? replyDue(registered_at, kind, clock, by) : ticket.due;
    const contact_due = runsContact ? firstContactDue(registered_at, clock, by) : ticket.contact_due;
    if (!(await updateTicket(trx, number, version, { clock, due, contact_due }))) throw new Refusal('VERSION_STALE');
    const facts = { from: ticket.clock, to: clock, due, contactDue: contact_due };
    await writeAudit(trx, { at, actor, action: 'ticket.clock', subject: number, facts });
    return viewOf(trx, context, grants, await visible(trx, grants, number));
  });
}

/** Writes a note; the newest one sent again is that one. Messages and calls are the handler's, once the work has begun and as long as the ticket is open. */
export async function writeNote(
  context: Context,
  grants: readonly Grant[],
  number: string,
  { kind, text }: Body<typeof postNote>,
): Promise<View> {
  const at = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const ticket = await visible(trx, grants, number);
    const handler = handlerOf(grants, ticket);
    const writer =
      handler ??
      (kind === 'internal' ? grants.find(({ role }) => role === 'moderator' || role === 'organiser') : undefined);
    if (writer === undefined) throw new Refusal('NOT_FOUND');
    if (kind !== 'internal' && !workStates.includes(ticket.state) && ticket.state !== 'replied') throw notNow(ticket);
    if (kind === 'message') requireFilled('text', text);
    const note = { ticket: number, at, actor: writer.actor, unit: writer.unit, kind, text };
    if (await isNewest(trx, note)) return viewOf(trx, context, grants, ticket);
    await addNote(trx, note);
    const facts = { kind, unit: writer.unit };
    await writeAudit(trx, { at, actor: writer.actor, action: 'ticket.note', subject: number, facts });
    return viewOf(trx, context, grants, ticket);
  });
}

/** The reporter's contact, for the handler of the unit while the ticket is open. Else, and where there is none: NOT_FOUND. */
export async function lookAtContact(
  context: Context,
  grants: readonly Grant[],
  number: string,
): Promise<Answer<typeof postContactLook>> {
  const at = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const ticket = await visible(trx, grants, number);
    const handler = requireHandler(grants, ticket);
    if (!isOpen(ticket)) throw new Refusal('NOT_FOUND');
    const contact = await openContact(trx, context, ticket.comment);
    await writeAudit(trx, { at, actor: handler.actor, action: 'ticket.contactLook', subject: number });
    return { contact };
  });
}

function requireHandler(grants: readonly Grant[], ticket: TicketRow): Grant {
  const handler = handlerOf(grants, ticket);
  if (handler === undefined) throw new Refusal('NOT_FOUND');
  return handler;
}

function requireFilled(field: string, text: string): void {
  const gaps = gapsOf(text);
  if (gaps.length > 0) throw new Refusal('FIELD_INVALID', { field, facts: { reason: 'GAPS', gaps } });
}

const notNow = ({ state }: TicketRow): Refusal => new Refusal('MOVE_NOT_ALLOWED', { facts: { state } });

/** The next version: who decides on what stood here before is told so. */
async function raise(trx: Parameters<typeof updateTicket>[0], { number, version }: TicketRow): Promise<void> {
  if (!(await updateTicket(trx, number, version, {}))) throw new Refusal('VERSION_STALE');
}
