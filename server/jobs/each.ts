/** Many things in one run of a job. */
import { awayBy } from '../database/away.ts';

/** Does one after another and gives how many were done. One that fails holds up none behind it, and is tried again with the next run: its
 *  error is thrown at the end, those of several as one. Where the database is away all of them stop. */
export async function eachOf<Item>(items: readonly Item[], act: (item: Item) => Promise<boolean>): Promise<number> {
  const failed: unknown[] = [];
  let done = 0;
  for (const item of items) {
    try {
      if (await act(item)) done += 1;
    } catch (error) {
      if (awayBy(error) !== null) throw error;
      failed.push(error);
    }
  }
  if (failed.length > 1) throw new AggregateError(failed, `${failed.length} of ${items.length} failed`);
  if (failed.length > 0) throw failed[0];
  return done;
}
