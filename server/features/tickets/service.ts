/** Tickets at the desk (closed-loop.md "Ticket state machine"): registered by a moderator, dispatched by an organiser, handled by the
 *  unit, closed by the reader's word or by the clock. */
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { getTickets, postMove, postMoves, postTicket, putAction } from '../../../shared/api/tickets.ts';
import { isActionable } from '../../../shared/feedback/comment.ts';
import { dayNameAt, firstContactDue, replyDue } from '../../../shared/feedback/deadline.ts';
import { gapsOf } from '../../../shared/feedback/reply-template.ts';
import { type TicketState, ticketStates, workStates } from '../../../shared/feedback/ticket.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { lockComment, touchList } from '../../feedback/comment-queries.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { type Change, moveTicket, unitExists } from '../../feedback/move-ticket.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { replyPhotoOf } from '../../feedback/reply-photo.ts';
import { type ActionRow, addEvent, type TicketRow, ticketOfComment } from '../../feedback/ticket-queries.ts';
import { actionById, deskTickets, deskTotal, insertTicket, lastSerial, placeOf, putActionRow } from './queries.ts';
import { asSeen, handlerOf, movesOf, rowsShown, unitsSeen, type View, viewOf, visible, waysOf } from './view.ts';

type Opening = Output<(typeof postTicket)['body']>;
type Move = Output<(typeof postMove)['body']>;
type Action = Output<(typeof putAction)['body']>;
type Query = Output<(typeof getTickets)['query']>;
type MadeMove = Omit<Move, 'photo'> & Pick<Change, 'photo'>;
type Many = Output<(typeof postMoves)['body']>;

const pageSize = 50;

/** Opens a ticket from an actionable comment that is published or waits; the numbers of a year run without gaps. */
export async function register(context: Context, grant: Grant, body: Opening): Promise<Answer<typeof postTicket>> {
  const now = secondsNow(context);
  const by = await reckoningOf(context.database.db, context);
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'ticket-number');
    const comment = await lockComment(trx, body.comment);
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
      asked: 0,
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

/** The desk's list; a handler sees the tickets of the own units and those with an action of one. */
export async function list(
  context: Context,
  grants: readonly Grant[],
  query: Query,
): Promise<Answer<typeof getTickets>> {
  const db = context.database.db;
  const now = secondsNow(context);
  const { after, ...wanted } = query;
  const scope = { units: unitsSeen(grants), ...wanted };
  const found = await deskTickets(db, scope, now, readCursor(after), pageSize + 1);
  const { page, next } = pageFrom(found, pageSize, (row) => cursorAfter(placeOf(scope, row), row.number));
  return { rows: await rowsShown(db, page), next, total: await deskTotal(db, scope, now) };
}

/** One ticket. Throws NOT_FOUND for an unknown one and for one of another unit. */
export async function look(context: Context, grants: readonly Grant[], number: string): Promise<View> {
  const db = context.database.db;
  return viewOf(db, context, grants, await visible(db, grants, number));
}

/** Moves a ticket in the first of the roles held that may. */
export async function move(context: Context, grants: readonly Grant[], number: string, body: Move): Promise<View> {
  const made = { ...body, photo: body.photo === undefined ? undefined : await replyPhotoOf(body.photo) };
  return context.database.transaction(async (trx) => {
    await moveOne(trx, context, grants, await asSeen(trx, grants, number, body.version), made);
    return viewOf(trx, context, grants, await visible(trx, grants, number, true));
  });
}

/** Moves many tickets, each by itself: what one is refused stops none of the others. */
export async function moveMany(
  context: Context,
  grants: readonly Grant[],
  { tickets, ...body }: Many,
): Promise<Answer<typeof postMoves>> {
  const results: Answer<typeof postMoves>['results'] = [];
  for (const { number, version } of tickets) {
    try {
      await context.database.transaction(async (trx) =>
        moveOne(trx, context, grants, await asSeen(trx, grants, number, version), {
          ...body,
          version,
          contactBy: 'call',
        }),
      );
      results.push({ number, code: null, allowed: [] });
    } catch (error) {
      // The result of this one; what is no refusal is a bug.
      if (!(error instanceof Refusal)) throw error;
      results.push({ number, code: error.code, allowed: allowedIn(error) });
    }
  }
  return { results };
}

async function moveOne(
  trx: Db,
  context: Context,
  grants: readonly Grant[],
  ticket: TicketRow,
  body: MadeMove,
): Promise<void> {
  const ways = await waysOf(trx, context, grants, ticket);
  const way = ways.find((each) => each.allowed.includes(body.to));
  if (way === undefined)
    throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: ticket.state, allowed: movesOf(ways) } });
  const { by, actor, ownTicket } = way;
  const { version: _, followUp, ...change } = body;
  const heard = by === 'moderator' && reopens(body.to) ? (followUp ?? unsolved) : followUp;
  await moveTicket(trx, context, ticket, { ...change, followUp: heard, by, actor, ownTicket });
}

const allowedIn = ({ facts }: Refusal): TicketState[] =>
  ticketStates.filter((state) => Array.isArray(facts.allowed) && facts.allowed.includes(state));

/** Adds an action or changes it. The handler of the ticket's unit adds and rewrites while the work is under way, and sets the state until the
 *  ticket is referred or merged; the handler of the action's unit sets its state. A dropped one has its public reason, and a unit is one of the
 *  organisation's. */
export async function putTicketAction(
  context: Context,
  grants: readonly Grant[],
  number: string,
  id: string,
  body: Action,
): Promise<View> {
  if (!/^[a-z0-9-]{1,32}$/.test(id)) throw new Refusal('FIELD_INVALID', { field: 'id' });
  if (body.state === 'dropped' && body.reason === null) throw new Refusal('FIELD_INVALID', { field: 'reason' });
  if (gapsOf(`${body.text} ${body.reason ?? ''}`).length > 0)
    throw new Refusal('FIELD_INVALID', { field: 'text', facts: { reason: 'GAPS' } });
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    // Whose unit sets the state alone must not write over what the ticket's own unit has just rewritten.
    await lockFor(trx, `ticket-actions ${number}`);
    const ticket = await visible(trx, grants, number);
    const known = await actionById(trx, number, id);
    const lead = handlerOf(grants, ticket);
    const own = grants.find(({ role, unit }) => role === 'handler' && unit !== null && unit === known?.unit);
    const grant = lead ?? own;
    if (grant === undefined) throw new Refusal('NOT_FOUND');
    requireActionChange(ticket, known, body, lead !== undefined);
    if (known?.unit !== body.unit && !(await unitExists(trx, body.unit)))
      throw new Refusal('FIELD_INVALID', { field: 'unit' });
    await putActionRow(trx, { ticket: number, id, ...body, at: now });
    await touchList(trx, ticket.draw, ticket.diary_unit);
    const facts = { action: id, from: known?.state ?? null, to: body.state, unit: body.unit, date: body.date };
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'ticket.action', subject: number, facts });
    return viewOf(trx, context, grants, ticket);
  });
}

function requireActionChange(ticket: TicketRow, known: ActionRow | undefined, body: Action, leads: boolean): void {
  const refused = (field: string) => new Refusal('FIELD_INVALID', { field, facts: { state: ticket.state } });
  const isWorked = workStates.includes(ticket.state);
  if (known === undefined && !(leads && isWorked)) throw refused('id');
  if (ticket.state === 'referred' || ticket.state === 'merged') throw refused('state');
  if (known === undefined || (leads && isWorked)) return;
  for (const field of ['text', 'unit', 'date'] as const) if (known[field] !== body[field]) throw refused(field);
}

/** A reopening that a moderator records without more is the answer "not solved". */
const unsolved = { solved: false, rating: null, words: null };
const reopens = (to: TicketState): boolean => to === 'reopened' || to === 'supervised';
