/** Public holidays and make-up working days from a file of anywhere: a calendar (iCalendar) or a table of dates. */
import { fail, ok, type Result } from '../base/result.ts';
import { decodeText } from '../diary/calendar/decode.ts';
import { kindOf } from '../diary/calendar/file-kind.ts';
import { readIcs } from '../diary/calendar/read-ics.ts';
import { rowsOf, separatorOf } from '../diary/calendar/table.ts';
import { addDays, dayOf, dayOfDate, formatDay, parseDay } from '../time/civil.ts';
import { weekOf } from '../time/week.ts';

/** Days as `2026-10-01`, in order, each once. */
export interface DaysOff {
  readonly holidays: readonly string[];
  readonly makeUpWorkdays: readonly string[];
}

/** What says that a day is worked. */
const worked = /班|补|调休上|workday|working day|make-?up/i;
/** 休 wins: 调休放假 is a day off. */
const off = /休息|放假|holiday|\boff\b/i;

/** The days of a year. Of a calendar the whole-day events count; in a table the first cell that is a date, and the other cells say
 *  whether it is worked (班, workday); else it is a holiday. */
export function daysOffIn(bytes: Uint8Array, year: number): Result<DaysOff, 'NOT_READ' | 'NO_DAYS'> {
  const found = kindOf(bytes) === 'calendar' ? ofCalendar(bytes, year) : ofTable(bytes);
  if (found === null) return fail('NOT_READ');
  const own = found.filter(({ day }) => day.startsWith(`${year}-`));
  if (own.length === 0) return fail('NO_DAYS');
  const days = (isWorked: boolean) =>
    [
      ...new Set(own.filter(({ says }) => (worked.test(says) && !off.test(says)) === isWorked).map(({ day }) => day)),
    ].sort();
  return ok({ holidays: days(false), makeUpWorkdays: days(true) });
}

type Found = readonly { readonly day: string; readonly says: string }[];

function ofCalendar(bytes: Uint8Array, year: number): Found {
  const first = dayOfDate({ year, month: 1, day: 1 }) ?? 0;
  const weeks = [...new Set(Array.from({ length: 366 + 7 }, (_, n) => weekOf(addDays(first, n))))];
  const reading = readIcs(bytes, { weeks, zone: () => 0 });
  let step = reading.next();
  while (step.done !== true) step = reading.next();
  return step.value.items.flatMap(({ allDay, start, end, text }) => {
    if (!allDay) return [];
    const days = Math.max(1, dayOf(end ?? start) - dayOf(start));
    return Array.from({ length: days }, (_, n) => ({ day: formatDay(addDays(dayOf(start), n)), says: text }));
  });
}

function ofTable(bytes: Uint8Array): Found | null {
  const text = decodeText(bytes)?.content;
  if (text === undefined) return null;
  return rowsOf(text, separatorOf(text)).flatMap(({ cells }) => {
    const days = cells.flatMap((cell) => dateIn(cell) ?? []);
    const [day] = days;
    return day === undefined ? [] : [{ day, says: cells.join(' ') }];
  });
}

/** `2026-10-01`, `2026/10/1`, `20261001` or `2026年10月1日`. */
export function dateIn(text: string): string | null {
  const [, year, month = '', day = ''] =
    /^\s*(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(?=\d{4}\s*$))/.exec(text) ?? [];
  if (year === undefined) return null;
  const digits = text.trim();
  const named =
    month === ''
      ? `${year}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
      : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parseDay(named) === null ? null : named;
}
