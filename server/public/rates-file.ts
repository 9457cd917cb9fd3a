/** `rates.json`: the closed-loop figures of all tickets, of each quarter and of each handling unit (shared/feedback/rates.ts). */
import type { PublicRates, RatesWindow } from '../../shared/api/public-rates.ts';
import { grouped } from '../../shared/base/grouped.ts';
import { ratesOfTally } from '../../shared/feedback/rates.ts';
import { type CivilDay, civilAt, civilOf, dayOf, formatDay, instantOf, zoneOffset } from '../../shared/time/civil.ts';
import { quarterAfter, quarterBefore, quarterOf } from '../../shared/time/quarter.ts';
import { type Context, secondsNow } from '../context.ts';
import { firstRegistered, rejectedBetween, tallyTickets } from '../feedback/tally.ts';
import { unitsOf } from '../organisation/read.ts';

/** Of those in which tickets were registered, the newest. */
const mostQuarters = 8;

export async function ratesFile(context: Context): Promise<PublicRates> {
  const { db } = context.database;
  const offset = zoneOffset(context.config.zone) ?? (() => 0);
  const dayAt = (seconds: number): CivilDay => dayOf(civilOf(seconds, offset));
  const startOf = (day: CivilDay): number => instantOf(civilAt(day, 0), offset);
  const asOf = Math.floor(secondsNow(context) / 60) * 60;
  const units = (await unitsOf(db)).map(({ id }) => id);
  const windowOf = async (from: CivilDay, to: CivilDay): Promise<RatesWindow> => {
    const [since, until] = [startOf(from), startOf(to + 1) - 1];
    const inside = await tallyTickets(db, since, until, asOf);
    const byUnit = grouped(inside, ({ unit }) => unit);
    return {
      from: formatDay(from),
      to: formatDay(to),
      rejected: await rejectedBetween(db, since, until),
      all: ratesOfTally(inside),
      units: units.flatMap((unit) => {
        const own = byUnit.get(unit);
        return own === undefined ? [] : [{ unit, ...ratesOfTally(own) }];
      }),
    };
  };
  const first = await firstRegistered(db);
  const today = dayAt(asOf);
  const begin = first === null ? null : dayAt(first);
  const quarters: RatesWindow[] = [];
  if (begin !== null)
    for (let from = quarterOf(today); from >= quarterOf(begin); from = quarterBefore(from)) {
      if (quarters.length === mostQuarters) break;
      const window = await windowOf(from, quarterAfter(from) - 1);
      const { tickets, referred, merged } = window.all;
      if (tickets + referred + merged > 0) quarters.push(window);
    }
  return {
    v: 1,
    asOf,
    zone: context.config.zone,
    whole: begin === null ? null : await windowOf(begin, today),
    quarters,
  };
}
