/** The review before release (design.md 1, verification.md 13): what is drawn and not published yet, for reviewers alone; by its address also
 *  what is published. Holds go through `records` as signed records; here stands the rest. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';
import { DrawId, Ground, Hash, Id, Item, itemSpan, prose, Seconds, Week } from './field.ts';
import { Image } from './journal.ts';
import { longestReason } from './releases.ts';

/** Why a reviewer may not review a diary: he leads or serves its unit, or he ran the draw. */
const Bar = v.picklist(['OWN_UNIT', 'DREW']);

const Passed = v.object({
  at: Seconds,
  /** A person's name, the actor's id where no name is known. */
  by: v.string(),
});

/** A drawn diary under review, without its text. */
export const ReviewRow = v.object({
  draw: DrawId,
  unit: Id,
  week: Week,
  /** When it is published at the latest; null for a moment after an upgrade. */
  due: v.nullable(Seconds),
  /** Items, and how many of them are withheld. */
  items: v.number(),
  held: v.number(),
  passed: v.nullable(Passed),
  barred: v.nullable(Bar),
  /** Withheld items that its author offers to readers; only once it is published. */
  offers: v.number(),
});
export type ReviewRow = v.InferOutput<typeof ReviewRow>;

export const getReviews = endpoint({
  method: 'GET',
  path: '/api/v1/reviews',
  group: 'reviews',
  summary: 'Drawn diaries under review, most urgent first, then published ones with items that are offered',
  access: 'reviews.decide',
  answer: v.object({ rows: v.array(ReviewRow) }),
});

const text = v.nullable(v.string());
const ReviewProse = v.object({
  text: v.string(),
  place: text,
  detail: text,
  thinking: text,
  result: text,
  next: text,
  threads: v.array(v.object({ id: Id, name: v.string() })),
  images: v.array(
    v.object({ sha256: v.string(), type: v.string(), width: v.number(), height: v.number(), alt: v.string() }),
  ),
});

/** An item as readers will see it. One with neither prose nor hold is missing on the server. */
export const ReviewItem = v.object({
  index: Item,
  ...itemSpan,
  lateFor: text,
  prose: v.nullable(ReviewProse),
  /** Who withheld it, and whether after the draw. */
  hold: v.nullable(
    v.object({
      ground: Ground,
      basis: v.string(),
      by: v.picklist(['seal', 'leader', 'reviewer']),
      at: v.nullable(Seconds),
      afterDraw: v.boolean(),
    }),
  ),
  /** The text that its author offers to readers, and why it may be public now. */
  offer: v.nullable(v.object({ why: v.string(), at: Seconds, prose: ReviewProse })),
});
export type ReviewItem = v.InferOutput<typeof ReviewItem>;

export const ReviewDiary = v.object({
  draw: DrawId,
  unit: Id,
  week: Week,
  due: v.nullable(Seconds),
  seal: Hash,
  sealedAt: Seconds,
  passed: v.nullable(Passed),
  /** Null while it is under review. */
  publishedAt: v.nullable(Seconds),
  items: v.array(ReviewItem),
});
export type ReviewDiary = v.InferOutput<typeof ReviewDiary>;

/** The diary as readers will see it, or, once it is published, see it. Each reading is an audit row. */
export const getReview = endpoint({
  method: 'GET',
  path: '/api/v1/reviews/{draw}/{unit}',
  group: 'reviews',
  summary: 'A drawn diary as readers will see it',
  access: 'reviews.decide',
  // What may be withheld in a minute stays in no cache.
  caching: 'none',
  answer: ReviewDiary,
  refusals: ['NOT_FOUND', 'NOT_ALLOWED'],
});

/** An image that a disclosed item of the diary names. Each look is an audit row. */
export const getReviewImage = endpoint({
  method: 'GET',
  path: '/api/v1/reviews/{draw}/{unit}/images/{sha256}',
  group: 'reviews',
  summary: 'An image of a drawn diary',
  access: 'reviews.decide',
  caching: 'none',
  answer: v.object({
    type: Image.entries.type,
    /** Padded base64. */
    bytes: v.string(),
  }),
  refusals: ['NOT_FOUND', 'NOT_ALLOWED'],
});

/** Passes a diary, with what is withheld in it. Once all of its draw are passed, they are published together. */
export const postPass = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/{draw}/{unit}/pass',
  group: 'reviews',
  summary: 'Pass a drawn diary',
  access: 'reviews.decide',
  answer: v.object({
    /** Whether the whole draw was published with it. */
    published: v.boolean(),
  }),
  refusals: ['NOT_FOUND', 'NOT_ALLOWED', 'ALREADY_DONE'],
});

/** What of an offer is decided; `why` as it was read, so that no reason is passed that its author put in its place meanwhile. */
const offer = { item: Item, why: prose(longestReason) };

/** Decides an offer: shown from now on, or withheld as before with a reason for its author; the text is erased then. The same decision again
 *  changes nothing. */
export const postRelease = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/{draw}/{unit}/release',
  group: 'reviews',
  summary: 'Decide on a withheld item that its author offers to readers',
  access: 'reviews.decide',
  body: v.variant('pass', [
    v.strictObject({ ...offer, pass: v.literal(true) }),
    v.strictObject({ ...offer, pass: v.literal(false), reason: prose(longestReason) }),
  ]),
  status: 204,
  refusals: ['NOT_FOUND', 'NOT_ALLOWED', 'OUT_OF_ORDER', 'RECORD_REFUSED'],
});
