/** Entries of a week as the store gives them, for tests of the week page. */
import type { Written } from '../../extension/store/queries.ts';
import type { EntryBody } from '../../shared/api/journal.ts';
import { categories } from '../../shared/diary/category.ts';
import { parseDay, parseMinute } from '../../shared/time/civil.ts';
import { weekOf } from '../../shared/time/week.ts';

/** What a week is counted with: the product's own categories, in China. */
export const journal = { table: categories, offset: () => 480 };

/** A civil minute from `2026-07-20T08:30`. */
export function minute(text: string): number {
  const parsed = parseMinute(text);
  if (parsed === null) throw new Error(`not a civil minute: ${text}`);
  return parsed;
}

/** A day from `2026-07-20`. */
export function dayNamed(text: string): number {
  const parsed = parseDay(text);
  if (parsed === null) throw new Error(`not a day: ${text}`);
  return parsed;
}

/** An entry of its day, from and to as `2026-07-20T08:30`. */
export function written(id: string, day: string, start: string, end: string): Written<EntryBody> {
  const body = { kind: 'entry' as const, week: weekOf(dayNamed(day)), day, start, end, text: id };
  return { id, body, head: `head-${id}`, delivered: true, held: null };
}
