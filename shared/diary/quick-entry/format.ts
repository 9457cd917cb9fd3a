// A reading written as a line again, so that reading it gives the same reading: for editing an entry as a line.

import { dayOf, formatDay, formatMinute } from '../../time/civil.ts';
import type { Reading } from '../quick-entry.ts';

/** The line `2026-07-16 23:30-次日00:40 text #thread @place`. Read at any time, with the same threads and the same start of
 *  the day, it gives the same `day`, `start`, `end`, `text`, threads, `place` and `asks`. */
export function formatReading(
  reading: Pick<Reading, 'day' | 'start' | 'end' | 'text' | 'threads' | 'place' | 'asks'>,
): string {
  const marks = [
    ...reading.threads.filter(({ typed }) => !hasMark(reading.text, '#', typed)).map(({ typed }) => `#${typed}`),
    ...(reading.place === null || hasMark(reading.text, '@', reading.place) ? [] : [placeMark(reading.place)]),
  ];
  return [timeOf(reading), reading.text, ...marks].filter((part) => part !== '').join(' ');
}

function timeOf({ day, start, end, asks }: Pick<Reading, 'day' | 'start' | 'end' | 'asks'>): string {
  if (start === null) return '';
  const date = dayOf(start);
  const isAfterMidnight = date === day + 1 && asks !== 'day';
  const from = isAfterMidnight ? `${formatDay(day)} 次日${clockOf(start)}` : `${formatDay(date)} ${clockOf(start)}`;
  if (end === null) return from;
  const base = isAfterMidnight ? day : date;
  if (asks === 'length' && end - start <= 720) return `${formatDay(date)} ${spoken(start)}-${spoken(end - 720)}`;
  if (asks === 'length' && end - start <= 1440) return `${from}-${clockOf(end)}`;
  const endDate = dayOf(end);
  if (endDate === base) return `${from}-${clockOf(end)}`;
  return endDate === base + 1 ? `${from}-次日${clockOf(end)}` : `${from}-${formatDay(endDate)} ${clockOf(end)}`;
}

function clockOf(minute: number): string {
  return formatMinute(minute).slice(11);
}

// In spoken hours, so that the same question is asked again: 09点00分-03点00分.
function spoken(minute: number): string {
  return `${clockOf(minute).replace(':', '点')}分`;
}

function placeMark(place: string): string {
  return /[\s,，。；;、]/.test(place) ? `@“${place}”` : `@${place}`;
}

function hasMark(text: string, sign: string, name: string): boolean {
  return text.normalize('NFKC').includes(`${sign}${name.normalize('NFKC')}`);
}
