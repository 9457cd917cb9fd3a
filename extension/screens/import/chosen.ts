/** From the lines of the preview and what their person changed there to entries; pure. */

import type { Proposal } from '../../../shared/diary/calendar/proposals.ts';
import type { Item } from '../../../shared/diary/calendar/reading.ts';
import { type Category, suggestCategory } from '../../../shared/diary/category.ts';
import { type CivilMinute, civilAt, dayOf, formatDay, formatMinute, parseMinute } from '../../../shared/time/civil.ts';
import type { ImportInput } from '../../commands/import.ts';
import { clockOf } from '../desk/clock-field.tsx';
import { modeFor } from '../quick-line/reading.ts';

/** What was changed in one line, as typed. */
export interface LineEdit {
  readonly end?: string;
  readonly text?: string;
}

/** What a ticked line still lacks. */
export type Lack = 'END_MISSING' | 'TEXT_MISSING';

/** Whether a line has a field for its end: it has none, or one that an entry cannot have. */
export function asksEnd({ notices }: Item): boolean {
  return notices.some(({ code }) => code === 'NO_END' || code === 'LONGER_THAN_A_DAY' || code === 'ASKS_LENGTH');
}

/** The end of a line: typed, on the day of its start or the next, else its own; null where there is none that can be. */
export function endOf(item: Item, edit: LineEdit): CivilMinute | null {
  const isOwn = item.end !== null && dayOf(item.end) <= dayOf(item.start) + 1;
  if (edit.end === undefined || edit.end.trim() === '') return isOwn ? item.end : null;
  const clock = clockOf(edit.end);
  const end = clock === null ? null : parseMinute(`${formatDay(dayOf(item.start))}T${clock}`);
  if (end === null) return null;
  return end < item.start ? end + 1440 : end;
}

/** The words of a line. */
export function wordsOf(item: Item, edit: LineEdit): string {
  return item.text === '' ? (edit.text ?? '').trim() : item.text;
}

/** What a line lacks before it can be saved; null where nothing. */
export function lackOf({ item }: Proposal, edit: LineEdit): Lack | null {
  if (endOf(item, edit) === null) return 'END_MISSING';
  return wordsOf(item, edit) === '' ? 'TEXT_MISSING' : null;
}

/** The entry of a line; null while it lacks something. `threadId` makes an id for a new thread. */
export function inputOf(
  proposal: Proposal,
  edit: LineEdit,
  {
    table,
    withDetail,
    threadId,
  }: {
    readonly table: readonly Category[];
    readonly withDetail: boolean;
    readonly threadId: (name: string) => string;
  },
): ImportInput | null {
  const { item, source, filed } = proposal;
  const end = endOf(item, edit);
  const text = wordsOf(item, edit);
  if (end === null || text === '') return null;
  const span = { day: formatDay(item.day), start: formatMinute(item.start), end: formatMinute(end) };
  // An entry of Sundial's own file keeps all its members.
  if (filed !== null) return { entry: { ...span, text }, source, filed };
  const category = item.category ?? suggestCategory(text);
  const mode = modeFor(category, null, table);
  const threads = item.threads.slice(0, 10).map(({ id, name }) => ({ id: id ?? threadId(name), name }));
  const entry = {
    ...span,
    text,
    ...(category === null ? {} : { category }),
    ...(mode === null ? {} : { mode }),
    ...(item.place === null ? {} : { place: item.place }),
    ...(threads.length === 0 ? {} : { threads }),
    ...(withDetail && item.detail !== null ? { detail: item.detail } : {}),
  };
  return { entry, source, filed };
}

/** Midnight to midnight of the days that a line covers, for its words: first and last day. */
export function daysOf({ start, end }: Item): { readonly from: string; readonly to: string } {
  const last = end === null ? start : Math.max(start, end - 1);
  return { from: formatDay(dayOf(civilAt(dayOf(start), 0))), to: formatDay(dayOf(last)) };
}
