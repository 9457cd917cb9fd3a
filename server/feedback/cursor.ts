/** Keyset cursors of lists that are ordered by a time and an id: `<seconds>.<id>`. */
import { sql } from 'kysely';
import { Refusal } from '../../shared/api/refusal.ts';

export interface Cursor {
  readonly at: number;
  readonly id: string;
}

/** The cursor after a row. */
export const cursorAfter = (at: number, id: string): string => `${at}.${id}`;

/** The cursor that a client sent back, null for the first page. Throws FIELD_INVALID on anything that `cursorAfter` never gave. */
export function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null;
  const found = /^(\d{1,12})\.([0-9a-z-]{1,40})$/.exec(text);
  if (found === null) throw new Refusal('FIELD_INVALID', { field: 'after' });
  return { at: Number(found[1]), id: found[2] ?? '' };
}

/** What a list in ascending order has after a cursor. Names of columns; row values compare alike in SQLite and PostgreSQL. */
export const isAfter = (time: string, id: string, after: Cursor) =>
  sql<boolean>`(${sql.ref(time)}, ${sql.ref(id)}) > (${after.at}, ${after.id})`;

/** The same of a list in descending order. */
export const isBefore = (time: string, id: string, after: Cursor) =>
  sql<boolean>`(${sql.ref(time)}, ${sql.ref(id)}) < (${after.at}, ${after.id})`;

/** One row more than a page was asked for: the page, and the cursor where more follows. */
export function pageFrom<Row>(rows: readonly Row[], limit: number, cursor: (row: Row) => string) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, next: rows.length > limit && last !== undefined ? cursor(last) : null };
}
