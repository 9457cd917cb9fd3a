/** Withheld items of published diaries that are shown after all (verification.md 5 "Release"): the author offers the text, a reviewer passes
 *  it. What stands here is the author's part; the reviewer's is in `reviews`. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';
import { DrawId, Ground, Hash, Id, Item, itemSpan, prose, Seconds, Week } from './field.ts';

/** What became of an offer: it waits for a reviewer, or was passed, declined, taken back by its author, or passed and withheld again. */
export const ReleaseState = v.picklist(['offered', 'passed', 'declined', 'withdrawn', 'heldAgain']);
export type ReleaseState = v.InferOutput<typeof ReleaseState>;

/** Longest reason, in characters: why an item may be public now, or why it may not. */
export const longestReason = 500;

/** A disclosure as verification.md 4 encodes it: at most 50,200 characters of prose and 20,000 of descriptions, four bytes each. */
const Disclosure = v.pipe(v.string(), v.maxLength(400_000), v.regex(/^[A-Za-z0-9_-]+$/));

const text = v.nullable(v.string());

/** An item that is withheld, or was until it was released. `basis`: the provision on which it was. */
export const HeldRow = v.object({
  item: Item,
  ...itemSpan,
  ground: Ground,
  basis: v.string(),
  /** The last offer. */
  release: v.nullable(
    v.object({
      state: ReleaseState,
      /** Why it may be public now. */
      why: v.string(),
      offeredAt: Seconds,
      decidedAt: v.nullable(Seconds),
      /** Why it was declined. */
      reason: text,
    }),
  ),
});
export type HeldRow = v.InferOutput<typeof HeldRow>;

export const getHeld = endpoint({
  method: 'GET',
  path: '/api/v1/diaries/mine/{draw}/{unit}/held',
  group: 'diaries',
  summary: 'What is withheld in a published diary of mine, and what became of my offers',
  access: 'diary.mine',
  caching: 'none',
  answer: v.object({
    draw: DrawId,
    unit: Id,
    week: Week,
    seal: Hash,
    /** Whether it was sealed by whoever asks: only its author may offer. */
    mine: v.boolean(),
    rows: v.array(HeldRow),
  }),
  refusals: ['NOT_FOUND'],
});

/** Offers a withheld item to readers: a reviewer sees the text with the diary around it. Its images are sent before it (`putBlob`). The same
 *  offer again changes nothing. */
export const postOffer = endpoint({
  method: 'POST',
  path: '/api/v1/diaries/mine/{draw}/{unit}/held/offer',
  group: 'diaries',
  summary: 'Offer a withheld item to readers',
  access: 'diary.mine',
  body: v.strictObject({ item: Item, disclosure: Disclosure, why: prose(longestReason) }),
  maxBytes: 500_000,
  status: 204,
  refusals: ['NOT_FOUND', 'NOT_AUTHOR', 'ALREADY_DONE', 'RECORD_REFUSED'],
});

/** Takes an offer back before a reviewer has decided; its text is erased. */
export const postOfferBack = endpoint({
  method: 'POST',
  path: '/api/v1/diaries/mine/{draw}/{unit}/held/withdraw',
  group: 'diaries',
  summary: 'Take back an offer that nobody has decided yet',
  access: 'diary.mine',
  body: v.strictObject({ item: Item }),
  status: 204,
  refusals: ['NOT_FOUND', 'NOT_AUTHOR', 'OUT_OF_ORDER'],
});
