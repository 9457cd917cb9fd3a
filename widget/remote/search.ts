// Finding diaries in the tree without a server: by words through the shards, by facets through their pages (shared/api/public-search.ts).
import type { FacetIndex } from '../../shared/api/public-lists.ts';
import type { PublicText, searchSegmentSize as SegmentSize } from '../../shared/api/public-search.ts';
import type { DiaryCard, feedPageSize as PageSize, PublicIndex } from '../../shared/api/published.ts';
import { array, type Guard, integer, isObject, isString, object } from '../../shared/proof/shape.ts';
import { type Asked, fits, narrowest } from '../../shared/search/asked.ts';
import { shardCount, wordsOf } from '../../shared/search/grams.ts';
import { type Hit, hitIn } from '../../shared/search/hits.ts';
import { candidatesOf, shardsToAsk } from '../../shared/search/shards.ts';
import { isCard } from './cards.ts';
import { getFile, getIndex, getShared, Unreachable } from './client.ts';

// Equal to those of the server by their types; its schemas stay out of the widget.
const feedPageSize: typeof PageSize = 20;
const searchSegmentSize: typeof SegmentSize = 1000;

/** A diary that was found: by words with the places where they stand, else as a card. */
export type Found =
  | (Pick<DiaryCard, 'draw' | 'unit' | 'week'> & { readonly hit: Hit })
  | (DiaryCard & { readonly hit?: never });

/** One step of a search: perhaps a diary, and how many `of` those in question have not been looked at yet. */
export interface Step {
  readonly found: Found | null;
  readonly left: number;
  readonly of: number;
}

export const getFacets = async (tree: string, signal: AbortSignal): Promise<FacetIndex> =>
  (await getShared(`${tree}facet/index.json`, isFacets, signal)).value;

/** Diaries that fit, newest first, in steps. Nothing is read ahead of what is taken. Throws `Unreachable`. */
export async function* find(
  tree: string,
  index: PublicIndex,
  asked: Asked,
  signal: AbortSignal,
): AsyncGenerator<Step, void> {
  const words = wordsOf(asked.q ?? '');
  const kinds = new Map(index.units.map(({ id, kind }) => [id, kind]));
  const isWanted = (card: unknown): card is DiaryCard => isCard(card) && fits(card, asked, (unit) => kinds.get(unit));
  if (words.length === 0) yield* byFacet(tree, asked, isWanted, signal);
  else yield* byWords(tree, index, words, narrows(asked) ? isWanted : null, signal);
}

async function* byFacet(
  tree: string,
  asked: Asked,
  isWanted: Guard<DiaryCard>,
  signal: AbortSignal,
): AsyncGenerator<Step, void> {
  const way = narrowest(asked, (await getFacets(tree, signal)).counts);
  if (way === null) return;
  for (let page = Math.ceil(way.count / feedPageSize) - 1; page >= 0; page -= 1) {
    const url = `${tree}facet/${way.facet}/${encodeURIComponent(way.value)}/${page}.json`;
    const { value } = await getShared(url, isPage, signal);
    const left = page * feedPageSize;
    for (const found of [...value.rows].reverse().filter(isWanted)) yield { found, left, of: way.count };
    yield { found: null, left, of: way.count };
  }
}

async function* byWords(
  tree: string,
  index: PublicIndex,
  words: readonly string[],
  isWanted: Guard<DiaryCard> | null,
  signal: AbortSignal,
): AsyncGenerator<Step, void> {
  let { total } = index.feed;
  let isFresh = false;
  const names = new Map(index.units.map(({ id, name }) => [id, [name.zh, name.en]]));
  for (let segment = Math.ceil(total / searchSegmentSize) - 1; segment >= 0; segment -= 1) {
    const first = segment * searchSegmentSize;
    const shards = shardCount(Math.min(searchSegmentSize, total - first));
    let fetched: ReadonlyMap<string, Grams>;
    try {
      fetched = new Map(
        await Promise.all(
          shardsToAsk(words, shards).map(async (name) => {
            const url = `${tree}search/${segment}/${shards}/${name}.json`;
            return [name, await getGrams(url, `${url} ${total}`, signal)] as const;
          }),
        ),
      );
    } catch (error) {
      // A tree that grew since its index was read: once more with the index of now.
      if (isFresh || !(error instanceof Unreachable) || error.trouble !== 'notThere') throw error;
      isFresh = true;
      total = (await getIndex(tree, signal, true)).value.feed.total;
      segment = Math.ceil(total / searchSegmentSize);
      continue;
    }
    const candidates = candidatesOf(words, shards, (name) => fetched.get(name));
    for (let at = 0; at < candidates.length; at += atOnce) {
      const some = candidates.slice(at, at + atOnce).map(async (n): Promise<Step> => {
        const left = first + n;
        if (isWanted !== null && !isWanted(await cardAt(tree, left, signal))) return { found: null, left, of: total };
        return { found: await foundAt(tree, left, words, names, signal), left, of: total };
      });
      yield* await Promise.all(some);
    }
    yield { found: null, left: first, of: total };
  }
}

/** How many diaries are read at a time. */
const atOnce = 6;

type Grams = Readonly<Record<string, string>>;
/** Shards, kept as long as the page: they only name candidates, what these say is read afresh. A shard of another total is another one. */
const kept = new Map<string, Promise<Grams>>();

function getGrams(url: string, key: string, signal: AbortSignal): Promise<Grams> {
  let asked = kept.get(key);
  if (asked === undefined) {
    asked = getFile(url, isShard, new AbortController().signal).then(({ value }) => value.grams);
    kept.set(key, asked);
    asked.catch(() => kept.delete(key));
  }
  const stopped = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  return Promise.race([asked, stopped]);
}

async function cardAt(tree: string, position: number, signal: AbortSignal): Promise<unknown> {
  const page = Math.floor(position / feedPageSize);
  const { value } = await getShared(`${tree}feed/${page}.json`, isPage, signal);
  return value.rows[position % feedPageSize];
}

/** The diary if it has the words; null where it has not, or cannot be read. */
async function foundAt(
  tree: string,
  position: number,
  words: readonly string[],
  names: ReadonlyMap<string, readonly string[]>,
  signal: AbortSignal,
): Promise<Found | null> {
  try {
    const { value } = await getShared(`${tree}text/${position}.json`, isText, signal);
    const hit = hitIn(value, words, names.get(value.unit) ?? []);
    return hit === null ? null : { draw: value.draw, unit: value.unit, week: value.week, hit };
  } catch (error) {
    if (error instanceof Unreachable && error.trouble === 'notThere') return null;
    throw error;
  }
}

const narrows = ({ q: _, ...facets }: Asked): boolean => Object.keys(facets).length > 0;

// What is leaned on of each file; everything else may come or go in later versions.
const isShard: Guard<{ readonly grams: Grams }> = (value): value is { grams: Grams } =>
  isObject(value) && isObject(value.grams) && Object.values(value.grams).every(isString);
const isPage = object({ rows: array(isObject) });
const isTextShape = object({
  draw: isString,
  unit: isString,
  week: isString,
  items: array(object({ item: integer(), kind: isString, text: isString })),
});
const isText = (value: unknown): value is PublicText => isTextShape(value);
const isCounts = object({ unit: isObject, kind: isObject, theme: isObject, category: isObject, month: isObject });
const isFacetsShape = object({ counts: isCounts });
const isFacets = (value: unknown): value is FacetIndex => isFacetsShape(value);
