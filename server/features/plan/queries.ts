/** When units sealed. */
import type { Db } from '../../database/port.ts';

export interface SealedWeek {
  readonly week: string;
  readonly unit: string;
  /** Unix seconds at which the first seal of the week was received. */
  readonly at: number;
}

/** First seals of the weeks, by week and unit. Index `seal_week`. */
export async function firstSeals(db: Db, weeks: readonly string[]): Promise<SealedWeek[]> {
  const rows = await db
    .selectFrom('seal')
    .select((eb) => ['week', 'unit', eb.fn.min('at').as('at')])
    .where('week', 'in', weeks)
    .groupBy(['week', 'unit'])
    .execute();
  return rows.map(({ week, unit, at }) => ({ week, unit, at: Number(at) }));
}
