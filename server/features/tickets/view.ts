/** Who sees a ticket, what each role may do with it now, and how the desk is shown it. */
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { getTicket, TicketRow as ShownRow } from '../../../shared/api/tickets.ts';
import { allowedMoves, mayAskExtension } from '../../../shared/feedback/allowed.ts';
import { latestExtension } from '../../../shared/feedback/deadline.ts';
import { type AlertKind, closedStates, type Mover, type TicketState } from '../../../shared/feedback/ticket.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { formatDay } from '../../../shared/time/civil.ts';
import { type Context, secondsNow } from '../../context.ts';
import type { Db } from '../../database/port.ts';
import { alertsOf } from '../../feedback/alerts.ts';
import { shownById } from '../../feedback/comment-queries.ts';
import { hasContact } from '../../feedback/contact.ts';
import { extensionsAsked, lastExtension } from '../../feedback/extension.ts';
import { hasOtherModerator, isOwnTicket } from '../../feedback/moderators.ts';
import { standingOf } from '../../feedback/move-ticket.ts';
import { deskComment } from '../../feedback/public-comment.ts';
import { actionShown, publicTickets } from '../../feedback/public-ticket.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { notesOf } from '../../feedback/ticket-notes.ts';
import { actionsOf, eventsOf, type TicketRow, ticketByNumber } from '../../feedback/ticket-queries.ts';
import { hasActionOf, mergedInto } from './queries.ts';

export type View = Answer<typeof getTicket>;

const seesAll: readonly string[] = ['moderator', 'organiser', 'auditor'];

/** Units whose tickets are seen; null: all. */
export function unitsSeen(grants: readonly Grant[]): readonly string[] | null {
  if (grants.some((grant) => seesAll.includes(grant.role))) return null;
  return grants.flatMap((grant) => (grant.role === 'handler' && grant.unit !== null ? [grant.unit] : []));
}

/** A ticket that these grants may see: a handler those of the unit, and those with an action of the unit. `moved`: after one's own move it is
 *  shown once more, though it may have gone to another unit. Throws NOT_FOUND. */
export async function visible(db: Db, grants: readonly Grant[], number: string, moved = false): Promise<TicketRow> {
  const ticket = await ticketByNumber(db, number);
  if (ticket === undefined) throw new Refusal('NOT_FOUND');
  const units = unitsSeen(grants);
  if (moved || units === null || (ticket.unit !== null && units.includes(ticket.unit))) return ticket;
  if (await hasActionOf(db, number, units)) return ticket;
  throw new Refusal('NOT_FOUND');
}

/** The same, at the version that was seen. Throws VERSION_STALE where somebody was faster. */
export async function asSeen(db: Db, grants: readonly Grant[], number: string, version: number): Promise<TicketRow> {
  const ticket = await visible(db, grants, number);
  if (ticket.version !== version)
    throw new Refusal('VERSION_STALE', { facts: { version: ticket.version, state: ticket.state } });
  return ticket;
}

/** The grant of the handler of the ticket's unit. */
export const handlerOf = (grants: readonly Grant[], ticket: TicketRow): Grant | undefined =>
  grants.find(({ role, unit }) => role === 'handler' && unit !== null && unit === ticket.unit);

interface Way {
  readonly by: Mover;
  readonly actor: string;
  readonly ownTicket: boolean;
  readonly allowed: readonly TicketState[];
}

/** What each of the roles held may do with the ticket now. A handler acts for the ticket's unit only. */
export async function waysOf(
  db: Db,
  context: Context,
  grants: readonly Grant[],
  ticket: TicketRow,
): Promise<readonly Way[]> {
  const now = secondsNow(context);
  const asked = (await extensionsAsked(db, [ticket.number])).has(ticket.number);
  const ways: Way[] = [];
  for (const { role, unit, actor } of grants) {
    if (role !== 'moderator' && role !== 'organiser' && (role !== 'handler' || unit !== ticket.unit)) continue;
    const isBarred = role === 'moderator' && !context.config.onePerson && (await isOwnTicket(db, ticket, actor));
    const ownTicket = isBarred && (await hasOtherModerator(db, actor, now));
    ways.push({ by: role, actor, ownTicket, allowed: allowedMoves(standingOf(ticket, ownTicket, asked), role, now) });
  }
  return ways;
}

/** All moves of some ways, each once. */
export const movesOf = (ways: readonly Way[]): TicketState[] => [...new Set(ways.flatMap((way) => way.allowed))];

/** Tickets as a list has them. */
export async function rowsShown(db: Db, rows: readonly TicketRow[]): Promise<ShownRow[]> {
  const numbers = rows.map(({ number }) => number);
  const asked = await extensionsAsked(db, numbers);
  const alerts = await alertsOf(db, numbers);
  return rows.map((row) => rowShown(row, asked.has(row.number), alerts.get(row.number) ?? []));
}

const rowShown = (
  row: TicketRow,
  extensionAsked: boolean,
  alerts: readonly { readonly kind: AlertKind; readonly at: number }[],
): ShownRow => ({
  number: row.number,
  state: row.state,
  version: row.version,
  unit: row.unit,
  kind: row.kind,
  clock: row.clock,
  draw: row.draw,
  diaryUnit: row.diary_unit,
  text: row.text,
  registeredAt: row.registered_at,
  due: row.extended_due ?? row.due,
  repliedAt: row.replied_at,
  reviewOn: row.review_on,
  extensionAsked,
  alerts: alerts.map(({ kind, at }) => ({ kind, at })),
});

/** One ticket as these grants see it. */
export async function viewOf(db: Db, context: Context, grants: readonly Grant[], ticket: TicketRow): Promise<View> {
  const { number } = ticket;
  const comment = await shownById(db, ticket.comment);
  const reader = (await publicTickets(db, [ticket.comment], 'reader')).get(ticket.comment);
  if (comment === undefined || reader === undefined) throw new Refusal('NOT_FOUND');
  const wish = await lastExtension(db, number);
  const handler = handlerOf(grants, ticket);
  const asked = wish?.state === 'asked';
  const alerts = await alertsOf(db, [number]);
  const mayAsk = handler !== undefined && mayAskExtension(standingOf(ticket, false, asked), secondsNow(context));
  return {
    ...rowShown(ticket, asked, alerts.get(number) ?? []),
    events: (await eventsOf(db, [number])).map((event) => ({
      at: event.at,
      actor: event.actor,
      from: event.from_state,
      to: event.to_state,
      note: event.note,
      public: event.public === 1,
      unit: event.unit,
      contactBy: event.contact_by,
    })),
    actions: (await actionsOf(db, [number])).map(actionShown),
    notes: (await notesOf(db, [number])).map(({ at, actor, unit, kind, text }) => ({ at, actor, unit, kind, text })),
    extension:
      wish === undefined
        ? null
        : { askedAt: wish.asked_at, date: wish.date, reason: wish.reason, state: wish.state, note: wish.note },
    mayAskUntil: mayAsk ? formatDay(latestExtension(ticket.due, await reckoningOf(db, context))) : null,
    contactDue: ticket.contact_due,
    contactedAt: ticket.contacted_at,
    disputeDue: ticket.state === 'assigned' ? ticket.dispute_due : null,
    followUpDue: ticket.follow_up_due,
    mergedInto: ticket.merged_into,
    mergedFrom: await mergedInto(db, number),
    hasContact: handler !== undefined && isOpen(ticket) && (await hasContact(db, ticket.comment)),
    reader,
    comment: await deskComment(db, comment),
    allowed: movesOf(await waysOf(db, context, grants, ticket)),
  };
}

/** Whether a ticket is still worked on. */
export const isOpen = ({ state }: TicketRow): boolean => !closedStates.includes(state);
