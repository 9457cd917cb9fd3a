/** SQL over the entries of threads (tables/listing.ts). Index `public_thread_at`. */
import { sql } from 'kysely';
import type { Db } from '../database/port.ts';
import type { PublicationRow } from '../records/queries.ts';

export interface ThreadSum {
  readonly thread: string;
  readonly entries: number;
  /** First and last start. */
  readonly from: string;
  readonly to: string;
}

/** Every thread with an entry. */
export async function threadSums(db: Db, threads?: readonly string[]): Promise<ThreadSum[]> {
  if (threads?.length === 0) return [];
  const all = db
    .selectFrom('public_thread')
    .select((eb) => ['thread', eb.fn.countAll().as('entries'), eb.fn.min('at').as('from'), eb.fn.max('at').as('to')])
    .groupBy('thread')
    .orderBy('thread');
  const rows = await (threads === undefined ? all : all.where('thread', 'in', [...threads])).execute();
  return rows.map(({ thread, entries, from, to }) => ({ thread, entries: Number(entries), from, to }));
}

/** The units in whose diaries a thread stands, by thread. */
export async function unitsOfThreads(
  db: Db,
  threads: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (threads.length === 0) return new Map();
  const rows = await db
    .selectFrom('public_thread')
    .innerJoin('publication', 'publication.position', 'public_thread.position')
    .select(['thread', 'unit'])
    .distinct()
    .where('thread', 'in', [...threads])
    .orderBy('unit')
    .execute();
  return new Map(threads.map((thread) => [thread, rows.flatMap((row) => (row.thread === thread ? [row.unit] : []))]));
}

export interface ThreadPlace extends PublicationRow {
  readonly item: number;
  readonly at: string;
}

const places = (db: Db, thread: string) =>
  db
    .selectFrom('public_thread')
    .innerJoin('publication', 'publication.position', 'public_thread.position')
    .selectAll('publication')
    .select(['public_thread.item', 'public_thread.at'])
    .where('thread', '=', thread);

/** The newest entries of a thread, newest first. */
export const newestPlaces = (db: Db, thread: string, most: number): Promise<ThreadPlace[]> =>
  places(db, thread)
    .orderBy('at', 'desc')
    .orderBy('public_thread.position', 'desc')
    .orderBy('item', 'desc')
    .limit(most)
    .execute();

/** The entries of a calendar year, oldest first. */
export const placesOfYear = (db: Db, thread: string, year: string): Promise<ThreadPlace[]> =>
  places(db, thread)
    .where('at', '>=', `${year}-`)
    .where('at', '<', `${year}.`)
    .orderBy('at')
    .orderBy('public_thread.position')
    .orderBy('item')
    .execute();

const year = sql<string>`substr(at, 1, 4)`;

/** How many entries a thread has in each year, newest first. */
export async function yearsOfThread(db: Db, thread: string): Promise<{ year: string; entries: number }[]> {
  const rows = await db
    .selectFrom('public_thread')
    .select((eb) => [year.as('year'), eb.fn.countAll().as('entries')])
    .where('thread', '=', thread)
    .groupBy(year)
    .orderBy(year, 'desc')
    .execute();
  return rows.map((row) => ({ year: row.year, entries: Number(row.entries) }));
}

/** Every year in which a thread has an entry. */
export const threadYears = (db: Db): Promise<{ thread: string; year: string }[]> =>
  db
    .selectFrom('public_thread')
    .select(['thread', year.as('year')])
    .distinct()
    .orderBy('thread')
    .orderBy('year')
    .execute();
