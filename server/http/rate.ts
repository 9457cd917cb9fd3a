/** Rates in fixed windows, counted in a table that every process shares. */
import { Refusal } from '../../shared/api/refusal.ts';
import type { LimitName } from '../../shared/organisation/config.ts';
import { type Context, secondsNow } from '../context.ts';
import type { Db } from '../database/port.ts';

/** Counts one more of `key` under the limit of the configuration with this name; gives the count of this window. Throws RATE_LIMITED with
 *  `retryAfter` (seconds) once the window is full. `db` is the database itself where the count shall stay although the rest is refused, else the transaction. */
export async function countRate(db: Db, context: Context, name: LimitName, key: string): Promise<number> {
  const { count, seconds } = context.config.limits[name];
  const now = secondsNow(context);
  const since = now - (now % seconds);
  const row = await db
    .insertInto('rate')
    .values({ name, key, since, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['name', 'key']).doUpdateSet((eb) => ({
        count: eb
          .case()
          .when('rate.since', '=', since)
          .then(eb('rate.count', '+', 1))
          .else(1)
          .end(),
        since,
      })),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  if (row.count > count) throw new Refusal('RATE_LIMITED', { facts: { retryAfter: since + seconds - now } });
  return row.count;
}
