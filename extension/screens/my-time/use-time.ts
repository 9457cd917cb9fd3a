/** What the page of one's time shows, read from this device's store alone. */
import type { Category } from '../../../shared/diary/category.ts';
import type { HoursEntry } from '../../../shared/diary/hours.ts';
import { type Reading, timeOfWeeks } from '../../../shared/diary/my-time.ts';
import type { Period } from '../../../shared/diary/period.ts';
import { type TotalTime, totalOf, type WeekTime } from '../../../shared/diary/time-total.ts';
import type { Week } from '../../../shared/time/week.ts';
import { here } from '../../device/context.ts';
import { entriesCountedFrom } from '../../store/counted-entries.ts';
import { useLive } from '../../store/live.ts';
import { lastFullWeeksOf } from '../../store/notice-situation.ts';
import { knowsHolidays, readingOf } from '../../store/organisation-facts.ts';
import { focusedTarget, showsThoughts } from '../../store/private-settings.ts';
import type { Journal } from '../use-journal.ts';

export interface PeriodTime {
  readonly period: Period;
  readonly entries: readonly HoursEntry[];
  readonly weeks: readonly WeekTime[];
  readonly total: TotalTime;
  readonly reading: Reading;
  /** Own target in percent. */
  readonly target: number | null;
  readonly table: readonly Category[];
  readonly knowsHolidays: boolean;
  /** The week that runs now. */
  readonly running: Week;
}

/** Undefined until it is read. */
export function usePeriodTime(period: Period, { profile, table, week: running }: Journal): PeriodTime | undefined {
  return useLive(async () => {
    const [first = '', last = ''] = [period.weeks[0], period.weeks.at(-1)];
    const [entries, target] = await Promise.all([
      entriesCountedFrom(here.database, first, last),
      focusedTarget(here.database),
    ]);
    const reading = readingOf(profile);
    const weeks = timeOfWeeks(period.weeks, entries, reading);
    return {
      period,
      entries,
      weeks,
      total: totalOf(weeks, running),
      reading,
      target,
      table,
      knowsHolidays: knowsHolidays(profile.organisation),
      running,
    };
  }, [period.id, running, profile.organisationAt]);
}

/** The last four full weeks together, null where there are fewer; and whether they are to be shown. */
export interface LookBack {
  readonly shown: boolean;
  readonly total: TotalTime | null;
}

/** Undefined until it is read. */
export function useLookBack({ profile, week: running }: Journal): LookBack | undefined {
  return useLive(async () => {
    const full = await lastFullWeeksOf(here.database, profile, running);
    return {
      shown: await showsThoughts(here.database),
      total: full === null ? null : totalOf(full, running),
    };
  }, [running, profile.organisationAt]);
}
