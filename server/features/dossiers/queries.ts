/** SQL of dossiers, and of what they are made from. */
import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../../database/port.ts';
import type { AggregateTable, DossierTable } from '../../database/tables/dossiers.ts';
import type { TermTable } from '../../database/tables/organisation.ts';
import { type Cursor, isBefore } from '../../feedback/cursor.ts';

export type DossierRecord = Selectable<DossierTable> & { readonly post: string };

/** Primary key. */
export const termById = (db: Db, id: string): Promise<Selectable<TermTable> | undefined> =>
  db.selectFrom('term').selectAll().where('id', '=', id).executeTakeFirst();

/** Who sealed a unit's weeks from one to another, whoever sealed most of them first; of equals who sealed the latest. A week that was sealed
 *  again is one. Index `seal_unit`. */
export async function authorsOf(db: Db, unit: string, first: string, last: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('seal')
    .select((eb) => ['author', eb.fn.count<number>('week').distinct().as('weeks'), eb.fn.max('week').as('latest')])
    .where('unit', '=', unit)
    .where('week', '>=', first)
    .where('week', '<=', last)
    .groupBy('author')
    .execute();
  return rows
    .sort((a, b) => Number(b.weeks) - Number(a.weeks) || (a.latest < b.latest ? 1 : -1))
    .map(({ author }) => author);
}

/** The person who signs for a unit now. Primary key. */
export async function leaderOf(db: Db, unit: string): Promise<string | null> {
  const row = await db
    .selectFrom('actor')
    .select('person')
    .where('actor', '=', unit)
    .where('role', '=', 'leader')
    .executeTakeFirst();
  return row?.person ?? null;
}

/** The seals that count, of one author for one unit, from a week on, in order. Index `seal_unit`. */
export const sealsFrom = (db: Db, unit: string, author: string, first: string) =>
  db
    .selectFrom('seal')
    .innerJoin('week_state', (join) =>
      join.onRef('week_state.unit', '=', 'seal.unit').onRef('week_state.sealed_seal_hash', '=', 'seal.seal_hash'),
    )
    .select(['seal.week', 'seal.seal_hash', 'seal.idx', 'seal.rev', 'seal.cover'])
    .where('seal.unit', '=', unit)
    .where('seal.author', '=', author)
    .where('seal.week', '>=', first)
    .orderBy('seal.week')
    .execute();

/** When each week was first sealed (Unix seconds). Index `seal_unit`. */
export const firstSeals = (db: Db, unit: string, author: string, first: string) =>
  db
    .selectFrom('seal')
    .select((eb) => ['week', eb.fn.min('iat').as('iat')])
    .where('unit', '=', unit)
    .where('author', '=', author)
    .where('week', '>=', first)
    .groupBy('week')
    .execute();

/** What of these seals is not withheld. Primary key. */
export const disclosuresOf = (db: Db, seals: readonly string[]) =>
  db
    .selectFrom('disclosure')
    .select(['seal_hash', 'item', 'encoded'])
    .where('seal_hash', 'in', seals)
    .where('item', '>=', 0)
    .where('encoded', 'is not', null)
    .execute();

export const publishedAmong = (db: Db, seals: readonly string[]) =>
  db.selectFrom('publication').select(['seal_hash', 'draw', 'unit', 'week']).where('seal_hash', 'in', seals).execute();

/** Primary key. */
export async function leaveWeeks(db: Db, unit: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('week_leave').select('week').where('unit', '=', unit).execute();
  return new Set(rows.map(({ week }) => week));
}

/** Published comments under a unit's diary by kind, and how many of them the unit answered. Index `comment_listed`. */
export async function commentsUnder(db: Db, draw: string, unit: string) {
  const rows = await db
    .selectFrom('comment')
    .leftJoin('reply', 'reply.comment', 'comment.id')
    .select((eb) => [
      'comment.kind',
      eb.fn.countAll<number>().as('count'),
      eb.fn.count<number>('reply.comment').as('answered'),
    ])
    .where('comment.draw', '=', draw)
    .where('comment.unit', '=', unit)
    .where('comment.published_at', 'is not', null)
    .where('comment.state', '=', 'published')
    .groupBy('comment.kind')
    .orderBy('comment.kind')
    .execute();
  return rows.map(({ kind, count, answered }) => ({ kind, count: Number(count), answered: Number(answered) }));
}

export const insertDossier = (db: Db, row: Insertable<DossierTable>): Promise<unknown> =>
  db.insertInto('dossier').values(row).execute();

const dossiers = (db: Db) =>
  db.selectFrom('dossier').innerJoin('term', 'term.id', 'dossier.term').selectAll('dossier').select('term.post');

/** Primary key. */
export const dossierById = (db: Db, id: string): Promise<DossierRecord | undefined> =>
  dossiers(db).where('dossier.id', '=', id).executeTakeFirst();

/** Newest first, of one person or of all. Index `dossier_made` or `dossier_person`. */
export function dossiersOf(
  db: Db,
  person: string | null,
  after: Cursor | null,
  limit: number,
): Promise<DossierRecord[]> {
  let rows = dossiers(db);
  if (person !== null) rows = rows.where('dossier.person', '=', person);
  if (after !== null) rows = rows.where(isBefore('dossier.made_at', 'dossier.id', after));
  return rows.orderBy('dossier.made_at', 'desc').orderBy('dossier.id', 'desc').limit(limit).execute();
}

/** A dossier of the same term and days that the same person made after a moment. Index `dossier_made`. */
export const sameDossier = (
  db: Db,
  of: {
    readonly term: string;
    readonly from: string;
    readonly to: string;
    readonly madeBy: string;
    readonly since: number;
  },
): Promise<DossierRecord | undefined> =>
  dossiers(db)
    .where('dossier.made_at', '>', of.since)
    .where('dossier.term', '=', of.term)
    .where('dossier.from_day', '=', of.from)
    .where('dossier.to_day', '=', of.to)
    .where('dossier.made_by', '=', of.madeBy)
    .orderBy('dossier.id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Sets a time that is not set yet; false where it was. Primary key. */
export async function markOnce(db: Db, id: string, name: 'seen_at' | 'released_at', at: number): Promise<boolean> {
  const done = await db
    .updateTable('dossier')
    .set(name === 'seen_at' ? { seen_at: at } : { released_at: at })
    .where('id', '=', id)
    .where(name, 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** In the order in which they were said. Primary key. */
export const notesOf = (db: Db, dossier: string) =>
  db.selectFrom('dossier_note').select(['n', 'at', 'text']).where('dossier', '=', dossier).orderBy('n').execute();

export const insertNote = (
  db: Db,
  row: { readonly dossier: string; readonly n: number; readonly at: number; readonly text: string },
): Promise<unknown> => db.insertInto('dossier_note').values(row).execute();

/** Primary key. */
export const newestAssessment = (db: Db) =>
  db.selectFrom('assessment').select(['revision', 'value']).orderBy('revision', 'desc').limit(1).executeTakeFirst();

export const insertAssessment = (
  db: Db,
  row: { readonly revision: number; readonly value: string; readonly at: number; readonly actor: string },
): Promise<unknown> => db.insertInto('assessment').values(row).execute();

/** Units with a dossier that touches a span of days, both included. A scan: dossiers are few. */
export async function unitsWithDossier(db: Db, from: string, to: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('dossier')
    .select('unit')
    .distinct()
    .where('from_day', '<=', to)
    .where('to_day', '>=', from)
    .execute();
  return new Set(rows.map(({ unit }) => unit));
}

/** Who sealed a week from one to another, for which unit. A scan of the index `seal_unit`. */
export const authorsBetween = (db: Db, first: string, last: string) =>
  db
    .selectFrom('seal')
    .select(['unit', 'author'])
    .distinct()
    .where('week', '>=', first)
    .where('week', '<=', last)
    .orderBy('unit')
    .orderBy('author')
    .execute();

/** The first week that anybody sealed. */
export async function firstSealedWeek(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('seal')
    .select((eb) => eb.fn.min('week').as('week'))
    .executeTakeFirst();
  return row?.week ?? null;
}

/** Primary key. */
export const aggregateOfQuarter = (db: Db, quarter: string): Promise<Selectable<AggregateTable> | undefined> =>
  db.selectFrom('aggregate').selectAll().where('quarter', '=', quarter).executeTakeFirst();

/** When each quarter's was made. Primary key. */
export const aggregatesMade = (db: Db) => db.selectFrom('aggregate').select(['quarter', 'made_at']).execute();

export const insertAggregate = (db: Db, row: Insertable<AggregateTable>): Promise<unknown> =>
  db.insertInto('aggregate').values(row).execute();
