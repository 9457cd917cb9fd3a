/** A week as it is printed. */
import { here } from '../../device/context.ts';
import { sealOf, type WeekStanding, type Written, writtenIn } from '../../store/queries.ts';

export interface PrintedWeek {
  readonly week: string;
  readonly written: readonly Written[];
  readonly standing: WeekStanding;
}

/** What stands in a week, and whether it is sealed. */
export async function printedWeek(week: string): Promise<PrintedWeek> {
  const [written, { standing }] = await Promise.all([writtenIn(here.database, week), sealOf(here.database, week)]);
  return { week, written, standing };
}
