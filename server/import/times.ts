/** When a row of an old record happened: its week, and as much of day, start and end as it says. Pure. */
import { ok } from '../../shared/base/result.ts';
import {
  type CivilDay,
  type CivilMinute,
  civilAt,
  formatDay,
  formatMinute,
  parseDay,
  type ZoneOffset,
} from '../../shared/time/civil.ts';
import { type Week, weekOf } from '../../shared/time/week.ts';
import type { Mapping, When } from './mapping.ts';
import { type Read, wrong } from './row-problem.ts';
import { type ReadWhen, readWhen } from './when.ts';

export interface Times {
  readonly week: Week;
  /** Null where only the week is known. */
  readonly day: CivilDay | null;
  /** Null without a time; `end` as `start` where only that is known. */
  readonly start: CivilMinute | null;
  readonly end: CivilMinute | null;
}

type Cell = (column: string) => string;

/** Where and when a record is read; `today` is the last day that it can tell of. */
export interface Here {
  readonly offset: ZoneOffset;
  readonly today: CivilDay;
}

/** `cell` gives what stands in a column, empty where that is nothing. */
export function timesOf(mapping: Mapping, cell: Cell, here: Here): Read<Times> {
  const clock = clockOf(mapping, cell, here.offset);
  if (!clock.ok) return clock;
  const { begins, ends } = clock.value;
  const on = dayOf(mapping, cell, here, begins);
  if (!on.ok) return on;
  const { day, week } = on.value;
  if (day !== null && (begins?.minute ?? null) === null && (ends?.minute ?? null) !== null)
    return wrong('START_MISSING', told([mapping.end, mapping.span], cell));
  // A time without its day cannot be drawn anywhere.
  if (day === null || begins === null || begins.minute === null) return ok({ week, day, start: null, end: null });
  const start = civilAt(begins.day ?? day, begins.minute);
  const end = endOf(start, ends, begins.day ?? day, day);
  const [startDay, endDay] = [Math.floor(start / 1440), Math.floor(end / 1440)];
  if (end < start || endDay > startDay + 1 || startDay < day || startDay > day + 1)
    return wrong('TIME_ORDER', `${formatMinute(start)} ${formatMinute(end)}`);
  return ok({ week, day, start, end });
}

/** Start and end as far as the row has them, from columns of their own or from one for both. */
function clockOf(
  mapping: Mapping,
  cell: Cell,
  offset: ZoneOffset,
): Read<{ readonly begins: ReadWhen | null; readonly ends: ReadWhen | null }> {
  const { start, end, span } = mapping;
  const both = span === undefined ? [] : spanOf(cell(span.column), span.separator, offset);
  if (both === null) return wrong('TIME_UNREADABLE', told([start, end, span], cell));
  const [from = null, to = null] = both;
  const [begins, ends] = [readOf(start, cell, offset), readOf(end, cell, offset)];
  if (begins === 'unreadable' || ends === 'unreadable') return wrong('TIME_UNREADABLE', told([start, end, span], cell));
  return ok({ begins: begins ?? from, ends: ends ?? to });
}

/** The day that the row is told under, and its week. */
function dayOf(
  { day, start, week, days }: Mapping,
  cell: Cell,
  { offset, today }: Here,
  begins: ReadWhen | null,
): Read<Pick<Times, 'day' | 'week'>> {
  const [own, ofWeek] = [readOf(day, cell, offset), readOf(week, cell, offset)];
  const found = own === 'unreadable' ? null : ((own ?? begins)?.day ?? null);
  const inWeek = found ?? (ofWeek === 'unreadable' ? null : ofWeek?.day) ?? null;
  if (own === 'unreadable' || inWeek === null) return wrong('DAY_UNREADABLE', told([day, start, week], cell));
  const [first, last] = [parseDay(days?.from ?? ''), parseDay(days?.to ?? '')];
  if ((first !== null && inWeek < first) || (last !== null && inWeek > last))
    return wrong('DAY_OUTSIDE', formatDay(inWeek));
  if (inWeek > today) return wrong('DAY_FUTURE', formatDay(inWeek));
  return ok({ day: found, week: weekOf(inWeek) });
}

/** An end before its start on the wall is that of the next morning, where no day says otherwise. */
function endOf(start: CivilMinute, ends: ReadWhen | null, startsOn: CivilDay, day: CivilDay): CivilMinute {
  if (ends === null || ends.minute === null) return start;
  const end = civilAt(ends.day ?? startsOn, ends.minute);
  return end < start && ends.day === null ? civilAt(day + 1, ends.minute) : end;
}

/** Null where nothing stands in the cell. */
function readOf(when: When | undefined, cell: Cell, offset: ZoneOffset): ReadWhen | 'unreadable' | null {
  const text = when === undefined ? '' : cell(when.column);
  return when === undefined || text === '' ? null : (readWhen(text, when.format, offset) ?? 'unreadable');
}

/** `09:00-10:30`; null where a side is no time. */
function spanOf(text: string, separator: string, offset: ZoneOffset): readonly (ReadWhen | null)[] | null {
  if (text === '') return [];
  const [from = '', to = '', ...more] = text.split(separator).map((part) => part.trim());
  const sides = [from, to].map((part) => (part === '' ? null : readWhen(part, 'h:mm', offset)));
  const isRead = more.length === 0 && [from, to].every((part, n) => part === '' || sides[n] !== null);
  return isRead ? sides : null;
}

/** What the row says, for whoever looks for the mistake. */
const told = (columns: readonly ({ readonly column: string } | undefined)[], cell: Cell): string =>
  columns
    .map((one) => (one === undefined ? '' : cell(one.column)))
    .join(' ')
    .trim();
