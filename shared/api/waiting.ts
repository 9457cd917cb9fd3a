/** What waits for whoever asks, in every role held: the desk's first page. */
import * as v from 'valibot';
import { commentKinds } from '../feedback/comment.ts';
import { ticketStates } from '../feedback/ticket.ts';
import { endpoint } from './endpoint.ts';
import { Id, Seconds } from './field.ts';

/** What is to be done: decide a comment, a readers' report or an appeal; answer somebody whom a diary names; tickets to dispatch, to accept, to
 *  contact the reader of, to reply to, to decide a wish for more time of, to follow up, and overdue ones of any unit; the next act of a draw; a drawn diary to review;
 *  an acknowledgement of my unit's device; a device to be enrolled; one to be ended, as another person leads its unit by now. */
export const waitingKinds = [
  'comment',
  'flag',
  'appeal',
  'mention',
  'dispatch',
  'accept',
  'contact',
  'reply',
  'extension',
  'followUp',
  'overdue',
  'draw',
  'review',
  'acknowledge',
  'device',
  'succeeded',
] as const;
export type WaitingKind = (typeof waitingKinds)[number];

/** What a draw waits for: a week to be frozen, the head to be locked, the numbers to be recorded; a void where nothing else is left, as the
 *  value came out before the lock or before enough devices had acknowledged. */
export const WaitingAct = v.picklist(['freeze', 'lock', 'record', 'void']);
export type WaitingAct = v.InferOutput<typeof WaitingAct>;

/** One thing. `id`: of the comment, mention, ticket, draw or invitation; of a week to freeze, the week; of a diary to review, `draw/unit`. `since`: when it began to wait; `due`:
 *  the last second that is in time, null where nothing runs. `text`: the beginning of what it is about. */
export const WaitingRow = v.object({
  id: v.string(),
  since: Seconds,
  due: v.nullable(Seconds),
  unit: v.nullable(Id),
  text: v.nullable(v.string()),
  commentKind: v.optional(v.picklist(commentKinds)),
  ticketState: v.optional(v.picklist(ticketStates)),
  /** The act that a draw waits for. */
  act: v.optional(WaitingAct),
});
export type WaitingRow = v.InferOutput<typeof WaitingRow>;

/** Rows shown of one kind, and how far the rest is counted. */
export const waitingShown = 20;
export const waitingCounted = 1000;

/** Kinds without anything are left out. `rows`: the most urgent, at most `waitingShown`; `total` stops at `waitingCounted`. */
export const getWaiting = endpoint({
  method: 'GET',
  path: '/api/v1/waiting',
  group: 'waiting',
  summary: 'What waits for me, most urgent first',
  access: 'device',
  answer: v.object({
    groups: v.array(v.object({ kind: v.picklist(waitingKinds), total: v.number(), rows: v.array(WaitingRow) })),
  }),
});
