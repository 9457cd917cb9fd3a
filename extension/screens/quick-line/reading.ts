/** From what was read in the quick line to what is saved; pure. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import { codePointLength } from '../../../shared/base/text.ts';
import { type Category, categoryOf, type Mode } from '../../../shared/diary/category.ts';
import { longest } from '../../../shared/diary/longest.ts';
import { nameKey } from '../../../shared/diary/quick-entry/marks.ts';
import type { Reading, ThreadRef } from '../../../shared/diary/quick-entry.ts';
import {
  type CivilMinute,
  dayOf,
  formatDay,
  formatMinute,
  minuteOfDay,
  parseMinute,
} from '../../../shared/time/civil.ts';
import type { EntryInput } from '../../commands/journal.ts';
import type { Written } from '../../store/queries.ts';
import { workingDayOf } from '../../store/today.ts';

/** What the author decided beside the text. `category`: undefined as suggested, null none. */
export interface Choice {
  readonly category: string | null | undefined;
  readonly mode: Mode | null;
  /** Times set by hand or by trimming; they win over those read. */
  readonly span: { readonly start: CivilMinute; readonly end: CivilMinute } | null;
  readonly day: number | null;
}

export const noChoice: Choice = { category: undefined, mode: null, span: null, day: null };

/** The span of a reading: chosen, read, or with the proposed end; null while no time is known. */
export function spanOfReading(
  reading: Reading,
  choice: Choice,
): { readonly start: CivilMinute; readonly end: CivilMinute } | null {
  if (choice.span !== null) return choice.span;
  const end = reading.end ?? reading.proposedEnd;
  return reading.start === null || end === undefined ? null : { start: reading.start, end };
}

/** What of a reading does not fit into an entry: the limits of journal-sync 1, in code points; `threads` are counted. */
export interface TooMuch {
  readonly part: 'text' | 'place' | 'thread' | 'threads';
  readonly length: number;
  readonly most: number;
}

/** The first part of a reading that does not fit, null where all does. */
export function tooMuchIn({ text, place, threads }: Reading): TooMuch | null {
  const over = (part: TooMuch['part'], length: number, most: number) => (length > most ? { part, length, most } : null);
  const name = Math.max(0, ...threads.map((thread) => codePointLength(thread.name)));
  return (
    over('text', codePointLength(text), longest.text) ??
    over('place', codePointLength(place ?? ''), longest.place) ??
    over('thread', name, longest.thread) ??
    over('threads', threads.length, longest.threads)
  );
}

/** The same clock times after noon, where the line may mean them: 3-5点 without a word for the part of the day asks for its day, and was
 *  perhaps this afternoon: between midnight and 05:00 that of the working day which is just ending. Null where the line says which half of
 *  the day it was. */
export function afternoonOf(
  reading: Reading,
  line: string,
  now: CivilMinute,
): { readonly start: CivilMinute; readonly end: CivilMinute } | null {
  const { start, end, asks, spans } = reading;
  if (asks !== 'day' || start === null || end === null || line.includes('\n')) return null;
  const typed = spans.flatMap(({ kind, from, to }) => (kind === 'time' ? [line.slice(from, to)] : [])).join(' ');
  const saysWhich = /[晨夜早凌]|零点|am|a\.m|(?:^|[^\d:.])0\d/i.test(typed.normalize('NFKC'));
  if (saysWhich || minuteOfDay(start) < 60) return null;
  const isAhead = workingDayOf(now) < dayOf(now) && start + 720 > now;
  const later = isAhead ? 720 - 1440 : 720;
  return { start: start + later, end: end + later };
}

/** The entry to save; null while it has no time or no text. `threadId` gives the id of a new thread by its name. */
export function entryOf(
  reading: Reading,
  choice: Choice,
  table: readonly Category[],
  threadId: (name: string) => string,
): EntryInput | null {
  const span = spanOfReading(reading, choice);
  if (span === null || reading.text === '') return null;
  const category = choice.category === undefined ? reading.category : choice.category;
  const mode = modeFor(category, choice.mode, table);
  const threads = reading.threads.map((thread) => linkOf(thread, threadId));
  return {
    day: formatDay(choice.day ?? reading.day),
    start: formatMinute(span.start),
    end: formatMinute(span.end),
    text: reading.text,
    ...(category === null ? {} : { category }),
    ...(mode === null ? {} : { mode }),
    ...(reading.place === null ? {} : { place: reading.place }),
    ...(threads.length === 0 ? {} : { threads }),
  };
}

/** The mode that is stored with a category: as chosen, else the category's, else collective for those that go by how it was done. */
export function modeFor(category: string | null, chosen: Mode | null, table: readonly Category[]): Mode | null {
  if (chosen !== null) return chosen;
  const known = category === null ? null : categoryOf(category, table);
  return known === null ? null : (known.mode ?? 'collective');
}

/** An entry that shares time with a span, and by how many minutes. */
export interface Overlap {
  readonly with: Written<EntryBody>;
  readonly minutes: number;
  /** The span after trimming it to the other's edge; null where nothing would be left. */
  readonly trimmed: { readonly start: CivilMinute; readonly end: CivilMinute } | null;
}

/** The entry that overlaps most, null where none does. Touching is no overlap. */
export function overlapOf(
  span: { readonly start: CivilMinute; readonly end: CivilMinute },
  entries: readonly Written<EntryBody>[],
): Overlap | null {
  let found: Overlap | null = null;
  for (const entry of entries) {
    const start = parseMinute(entry.body.start) ?? 0;
    const end = parseMinute(entry.body.end) ?? 0;
    const minutes = Math.min(end, span.end) - Math.max(start, span.start);
    if (minutes <= 0 || minutes <= (found?.minutes ?? 0)) continue;
    const trimmed = span.start >= start ? { start: end, end: span.end } : { start: span.start, end: start };
    found = { with: entry, minutes, trimmed: trimmed.end > trimmed.start ? trimmed : null };
  }
  return found;
}

function linkOf({ id, name }: ThreadRef, threadId: (name: string) => string) {
  return { id: id ?? threadId(name), name };
}

/** One id for each new name, for all entries that are saved together. */
export function newThreadIds(newId: () => string): (name: string) => string {
  const made = new Map<string, string>();
  return (name) => {
    const id = made.get(nameKey(name)) ?? newId();
    made.set(nameKey(name), id);
    return id;
  };
}
