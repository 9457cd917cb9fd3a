/** What the organisation says that figures need: its categories and its days off. */
import type { Organisation } from '../../shared/api/organisation.ts';
import { type Category, categories } from '../../shared/diary/category.ts';
import type { DayCalendar } from '../../shared/diary/hours.ts';
import type { Reading } from '../../shared/diary/my-time.ts';
import { type CivilDay, parseDay } from '../../shared/time/civil.ts';
import type { Profile } from './database.ts';
import { offsetOf } from './today.ts';

/** The organisation's categories, else those that every organisation starts with. */
export function tableOf({ organisation }: Pick<Profile, 'organisation'>): readonly Category[] {
  const rows = organisation?.categories ?? [];
  if (rows.length === 0) return categories;
  return rows.map(({ id, zh, en, mode, mark, letter }) => ({ id, zh, en, mode, markZh: mark, markEn: letter }));
}

/** The zone of the organisation; Shanghai where no organisation is known. */
export const zoneOf = ({ organisation }: Pick<Profile, 'organisation'>): string =>
  organisation?.zone ?? 'Asia/Shanghai';

/** How figures read entries. */
export const readingOf = (profile: Pick<Profile, 'organisation'>): Reading => ({
  table: tableOf(profile),
  calendar: calendarOf(profile),
  offset: offsetOf(zoneOf(profile)),
});

/** Its holidays and made-up weekends; none where they are not known. */
export function calendarOf({ organisation }: Pick<Profile, 'organisation'>): DayCalendar {
  return { holidays: daysIn(organisation?.holidays), makeUpWorkdays: daysIn(organisation?.makeUpWorkdays) };
}

/** Whether anybody told the days off. */
export function knowsHolidays(organisation: Organisation | null): boolean {
  return organisation?.holidays !== undefined;
}

function daysIn(names: readonly string[] = []): ReadonlySet<CivilDay> {
  return new Set(names.flatMap((name) => parseDay(name) ?? []));
}
