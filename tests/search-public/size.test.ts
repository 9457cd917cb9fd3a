import { describe, expect, it } from 'vitest';
import type { SearchShard } from '../../shared/api/public-search.ts';
import { gramsOf, shardCount, shardOf } from '../../shared/search/grams.ts';
import { shardsOf } from '../../shared/search/shards.ts';
import { textsOf } from '../../shared/search/words.ts';
import { inventedDiaries } from './invented.ts';

const seed = 20261128;
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Shards of the first `count` invented diaries as they are served, and the diaries. */
function segmentOf(count: number) {
  const diaries = inventedDiaries(count, seed);
  const shards = shardCount(count);
  const made = shardsOf(
    diaries.map((items) => gramsOf(items.flatMap(textsOf))),
    shards,
  );
  const files = [...made].map(([shard, grams]): SearchShard => ({ v: 1, segment: 0, shards, shard, grams }));
  return { diaries, shards, files };
}

describe('what a search fetches', () => {
  // A diary of the demonstration has 800 characters on average; these have half as many again and names of their own.
  const { diaries, shards, files } = segmentOf(1000);

  it('is at most 20 kB for the first hit of two letters, however many diaries there are: one shard of the newest thousand, and one diary', () => {
    const largest = Math.max(...files.map(bytes));
    expect(shards).toBe(256);
    expect(largest + Math.max(...diaries.map(bytes))).toBeLessThan(20_000);
    const common = files.find(({ grams }) => grams.会议 !== undefined);
    expect(common?.shard).toBe(shardOf('会议', 256));
  });

  it('is at most 150 kB for ten thousand diaries when all of them have to be asked, ten shards of a gram', () => {
    expect(10 * Math.max(...files.map(bytes)) + Math.max(...diaries.map(bytes))).toBeLessThan(150_000);
  });

  it('is small where there are few diaries, too', () => {
    const few = segmentOf(16);
    expect(few.files.length).toBeLessThanOrEqual(8);
    expect(Math.max(...few.files.map(bytes))).toBeLessThan(40_000);
  });
});
