/** Comments, receipts and moderation (closed-loop.md). */
import * as v from 'valibot';
import { commentKinds, commentStates, rejectionReasons } from '../feedback/comment.ts';
import { resolutionKinds, rootCauses, ticketStates } from '../feedback/ticket.ts';
import { endpoint } from './endpoint.ts';
import { DrawId, Hash, Id, pageOf, prose, Seconds } from './field.ts';

const Kind = v.picklist(commentKinds);
const State = v.picklist(commentStates);
const item = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(499));

/** A step of a ticket that the public sees. */
export const TicketStep = v.object({
  at: Seconds,
  to: v.picklist(ticketStates),
  note: v.nullable(v.string()),
  unit: v.nullable(Id),
  /** `reader` where the reader's own words stand in `note`. */
  by: v.picklist(['desk', 'unit', 'reader', 'system']),
});

export const TicketActionRow = v.object({
  id: v.string(),
  unit: v.string(),
  text: v.string(),
  date: v.string(),
  state: v.picklist(['open', 'done', 'dropped']),
  reason: v.nullable(v.string()),
});

/** A ticket as the public sees it. */
export const PublicTicket = v.object({
  number: v.string(),
  state: v.picklist(ticketStates),
  unit: v.nullable(Id),
  steps: v.array(TicketStep),
  actions: v.array(TicketActionRow),
  reply: v.nullable(
    v.object({
      text: v.string(),
      at: Seconds,
      unit: Id,
      resolutionKind: v.picklist(resolutionKinds),
      rootCause: v.picklist(rootCauses),
    }),
  ),
  followUp: v.nullable(
    v.object({ at: Seconds, solved: v.boolean(), rating: v.nullable(v.number()), words: v.nullable(v.string()) }),
  ),
});
export type PublicTicket = v.InferOutput<typeof PublicTicket>;

/** A comment as the public sees it. Of one withdrawn or removed only the stub is left: `text` and `nickname` are null. */
export const PublicComment = v.object({
  id: v.string(),
  /** What a moderator who removes it must name (`postDecision`). */
  version: v.optional(v.number()),
  /** Item of the diary's cover it hangs on, null for the whole diary. */
  item: v.nullable(item),
  kind: Kind,
  state: v.picklist(['published', 'withdrawn', 'removed']),
  nickname: v.nullable(v.string()),
  text: v.nullable(v.string()),
  at: Seconds,
  /** Reason and date of a stub. */
  reason: v.nullable(v.string()),
  endedAt: v.nullable(Seconds),
  reply: v.nullable(v.object({ text: v.string(), unit: Id, at: Seconds })),
  ticket: v.nullable(PublicTicket),
});
export type PublicComment = v.InferOutput<typeof PublicComment>;

/** Published comments of a diary, oldest first. `after` is the cursor of the page before. */
export const getComments = endpoint({
  method: 'GET',
  path: '/api/v1/comments',
  group: 'comments',
  summary: 'Published comments of a diary',
  access: 'public',
  query: v.object({
    draw: DrawId,
    unit: Id,
    after: v.optional(v.pipe(v.string(), v.maxLength(80))),
    limit: v.optional(v.pipe(v.string(), v.toNumber(), v.minValue(1), v.maxValue(100)), '25'),
  }),
  answer: v.object({ ...pageOf(PublicComment).entries, total: v.number() }),
  refusals: ['NOT_FOUND'],
});

/** A comment or report. `codeHash` is b64u(SHA-256(ASCII of the receipt's code without hyphens)): the code is made by the browser (16
 *  letters of Crockford base32) and never reaches the server by itself. */
export const postComment = endpoint({
  method: 'POST',
  path: '/api/v1/comments',
  group: 'comments',
  summary: 'Comment on a published diary or report a problem',
  access: 'public',
  idempotent: true,
  body: v.strictObject({
    draw: DrawId,
    unit: Id,
    item: v.nullable(item),
    kind: Kind,
    text: prose(8000),
    nickname: prose(80),
    codeHash: Hash,
    /** The reader's tick under the notice: the text may be published. */
    consent: v.literal(true),
  }),
  answer: v.object({ number: v.string(), state: State, decidedBy: Seconds }),
  status: 201,
  refusals: ['FIELD_INVALID', 'ORIGIN_REFUSED', 'NOT_FOUND', 'RATE_LIMITED', 'IDEMPOTENCY_REUSED'],
});

/** What the holder of a receipt sees: `Authorization: Receipt <number>.<code>`; answers are `no-store`. */
export const ReceiptView = v.object({
  number: v.string(),
  draw: DrawId,
  unit: Id,
  item: v.nullable(item),
  kind: Kind,
  state: State,
  version: v.number(),
  text: v.string(),
  nickname: v.string(),
  at: Seconds,
  decidedBy: v.nullable(Seconds),
  reason: v.nullable(v.string()),
  /** What the moderator wrote to the author with a rejection or removal. */
  note: v.optional(v.nullable(v.string())),
  reply: v.nullable(v.object({ text: v.string(), unit: Id, at: Seconds })),
  ticket: v.nullable(PublicTicket),
  /** True while a follow-up (solved? satisfied?) is asked of the reader. */
  followUpAsked: v.boolean(),
});
export type ReceiptView = v.InferOutput<typeof ReceiptView>;

export const getReceipt = endpoint({
  method: 'GET',
  path: '/api/v1/receipt',
  group: 'comments',
  summary: 'Follow a comment or report by its receipt',
  access: 'receipt',
  answer: ReceiptView,
  refusals: ['RECEIPT_INVALID', 'RATE_LIMITED'],
});

/** The author edits while it waits for review. */
export const putReceiptText = endpoint({
  method: 'PUT',
  path: '/api/v1/receipt/text',
  group: 'comments',
  summary: 'Edit my comment while it waits',
  access: 'receipt',
  body: v.strictObject({ version: v.number(), text: prose(8000) }),
  answer: ReceiptView,
  refusals: ['RECEIPT_INVALID', 'VERSION_STALE', 'MOVE_NOT_ALLOWED', 'FIELD_INVALID'],
});

export const postReceiptWithdrawal = endpoint({
  method: 'POST',
  path: '/api/v1/receipt/withdrawal',
  group: 'comments',
  summary: 'Withdraw my comment',
  access: 'receipt',
  answer: ReceiptView,
  refusals: ['RECEIPT_INVALID', 'MOVE_NOT_ALLOWED'],
});

/** The reader answers the follow-up: solved closes the loop, not solved opens the ticket again. */
export const postFollowUp = endpoint({
  method: 'POST',
  path: '/api/v1/receipt/follow-up',
  group: 'comments',
  summary: 'Answer the follow-up by receipt',
  access: 'receipt',
  body: v.strictObject({
    solved: v.boolean(),
    rating: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5))),
    words: v.nullable(prose(2000)),
  }),
  answer: ReceiptView,
  refusals: ['RECEIPT_INVALID', 'MOVE_NOT_ALLOWED'],
});

/** A waiting comment as a moderator sees it; `masks` are proposed spans `[from, to)` in UTF-16 units. */
export const WaitingComment = v.object({
  id: v.string(),
  version: v.number(),
  draw: DrawId,
  unit: Id,
  item: v.nullable(item),
  kind: Kind,
  text: v.string(),
  nickname: v.string(),
  at: Seconds,
  decideBy: Seconds,
  masks: v.array(v.tuple([v.number(), v.number()])),
  /** What it hangs on: the item's text or the diary's title, null where withheld. */
  context: v.nullable(v.string()),
});
export type WaitingComment = v.InferOutput<typeof WaitingComment>;

export const getQueue = endpoint({
  method: 'GET',
  path: '/api/v1/moderation/queue',
  group: 'moderation',
  summary: 'Comments that wait for review, most urgent first',
  access: 'comments.moderate',
  query: v.object({ after: v.optional(v.string()) }),
  answer: v.object({ ...pageOf(WaitingComment).entries, total: v.number() }),
});

/** Publish, reject with a reason, or remove what was published. Never rewrite: `masks` hide spans and nothing else. */
export const postDecision = endpoint({
  method: 'POST',
  path: '/api/v1/moderation/{id}/decision',
  group: 'moderation',
  summary: 'Decide a comment',
  access: 'comments.moderate',
  body: v.variant('decision', [
    v.strictObject({
      decision: v.literal('publish'),
      version: v.number(),
      masks: v.array(v.tuple([v.number(), v.number()])),
    }),
    v.strictObject({
      decision: v.literal('reject'),
      version: v.number(),
      reason: v.picklist(rejectionReasons),
      note: v.nullable(prose(200)),
    }),
    v.strictObject({
      decision: v.literal('remove'),
      version: v.number(),
      reason: v.picklist(rejectionReasons),
      note: v.nullable(prose(200)),
    }),
  ]),
  answer: v.object({ id: v.string(), state: State, version: v.number() }),
  refusals: ['NOT_FOUND', 'VERSION_STALE', 'MOVE_NOT_ALLOWED'],
});

/** The unit's official answer under a published comment, without a ticket. */
export const postReply = endpoint({
  method: 'POST',
  path: '/api/v1/comments/{id}/reply',
  group: 'comments',
  summary: 'Answer a published comment for the unit',
  access: 'comments.reply',
  body: v.strictObject({ text: prose(4000) }),
  refusals: ['NOT_FOUND', 'ALREADY_DONE', 'NOT_ALLOWED'],
});
