/** `search/<segment>/<shards>/<nn>.json`: the grams of a thousand diaries (shared/search). A segment is made as a whole and kept while
 *  nothing in it changes. */
import { type SearchShard, searchSegmentSize } from '../../shared/api/public-search.ts';
import { gramsOf, shardCount, shardNamed } from '../../shared/search/grams.ts';
import { gatherGrams } from '../../shared/search/shards.ts';
import { textsOf } from '../../shared/search/words.ts';
import type { Context } from '../context.ts';
import { unitsOf } from '../organisation/read.ts';
import { searchPath } from '../records/occurrences.ts';
import { loadDiaries, publications } from './load.ts';
import { saidIn } from './text-file.ts';

type Shards = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** A segment takes about five megabytes of memory. */
const mostSegments = 6;
const batch = 50;

const most = 256;

/** A shard of a segment that has a diary, by any number of shards: a reader's index may be a minute old. Null for every other. */
export async function searchFile(
  context: Context,
  segment: number,
  shards: number,
  shard: string,
): Promise<SearchShard | null> {
  const n = Number.parseInt(shard, 16);
  if (shards > most || (shards & (shards - 1)) !== 0 || n >= shards) return null;
  const all = await segmentOf(context, segment);
  if (all === null) return null;
  // The lowest bits of the finest shard name the coarser one.
  const parts = Array.from({ length: most / shards }, (_, part) => all.get(shardNamed(n + part * shards)));
  return { v: 1, segment, shards, shard, grams: Object.assign({}, ...parts) };
}

export const searchPaths = (total: number): string[] =>
  Array.from({ length: Math.ceil(total / searchSegmentSize) }, (_, segment) => {
    const shards = shardCount(Math.min(searchSegmentSize, total - segment * searchSegmentSize));
    return Array.from({ length: shards }, (__, n) => searchPath(segment, shards, shardNamed(n)));
  }).flat();

const kept = new WeakMap<Context, Map<number, { readonly stamp: string; readonly shards: Promise<Shards> }>>();

async function segmentOf(context: Context, segment: number): Promise<Shards | null> {
  const { db } = context.database;
  const from = segment * searchSegmentSize;
  // A hold raises the size of its publication, and what was brought in comes and goes: together these name a state of the segment.
  const state = await db
    .selectFrom('publication')
    .select((eb) => [
      eb.fn.countAll().as('count'),
      eb.fn.sum('size').as('sum'),
      eb.fn.sum('published_at').as('at'),
      eb.fn.min('seal_hash').as('first'),
      eb.fn.max('seal_hash').as('last'),
    ])
    .where('position', '>=', from)
    .where('position', '<', from + searchSegmentSize)
    .executeTakeFirst();
  if (state === undefined || Number(state.count) === 0) return null;
  const names = new Map((await unitsOf(db)).map(({ id, name }) => [id, [name.zh, name.en]]));
  const stamp = JSON.stringify([
    String(state.count),
    String(state.sum),
    String(state.at),
    state.first,
    state.last,
    ...names,
  ]);
  const segments = kept.get(context) ?? new Map();
  kept.set(context, segments);
  const present = segments.get(segment);
  segments.delete(segment);
  const next = present?.stamp === stamp ? present : { stamp, shards: makeSegment(context, from, names) };
  segments.set(segment, next);
  for (const oldest of segments.keys()) if (segments.size > mostSegments) segments.delete(oldest);
  next.shards.catch(() => segments.delete(segment));
  return next.shards;
}

async function makeSegment(
  { database: { db } }: Context,
  from: number,
  names: ReadonlyMap<string, readonly string[]>,
): Promise<Shards> {
  // By number: a diary that cannot be read has no grams, and the others keep their places.
  const gathering = gatherGrams();
  for (let at = from; at < from + searchSegmentSize; at += batch) {
    const rows = await publications(db, at, Math.min(batch, from + searchSegmentSize - at));
    for (const diary of await loadDiaries(db, rows)) {
      const texts = saidIn(diary).flatMap(textsOf);
      gathering.add(diary.position - from, gramsOf([...texts, ...(names.get(diary.unit) ?? [])]));
    }
    if (rows.length < batch) break;
  }
  return gathering.shards(most);
}
