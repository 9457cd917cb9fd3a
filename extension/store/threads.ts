/** The way from one entry of a thread to the next. */
import type { EntryBody } from '../../shared/api/journal.ts';
import { weekCountedIn } from '../../shared/diary/hours.ts';
import { standsFor, type ThreadSaying } from '../../shared/diary/thread-line.ts';
import type { SundialDatabase } from './database.ts';
import type { Written } from './queries.ts';
import { linesOf, overlayOf, type SheetLine, sheetOf, weeksWritten } from './sheets.ts';
import { threadNamesOf } from './thread-names.ts';

/** The entries of a thread before and after one of its entries; null at either end. */
export interface Neighbours {
  readonly before: SheetLine | null;
  readonly after: SheetLine | null;
}

/** The neighbours of an entry in a thread, looked for week by week away from it: the nearest are found at once, whatever the store holds. */
export async function neighboursIn(
  database: SundialDatabase,
  entry: Written<EntryBody>,
  threadId: string,
): Promise<Neighbours> {
  const said = await threadNamesOf(database);
  const overlay = await overlayOf(database);
  const own = weekCountedIn(entry.body);
  const weeks = [...new Set([...(await weeksWritten(database)), ...overlay.lines.keys()])].sort();
  const newestFirst = async (week: string) =>
    sheetOf(week, await linesOf(database, week), overlay).lines.filter((line) => belongsTo(line, threadId, said));
  const nearest = async (away: readonly string[], end: 0 | -1) => {
    for (const week of away) {
      const found = (await newestFirst(week)).at(end);
      if (found !== undefined) return found;
    }
    return null;
  };
  const here = await newestFirst(own);
  const at = here.findIndex(({ id }) => id === entry.id);
  const earlier = weeks.filter((week) => week < own).reverse();
  const later = weeks.filter((week) => week > own);
  return {
    before: here[at + 1] ?? (await nearest(earlier, 0)),
    after: here[at - 1] ?? (await nearest(later, -1)),
  };
}

/** Does a line belong to a thread, by one of its links and all merges? */
export function belongsTo(
  { threads }: Pick<SheetLine, 'threads'>,
  threadId: string,
  said: ReadonlyMap<string, ThreadSaying>,
): boolean {
  return threads.some(({ id }) => standsFor(id, said) === threadId);
}
