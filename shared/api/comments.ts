/** Comments, receipts and moderation (closed-loop.md). */
import * as v from 'valibot';
import { commentKinds, commentStates, rejectionReasons } from '../feedback/comment.ts';
import { appealStates } from '../feedback/moderation.ts';
import { resolutionKinds, rootCauses, ticketStates } from '../feedback/ticket.ts';
import { endpoint } from './endpoint.ts';
import { DrawId, Hash, Id, Item, PageQuery, pageOf, prose, ReaderText, Seconds, Whole } from './field.ts';
import { Photo } from './photos.ts';

const Kind = v.picklist(commentKinds);
const State = v.picklist(commentStates);

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

const course = {
  number: v.string(),
  state: v.picklist(ticketStates),
  unit: v.nullable(Id),
  steps: v.array(TicketStep),
  actions: v.array(TicketActionRow),
};

/** A handler's photo on a public reply; `alt` says what is to be seen. Its bytes have an address of their own (photos.ts). */
export const ReplyPhoto = v.object({ ...Photo.entries, alt: v.string() });
export type ReplyPhoto = v.InferOutput<typeof ReplyPhoto>;

/** A ticket as the public sees it. */
export const PublicTicket = v.object({
  ...course,
  /** The ticket that it was merged into, for the holder of the receipt: that one is followed now. */
  leading: v.optional(v.object(course)),
  /** What the unit wrote to the holder of the receipt alone. */
  messages: v.optional(v.array(v.object({ at: Seconds, unit: Id, text: v.string() }))),
  reply: v.nullable(
    v.object({
      text: v.string(),
      at: Seconds,
      unit: Id,
      resolutionKind: v.picklist(resolutionKinds),
      rootCause: v.picklist(rootCauses),
      photo: v.optional(ReplyPhoto),
    }),
  ),
  followUp: v.nullable(
    v.object({ at: Seconds, solved: v.boolean(), rating: v.nullable(v.number()), words: v.nullable(v.string()) }),
  ),
});
export type PublicTicket = v.InferOutput<typeof PublicTicket>;

const said = {
  id: v.string(),
  /** What a moderator who removes it must name (`postDecision`). */
  version: v.optional(v.number()),
  /** Item of the diary's cover it hangs on, null for the whole diary. */
  item: v.nullable(Item),
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
  /** Where a report was seen, in the reader's words. */
  place: v.optional(v.nullable(v.string())),
  photo: v.optional(v.nullable(Photo)),
};

/** What readers answered to a comment: the same form, one level deep. */
export const PublicReply = v.object(said);
export type PublicReply = v.InferOutput<typeof PublicReply>;

/** A comment as the public sees it. Of one withdrawn or removed only the stub is left: `text` and `nickname` are null. */
export const PublicComment = v.object({
  ...said,
  /** The first answers of readers, oldest first, and how many there are. */
  replies: v.optional(v.array(PublicReply)),
  replyTotal: v.optional(v.number()),
});
export type PublicComment = v.InferOutput<typeof PublicComment>;

/** Published comments of a diary, oldest first. `after` is the cursor of the page before. `item` lists those on one entry, `parent` the
 *  answers under one comment, `only` a single comment with its answers (of an answer the comment above it). The first page of a whole
 *  diary says how many hang on each entry. */
export const getComments = endpoint({
  method: 'GET',
  path: '/api/v1/comments',
  group: 'comments',
  summary: 'Published comments of a diary',
  access: 'public',
  caching: 'moments',
  query: v.object({
    draw: DrawId,
    unit: Id,
    ...PageQuery.entries,
    item: v.optional(v.pipe(Whole, v.minValue(0), v.maxValue(499))),
    parent: v.optional(v.pipe(v.string(), v.maxLength(40))),
    only: v.optional(v.pipe(v.string(), v.maxLength(40))),
    limit: v.optional(v.pipe(Whole, v.minValue(1), v.maxValue(100)), '25'),
  }),
  answer: v.object({
    ...pageOf(PublicComment).entries,
    total: v.number(),
    byItem: v.optional(v.record(v.string(), v.number())),
  }),
  refusals: ['NOT_FOUND', 'FIELD_INVALID'],
});

/** A comment, a report, or an answer to a comment (`parent`). `codeHash` is b64u(SHA-256(ASCII of the receipt's code without hyphens)): the code is made by the browser (16
 *  letters of Crockford base32) and never reaches the server by itself. The solved challenge comes in the header `Sundial-Proof` (challenges.ts); without a valid one
 *  the comment waits for review as `unproven`. */
export const postComment = endpoint({
  method: 'POST',
  path: '/api/v1/comments',
  group: 'comments',
  summary: 'Comment on a published diary or report a problem',
  access: 'public',
  proof: true,
  idempotent: true,
  body: v.strictObject({
    draw: DrawId,
    unit: Id,
    item: v.nullable(Item),
    kind: Kind,
    text: ReaderText(8000),
    nickname: ReaderText(80),
    codeHash: Hash,
    /** The reader's ticks: aged 14 or more, and the text may be published. */
    consent: v.literal(true),
    parent: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(40))), null),
    place: v.optional(v.nullable(ReaderText(200)), null),
    /** A JPEG, PNG or WebP in base64 of at most 700,000 bytes and 1,600 pixels a side; the server draws it anew as a JPEG without metadata.
     *  Refused with `facts.reason` TYPE, SIZE, SIDE, END (cut short, or bytes behind the end), ANIMATED, BROKEN or SLOW. */
    photo: v.optional(v.nullable(v.pipe(v.string(), v.base64())), null),
    /** Of a report: telephone or e-mail for the handler alone, with a tick of its own. */
    contact: v.optional(v.nullable(v.strictObject({ text: ReaderText(100), consent: v.literal(true) })), null),
  }),
  maxBytes: 1_048_576,
  answer: v.object({ number: v.string(), state: State, decidedBy: Seconds }),
  status: 201,
  refusals: ['FIELD_INVALID', 'ORIGIN_REFUSED', 'SIGN_IN_NEEDED', 'NOT_FOUND', 'RATE_LIMITED', 'IDEMPOTENCY_REUSED'],
});

/** What the holder of a receipt sees: `Authorization: Receipt <number>.<code>`; answers are `no-store`. */
export const ReceiptView = v.object({
  number: v.string(),
  draw: DrawId,
  unit: Id,
  item: v.nullable(Item),
  /** `mention`: a diary names the holder (mentions.ts). */
  kind: v.picklist([...commentKinds, 'mention']),
  state: v.picklist([...commentStates, 'answered']),
  version: v.number(),
  text: v.string(),
  nickname: v.string(),
  at: Seconds,
  decidedBy: v.nullable(Seconds),
  reason: v.nullable(v.string()),
  /** What the moderator wrote to the author with a rejection or removal. */
  note: v.optional(v.nullable(v.string())),
  reply: v.nullable(v.object({ text: v.string(), unit: Id, at: Seconds })),
  /** The reviewer's answer to a mention. */
  answer: v.optional(v.nullable(v.object({ text: v.string(), at: Seconds }))),
  place: v.optional(v.nullable(v.string())),
  ticket: v.nullable(PublicTicket),
  /** The holder's appeal against a rejection or removal, and what was decided on it. */
  appeal: v.optional(
    v.nullable(
      v.object({ state: v.picklist(appealStates), words: v.string(), at: Seconds, note: v.nullable(v.string()) }),
    ),
  ),
  /** True while the holder may appeal: once, against a rejection or removal. */
  mayAppeal: v.optional(v.boolean()),
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
  body: v.strictObject({ version: v.number(), text: ReaderText(8000) }),
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
  refusals: ['RECEIPT_INVALID', 'MOVE_NOT_ALLOWED', 'VERSION_STALE'],
});

/** The author appeals, once, against a rejection or removal; another moderator decides where there are two. */
export const postReceiptAppeal = endpoint({
  method: 'POST',
  path: '/api/v1/receipt/appeal',
  group: 'comments',
  summary: 'Appeal against a rejection or removal of my comment',
  access: 'receipt',
  body: v.strictObject({ words: ReaderText(2000) }),
  answer: ReceiptView,
  refusals: ['RECEIPT_INVALID', 'MOVE_NOT_ALLOWED', 'ALREADY_DONE', 'FIELD_INVALID'],
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
    words: v.nullable(ReaderText(2000)),
  }),
  answer: ReceiptView,
  refusals: ['RECEIPT_INVALID', 'MOVE_NOT_ALLOWED'],
});

/** An item of the review queue: a comment that waits, one that readers reported, or one whose author appeals. `masks` are spans that are
 *  masked in any case, `likely` ones that a moderator may want to mask: `[from, to)` in UTF-16 units. */
export const WaitingComment = v.object({
  id: v.string(),
  why: v.picklist(['waiting', 'flagged', 'appeal']),
  version: v.number(),
  draw: DrawId,
  unit: Id,
  item: v.nullable(Item),
  kind: Kind,
  state: State,
  text: v.string(),
  nickname: v.string(),
  at: Seconds,
  decideBy: Seconds,
  /** Minutes of working time until then, 0 once it has passed. */
  minutesLeft: v.number(),
  masks: v.array(v.tuple([v.number(), v.number()])),
  likely: v.array(v.tuple([v.number(), v.number()])),
  /** What it hangs on: the item's text or the diary's title, null where withheld; of an answer, the comment above it. */
  context: v.nullable(v.string()),
  parent: v.optional(v.nullable(v.string())),
  place: v.optional(v.nullable(v.string())),
  photo: v.optional(v.nullable(Photo)),
  /** It came without a proof of work. */
  unproven: v.optional(v.boolean()),
  /** How many comments of its wave wait, itself among them; at most `waveMost`. */
  copies: v.number(),
  /** Who else has it open. */
  openBy: v.nullable(v.string()),
  /** What readers reported: how often for each reason, and how many of these came without a proof of work. */
  flags: v.nullable(v.object({ reasons: v.record(v.string(), v.number()), unproven: v.number() })),
  /** What the author says against a decision. `mine`: another moderator is there and must decide it. */
  appeal: v.nullable(
    v.object({ words: v.string(), reason: v.nullable(v.string()), note: v.nullable(v.string()), mine: v.boolean() }),
  ),
});
export type WaitingComment = v.InferOutput<typeof WaitingComment>;

/** The queue by urgency. Of a wave of copies the most urgent one stands for all. `total` counts what waits up to `queueCounted`. */
export const getQueue = endpoint({
  method: 'GET',
  path: '/api/v1/moderation/queue',
  group: 'moderation',
  summary: 'Comments that wait for review, most urgent first',
  access: 'comments.moderate',
  query: PageQuery,
  answer: v.object({ ...pageOf(WaitingComment).entries, total: v.number() }),
  refusals: ['FIELD_INVALID'],
});

const Reasoned = { version: v.number(), reason: v.picklist(rejectionReasons), note: v.nullable(prose(200)) };

/** What a decision came to. Until `undoUntil` who decided may take it back; null: not at all. */
export const Decided = v.object({
  id: v.string(),
  state: State,
  version: v.number(),
  undoUntil: v.nullable(Seconds),
});

/** Publish, reject with a reason, remove what was published, or put back what was removed. Never rewrite: `masks` hide spans and nothing else. */
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
      /** False: without its photo. */
      photo: v.optional(v.boolean(), true),
    }),
    v.strictObject({ decision: v.literal('reject'), ...Reasoned }),
    v.strictObject({ decision: v.literal('remove'), ...Reasoned }),
    v.strictObject({ decision: v.literal('restore'), version: v.number() }),
  ]),
  answer: Decided,
  refusals: ['NOT_FOUND', 'VERSION_STALE', 'MOVE_NOT_ALLOWED', 'FIELD_INVALID'],
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
