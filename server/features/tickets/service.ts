/** Tickets at the desk (closed-loop.md "Ticket state machine"): registered by a moderator, dispatched by an organiser, handled by the
 *  unit, closed by the reader's word or by the clock. */
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { getTicket, getTickets, postMove, postTicket, putAction } from '../../../shared/api/tickets.ts';
import { allowedMoves } from '../../../shared/feedback/allowed.ts';
import { isActionable } from '../../../shared/feedback/comment.ts';
import { dayNameAt, firstContactDue, replyDue } from '../../../shared/feedback/deadline.ts';
import { closedStates, type Mover, type TicketState } from '../../../shared/feedback/ticket.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { commentById, touchList } from '../../feedback/comment-queries.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { moveTicket, standingOf } from '../../feedback/move-ticket.ts';
import { deskComment } from '../../feedback/public-comment.ts';
import { actionShown } from '../../feedback/public-ticket.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import {
  actionsOf,
  addEvent,
  eventsOf,
  type TicketRow,
  ticketByNumber,
  ticketOfComment,
} from '../../feedback/ticket-queries.ts';
import {
  actionById,
  deskTickets,
  deskTotal,
  hasOtherModerator,
  insertTicket,
  lastSerial,
  putActionRow,
  type Scope,
} from './queries.ts';

type Opening = Output<(typeof postTicket)['body']>;
type Move = Output<(typeof postMove)['body']>;
type Action = Output<(typeof putAction)['body']>;
type Query = Output<(typeof getTickets)['query']>;
type View = Answer<typeof getTicket>;

const pageSize = 50;
const seesAll: readonly string[] = ['moderator', 'organiser', 'auditor'];

/** Opens a ticket from an actionable comment that is published or waits; the numbers of a year run without gaps. */
export async function register(context: Context, grant: Grant, body: Opening): Promise<Answer<typeof postTicket>> {
  const now = secondsNow(context);
  const by = reckoningOf(context);
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'ticket-number');
    const comment = await commentById(trx, body.comment);
    if (comment === undefined) throw new Refusal('NOT_FOUND');
    const known = await ticketOfComment(trx, comment.id);
    if (known !== undefined) throw new Refusal('ALREADY_DONE', { facts: { number: known.number } });
    if (!isActionable(comment.kind) || (comment.state !== 'waiting' && comment.state !== 'published'))
      throw new Refusal('MOVE_NOT_ALLOWED', { facts: { kind: comment.kind, state: comment.state } });
    const year = Number(dayNameAt(now, by).slice(0, 4));
    const serial = (await lastSerial(trx, year)) + 1;
    const number = `${year}-${String(serial).padStart(4, '0')}`;
    await insertTicket(trx, {
      number,
      year,
      serial,
      comment: comment.id,
      state: 'registered',
      version: 1,
      unit: null,
      clock: body.clock,
      kind: comment.kind,
      draw: comment.draw,
      diary_unit: comment.unit,
      text: comment.text,
      opened_by: grant.actor,
      registered_at: now,
      contact_due: firstContactDue(now, body.clock, by),
      due: replyDue(now, comment.kind, body.clock, by),
      reopened: 0,
    });
    await addEvent(trx, {
      ticket: number,
      at: now,
      actor: grant.actor,
      part: 'desk',
      to_state: 'registered',
      note: body.note,
      public: 0,
      first_contact: 0,
    });
    await touchList(trx, comment.draw, comment.unit);
    const facts = { comment: comment.id, clock: body.clock };
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'ticket.register', subject: number, facts });
    return { number };
  });
}

/** The desk's list, newest first; a handler sees the tickets of the own units. */
export async function list(
  context: Context,
  grants: readonly Grant[],
  query: Query,
): Promise<Answer<typeof getTickets>> {
  const db = context.database.db;
  const scope: Scope = { units: unitsSeen(grants), state: query.state };
  const found = await deskTickets(db, scope, readCursor(query.after), pageSize + 1);
  const { page, next } = pageFrom(found, pageSize, (row) => cursorAfter(row.registered_at, row.number));
  return { rows: page.map(rowShown), next, total: await deskTotal(db, scope) };
}

/** One ticket. Throws NOT_FOUND for an unknown one and for one of another unit. */
export async function look(context: Context, grants: readonly Grant[], number: string): Promise<View> {
  const db = context.database.db;
  return viewOf(db, context, grants, await visible(db, grants, number));
}

/** Moves a ticket in the first of the roles held that may. */
export async function move(context: Context, grants: readonly Grant[], number: string, body: Move): Promise<View> {
  return context.database.transaction(async (trx) => {
    const ticket = await visible(trx, grants, number);
    if (ticket.version !== body.version)
      throw new Refusal('VERSION_STALE', { facts: { version: ticket.version, state: ticket.state } });
    const ways = await waysOf(trx, context, grants, ticket);
    const way = ways.find((each) => each.allowed.includes(body.to));
    if (way === undefined)
      throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: ticket.state, allowed: distinct(ways) } });
    const { by, actor, ownTicket } = way;
    const { version: _, followUp, ...change } = body;
    const heard = by === 'moderator' && reopens(body.to) ? (followUp ?? unsolved) : followUp;
    await moveTicket(trx, context, ticket, { ...change, followUp: heard, by, actor, ownTicket });
    return viewOf(trx, context, grants, await visible(trx, grants, number, true));
  });
}

/** Adds an action or changes its state. New ones only while the ticket is open; a dropped one has its public reason. */
export async function putTicketAction(
  context: Context,
  grants: readonly Grant[],
  number: string,
  id: string,
  body: Action,
): Promise<View> {
  if (!/^[a-z0-9-]{1,32}$/.test(id)) throw new Refusal('FIELD_INVALID', { field: 'id' });
  if (body.state === 'dropped' && body.reason === null) throw new Refusal('FIELD_INVALID', { field: 'reason' });
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const ticket = await visible(trx, grants, number);
    const grant = grants.find((each) => each.role === 'handler' && each.unit === ticket.unit);
    if (grant === undefined) throw new Refusal('NOT_FOUND');
    const known = await actionById(trx, number, id);
    if (known === undefined && closedStates.includes(ticket.state))
      throw new Refusal('FIELD_INVALID', { field: 'id', facts: { state: ticket.state } });
    await putActionRow(trx, { ticket: number, id, ...body, at: now });
    await touchList(trx, ticket.draw, ticket.diary_unit);
    const facts = { action: id, from: known?.state ?? null, to: body.state, unit: body.unit, date: body.date };
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'ticket.action', subject: number, facts });
    return viewOf(trx, context, grants, ticket);
  });
}

/** A reopening that a moderator records without more is the answer "not solved". */
const unsolved = { solved: false, rating: null, words: null };
const reopens = (to: TicketState): boolean => to === 'reopened' || to === 'supervised';

/** Null: all. */
function unitsSeen(grants: readonly Grant[]): readonly string[] | null {
  if (grants.some((grant) => seesAll.includes(grant.role))) return null;
  return grants.flatMap((grant) => (grant.role === 'handler' && grant.unit !== null ? [grant.unit] : []));
}

/** `moved`: after one's own move it is shown once more, though it may have gone to another unit. */
async function visible(db: Db, grants: readonly Grant[], number: string, moved = false): Promise<TicketRow> {
  const ticket = await ticketByNumber(db, number);
  const units = unitsSeen(grants);
  if (ticket === undefined) throw new Refusal('NOT_FOUND');
  if (!moved && units !== null && (ticket.unit === null || !units.includes(ticket.unit)))
    throw new Refusal('NOT_FOUND');
  return ticket;
}

interface Way {
  readonly by: Mover;
  readonly actor: string;
  readonly ownTicket: boolean;
  readonly allowed: readonly TicketState[];
}

/** What each of the roles held may do with the ticket now. A handler acts for the ticket's unit only. */
async function waysOf(db: Db, context: Context, grants: readonly Grant[], ticket: TicketRow): Promise<readonly Way[]> {
  const now = secondsNow(context);
  const ways: Way[] = [];
  for (const { role, unit, actor } of grants) {
    if (role !== 'moderator' && role !== 'organiser' && (role !== 'handler' || unit !== ticket.unit)) continue;
    const opened = role === 'moderator' && actor === ticket.opened_by;
    const ownTicket = opened && !context.config.onePerson && (await hasOtherModerator(db, actor));
    ways.push({ by: role, actor, ownTicket, allowed: allowedMoves(standingOf(ticket, ownTicket), role, now) });
  }
  return ways;
}

const distinct = (ways: readonly Way[]): TicketState[] => [...new Set(ways.flatMap((way) => way.allowed))];

const rowShown = (row: TicketRow) => ({
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
});

async function viewOf(db: Db, context: Context, grants: readonly Grant[], ticket: TicketRow): Promise<View> {
  const comment = await commentById(db, ticket.comment);
  if (comment === undefined) throw new Refusal('NOT_FOUND');
  const events = await eventsOf(db, [ticket.number]);
  return {
    ...rowShown(ticket),
    events: events.map((event) => ({
      at: event.at,
      actor: event.actor,
      from: event.from_state,
      to: event.to_state,
      note: event.note,
      public: event.public === 1,
      unit: event.unit,
    })),
    actions: (await actionsOf(db, [ticket.number])).map(actionShown),
    comment: await deskComment(db, comment),
    allowed: distinct(await waysOf(db, context, grants, ticket)),
  };
}
