/** A tree with the files of search and facets over invented diaries, made from their words as a server makes them. */
import { gramsOf, shardCount, shardNamed } from '../../shared/search/grams.ts';
import { shardsOf } from '../../shared/search/shards.ts';
import { textsOf } from '../../shared/search/words.ts';
import type { Tree } from './site.ts';
import { card, indexOf } from './vector-tree.ts';

/** One diary: its unit, week, title, and what its entries say at 08:10 of the week's Monday. */
export interface Told {
  readonly unit: string;
  readonly week: string;
  readonly title: string;
  readonly says: readonly string[];
  readonly themes?: readonly string[];
  readonly threads?: readonly string[];
  readonly categories?: readonly string[];
}

export const themes = [
  { id: 'flood', zh: '防汛', en: 'Flood' },
  { id: 'old', zh: '老旧小区', en: 'Old quarters' },
];

/** Diaries in order of publication, oldest first. `month` of a facet is given by hand with each. */
export function searchTree(diaries: readonly (Told & { readonly month: string })[]): Tree {
  const draws = diaries.map((_, n) => `d-2026-w${String(n + 1).padStart(2, '0')}`);
  const cards = diaries.map(({ unit, week, title, says, themes: of = [], threads = [], categories = ['meeting'] }, n) =>
    card({
      draw: draws[n] ?? '',
      unit,
      week,
      title,
      entries: says.length,
      themes: [...of],
      threads: [...threads],
      categories: [...categories],
    }),
  );
  const texts = diaries.map(({ unit, week, title, says }, position) => ({
    v: 1,
    position,
    draw: draws[position] ?? '',
    unit,
    week,
    publishedAt: 1_795_572_000,
    items: [
      { item: 0, kind: 'title', text: title },
      ...says.map((text, n) => ({
        item: n + 1,
        kind: 'entry',
        day: '2026-09-14',
        start: '2026-09-14T08:10',
        end: '2026-09-14T09:00',
        text,
      })),
    ],
  }));
  const count = shardCount(diaries.length);
  const shards = shardsOf(
    texts.map(({ items }) => gramsOf(items.flatMap(textsOf))),
    count,
  );
  const counts: Record<string, Record<string, number>> = {
    unit: {},
    kind: {},
    theme: {},
    thread: {},
    category: {},
    month: {},
  };
  const members: Record<string, typeof cards> = {};
  for (const [n, { month }] of diaries.entries()) {
    const one = cards[n];
    if (one === undefined) continue;
    const values = [
      ['unit', one.unit],
      ['kind', 'department'],
      ['month', month],
    ].concat(
      one.themes.map((theme) => ['theme', theme]),
      one.threads.map((thread) => ['thread', thread]),
      one.categories.map((category) => ['category', category]),
    );
    for (const [facet = '', value = ''] of values) {
      const own = counts[facet];
      if (own) own[value] = (own[value] ?? 0) + 1;
      const key = `${facet}/${value}`;
      members[key] = [...(members[key] ?? []), one];
    }
  }
  const pagesOf = (rows: typeof cards) =>
    Array.from({ length: Math.ceil(rows.length / 20) }, (_, n) => rows.slice(n * 20, n * 20 + 20));
  const pages = pagesOf(cards);
  return {
    'index.json': indexOf({
      themes,
      feed: { pages: pages.length, total: cards.length, newest: pages.length - 1 },
      newest: [...cards].reverse().slice(0, 20),
    }),
    'facet/index.json': { v: 1, themes, counts },
    ...Object.fromEntries(pages.map((rows, page) => [`feed/${page}.json`, { v: 1, page, rows }])),
    ...Object.fromEntries(texts.map((text) => [`text/${text.position}.json`, text])),
    ...Object.fromEntries(
      Array.from({ length: count }, (_, n) => {
        const shard = shardNamed(n);
        return [
          `search/0/${count}/${shard}.json`,
          { v: 1, segment: 0, shards: count, shard, grams: shards.get(shard) ?? {} },
        ];
      }),
    ),
    ...Object.fromEntries(
      Object.entries(members).flatMap(([key, rows]) =>
        pagesOf(rows).map((some, page) => [`facet/${key}/${page}.json`, { v: 1, page, rows: some }]),
      ),
    ),
  };
}
