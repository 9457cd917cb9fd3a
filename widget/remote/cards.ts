// Published diaries in lists: their rows, and the pages of the feed.
import type { DiaryCard, FeedPage } from '../../shared/api/published.ts';
import { array, integer, isObject, isString, object } from '../../shared/proof/shape.ts';
import { getFile, type Kept } from './client.ts';

export const getFeedPage = (tree: string, page: number, signal: AbortSignal): Promise<Kept<FeedPage>> =>
  getFile(`${tree}feed/${page}.json`, isFeedPage, signal);

// What the widget leans on; everything else may come or go in later versions.
const isCardShape = object({
  draw: isString,
  unit: isString,
  week: isString,
  publishedAt: integer(),
  minutes: integer(),
  entries: integer(),
  held: integer(),
  strip: array(Array.isArray),
});
/** Whether a row of the feed can be shown. */
export const isCard = (value: unknown): value is DiaryCard => isCardShape(value);
const isFeedPageShape = object({ rows: array(isObject) });
const isFeedPage = (value: unknown): value is FeedPage => isFeedPageShape(value);
