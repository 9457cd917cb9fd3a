/** `moderation.json` and `moderation/<month>.json`: what the review did, in numbers by month and reason, and where a comment was taken off.
 *  Never a text, never who. */
import * as v from 'valibot';
import { rejectionReasons } from '../feedback/comment.ts';
import { DrawId, Id, Item, Seconds } from './field.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));
const ByReason = v.record(v.picklist(rejectionReasons), count);

/** A month of the organisation's zone. What was decided in it counts there as it stands now: an appeal that is granted later takes a rejection
 *  away and is counted in its own month. */
export const ModerationMonth = v.object({
  month: Month,
  published: count,
  rejected: ByReason,
  removed: ByReason,
  /** By their authors, after publication. */
  withdrawn: count,
  appeals: v.object({ granted: count, refused: count }),
});
export type ModerationMonth = v.InferOutput<typeof ModerationMonth>;

export const PublicModeration = v.object({ v: v.literal(1), zone: v.string(), months: v.array(ModerationMonth) });
export type PublicModeration = v.InferOutput<typeof PublicModeration>;

/** A line that stands in the place of a comment. */
export const PublicStub = v.object({
  id: v.string(),
  draw: DrawId,
  unit: Id,
  item: v.nullable(Item),
  state: v.picklist(['removed', 'withdrawn']),
  reason: v.nullable(v.picklist(rejectionReasons)),
  at: Seconds,
});
export type PublicStub = v.InferOutput<typeof PublicStub>;

/** The stubs of a month, oldest first. */
export const PublicStubs = v.object({ v: v.literal(1), month: Month, rows: v.array(PublicStub) });
export type PublicStubs = v.InferOutput<typeof PublicStubs>;
