/** How many published comments and tickets hang on diaries. */
import type { Db } from '../database/port.ts';

export interface FeedbackCounts {
  readonly comments: number;
  readonly tickets: number;
  readonly closedLoop: number;
}

interface Diary {
  readonly draw: string;
  readonly unit: string;
}

/** Counts for these diaries; a diary without any has zeros. One query for each table over their draws. */
export async function feedbackCounts(db: Db, diaries: readonly Diary[]): Promise<(diary: Diary) => FeedbackCounts> {
  const draws = [...new Set(diaries.map(({ draw }) => draw))];
  const found = new Map<string, FeedbackCounts>();
  const add = (diary: Diary, counts: Partial<FeedbackCounts>): void => {
    found.set(`${diary.draw}/${diary.unit}`, { ...(found.get(`${diary.draw}/${diary.unit}`) ?? none), ...counts });
  };
  if (draws.length > 0) {
    const comments = await db
      .selectFrom('comment')
      .select((eb) => ['draw', 'unit', eb.fn.countAll().as('count')])
      .where('draw', 'in', draws)
      .where('state', '=', 'published')
      .groupBy(['draw', 'unit'])
      .execute();
    for (const row of comments) add(row, { comments: Number(row.count) });
    const tickets = await db
      .selectFrom('ticket')
      .select((eb) => ['draw', 'diary_unit as unit', 'state', eb.fn.countAll().as('count')])
      .where('draw', 'in', draws)
      .groupBy(['draw', 'diary_unit', 'state'])
      .execute();
    for (const row of tickets) {
      const before = found.get(`${row.draw}/${row.unit}`) ?? none;
      add(row, {
        tickets: before.tickets + Number(row.count),
        closedLoop: before.closedLoop + (row.state === 'closedLoop' ? Number(row.count) : 0),
      });
    }
  }
  return ({ draw, unit }) => found.get(`${draw}/${unit}`) ?? none;
}

const none: FeedbackCounts = { comments: 0, tickets: 0, closedLoop: 0 };
