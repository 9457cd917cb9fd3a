/** A leader's own published diaries with what readers said. */
import type { getMyDiaries } from '../../../shared/api/draws.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { Context } from '../../context.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { titleOf } from '../../public/diary-view.ts';
import { feedbackCounts } from '../../public/feedback-counts.ts';
import { loadDiaries } from '../../public/load.ts';

const pageSize = 100;

/** A page of published diaries of these units that were sealed, newest first. Index `publication_unit`. */
export async function diariesOf(
  context: Context,
  units: readonly string[],
  after: string | undefined,
): Promise<Answer<typeof getMyDiaries>> {
  if (units.length === 0) return { rows: [], next: null };
  const cursor = readCursor(after);
  const { db } = context.database;
  const some = await db
    .selectFrom('publication')
    .selectAll()
    .where('unit', 'in', units)
    .$if(cursor !== null, (query) => query.where('position', '<', cursor?.at ?? 0))
    .where('draw', 'like', 'd-%')
    .orderBy('position', 'desc')
    .limit(pageSize + 1)
    .execute();
  const { page: found, next } = pageFrom(some, pageSize, ({ position, draw }) => cursorAfter(position, draw));
  const diaries = await loadDiaries(db, found);
  const counts = await feedbackCounts(db, found);
  return {
    rows: diaries.map((diary) => {
      const { comments, tickets } = counts(diary);
      const { draw, unit, week, publishedAt } = diary;
      return { draw, unit, week, title: titleOf(diary), publishedAt, comments, tickets };
    }),
    next,
  };
}
