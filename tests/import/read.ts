/** Calendars for tests: written by lines or bytes, and read for a user in Asia/Shanghai. */
import { readFileSync } from 'node:fs';
import { readIcs } from '../../shared/diary/calendar/read-ics.ts';
import { type FileReading, type Item, whole } from '../../shared/diary/calendar/reading.ts';
import { dayOf, formatDay, formatMinute, zoneOffset } from '../../shared/time/civil.ts';

const shanghai = zoneOffset('Asia/Shanghai') ?? (() => 480);

/** The bytes of one of the twelve files, by its number. */
export function file(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/ics/${name}.ics`, import.meta.url));
}

/** What a user in Asia/Shanghai is offered of these bytes in these weeks. */
export function readFor(bytes: Uint8Array, ...weeks: readonly string[]): FileReading {
  return whole(readIcs(bytes, { weeks, zone: shanghai }));
}

/** A calendar of these lines, as UTF-8 with CR LF. */
export function calendar(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n'));
}

/** The lines of one event. */
export function event(...lines: readonly string[]): readonly string[] {
  return ['BEGIN:VEVENT', 'UID:a@example', 'SUMMARY:例会', ...lines, 'END:VEVENT'];
}

/** `2015-07-07T00:00–2015-07-07T04:00` of each item; dates of a whole day, its last one included. */
export function spans({ items }: FileReading): readonly string[] {
  return items.map(spanOf);
}

/** Codes of the notices of the file, in order. */
export function codes({ notices }: Pick<Item, 'notices'> | FileReading): readonly string[] {
  return notices.map(({ code }) => code);
}

function spanOf({ start, end, allDay }: Item): string {
  if (allDay) return `${formatDay(dayOf(start))} to ${formatDay(dayOf(end ?? start) - 1)}`;
  return `${formatMinute(start)}–${end === null ? '' : formatMinute(end)}`;
}
