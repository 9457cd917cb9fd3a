/** `draws/<n>.json`: every draw in fixed pages, of which `index.json` has the newest (shared/api/public-lists.ts). */
import { type DrawsPage, drawsPageSize } from '../../shared/api/public-lists.ts';
import type { Db } from '../database/port.ts';
import { drawsPath } from '../records/occurrences.ts';

/** Unique `list_idx`. */
export async function drawsFile(db: Db, page: number): Promise<DrawsPage | null> {
  const rows = await db
    .selectFrom('draw')
    .select(['draw', 'week', 'stage'])
    .orderBy('list_idx')
    .limit(drawsPageSize)
    .offset(page * drawsPageSize)
    .execute();
  return rows.length === 0 ? null : { v: 1, page, rows };
}

export const drawsPaths = (draws: number): string[] =>
  Array.from({ length: Math.ceil(draws / drawsPageSize) }, (_, page) => drawsPath(page));
