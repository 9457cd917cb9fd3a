/** The one place where a ticket changes its state: judged by shared/feedback, written with its event, its follow-up and its audit row in
 *  the caller's transaction. */
import { Refusal } from '../../shared/api/refusal.ts';
import { allowedMoves, type MoveMember, requiredFor, type Standing } from '../../shared/feedback/allowed.ts';
import { withoutPrivate } from '../../shared/feedback/comment.ts';
import { dayAt, endOfDay, followUpDue, objectionDue } from '../../shared/feedback/deadline.ts';
import { gapsOf } from '../../shared/feedback/reply-template.ts';
import {
  type ContactWay,
  closedStates,
  type Mover,
  type ResolutionKind,
  type RootCause,
  type TicketState,
} from '../../shared/feedback/ticket.ts';
import { parseDay } from '../../shared/time/civil.ts';
import { type Context, secondsNow } from '../context.ts';
import { writeAudit } from '../database/audit.ts';
import { lockFor } from '../database/lock.ts';
import type { Db } from '../database/port.ts';
import { touchList } from './comment-queries.ts';
import { type ExtensionRow, openExtension, settleExtension } from './extension.ts';
import { isOwnTicket } from './moderators.ts';
import { reckoningOf } from './reckoning.ts';
import { keepReplyPhoto, type MadeReplyPhoto } from './reply-photo.ts';
import {
  addEvent,
  addFollowUp,
  answerFollowUp,
  diariesShowing,
  followUpsOf,
  leadOn,
  type TicketRow,
  ticketByNumber,
  updateTicket,
} from './ticket-queries.ts';

export interface FollowUpAnswer {
  readonly solved: boolean;
  readonly rating: number | null;
  readonly words: string | null;
}

/** A wish to move a ticket. `ownTicket`: the moderator opened or handled it while another could close it. */
export interface Change {
  readonly to: TicketState;
  readonly by: Mover;
  readonly actor: string;
  readonly ownTicket: boolean;
  readonly note: string | null;
  readonly public: boolean;
  readonly unit?: string | undefined;
  readonly date?: string | undefined;
  readonly into?: string | undefined;
  readonly resolutionKind?: ResolutionKind | undefined;
  readonly rootCause?: RootCause | undefined;
  readonly firstContact?: boolean | undefined;
  readonly contactBy?: ContactWay | undefined;
  readonly photo?: MadeReplyPhoto | undefined;
  readonly followUp?: FollowUpAnswer | undefined;
}

/** What the conditions of a move look at. */
export const standingOf = (ticket: TicketRow, ownTicket: boolean, extensionAsked = false): Standing => ({
  state: ticket.state,
  reopened: ticket.reopened,
  due: ticket.due,
  extended: ticket.extended_due !== null,
  extensionAsked,
  disputeDue: ticket.dispute_due,
  followUpDue: ticket.follow_up_due,
  closedAt: ticket.closed_at,
  ownTicket,
});

/** Moves the ticket as it was read. Throws MOVE_NOT_ALLOWED with `facts.allowed`, FIELD_INVALID for a missing or unlawful member,
 *  VERSION_STALE when somebody else moved it first. */
export async function moveTicket(trx: Db, context: Context, ticket: TicketRow, change: Change): Promise<void> {
  const now = secondsNow(context);
  const from = ticket.state;
  const wish = await openExtension(trx, ticket.number);
  const allowed = allowedMoves(standingOf(ticket, change.ownTicket, wish !== undefined), change.by, now);
  if (!allowed.includes(change.to)) throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: from, allowed } });
  if (change.by !== 'reader' && change.by !== 'system') requireMembers(ticket, from, change, now);
  const written = await updateTicket(trx, ticket.number, ticket.version, {
    state: change.to,
    ...(await consequences(trx, context, ticket, change, wish, now)),
    ...said(change),
  });
  if (!written) throw new Refusal('VERSION_STALE', { facts: { version: ticket.version } });
  const contacted = firstContactMade(from, change);
  const consent = change.to === 'extended' ? wish : undefined;
  const n = await addEvent(trx, {
    ticket: ticket.number,
    at: now,
    actor: change.actor,
    part: partOf[change.by],
    from_state: from,
    to_state: change.to,
    note: consent?.reason ?? change.note,
    public: change.public || consent !== undefined ? 1 : 0,
    unit:
      change.to === 'assigned'
        ? (change.unit ?? null)
        : change.by === 'handler' || consent !== undefined
          ? ticket.unit
          : null,
    first_contact: contacted ? 1 : 0,
    contact_by: contacted ? (change.contactBy ?? 'call') : null,
    resolution_kind: change.resolutionKind ?? null,
    root_cause: change.rootCause ?? null,
  });
  if (change.photo !== undefined) await keepReplyPhoto(trx, ticket.number, n, change.photo);
  if (wish !== undefined && (consent !== undefined || change.to === 'replied'))
    await settleExtension(trx, wish, consent === undefined ? 'lapsed' : 'consented', {
      at: now,
      by: change.actor,
      note: null,
    });
  await recordFollowUp(trx, context, ticket, change, now);
  for (const [draw, unit] of await diariesShowing(trx, ticket)) await touchList(trx, draw, unit);
  await writeAudit(trx, {
    at: now,
    actor: change.actor,
    action: 'ticket.move',
    subject: ticket.number,
    facts: {
      from,
      to: change.to,
      unit: change.unit,
      into: change.into,
      date: consent?.date ?? change.date,
      // Who opened or handled it has closed: only where nobody else could, or the organisation is one person.
      ...(closedStates.includes(change.to) && (await isOwnTicket(trx, ticket, change.actor))
        ? { ownTicket: true }
        : {}),
    },
  });
}

const partOf = {
  moderator: 'desk',
  organiser: 'desk',
  handler: 'unit',
  reader: 'reader',
  system: 'system',
} as const satisfies Record<Mover, string>;

const firstContactMade = (from: TicketState, change: Change): boolean =>
  change.to === 'inProgress' && (change.firstContact ?? from === 'accepted');

function requireMembers(ticket: TicketRow, from: TicketState, change: Change, now: number): void {
  const present: Record<MoveMember, boolean> = {
    unit: change.unit !== undefined,
    note: change.note !== null && change.note.trim() !== '',
    date: change.date !== undefined,
    into: change.into !== undefined,
    resolutionKind: change.resolutionKind !== undefined,
    rootCause: change.rootCause !== undefined,
    firstContact: firstContactMade(from, change),
    followUp: change.followUp !== undefined,
    public: change.public,
  };
  const missing = requiredFor(from, change.to).find((member) => !present[member]);
  if (missing !== undefined) throw new Refusal('FIELD_INVALID', { field: missing, facts: { to: change.to } });
  if (firstContactMade(from, change) && !present.note) throw new Refusal('FIELD_INVALID', { field: 'note' });
  requireFilled(from, change);
  if (change.photo !== undefined && change.to !== 'replied') throw new Refusal('FIELD_INVALID', { field: 'photo' });
  // What becomes public is the reason that the handler gave, and nothing else.
  if (change.to === 'extended' && change.note !== null) throw new Refusal('FIELD_INVALID', { field: 'note' });
  const windowPassed = ticket.follow_up_due !== null && now > ticket.follow_up_due;
  if (change.to === 'closedUnsolved' && change.followUp === undefined && !windowPassed)
    throw new Refusal('FIELD_INVALID', { field: 'followUp', facts: { askedUntil: ticket.follow_up_due } });
  const solved = change.followUp?.solved;
  if ((change.to === 'closedLoop' && solved === false) || (change.to !== 'closedLoop' && solved === true))
    throw new Refusal('FIELD_INVALID', { field: 'followUp.solved', facts: { to: change.to } });
  if (change.followUp !== undefined && change.by !== 'moderator')
    throw new Refusal('FIELD_INVALID', { field: 'followUp', facts: { by: change.by } });
}

/** What a reader will see is no template any more. */
function requireFilled(from: TicketState, change: Change): void {
  const isRead = change.public || (firstContactMade(from, change) && change.contactBy === 'message');
  const gaps = isRead ? gapsOf(change.note ?? '') : [];
  if (gaps.length > 0) throw new Refusal('FIELD_INVALID', { field: 'note', facts: { reason: 'GAPS', gaps } });
}

/** What a move changes in the row beside its state. */
async function consequences(
  trx: Db,
  context: Context,
  ticket: TicketRow,
  change: Change,
  wish: ExtensionRow | undefined,
  now: number,
) {
  const by = await reckoningOf(trx, context);
  switch (change.to) {
    case 'assigned':
      if (change.unit === undefined || !(await unitExists(trx, change.unit)))
        throw new Refusal('FIELD_INVALID', { field: 'unit' });
      return { unit: change.unit, dispute_due: objectionDue(now, by) };
    case 'inProgress':
      return {
        review_on: null,
        contacted_at: ticket.contacted_at ?? (firstContactMade(ticket.state, change) ? now : null),
      };
    case 'extended': {
      const day = parseDay(wish?.date ?? '');
      if (day === null) throw new TypeError(`the date of an extension of ${ticket.number}`); // judged when it was asked for
      return { extended_due: endOfDay(day, by) };
    }
    case 'onHold': {
      const day = parseDay(change.date ?? '');
      if (day === null || day <= dayAt(now, by)) throw new Refusal('FIELD_INVALID', { field: 'date' });
      return { review_on: change.date ?? null };
    }
    case 'replied':
      return { review_on: null, replied_at: ticket.replied_at ?? now, follow_up_due: followUpDue(now, by) };
    case 'reopened':
      return { reopened: ticket.reopened + 1, closed_at: null, followed_up: null, follow_up_due: null };
    case 'closedLoop':
    case 'closedUnsolved':
      return { closed_at: now, followed_up: change.followUp === undefined ? 0 : 1 };
    case 'merged': {
      // Two that are merged into one another at the same moment would both be gone.
      await lockFor(trx, 'ticket-merge');
      const into = change.into === undefined ? undefined : await ticketByNumber(trx, change.into);
      if (into === undefined || into.number === ticket.number || into.state === 'merged' || into.state === 'referred')
        throw new Refusal('FIELD_INVALID', { field: 'into' });
      await leadOn(trx, ticket.number, into.number);
      return { closed_at: now, merged_into: into.number };
    }
    case 'referred':
      return { closed_at: now };
    case 'supervised':
      return { follow_up_due: null };
    case 'registered':
    case 'disputed':
    case 'accepted':
      return {};
  }
}

/** What the figures read of a ticket's events and follow-ups, kept in its row. */
const said = ({ to, rootCause, followUp }: Change) => ({
  ...(rootCause === undefined ? {} : { root_cause: rootCause }),
  ...(to === 'replied' || followUp !== undefined ? { asked: 1 } : {}),
  ...(followUp === undefined ? {} : { solved: followUp.solved ? 1 : 0, rating: followUp.rating }),
});

/** A reply asks the reader; an answer fills what was asked, or stands alone where a closed ticket is opened again. */
async function recordFollowUp(
  trx: Db,
  context: Context,
  ticket: TicketRow,
  change: Change,
  now: number,
): Promise<void> {
  const asked = (await followUpsOf(trx, [ticket.number])).at(-1);
  const n = asked === undefined ? 0 : asked.n + 1;
  if (change.to === 'replied') {
    const due = followUpDue(now, await reckoningOf(trx, context));
    await addFollowUp(trx, { ...nothingSaid, ticket: ticket.number, n, asked_at: now, due });
  }
  if (change.followUp === undefined) return;
  const answer = {
    answered_at: now,
    solved: change.followUp.solved ? 1 : 0,
    rating: change.followUp.rating,
    // Said by telephone, it is reader's text as well.
    words: change.followUp.words === null ? null : withoutPrivate(change.followUp.words),
    public: change.public ? 1 : 0,
    actor: change.by === 'reader' ? 'reader' : change.actor,
  };
  const open = asked !== undefined && asked.answered_at === null && !closedStates.includes(ticket.state);
  if (open) await answerFollowUp(trx, ticket.number, asked.n, answer);
  else await addFollowUp(trx, { ...answer, ticket: ticket.number, n, asked_at: now, due: now });
}

const nothingSaid = { answered_at: null, solved: null, rating: null, words: null, public: 0, actor: null };

/** Whether the organisation has a unit of this id. Primary key. */
export async function unitExists(trx: Db, unit: string): Promise<boolean> {
  const found = await trx.selectFrom('unit').select('id').where('id', '=', unit).executeTakeFirst();
  return found !== undefined;
}
