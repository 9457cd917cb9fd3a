/** A leader's own published diaries with what readers said. */
import type { getMyDiaries } from '../../../shared/api/draws.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { Context } from '../../context.ts';
import { titleOf } from '../../public/diary-view.ts';
import { feedbackCounts } from '../../public/feedback-counts.ts';
import { loadDiaries } from '../../public/load.ts';

/** Published diaries of these units, newest first. Index `publication_unit`. */
export async function diariesOf(context: Context, units: readonly string[]): Promise<Answer<typeof getMyDiaries>> {
  if (units.length === 0) return { rows: [] };
  const { db } = context.database;
  const found = await db
    .selectFrom('publication')
    .selectAll()
    .where('unit', 'in', units)
    .orderBy('position', 'desc')
    .execute();
  const diaries = await loadDiaries(db, found);
  const counts = await feedbackCounts(db, found);
  return {
    rows: diaries.map((diary) => {
      const { comments, tickets } = counts(diary);
      const { draw, unit, week, publishedAt } = diary;
      return { draw, unit, week, title: titleOf(diary), publishedAt, comments, tickets };
    }),
  };
}
