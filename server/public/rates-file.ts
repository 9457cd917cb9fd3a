/** `rates.json`: the closed-loop figures of all tickets, of each quarter and of each handling unit (shared/feedback/rates.ts). */
import type { PublicRates, RatesWindow } from '../../shared/api/public-rates.ts';
import { grouped } from '../../shared/base/grouped.ts';
import { ratesOf } from '../../shared/feedback/rates.ts';
import { type CivilDay, civilOf, dayOf, formatDay, zoneOffset } from '../../shared/time/civil.ts';
import { quarterAfter, quarterOf } from '../../shared/time/quarter.ts';
import { type Context, secondsNow } from '../context.ts';
import { type Counted, countedTickets } from '../feedback/counted-tickets.ts';
import { unitsOf } from '../organisation/read.ts';

const mostQuarters = 8;

type Dated = Counted & { readonly day: CivilDay };

export async function ratesFile(context: Context): Promise<PublicRates> {
  const { db } = context.database;
  const offset = zoneOffset(context.config.zone) ?? (() => 0);
  const dayAt = (seconds: number): CivilDay => dayOf(civilOf(seconds, offset));
  const asOf = Math.floor(secondsNow(context) / 60) * 60;
  const today = dayAt(asOf);
  const counted: readonly Dated[] = (await countedTickets(db, 0, secondsNow(context))).map((each) => ({
    ...each,
    day: dayAt(each.registeredAt),
  }));
  const rejected = (await db.selectFrom('comment').select('at').where('state', '=', 'rejected').execute()).map(
    ({ at }) => dayAt(at),
  );
  const units = (await unitsOf(db)).map(({ id }) => id);
  const of = (some: readonly Dated[]) =>
    ratesOf(
      some.map(({ ticket }) => ticket),
      asOf,
    );
  const windowOf = (from: CivilDay, to: CivilDay, inside: readonly Dated[]): RatesWindow => {
    const byUnit = grouped(inside, ({ unit }) => unit);
    return {
      from: formatDay(from),
      to: formatDay(to),
      rejected: rejected.filter((day) => day >= from && day <= to).length,
      all: of(inside),
      units: units.flatMap((unit) => {
        const own = byUnit.get(unit);
        return own === undefined ? [] : [{ unit, ...of(own) }];
      }),
    };
  };
  const [first] = counted;
  const quarters = [...grouped(counted, ({ day }) => quarterOf(day))].sort(([a], [b]) => b - a).slice(0, mostQuarters);
  return {
    v: 1,
    asOf,
    zone: context.config.zone,
    whole: first === undefined ? null : windowOf(first.day, today, counted),
    quarters: quarters.map(([from, inside]) => windowOf(from, quarterAfter(from) - 1, inside)),
  };
}
