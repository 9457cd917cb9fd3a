/** The ticket's states and moves as one table (closed-loop.md "Ticket state machine"). */

export const ticketStates = [
  'registered',
  'assigned',
  'disputed',
  'accepted',
  'inProgress',
  'extended',
  'onHold',
  'replied',
  'reopened',
  'supervised',
  'closedLoop',
  'closedUnsolved',
  'referred',
  'merged',
] as const;
export type TicketState = (typeof ticketStates)[number];

/** Who makes a move: roles of the desk, the reader by receipt, or the clock. */
export type Mover = 'moderator' | 'organiser' | 'handler' | 'reader' | 'system';

export interface Move {
  readonly from: TicketState;
  readonly to: TicketState;
  readonly by: readonly Mover[];
}

const move = (from: TicketState, to: TicketState, ...by: Mover[]): Move => ({ from, to, by });

/** Only these moves exist. A ticket begins as `registered`, made by a moderator. An extension is asked by the handler; the move is the
 *  organiser's consent. */
export const moves: readonly Move[] = [
  move('registered', 'assigned', 'organiser'),
  move('registered', 'referred', 'organiser'),
  move('registered', 'merged', 'organiser'),
  move('assigned', 'accepted', 'handler'),
  move('assigned', 'disputed', 'handler'),
  move('disputed', 'assigned', 'organiser'),
  move('accepted', 'inProgress', 'handler'),
  move('inProgress', 'replied', 'handler'),
  move('inProgress', 'extended', 'organiser'),
  move('inProgress', 'onHold', 'handler'),
  move('extended', 'inProgress', 'handler'),
  move('extended', 'replied', 'handler'),
  move('onHold', 'inProgress', 'handler'),
  move('onHold', 'replied', 'handler'),
  move('replied', 'closedLoop', 'reader', 'moderator', 'system'),
  move('replied', 'closedUnsolved', 'moderator'),
  move('replied', 'reopened', 'reader', 'moderator'),
  move('replied', 'supervised', 'reader', 'moderator', 'organiser'),
  move('reopened', 'assigned', 'organiser'),
  move('supervised', 'inProgress', 'handler', 'organiser'),
  move('closedLoop', 'reopened', 'reader', 'moderator'),
  move('closedUnsolved', 'reopened', 'reader', 'moderator'),
];

/** States in which a ticket is closed; closed is not solved. */
export const closedStates: readonly TicketState[] = ['closedLoop', 'closedUnsolved', 'referred', 'merged'];

export const resolutionKinds = ['explained', 'fixed', 'planned', 'notFeasible', 'notOurs'] as const;
export type ResolutionKind = (typeof resolutionKinds)[number];

export const rootCauses = ['informationGap', 'workGap', 'groupMissed', 'external'] as const;
export type RootCause = (typeof rootCauses)[number];

export const ticketClocks = ['standard', 'complex', 'risk'] as const;
export type TicketClock = (typeof ticketClocks)[number];

export const actionStates = ['open', 'done', 'dropped'] as const;
export type ActionState = (typeof actionStates)[number];

/** States in which the unit works on a ticket: only here are actions added or rewritten. */
export const workStates: readonly TicketState[] = ['inProgress', 'extended', 'onHold'];

/** What is written beside the moves: to the reader by receipt, of a call with the reader, or for the desk alone. */
export const noteKinds = ['message', 'call', 'internal'] as const;
export type NoteKind = (typeof noteKinds)[number];

/** How the reader was contacted first: a bare tick is none of them. */
export const contactWays = ['message', 'call'] as const;
export type ContactWay = (typeof contactWays)[number];

/** What becomes of a handler's wish for more time; `lapsed`: the reply came first. */
export const extensionStates = ['asked', 'consented', 'refused', 'lapsed'] as const;
export type ExtensionState = (typeof extensionStates)[number];

/** What the clock tells once for each deadline: a reminder before the reply is due, and every deadline that was missed. */
export const alertKinds = [
  'dueSoon',
  'dispatchOverdue',
  'contactOverdue',
  'overdue',
  'reviewDue',
  'actionOverdue',
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** How often a ticket may be reopened; the next time it is supervised instead. */
export const reopenLimit = 2;

/** States that a mover may bring a ticket to from its present one. `reopenedBefore` counts earlier reopenings. */
export function movesFrom(state: TicketState, by: Mover, reopenedBefore: number): readonly TicketState[] {
  return moves
    .filter((each) => each.from === state && each.by.includes(by))
    .map((each) => each.to)
    .filter((to) => (to === 'reopened' ? reopenedBefore < reopenLimit : true))
    .filter((to) => (to === 'supervised' ? reopenedBefore >= reopenLimit : true));
}
