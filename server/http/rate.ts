/** Rates in fixed windows, counted in a table that every process shares. */
import { Refusal } from '../../shared/api/refusal.ts';
import type { LimitName } from '../../shared/organisation/config.ts';
import { type Context, secondsNow } from '../context.ts';
import { actsAtOnce } from '../database/grouped.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';

/** Counts one more of `key` under the limit of the configuration with this name; gives the count of this window. Throws RATE_LIMITED with
 *  `retryAfter` (seconds) once the window is full; then this process remembers it to the window's end and asks the database no more. `db` is
 *  the database itself where the count shall stay although the rest is refused, else the transaction. */
export async function countRate(db: Db, context: Context, name: LimitName, key: string): Promise<number> {
  const [count = 0] = await countRates(db, context, [[name, key]]);
  return count;
}

/** Counts one more of each at once, all of different names, as `countRate` does; gives the counts. The first that is full refuses. */
export async function countRates(db: Db, context: Context, counted: readonly Counted[]): Promise<readonly number[]> {
  for (const [name, key] of counted) requireRoom(context, name, key);
  const now = secondsNow(context);
  const windows = counted.map(([name]) => now - (now % context.config.limits[name].seconds));
  const rows = await countQuery(db, {
    names: counted.map(([name]) => name),
    keys: counted.map(([, key]) => key),
    windows,
  });
  return counted.map(([name, key]) => {
    const row = rows.find((each) => each.name === name);
    if (row === undefined) throw new TypeError('a count came back without a row');
    if (row.count > context.config.limits[name].count) refuseUntilNext(db, context, name, key);
    return row.count;
  });
}

/** A limit, and what is counted under it. */
export type Counted = readonly [name: LimitName, key: string];

interface Windows {
  readonly [name: string]: readonly (string | number)[];
  readonly names: readonly LimitName[];
  readonly keys: readonly string[];
  readonly windows: readonly number[];
}

const countQuery = prepared((db, { names, keys, windows }: Windows) =>
  db
    .insertInto('rate')
    .values(names.map((name, n) => ({ name, key: keys[n] ?? '', since: windows[n] ?? 0, count: 1 })))
    .onConflict((conflict) =>
      conflict.columns(['name', 'key']).doUpdateSet((eb) => ({
        count: eb
          .case()
          .when('rate.since', '=', eb.ref('excluded.since'))
          .then(eb('rate.count', '+', 1))
          .else(1)
          .end(),
        since: eb.ref('excluded.since'),
      })),
    )
    .returning(['name', 'count']),
);

/** Throws RATE_LIMITED where `waitFor` knows that there is no room. */
export function requireRoom(context: Context, name: LimitName, key: string): void {
  const wait = waitFor(context, name, key);
  if (wait !== null) throw limited(wait);
}

/** Seconds until a window ends of which this process knows that it is full; else null. Costs no statement; what it does not know is found by
 *  `countRate`. */
export function waitFor(context: Context, name: LimitName, key: string): number | null {
  const until = fullOf(context).get(`${name} ${key}`);
  if (until === undefined) return null;
  const now = secondsNow(context);
  const { seconds } = context.config.limits[name];
  // A clock that was set back does not keep anybody out.
  return now < until && until <= now + seconds ? until - now : null;
}

/** Remembers that the window is full and throws RATE_LIMITED. What others of a group have counted at the same time may still be undone: then it is
 *  not remembered. */
export function refuseUntilNext(db: Db, context: Context, name: LimitName, key: string): never {
  const { seconds } = context.config.limits[name];
  const now = secondsNow(context);
  const until = now - (now % seconds) + seconds;
  if (actsAtOnce(db)) throw limited(until - now);
  const full = fullOf(context);
  // Of a flood from very many addresses the newest are remembered.
  if (full.size >= rememberedAtMost) full.delete(full.keys().next().value ?? '');
  full.set(`${name} ${key}`, until);
  throw limited(until - now);
}

/** RATE_LIMITED with the seconds to wait. */
export const limited = (retryAfter: number): Refusal => new Refusal('RATE_LIMITED', { facts: { retryAfter } });

const rememberedAtMost = 10_000;

/** Full windows by name and key, with their end in Unix seconds. Only a short cut: every process finds the same in the table. */
const fullWindows = new WeakMap<Context['config'], Map<string, number>>();

function fullOf({ config }: Context): Map<string, number> {
  const known = fullWindows.get(config);
  if (known !== undefined) return known;
  const made = new Map<string, number>();
  fullWindows.set(config, made);
  return made;
}
