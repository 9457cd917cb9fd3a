/** Dates and times in the cells of a table. */
import {
  type CivilDay,
  type CivilMinute,
  civilOf,
  dayOfDate,
  formatDay,
  two,
  type ZoneOffset,
} from '../../time/civil.ts';
import { readDayWord } from '../quick-entry/day-word.ts';
import { normalForm } from '../quick-entry/normal-form.ts';
import { readLine } from '../quick-entry.ts';

/** Which number comes first in 03/07/2026. */
export type DateOrder = 'dayFirst' | 'monthFirst';

/** What a cell says of a day and a clock; either may be missing. One that names its own offset is brought to the user's wall. */
export interface DateCell {
  readonly day: CivilDay | null;
  readonly hasYear: boolean;
  readonly clock: string;
}

const yearFirst = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;

/** The order of the dates in a column: as one of them proves, or as dots say; null where both would do, so that it must be asked.
 *  Undefined where there is no such date. */
export function orderOf(cells: readonly string[]): DateOrder | null | undefined {
  let order: DateOrder | null | undefined;
  for (const cell of cells) {
    const found = yearLast.exec(cell.normalize('NFKC').trim());
    if (found === null) continue;
    if (found[2] === '.' || Number(found[1]) > 12) return 'dayFirst';
    if (Number(found[3]) > 12) return 'monthFirst';
    order = null;
  }
  return order;
}

/** Reads a cell that may hold a date, a clock, or both. `today` gives a date without a year its year; `zone` is the user's. */
export function readDateCell(cell: string, order: DateOrder, today: CivilDay, zone: ZoneOffset): DateCell {
  const text = cell.normalize('NFKC').trim();
  const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/.test(text)
    ? Date.parse(text.replace(' ', 'T'))
    : Number.NaN;
  if (!Number.isNaN(instant)) {
    const wall = civilOf(instant / 1000, zone);
    const minute = wall - Math.floor(wall / 1440) * 1440;
    return { day: Math.floor(wall / 1440), hasYear: true, clock: `${Math.floor(minute / 60)}:${two(minute % 60)}` };
  }
  const first = yearFirst.exec(text);
  if (first !== null) {
    const [month, day] = first[3] === undefined ? [first[5], first[6]] : [first[3], first[4]];
    return dated(text, first[0], { year: Number(first[1]), month: Number(month), day: Number(day) });
  }
  const last = yearLast.exec(text);
  if (last !== null) {
    const [a, b] = [Number(last[1]), Number(last[3])];
    const [day, month] = order === 'dayFirst' ? [a, b] : [b, a];
    const year = Number(last[4]) + ((last[4] ?? '').length === 2 ? 2000 : 0);
    return dated(text, last[0], { year, month, day });
  }
  const form = normalForm(`${text} `);
  const word = readDayWord(form.text, 0, today);
  return word === null
    ? { day: null, hasYear: false, clock: text }
    : { day: word.value.day, hasYear: /\d{4}/.test(text), clock: text.slice(word.to).trim() };
}

/** The span of clocks on a day, as the quick-entry line reads them: `start` may hold a range. Null where it is not read to its end. */
export function readSpan(
  day: CivilDay,
  start: string,
  end: string,
  endDay: CivilDay | null,
  now: CivilMinute,
): { readonly start: CivilMinute; readonly end: CivilMinute | null; readonly asks: 'day' | 'length' | null } | null {
  const to = end === '' ? '' : `-${endDay === null || endDay === day ? '' : `${formatDay(endDay)} `}${end}`;
  const read = (line: string) => {
    const [reading, more] = readLine(line, { now });
    return reading !== undefined && more === undefined && reading.start !== null && reading.text === 'x'
      ? { start: reading.start, end: reading.end, asks: reading.asks ?? null }
      : null;
  };
  const whole = read(`${formatDay(day)} ${start}${to} x`);
  if (whole !== null || to !== '') return whole;
  // 0830 and 8.30 are clocks only in a range.
  const begun = read(`${formatDay(day)} ${start}-23:59 x`);
  return begun === null ? null : { ...begun, end: null };
}

function dated(text: string, date: string, numbers: { year: number; month: number; day: number }): DateCell {
  const clock = text
    .slice(date.length)
    .replace(/^[T,，]/, '')
    .replace(/^\s*\(?(?:周|星期)[一二三四五六日天]\)?/, '')
    .trim();
  return { day: dayOfDate(numbers), hasYear: true, clock };
}
