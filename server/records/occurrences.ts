/** The files of the public tree in which an item of a published diary occurs. A hold changes exactly these (design.md 5). */
import type { FacetName } from '../../shared/api/public-lists.ts';
import { feedPageSize } from '../../shared/api/published.ts';

export interface Occurrence {
  readonly draw: string;
  readonly unit: string;
  /** Position of the publication, and how many there are. */
  readonly position: number;
  readonly total: number;
  /** Images of the item that no other disclosed item names. */
  readonly images: readonly string[];
  /** `title`, `entry` or `review`. */
  readonly kind: string;
  /** Files of lists and search in which the item stands (unlist.ts). */
  readonly lists: readonly string[];
}

/** How many diaries a carousel goes round. */
export const carouselSize = 6;

export const indexPath = 'index.json';
export const atomPath = 'feed.atom';
export const dataJsonPath = 'data/diaries.json';
export const dataCsvPath = 'data/diaries.csv';
export const feedPath = (page: number): string => `feed/${page}.json`;
export const drawHistoryPath = 'draw/history.json';
export const drawPath = (draw: string): string => `draw/${draw}.json`;
export const bundlePath = (draw: string, unit: string): string => `draw/${draw}/${unit}.json`;
export const pagePath = (draw: string, unit: string): string => `d/${draw}/${unit}.html`;
export const articlePath = (draw: string, unit: string): string => `article/${draw}/${unit}.html`;
export const blobPath = (sha256: string): string => `blob/${sha256}`;

export const facetIndexPath = 'facet/index.json';
export const facetPath = (facet: FacetName, value: string, page: number): string =>
  `facet/${facet}/${value}/${page}.json`;
export const drawsPath = (page: number): string => `draws/${page}.json`;
export const threadPath = (thread: string): string => `thread/${thread}.json`;
export const threadYearPath = (thread: string, year: string): string => `thread/${thread}/${year}.json`;
export const unitPath = (unit: string): string => `unit/${unit}.json`;
export const themePath = (theme: string): string => `theme/${theme}.json`;
export const besidePath = (draw: string, unit: string): string => `beside/${draw}/${unit}.json`;
export const textPath = (position: number): string => `text/${position}.json`;
export const searchPath = (segment: number, shards: number, shard: string): string =>
  `search/${segment}/${shards}/${shard}.json`;
export const ratesPath = 'rates.json';
export const moderationPath = 'moderation.json';
export const moderationPagePath = 'moderation.html';
export const moderationMonthPath = (month: string): string => `moderation/${month}.json`;
export const auditPath = 'audit.json';
export const calendarPath = 'data/diaries.ics';
export const jsonFeedPath = 'feed.json';
export const fragmentPath = (name: 'feed' | 'carousel'): string => `fragment/${name}.html`;
export const diaryFragmentPath = (draw: string, unit: string): string => `fragment/diary/${draw}/${unit}.html`;
export const sitemapIndexPath = 'sitemap.xml';
/** How many pages of diaries a page of the sitemap names. */
export const sitemapSize = 10_000;
export const sitemapPath = (page: number): string => `sitemap/${page}.xml`;

/** Paths in which the item's text, or the card made of it, stands; sorted. */
export function filesOfItem(item: Occurrence): string[] {
  const { draw, unit, position, total, images, kind, lists } = item;
  const isTitle = kind === 'title';
  const fromEnd = total - position;
  const paths = [
    bundlePath(draw, unit),
    pagePath(draw, unit),
    articlePath(draw, unit),
    textPath(position),
    diaryFragmentPath(draw, unit),
    feedPath(Math.floor(position / feedPageSize)),
    ...(fromEnd <= feedPageSize ? [indexPath, atomPath, jsonFeedPath, fragmentPath('feed')] : []),
    // A carousel and the list of a unit show a diary by its title.
    ...(isTitle && fromEnd <= carouselSize ? [fragmentPath('carousel')] : []),
    ...(isTitle ? [unitPath(unit)] : []),
    dataJsonPath,
    dataCsvPath,
    ...(kind === 'entry' ? [calendarPath] : []),
    sitemapPath(Math.floor(position / sitemapSize)),
    ...images.map(blobPath),
    ...lists,
  ];
  return [...new Set(paths)].sort();
}
