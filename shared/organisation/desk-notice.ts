/** What an official may be told of by e-mail, and a program by webhook: that something waits, never what it says. */
import type { Role } from './role.ts';

export const deskNoticeKinds = [
  'commentDue',
  'reviewWaiting',
  'ticketToAssign',
  'ticketDisputed',
  'extensionAsked',
  'ticketAssigned',
  'ticketDue',
  'ticketOverdue',
  'weekOpen',
  'drawn',
  'offerDecided',
] as const;
export type DeskNoticeKind = (typeof deskNoticeKinds)[number];

/** Whom a kind is for. Of the roles that belong to one unit only those of the unit that the notice names. */
export const noticeRoles = {
  commentDue: ['moderator'],
  reviewWaiting: ['reviewer'],
  ticketToAssign: ['organiser'],
  ticketDisputed: ['organiser'],
  extensionAsked: ['organiser'],
  ticketAssigned: ['handler'],
  ticketDue: ['handler'],
  ticketOverdue: ['handler', 'organiser'],
  weekOpen: ['leader'],
  drawn: ['leader'],
  offerDecided: ['leader'],
} as const satisfies Record<DeskNoticeKind, readonly Role[]>;

/** The kinds that somebody with these roles may be told of. */
export function noticeKindsOf(roles: readonly Role[]): readonly DeskNoticeKind[] {
  return deskNoticeKinds.filter((kind) => {
    const told: readonly Role[] = noticeRoles[kind];
    return told.some((role) => roles.includes(role));
  });
}
