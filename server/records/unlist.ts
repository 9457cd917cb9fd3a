/** What a hold takes out of the lists of a published diary, and which files of the tree change by it. */
import { type FacetName, facetNames } from '../../shared/api/public-lists.ts';
import { searchSegmentSize } from '../../shared/api/public-search.ts';
import { feedPageSize } from '../../shared/api/published.ts';
import { gramsOf, shardCount, shardOf } from '../../shared/search/grams.ts';
import { type Searchable, textsOf } from '../../shared/search/words.ts';
import type { Db } from '../database/port.ts';
import { coverItems, disclosedItems } from './listing.ts';
import { besideThread, memberCount } from './members.ts';
import {
  besidePath,
  facetIndexPath,
  facetPath,
  searchPath,
  themePath,
  threadPath,
  threadYearPath,
} from './occurrences.ts';
import type { PublicationRow } from './queries.ts';

export interface Unlisted {
  /** Of the item, as its cover has it. */
  readonly kind: string;
  /** Files of lists and search that change. */
  readonly files: readonly string[];
}

/** Unlists an item of a published diary. To be called while its text is still there; the files are those that differ once it is gone. */
export async function unlistItem(trx: Db, published: PublicationRow, item: number): Promise<Unlisted> {
  const { position, seal_hash } = published;
  const cover = await coverItems(trx, seal_hash);
  const before = await threadFacets(trx, position);
  const pagesBefore = await pagesOf(trx, before, position);
  const threads = await unlistThreads(trx, published, item);
  const after = new Set((await threadFacets(trx, position)).map(nameOf));
  const isLost = (one: Faceted): boolean => !after.has(nameOf(one));
  const categories = new Set(cover.flatMap(({ category }) => (typeof category === 'string' ? [category] : [])));
  const files = [
    ...(await shardsOfItem(trx, published, item)),
    ...threads,
    ...pagesBefore.flatMap(({ one, page, last }) =>
      // Whoever comes behind moves up by one.
      Array.from({ length: isLost(one) ? last - page + 1 : 1 }, (_, n) => facetPath(one.facet, one.value, page + n)),
    ),
    ...(before.some(isLost) ? [facetIndexPath] : []),
    ...(await cardPages(trx, published, [...categories])),
  ];
  return { kind: String(cover[item]?.kind ?? ''), files };
}

/** Pages of every other facet on which the diary's card stands. */
async function cardPages(
  trx: Db,
  { position, unit }: PublicationRow,
  categories: readonly string[],
): Promise<string[]> {
  const row = await trx.selectFrom('unit').select('kind').where('id', '=', unit).executeTakeFirst();
  const month = await trx
    .selectFrom('public_facet')
    .select('value')
    .where('position', '=', position)
    .where('facet', '=', 'month')
    .executeTakeFirst();
  const values: Record<FacetName, readonly string[]> = {
    unit: [unit],
    kind: row === undefined ? [] : [row.kind],
    theme: [],
    thread: [],
    category: categories,
    month: month === undefined ? [] : [month.value],
  };
  const paths: string[] = [];
  for (const facet of facetNames)
    for (const value of values[facet]) {
      const before = await memberCount(trx, facet, value, position);
      paths.push(facetPath(facet, value, Math.floor(before / feedPageSize)));
    }
  return paths;
}

/** A value that a diary has by its threads. */
interface Faceted {
  readonly facet: 'theme' | 'thread';
  readonly value: string;
}

const nameOf = ({ facet, value }: Faceted): string => `${facet}/${value}`;

/** The threads of a diary, and their themes. */
async function threadFacets(trx: Db, position: number): Promise<Faceted[]> {
  const rows = await trx
    .selectFrom('public_thread')
    .leftJoin('thread_theme', 'thread_theme.thread', 'public_thread.thread')
    .select(['public_thread.thread', 'theme'])
    .distinct()
    .where('position', '=', position)
    .orderBy('public_thread.thread')
    .execute();
  const themes = new Set(rows.flatMap(({ theme }) => theme ?? []));
  return [
    ...[...themes].map((value) => ({ facet: 'theme', value }) as const),
    ...rows.map(({ thread }) => ({ facet: 'thread', value: thread }) as const),
  ];
}

/** For each value the page on which the diary stands, and the last. */
const pagesOf = (trx: Db, values: readonly Faceted[], position: number) =>
  Promise.all(
    values.map(async (one) => ({
      one,
      page: Math.floor((await memberCount(trx, one.facet, one.value, position)) / feedPageSize),
      last: Math.floor(((await memberCount(trx, one.facet, one.value)) - 1) / feedPageSize),
    })),
  );

/** Takes the item out of its threads; gives their files, and those of diaries that pointed at it. */
async function unlistThreads(trx: Db, { position, draw, unit }: PublicationRow, item: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('public_thread')
    .leftJoin('thread_theme', 'thread_theme.thread', 'public_thread.thread')
    .select(['public_thread.thread', 'at', 'theme'])
    .where('position', '=', position)
    .where('item', '=', item)
    .execute();
  await trx.deleteFrom('public_thread').where('position', '=', position).where('item', '=', item).execute();
  const paths: string[] = [];
  for (const { thread, at, theme } of rows) {
    paths.push(
      threadPath(thread),
      threadYearPath(thread, at.slice(0, 4)),
      ...(theme === null ? [] : [themePath(theme)]),
    );
    const left = await trx
      .selectFrom('public_thread')
      .select((eb) => eb.fn.min('item').as('first'))
      .where('thread', '=', thread)
      .where('position', '=', position)
      .executeTakeFirst();
    const first = left?.first ?? null;
    if (first === null) paths.push(besidePath(draw, unit));
    if (first === null || first > item)
      for (const side of ['previous', 'next'] as const) {
        const other = await besideThread(trx, thread, position, side);
        if (other !== null) paths.push(besidePath(other.draw, other.unit));
      }
  }
  return [...new Set(paths)];
}

/** Shards that have a gram of the item which nothing else in the diary has. */
async function shardsOfItem(trx: Db, { seal_hash, unit, position }: PublicationRow, item: number): Promise<string[]> {
  const objects = await disclosedItems(trx, seal_hash);
  const names = await trx.selectFrom('unit').select(['zh', 'en']).where('id', '=', unit).executeTakeFirst();
  const others = [...objects].flatMap(([n, object]) => (n === item ? [] : textsOf(searchable(object))));
  const left = gramsOf([...others, names?.zh ?? '', names?.en ?? '']);
  const own = objects.get(item);
  const grams = own === undefined ? [] : [...gramsOf(textsOf(searchable(own)))].filter((gram) => !left.has(gram));
  const segment = Math.floor(position / searchSegmentSize);
  const { count } = await trx
    .selectFrom('publication')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('position', '>=', segment * searchSegmentSize)
    .where('position', '<', (segment + 1) * searchSegmentSize)
    .executeTakeFirstOrThrow();
  const shards = shardCount(Number(count));
  return [...new Set(grams.map((gram) => shardOf(gram, shards)))].map((shard) => searchPath(segment, shards, shard));
}

function searchable(object: Readonly<Record<string, unknown>>): Searchable {
  const said = (name: string): string | null => {
    const text = object[name];
    return typeof text === 'string' ? text : null;
  };
  const threads: readonly unknown[] = Array.isArray(object.threads) ? object.threads : [];
  return {
    text: said('text') ?? '',
    place: said('place'),
    detail: said('detail'),
    thinking: said('thinking'),
    result: said('result'),
    next: said('next'),
    threads: threads.flatMap((one) =>
      typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string'
        ? [{ name: one.name }]
        : [],
    ),
  };
}
