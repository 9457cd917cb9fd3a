/** SQL of draws. */
import type { Insertable } from 'kysely';
import type { Db } from '../../database/port.ts';
import type { PublicationTable, PublicImageTable } from '../../database/tables/draws.ts';

/** Nonces and acknowledgements by draw: units, sorted. Primary keys. */
export async function unitsByDraw(db: Db, table: 'nonce' | 'ack'): Promise<ReadonlyMap<string, string[]>> {
  const rows = await db.selectFrom(table).select(['draw', 'unit']).orderBy('draw').orderBy('unit').execute();
  const found = new Map<string, string[]>();
  for (const { draw, unit } of rows) found.set(draw, [...(found.get(draw) ?? []), unit]);
  return found;
}

export const insertPublications = (db: Db, rows: readonly Insertable<PublicationTable>[]): Promise<unknown> =>
  rows.length === 0
    ? Promise.resolve()
    : db
        .insertInto('publication')
        .values([...rows])
        .execute();

export const insertPublicImages = (db: Db, rows: readonly Insertable<PublicImageTable>[]): Promise<unknown> =>
  rows.length === 0
    ? Promise.resolve()
    : db
        .insertInto('public_image')
        .values([...rows])
        .onConflict((conflict) => conflict.doNothing())
        .execute();
