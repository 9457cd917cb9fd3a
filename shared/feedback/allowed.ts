/** Which moves a ticket allows just now: the table of ticket.ts under the conditions of time and person that closed-loop.md sets. */
import { type Mover, movesFrom, type TicketState } from './ticket.ts';

/** Days after closing in which a ticket may be opened again. */
export const reopenWithinDays = 30;

/** What the conditions look at. All times in Unix seconds. */
export interface Standing {
  readonly state: TicketState;
  /** How often it was reopened before. */
  readonly reopened: number;
  /** Due date of the reply, and whether an extension has moved it. */
  readonly due: number;
  readonly extended: boolean;
  /** Whether the handler has asked for an extension that nobody has decided yet. */
  readonly extensionAsked: boolean;
  /** Until when the present dispatch may be objected to. */
  readonly disputeDue: number | null;
  /** End of the present follow-up window. */
  readonly followUpDue: number | null;
  readonly closedAt: number | null;
  /** Whether this moderator opened or handled the ticket while another could close it. */
  readonly ownTicket: boolean;
}

/** States to which a mover may bring the ticket at `now`. An objection has its day, an extension is what was asked for, the clock closes only
 *  when the window has passed, who opened or handled it does not close, and a closed ticket is opened again within 30 days. */
export function allowedMoves(standing: Standing, by: Mover, now: number): readonly TicketState[] {
  return movesFrom(standing.state, by, standing.reopened).filter((to) => isOpen(standing, by, to, now));
}

function isOpen(standing: Standing, by: Mover, to: TicketState, now: number): boolean {
  if (to === 'disputed') return standing.disputeDue === null || now <= standing.disputeDue;
  if (to === 'extended') return !standing.extended && standing.extensionAsked;
  if (to === 'closedLoop' && by === 'system') return standing.followUpDue !== null && now > standing.followUpDue;
  if ((to === 'closedLoop' || to === 'closedUnsolved') && by === 'moderator') return !standing.ownTicket;
  if (to === 'reopened' && standing.closedAt !== null) return now <= standing.closedAt + reopenWithinDays * 86400;
  return true;
}

/** Whether the handler may ask for an extension: while the work is under way, before expiry, and as long as none was given or waits. */
export const mayAskExtension = (standing: Standing, now: number): boolean =>
  standing.state === 'inProgress' && !standing.extended && !standing.extensionAsked && now <= standing.due;

/** Members of a move that its target makes mandatory; `public` means that the note must be public. */
export type MoveMember =
  | 'unit'
  | 'note'
  | 'date'
  | 'into'
  | 'resolutionKind'
  | 'rootCause'
  | 'firstContact'
  | 'followUp'
  | 'public';

const required: Readonly<Record<TicketState, readonly MoveMember[]>> = {
  registered: [],
  assigned: ['unit'],
  disputed: ['note'],
  accepted: [],
  inProgress: [],
  extended: [],
  onHold: ['date', 'note', 'public'],
  replied: ['resolutionKind', 'rootCause', 'note', 'public'],
  reopened: [],
  supervised: [],
  closedLoop: ['followUp'],
  closedUnsolved: ['note', 'public'],
  referred: ['note', 'public'],
  merged: ['into', 'note', 'public'],
};

/** What a desk must send with a move: the table above, and from `accepted` the first contact with what was said, never a bare tick. */
export const requiredFor = (from: TicketState, to: TicketState): readonly MoveMember[] =>
  from === 'accepted' && to === 'inProgress' ? ['firstContact', 'note'] : required[to];
