/** SQL of units and terms. */
import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../../database/port.ts';
import type { TermTable, UnitTable } from '../../database/tables/organisation.ts';

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
