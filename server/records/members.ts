/** SQL over what published diaries are listed under: the diaries of a facet's value in order of publication. */
import type { FacetName } from '../../shared/api/public-lists.ts';
import { feedPageSize } from '../../shared/api/published.ts';
import type { Db } from '../database/port.ts';
import type { PublicationRow } from './queries.ts';

/** A page of the diaries with a value, oldest first. */
export const membersOn = (db: Db, facet: FacetName, value: string, page: number): Promise<PublicationRow[]> =>
  members(db, facet, value)
    .selectAll()
    .orderBy('position')
    .limit(feedPageSize)
    .offset(page * feedPageSize)
    .execute();

/** How many diaries a value has: all of them, or those before a position. */
export async function memberCount(db: Db, facet: FacetName, value: string, before?: number): Promise<number> {
  const all = members(db, facet, value);
  const row = await (before === undefined ? all : all.where('position', '<', before))
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Indexes `publication_unit`, primary key of `public_facet`, `thread_theme_theme` and primary key of `public_thread`. */
function members(db: Db, facet: FacetName, value: string) {
  const all = db.selectFrom('publication');
  switch (facet) {
    case 'unit':
      return all.where('unit', '=', value);
    case 'kind':
      return all.where('unit', 'in', (eb) => eb.selectFrom('unit').select('id').where('kind', '=', value));
    case 'category':
    case 'month':
      return all.where('position', 'in', (eb) =>
        eb
          .selectFrom('public_facet')
          .select('public_facet.position')
          .where('facet', '=', facet)
          .where('value', '=', value),
      );
    case 'theme':
      return all.where('position', 'in', (eb) =>
        eb
          .selectFrom('public_thread')
          .innerJoin('thread_theme', 'thread_theme.thread', 'public_thread.thread')
          .select('public_thread.position')
          .where('theme', '=', value),
      );
    case 'thread':
      return all.where('position', 'in', (eb) =>
        eb.selectFrom('public_thread').select('public_thread.position').where('thread', '=', value),
      );
  }
}

/** How many diaries each value of a facet has, values in order. */
export async function facetCounts(db: Db, facet: FacetName): Promise<Record<string, number>> {
  const rows = await countsOf(db, facet);
  return Object.fromEntries(
    rows.map(({ value, count }) => [value, Number(count)] as const).sort((a, b) => (a[0] < b[0] ? -1 : 1)),
  );
}

function countsOf(db: Db, facet: FacetName): Promise<{ value: string; count: number | string | bigint }[]> {
  switch (facet) {
    case 'unit':
      return db
        .selectFrom('publication')
        .select((eb) => ['unit as value', eb.fn.countAll().as('count')])
        .groupBy('unit')
        .execute();
    case 'kind':
      return db
        .selectFrom('publication')
        .innerJoin('unit', 'unit.id', 'publication.unit')
        .select((eb) => ['unit.kind as value', eb.fn.countAll().as('count')])
        .groupBy('unit.kind')
        .execute();
    case 'category':
    case 'month':
      return db
        .selectFrom('public_facet')
        .select((eb) => ['value', eb.fn.countAll().as('count')])
        .where('facet', '=', facet)
        .groupBy('value')
        .execute();
    case 'theme':
      return db
        .selectFrom('public_thread')
        .innerJoin('thread_theme', 'thread_theme.thread', 'public_thread.thread')
        .select((eb) => ['theme as value', eb.fn.count('public_thread.position').distinct().as('count')])
        .groupBy('theme')
        .execute();
    case 'thread':
      return db
        .selectFrom('public_thread')
        .select((eb) => ['thread as value', eb.fn.count('position').distinct().as('count')])
        .groupBy('thread')
        .execute();
  }
}

/** The publication of the same unit before or after this one, by week: what was brought in from older records came out later. Index
 *  `publication_unit`. */
export async function besideUnit(
  db: Db,
  { unit, week, position }: PublicationRow,
  side: Side,
): Promise<PublicationRow | null> {
  const [than] = orderOf(position, side);
  const row = await db
    .selectFrom('publication')
    .selectAll()
    .where('unit', '=', unit)
    .where((eb) => eb.or([eb('week', than, week), eb.and([eb('week', '=', week), eb('position', than, position)])]))
    .orderBy('week', side === 'next' ? 'asc' : 'desc')
    .orderBy('position', side === 'next' ? 'asc' : 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** The publication before or after a position that has a thread, with its first entry there. */
export async function besideThread(
  db: Db,
  thread: string,
  position: number,
  side: Side,
): Promise<(PublicationRow & { readonly item: number }) | null> {
  const row = await db
    .selectFrom('public_thread')
    .innerJoin('publication', 'publication.position', 'public_thread.position')
    .selectAll('publication')
    .select('public_thread.item')
    .where('thread', '=', thread)
    .where('public_thread.position', ...orderOf(position, side))
    .orderBy('public_thread.position', side === 'next' ? 'asc' : 'desc')
    .orderBy('item')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

type Side = 'previous' | 'next';

const orderOf = (position: number, side: Side) => [side === 'next' ? '>' : '<', position] as const;
