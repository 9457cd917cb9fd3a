/** `search/<segment>/<shards>/<nn>.json`: grams of a thousand diaries (shared/search), out of what is stored of the segment. */
import { searchSegmentSize } from '../../shared/api/public-search.ts';
import { shardCount, shardNamed } from '../../shared/search/grams.ts';
import type { Context } from '../context.ts';
import { searchPath } from '../records/occurrences.ts';
import { makeSegment, segmentState, storedGrams, storedShards } from './search-store.ts';

/** The JSON of a shard of a segment that has a diary, by any number of shards: a reader's index may be a minute old. Null for every other. */
export async function searchFile(
  { database }: Context,
  segment: number,
  shards: number,
  shard: string,
): Promise<string | null> {
  const n = Number.parseInt(shard, 16);
  if (shards > storedShards || (shards & (shards - 1)) !== 0 || n >= shards) return null;
  const state = await segmentState(database.db, segment);
  if (state === null) return null;
  // The lowest bits of the finest shard name the coarser one.
  const finest = Array.from({ length: storedShards / shards }, (_, part) => shardNamed(n + part * shards));
  const stored = await storedGrams(database.db, segment, state, finest);
  const all = stored.size === finest.length ? stored : await makeSegment(database, segment, state);
  const grams = finest.flatMap((name) => all.get(name)?.slice(1, -1) || []);
  return `{"v":1,"segment":${segment},"shards":${shards},"shard":"${shard}","grams":{${grams.join(',')}}}`;
}

export const searchPaths = (total: number): string[] =>
  Array.from({ length: Math.ceil(total / searchSegmentSize) }, (_, segment) => {
    const shards = shardCount(Math.min(searchSegmentSize, total - segment * searchSegmentSize));
    return Array.from({ length: shards }, (__, n) => searchPath(segment, shards, shardNamed(n)));
  }).flat();
