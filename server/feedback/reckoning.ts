/** The organisation's calendar and deadlines as shared/feedback/deadline.ts takes them. */
import type { Reckoning } from '../../shared/feedback/deadline.ts';
import { type CivilDay, parseDay, zoneOffset } from '../../shared/time/civil.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { settingOf } from '../organisation/setting.ts';

/** By what holds now; a deadline that was reckoned before stays as it was kept. */
export async function reckoningOf(db: Db, { config }: Pick<Context, 'config'>): Promise<Reckoning> {
  const offset = zoneOffset(config.zone);
  if (offset === null) throw new TypeError(`zone ${config.zone}`); // the schema has refused it
  const calendar = await settingOf(db, config, 'calendar');
  return {
    calendar: {
      holidays: daysOf(calendar.holidays),
      makeUpWorkdays: daysOf(calendar.makeUpWorkdays),
      hours: calendar.hours.map(([start, end]) => ({ start: minutesOf(start), end: minutesOf(end) })),
      receiptCutoff: minutesOf(calendar.receiptCutoff),
    },
    offset,
    rules: await settingOf(db, config, 'deadlines'),
  };
}

const daysOf = (rows: readonly { readonly date: string }[]): ReadonlySet<CivilDay> =>
  new Set(rows.flatMap(({ date }) => parseDay(date) ?? []));

/** Minutes of a clock text `09:30`. */
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
