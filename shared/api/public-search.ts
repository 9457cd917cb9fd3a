/** Search over published diaries without a server (docs/open-data.md, `search/…`): which diaries have a pair of letters, and what each diary says. Diaries
 *  are numbered by publication, 0 the first; a segment is a fixed range of such numbers, so that what is full never grows. */
import * as v from 'valibot';
import { Day, DiaryId, Id, Minute, Seconds, Week } from './field.ts';
import { Mode } from './organisation.ts';

/** How many diaries a segment has; `floor(position / searchSegmentSize)` is its number. */
export const searchSegmentSize = 1000;
/** `search/<segment>/<shards>/<nn>.json`: the grams that `shardOf` puts here, each with its diaries as `readPostings` reads them, numbers counted
 *  from the segment's first (shared/search). `shards` is `shardCount` of the segment's diaries, which follow from `feed.total` of the index;
 *  every one of them exists. Where it is missing the index is older than the tree. */
export const SearchShard = v.object({
  v: v.literal(1),
  segment: v.number(),
  shards: v.number(),
  shard: v.string(),
  grams: v.record(v.string(), v.string()),
});
export type SearchShard = v.InferOutput<typeof SearchShard>;

/** What one disclosed item says. Members that it lacks are left out. */
export const SaidItem = v.object({
  /** Number in the diary's cover, as in `#item-<n>`. */
  item: v.number(),
  kind: v.string(),
  day: v.optional(Day),
  start: v.optional(Minute),
  end: v.optional(Minute),
  category: v.optional(v.string()),
  mode: v.optional(Mode),
  text: v.string(),
  place: v.optional(v.string()),
  detail: v.optional(v.string()),
  thinking: v.optional(v.string()),
  result: v.optional(v.string()),
  next: v.optional(v.string()),
  threads: v.optional(v.array(v.object({ id: Id, name: v.string() }))),
});
export type SaidItem = v.InferOutput<typeof SaidItem>;

/** `text/<position>.json`: the words of one published diary, about a sixth of its bundle and without proof; for hits and snippets. The title is
 *  the item of that kind. */
export const PublicText = v.object({
  v: v.literal(1),
  position: v.number(),
  draw: DiaryId,
  unit: Id,
  week: Week,
  publishedAt: Seconds,
  /** Missing in a diary that was sealed and drawn. */
  imported: v.optional(v.literal(true)),
  items: v.array(SaidItem),
});
export type PublicText = v.InferOutput<typeof PublicText>;
