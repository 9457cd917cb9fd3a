/** The organisation's calendar and deadlines as shared/feedback/deadline.ts takes them. */
import type { Reckoning } from '../../shared/feedback/deadline.ts';
import type { DeskSettings } from '../../shared/organisation/config.ts';
import { type CivilDay, parseDay, zoneOffset } from '../../shared/time/civil.ts';
import type { WorkCalendar } from '../../shared/time/workdays.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { settingsOf } from '../organisation/setting.ts';

/** By what holds now; a deadline that was reckoned before stays as it was kept. */
export const reckoningOf = async (db: Db, { config }: Pick<Context, 'config'>): Promise<Reckoning> =>
  reckoningBy(config, await settingsOf(db, config, reckonedBy));

/** The settings that it is made of. */
export const reckonedBy = ['calendar', 'deadlines'] as const;

/** By settings that were read. */
export function reckoningBy(
  { zone }: Pick<Config, 'zone'>,
  { calendar, deadlines }: Pick<DeskSettings, 'calendar' | 'deadlines'>,
): Reckoning {
  const offset = zoneOffset(zone);
  if (offset === null) throw new TypeError(`zone ${zone}`); // the schema has refused it
  return { calendar: workCalendarOf(calendar), offset, rules: deadlines };
}

function workCalendarOf(setting: DeskSettings['calendar']): WorkCalendar {
  const known = calendars.get(setting);
  if (known !== undefined) return known;
  const made = {
    holidays: daysOf(setting.holidays),
    makeUpWorkdays: daysOf(setting.makeUpWorkdays),
    hours: setting.hours.map(([start, end]) => ({ start: minutesOf(start), end: minutesOf(end) })),
    receiptCutoff: minutesOf(setting.receiptCutoff),
  };
  calendars.set(setting, made);
  return made;
}

const calendars = new WeakMap<DeskSettings['calendar'], WorkCalendar>();

const daysOf = (rows: readonly { readonly date: string }[]): ReadonlySet<CivilDay> =>
  new Set(rows.flatMap(({ date }) => parseDay(date) ?? []));

/** Minutes of a clock text `09:30`. */
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
