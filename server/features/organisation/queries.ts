/** SQL of units, terms and settings. */
import type { Insertable, Selectable } from 'kysely';
import { closedStates } from '../../../shared/feedback/ticket.ts';
import type { Db } from '../../database/port.ts';
import type { SettingTable, TermTable, UnitTable } from '../../database/tables/organisation.ts';

/** Primary key. */
export const unitById = (db: Db, id: string): Promise<Selectable<UnitTable> | undefined> =>
  db.selectFrom('unit').selectAll().where('id', '=', id).executeTakeFirst();

/** Index `term_unit`. */
export const termsOfUnit = (db: Db, unit: string): Promise<Selectable<TermTable>[]> =>
  db.selectFrom('term').selectAll().where('unit', '=', unit).execute();

/** A new unit stands behind all others. */
export async function insertOrUpdateUnit(db: Db, row: Omit<Insertable<UnitTable>, 'position'>): Promise<void> {
  const last = await db
    .selectFrom('unit')
    .select((eb) => eb.fn.max('position').as('position'))
    .executeTakeFirst();
  await db
    .insertInto('unit')
    .values({ ...row, position: Number(last?.position ?? -1) + 1 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ kind: row.kind, zh: row.zh, en: row.en }))
    .execute();
}

/** False where the id belongs to a term of another unit. */
export async function insertOrUpdateTerm(db: Db, row: Insertable<TermTable>): Promise<boolean> {
  const { post, from_day, to_day } = row;
  const written = await db
    .insertInto('term')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ post, from_day, to_day }).where('term.unit', '=', row.unit),
    )
    .returning('id')
    .executeTakeFirst();
  return written !== undefined;
}

type SettingRow = Selectable<SettingTable>;

/** Index `setting_name`. */
export const versionsOf = (db: Db, name: string, most: number): Promise<SettingRow[]> =>
  db.selectFrom('setting').selectAll().where('name', '=', name).orderBy('revision', 'desc').limit(most).execute();

/** Index `setting_name`. */
export const newestOf = async (db: Db, name: string): Promise<SettingRow | undefined> =>
  (await versionsOf(db, name, 1))[0];

/** Under the lock of the organisation: the next revision. */
export async function insertSetting(db: Db, row: Omit<Insertable<SettingTable>, 'revision'>): Promise<number> {
  const last = await db
    .selectFrom('setting')
    .select((eb) => eb.fn.max('revision').as('revision'))
    .executeTakeFirst();
  const revision = Number(last?.revision ?? 0) + 1;
  await db
    .insertInto('setting')
    .values({ ...row, revision })
    .execute();
  return revision;
}

/** Index `comment_waiting`. */
export async function waitingComments(db: Db): Promise<number> {
  const row = await db
    .selectFrom('comment')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Comments that wait and tickets that are open: what has a deadline that runs. */
export async function openDeadlines(db: Db): Promise<number> {
  const row = await db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', 'not in', [...closedStates])
    .executeTakeFirstOrThrow();
  return Number(row.count) + (await waitingComments(db));
}
