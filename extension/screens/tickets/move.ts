/** A move as it is typed, and as the wire takes it: which members it must bring, which are missing (closed-loop.md). */
import { type MoveMember, requiredFor } from '../../../shared/feedback/allowed.ts';
import type { ContactWay, ResolutionKind, RootCause, TicketState } from '../../../shared/feedback/ticket.ts';
import type { MoveInput } from '../../commands/tickets.ts';

/** What the reader answered to the moderator: nothing, solved, or not. */
export type Heard = 'none' | 'solved' | 'unsolved';

/** A form that is being filled; `note` and `words` are texts of their own (drafts). */
export interface Typed {
  readonly unit: string;
  readonly date: string;
  readonly into: string;
  readonly resolutionKind: ResolutionKind | null;
  readonly rootCause: RootCause | null;
  readonly isPublic: boolean;
  /** How the reporter was contacted first. */
  readonly contactBy: ContactWay;
  readonly heard: Heard | null;
  readonly rating: number | null;
}

/** A blank form for a move. */
export const blankMove = (): Typed => ({
  unit: '',
  date: '',
  into: '',
  resolutionKind: null,
  rootCause: null,
  isPublic: false,
  contactBy: 'message',
  heard: null,
  rating: null,
});

/** Moves on which a moderator records an answer of the reader. */
export const hears = (to: TicketState): boolean =>
  to === 'closedLoop' || to === 'closedUnsolved' || to === 'reopened' || to === 'supervised';

/** The move to send, or the members that are still missing. `note` and `words` are null when nothing was typed. `records`: whether the
 *  mover is a moderator, who alone records what a reader answered. */
export function moveOf(
  from: TicketState,
  to: TicketState,
  typed: Typed,
  note: string | null,
  words: string | null,
  records: boolean,
): { readonly move: MoveInput; readonly missing: readonly MoveMember[] } {
  const required = requiredFor(from, to);
  const followUp = records ? followUpOf(to, typed, words) : null;
  const move: MoveInput = {
    to,
    // A consent says nothing of its own: what becomes public is the handler's reason.
    note: to === 'extended' ? null : note,
    public: required.includes('public') || typed.isPublic,
    ...(typed.unit !== '' && required.includes('unit') ? { unit: typed.unit } : {}),
    ...(typed.date !== '' && required.includes('date') ? { date: typed.date } : {}),
    ...(typed.into.trim() !== '' && required.includes('into') ? { into: typed.into.trim() } : {}),
    ...(typed.resolutionKind !== null && to === 'replied' ? { resolutionKind: typed.resolutionKind } : {}),
    ...(typed.rootCause !== null && to === 'replied' ? { rootCause: typed.rootCause } : {}),
    ...(required.includes('firstContact') ? { firstContact: true, contactBy: typed.contactBy } : {}),
    ...(followUp === null ? {} : { followUp }),
  };
  const has: Readonly<Record<MoveMember, boolean>> = {
    unit: move.unit !== undefined,
    note: move.note !== null,
    date: move.date !== undefined,
    into: move.into !== undefined,
    resolutionKind: move.resolutionKind !== undefined,
    rootCause: move.rootCause !== undefined,
    firstContact: move.firstContact === true,
    followUp: move.followUp !== undefined,
    public: move.public,
  };
  const missing = required.filter((member) => !has[member]);
  const unheard = to === 'closedUnsolved' && records && typed.heard === null;
  return { move, missing: unheard ? [...missing, 'followUp'] : missing };
}

function followUpOf(to: TicketState, { heard, rating }: Typed, words: string | null) {
  switch (to) {
    case 'closedLoop':
      return { solved: true, rating, words };
    case 'closedUnsolved':
      return heard === 'unsolved' ? { solved: false, rating, words } : null;
    case 'reopened':
    case 'supervised':
      return { solved: false, rating, words };
    default:
      return null;
  }
}
