/** Days off and make-up working days as the State Council of China announced them, from the data of the package chinese-days. */
import data from 'chinese-days/dist/chinese-days.json';
import type { DaysOff } from '../../../shared/organisation/day-file.ts';

/** The years that were announced when this version was made, newest first. */
export const chineseYears: readonly number[] = [
  ...new Set(Object.keys(data.holidays).map((day) => Number(day.slice(0, 4)))),
].sort((a, b) => b - a);

/** The days of a year, in order. */
export function chineseDaysOf(year: number): DaysOff {
  const own = (days: object) =>
    Object.keys(days)
      .filter((day) => day.startsWith(`${year}-`))
      .sort();
  return { holidays: own(data.holidays), makeUpWorkdays: own(data.workdays) };
}
