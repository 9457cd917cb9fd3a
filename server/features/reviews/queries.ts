/** SQL of reviews. */
import type { Insertable } from 'kysely';
import type { Db } from '../../database/port.ts';
import type { ReviewTable } from '../../database/tables/draws.ts';

export const insertPass = (db: Db, row: Insertable<ReviewTable>): Promise<unknown> =>
  db.insertInto('review').values(row).execute();

/** An image of the seal's author. Primary keys. */
export const imageOfSeal = (db: Db, seal: string, sha256: string) =>
  db
    .selectFrom('seal')
    .innerJoin('blob', 'blob.author', 'seal.author')
    .select(['blob.type', 'blob.bytes'])
    .where('seal.seal_hash', '=', seal)
    .where('blob.sha256', '=', sha256)
    .executeTakeFirst();
