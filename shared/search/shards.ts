/** Making the shards of a segment, and asking them (shared/api/public-search.ts). */
import { gramsToAsk, shardOf } from './grams.ts';
import { readPostings, writePostings } from './postings.ts';

/** The shards by name; one without a gram is left out. `grams`: of each diary of the segment, in order. Grams
 *  are sorted, so that the same diaries give the same bytes. */
export function shardsOf(
  grams: readonly ReadonlySet<string>[],
  shards: number,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const gathering = gatherGrams();
  for (const [n, own] of grams.entries()) gathering.add(n, own);
  return gathering.shards(shards);
}

/** Makes the same of diaries that are added one by one, by rising number, so that the grams of none have to be kept. */
export function gatherGrams() {
  const found = new Map<string, number[]>();
  return {
    add: (n: number, grams: ReadonlySet<string>): void => {
      for (const gram of grams) {
        const numbers = found.get(gram);
        if (numbers === undefined) found.set(gram, [n]);
        else numbers.push(n);
      }
    },
    shards: (shards: number): ReadonlyMap<string, Readonly<Record<string, string>>> => {
      const made = new Map<string, Record<string, string>>();
      for (const gram of [...found.keys()].sort()) {
        const name = shardOf(gram, shards);
        let shard = made.get(name);
        if (shard === undefined) {
          shard = {};
          made.set(name, shard);
        }
        shard[gram] = writePostings(found.get(gram) ?? []);
      }
      return made;
    },
  };
}

/** The shards to fetch for words; none for no words. */
export const shardsToAsk = (words: readonly string[], shards: number): string[] => [
  ...new Set(gramsToAsk(words).map((gram) => shardOf(gram, shards))),
];

/** The candidates among a segment's diaries, newest first: those that have every gram asked for. `gramsIn`: the `grams` of a fetched shard by
 *  its name. */
export function candidatesOf(
  words: readonly string[],
  shards: number,
  gramsIn: (shard: string) => Readonly<Record<string, string>> | undefined,
): number[] {
  let left: number[] | null = null;
  for (const gram of gramsToAsk(words)) {
    const has: readonly number[] = readPostings(gramsIn(shardOf(gram, shards))?.[gram] ?? '');
    const known = new Set(has);
    left = left === null ? [...has] : left.filter((n) => known.has(n));
  }
  return (left ?? []).reverse();
}
