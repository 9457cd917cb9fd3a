/** Where each kind of what waits is done. */
import type { WaitingKind } from '../../../shared/api/waiting.ts';

/** Pages of the desk. */
export const pages = {
  comment: 'moderation',
  flag: 'moderation',
  appeal: 'moderation',
  mention: 'mentions',
  dispatch: 'tickets',
  accept: 'tickets',
  contact: 'tickets',
  reply: 'tickets',
  extension: 'tickets',
  followUp: 'tickets',
  overdue: 'tickets',
  draw: 'draws',
  acknowledge: 'draws',
  review: 'review',
  device: 'people',
  succeeded: 'people',
} as const satisfies Readonly<Record<WaitingKind, string>>;
