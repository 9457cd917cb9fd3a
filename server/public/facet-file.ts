/** `facet/…`: how many diaries each value has, and their cards in fixed pages (shared/api/public-lists.ts). */
import { type FacetIndex, type FacetName, type FacetPage, facetNames } from '../../shared/api/public-lists.ts';
import type { Context } from '../context.ts';
import { settingOf } from '../organisation/setting.ts';
import { facetCounts, membersOn } from '../records/members.ts';
import { facetPath } from '../records/occurrences.ts';
import { cardsOf } from './cards.ts';
import { jsonFile, type PublicFile, type TreeOptions } from './file.ts';
import { pagesOf } from './pages.ts';

export async function facetIndex({ config, database }: Context): Promise<FacetIndex> {
  const { db } = database;
  const [unit, kind, theme, thread, category, month] = await Promise.all([
    facetCounts(db, 'unit'),
    facetCounts(db, 'kind'),
    facetCounts(db, 'theme'),
    facetCounts(db, 'thread'),
    facetCounts(db, 'category'),
    facetCounts(db, 'month'),
  ]);
  const themes = (await settingOf(db, config, 'themes')).map(({ id, zh, en }) => ({ id, zh, en }));
  return { v: 1, themes, counts: { unit, kind, theme, thread, category, month } };
}

export async function facetFile(
  context: Context,
  [name, value = '', page = '']: readonly string[],
  options: TreeOptions,
): Promise<PublicFile | null> {
  const facet = facetNames.find((one) => one === name);
  const rows = facet === undefined ? [] : await membersOn(context.database.db, facet, value, Number(page));
  if (facet === undefined || rows.length === 0) return null;
  const file: FacetPage = { v: 1, facet, value, page: Number(page), rows: await cardsOf(context, rows, options) };
  return jsonFile(file);
}

export async function facetPaths(context: Context): Promise<string[]> {
  const { counts } = await facetIndex(context);
  return facetNames.flatMap((facet: FacetName) =>
    Object.entries(counts[facet]).flatMap(([value, count]) =>
      Array.from({ length: pagesOf(count) }, (_, page) => facetPath(facet, value, page)),
    ),
  );
}
