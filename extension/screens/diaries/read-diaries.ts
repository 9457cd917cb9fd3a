/** Which published diaries a person answers for: a leader's own, and those of a handler's units. */
import * as v from 'valibot';
import { getMyDiaries } from '../../../shared/api/draws.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { FeedPage, PublicIndex } from '../../../shared/api/published.ts';
import { fromUtf8 } from '../../../shared/base/bytes.ts';
import { callAll, publicBytes } from '../../remote/client.ts';
import type { Desk } from '../desk/use-desk.ts';

export type DiaryRow = Answer<typeof getMyDiaries>['rows'][number];

/** How many pages of the public feed are looked through for a unit. */
const pagesLooked = 5;

/** Newest first. */
export async function readDiaries({ grants, may }: Pick<Desk, 'grants' | 'may'>): Promise<readonly DiaryRow[]> {
  const mine = may('diary.mine') ? (await callAll(getMyDiaries)).rows : [];
  const units = new Set(grants.flatMap(({ role, unit }) => (role === 'handler' && unit !== null ? [unit] : [])));
  const theirs = units.size === 0 ? [] : (await publishedRows()).filter(({ unit }) => units.has(unit));
  const known = new Map([...theirs, ...mine].map((row) => [`${row.draw} ${row.unit}`, row]));
  return [...known.values()].sort((a, b) => b.publishedAt - a.publishedAt);
}

async function publishedRows(): Promise<readonly DiaryRow[]> {
  const index = await publicFile('index.json', PublicIndex);
  if (index === null) return [];
  const newest = index.feed.newest ?? -1;
  const rows = [...index.newest];
  for (let page = newest; page >= 0 && page > newest - pagesLooked; page -= 1)
    rows.push(...((await publicFile(`feed/${page}.json`, FeedPage))?.rows ?? []));
  return rows;
}

async function publicFile<S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S> | null> {
  const bytes = await publicBytes(path);
  return bytes === null ? null : v.parse(v.pipe(v.string(), v.parseJson(), schema), fromUtf8(bytes) ?? '');
}
