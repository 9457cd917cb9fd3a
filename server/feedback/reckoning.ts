/** The organisation's calendar and deadlines as shared/feedback/deadline.ts takes them. */
import type { Reckoning } from '../../shared/feedback/deadline.ts';
import { type CivilDay, parseDay, zoneOffset } from '../../shared/time/civil.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';

/** Made once for each configuration. */
export function reckoningOf({ config }: Pick<Context, 'config'>): Reckoning {
  const known = made.get(config);
  if (known !== undefined) return known;
  const reckoning = reckon(config);
  made.set(config, reckoning);
  return reckoning;
}

const made = new WeakMap<Config, Reckoning>();

function reckon({ calendar, deadlines, zone }: Config): Reckoning {
  const offset = zoneOffset(zone);
  if (offset === null) throw new TypeError(`zone ${zone}`); // the schema has refused it
  return {
    calendar: {
      holidays: daysOf(calendar.holidays),
      makeUpWorkdays: daysOf(calendar.makeUpWorkdays),
      hours: calendar.hours.map(([start, end]) => ({ start: minutesOf(start), end: minutesOf(end) })),
      receiptCutoff: minutesOf(calendar.receiptCutoff),
    },
    offset,
    rules: deadlines,
  };
}

const daysOf = (rows: readonly { readonly date: string }[]): ReadonlySet<CivilDay> =>
  new Set(rows.flatMap(({ date }) => parseDay(date) ?? []));

/** Minutes of a clock text `09:30`. */
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
