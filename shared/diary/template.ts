/** Templates: lines that recur on weekdays, offered on the day until they are written (每周一 8:30 班子例会). */
import {
  type CivilDay,
  type CivilMinute,
  civilAt,
  minutesPerDay,
  parseDay,
  parseMinute,
  weekday,
} from '../time/civil.ts';
import { type LineText, spanLine, textLine } from './entry-line.ts';
import { type KnownThread, nameKey } from './quick-entry/marks.ts';
import { type Reading, readLine } from './quick-entry.ts';

/** A template as it is kept: a quick-entry line, and weekdays, 1 Monday to 7 Sunday. */
export type TemplateLine = { readonly id: string; readonly line: string; readonly weekdays: readonly number[] };

/** A template that stands open on a day, read as of that day. */
export type DueTemplate = { readonly id: string; readonly line: string; readonly reading: Reading };

/** The templates of the day's weekday that nothing written on the day begins with, by their time; those without one last. */
export function dueOn(
  day: CivilDay,
  templates: readonly TemplateLine[],
  written: readonly string[],
  threads: readonly KnownThread[],
): readonly DueTemplate[] {
  const keys = written.map(nameKey);
  const due = templates.flatMap(({ id, line, weekdays }) => {
    const reading = weekdays.includes(weekday(day)) ? readTemplate(line, day, threads) : null;
    return reading === null || keys.some((key) => key.startsWith(nameKey(reading.text))) ? [] : { id, line, reading };
  });
  return due.toSorted((a, b) => timeOf(a.reading) - timeOf(b.reading));
}

/** The one entry that a template's line means on a day, a time before the day begins in the night after it; null where it has no words or
 *  is several entries. */
export function readTemplate(line: string, day: CivilDay, threads: readonly KnownThread[]): Reading | null {
  const [reading, another] = readLine(line, { now: civilAt(day, noon), threads });
  return reading === undefined || another !== undefined || reading.text === '' ? null : onDay(reading, day);
}

/** The line of a template made from an entry that is stored. */
export function templateLine(entry: LineText & { readonly start: string; readonly end: string }): string {
  const start = parseMinute(entry.start);
  const end = parseMinute(entry.end);
  return start === null || end === null ? textLine(entry) : `${spanLine(start, end)} ${textLine(entry)}`;
}

/** The weekday of a day as it is stored, 1 to 7. */
export function weekdayOf(day: string): number {
  return weekday(parseDay(day) ?? 0);
}

function onDay(reading: Reading, day: CivilDay): Reading {
  const by = (day - reading.day) * minutesPerDay;
  const later = (at: CivilMinute | null) => (at === null ? null : at + by);
  const { asks: _, proposedEnd, ...rest } = reading;
  const proposed = proposedEnd === undefined ? {} : { proposedEnd: proposedEnd + by };
  return { ...rest, ...proposed, day, start: later(reading.start), end: later(reading.end) };
}

// A bare time is read as of the day: noon is neither before the day begins nor after it ends.
const noon = 720;

function timeOf({ start }: Reading): CivilMinute {
  return start ?? Number.POSITIVE_INFINITY;
}
