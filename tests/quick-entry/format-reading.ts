// A reading written as a line again, so that reading it must give the same reading: the inverse that properties go by.

import { nameKey, readMarks } from '../../shared/diary/quick-entry/marks.ts';
import { normalForm } from '../../shared/diary/quick-entry/normal-form.ts';
import type { Reading, ThreadRef } from '../../shared/diary/quick-entry.ts';
import { dayOf, formatDay, formatMinute } from '../../shared/time/civil.ts';

/** The line `2026-07-16 23:30-次日00:40 text #thread @place`. Read at any time, with the same threads and the same start of
 *  the day, it gives the same `day`, `start`, `end`, `text`, threads, `place` and `asks`. */
export function formatReading(
  reading: Pick<Reading, 'day' | 'start' | 'end' | 'text' | 'threads' | 'place' | 'asks'>,
): string {
  const inText = marksOf(reading.text, reading.threads);
  const has = (kind: 'thread' | 'place', name: string) =>
    inText.some((mark) => mark.kind === kind && nameKey(mark.name) === nameKey(name));
  const marks = [
    ...reading.threads.filter(({ typed }) => !has('thread', typed)).map(({ typed }) => `#${typed}`),
    ...(reading.place === null || has('place', reading.place) ? [] : [placeMark(reading.place)]),
  ];
  return [timeOf(reading), reading.text, ...marks].filter((part) => part !== '').join(' ');
}

function marksOf(text: string, threads: readonly ThreadRef[]): readonly { kind: 'thread' | 'place'; name: string }[] {
  const form = normalForm(text);
  const known = threads.map(({ typed }) => ({ id: typed, name: typed, aliases: [] }));
  return readMarks(form.text, 0, form.text.length, known).map(({ kind, nameFrom, nameTo }) => ({
    kind,
    name: form.text.slice(nameFrom, nameTo),
  }));
}

function timeOf({ day, start, end, asks }: Pick<Reading, 'day' | 'start' | 'end' | 'asks'>): string {
  if (start === null) return '';
  const date = dayOf(start);
  const isAfterMidnight = date === day + 1 && asks === undefined;
  const from = isAfterMidnight ? `${formatDay(day)} 次日${clockOf(start)}` : `${formatDay(date)} ${clockOf(start)}`;
  if (end === null) return from;
  const base = isAfterMidnight ? day : date;
  if (asks === 'length' && end - start <= 720) return `${formatDay(date)} ${spoken(start)}-${spoken(end - 720)}`;
  // 上午, or the afternoon would be filled in.
  if (asks === 'length' && end - start <= 1440) return `${from}-上午${clockOf(end)}`;
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
