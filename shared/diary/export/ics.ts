/** Entries as a calendar file (RFC 5545). Lines are folded at 75 octets and never inside a character: what others write cuts them. */
import { utf8 } from '../../base/bytes.ts';
import { parseMinute } from '../../time/civil.ts';
import { vtimezone } from './vtimezone.ts';

/** One event. `start` and `end` are civil minutes `2026-11-20T08:30`; the same twice is a point. */
export interface IcsEvent {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly category: string;
  /** Withheld from publication: marked as private. */
  readonly isPrivate: boolean;
}

/** The file. `at`: milliseconds since 1970 at which it was made. */
export function icsOf(events: readonly IcsEvent[], zone: string, at: number): string {
  const minutes = events.flatMap(({ start, end }) => [parseMinute(start) ?? 0, parseMinute(end) ?? 0]);
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sundial//Journal 1//ZH',
    'CALSCALE:GREGORIAN',
    ...(events.length === 0 ? [] : vtimezone(zone, Math.min(...span(minutes)), Math.max(...span(minutes)))),
    ...events.flatMap((event) => eventLines(event, zone, stamp)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Smallest and largest, without spreading a long list. */
function span(minutes: readonly number[]): readonly [number, number] {
  return minutes.reduce<[number, number]>(
    ([least, most], minute) => [Math.min(least, minute), Math.max(most, minute)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function eventLines(event: IcsEvent, zone: string, stamp: string): readonly string[] {
  const text = (name: string, value: string) => (value === '' ? [] : [`${name}:${escaped(value)}`]);
  const time = (name: string, minute: string) => `${name};TZID=${zone}:${minute.replace(/[-:]/g, '')}00`;
  return [
    'BEGIN:VEVENT',
    `UID:${event.id}`,
    `DTSTAMP:${stamp}`,
    time('DTSTART', event.start),
    // Without an end the event ends when it begins (3.6.1).
    ...(event.end === event.start ? [] : [time('DTEND', event.end)]),
    ...text('SUMMARY', event.summary),
    ...text('DESCRIPTION', event.description),
    ...text('LOCATION', event.location),
    ...text('CATEGORIES', event.category),
    ...(event.isPrivate ? ['CLASS:PRIVATE'] : []),
    'END:VEVENT',
  ];
}

/** TEXT of 3.3.11. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, '\\n');
}

/** Folding of 3.1: at most 75 octets a line, the blank that begins a continuation included. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const sign of line) {
    const length = utf8(sign).length;
    if (octets + length > 75) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += sign;
    octets += length;
  }
  return [...parts, part].join('\r\n');
}
