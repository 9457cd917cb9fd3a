/** Calendar quarters as runs of civil days. */
import { type CivilDay, dateOfDay, dayOfDate } from './civil.ts';

/** The first day of the quarter of a day. */
export function quarterOf(day: CivilDay): CivilDay {
  const { year, month } = dateOfDay(day);
  return dayOfDate({ year, month: Math.floor((month - 1) / 3) * 3 + 1, day: 1 }) ?? day;
}

/** The first day of the quarter after and of the one before that which begins on a day. */
export const quarterAfter = (from: CivilDay): CivilDay => quarterOf(from + 100);
export const quarterBefore = (from: CivilDay): CivilDay => quarterOf(from - 1);
