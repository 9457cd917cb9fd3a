/** The head that the world has seen of this log before the server was restored from an older backup: until the log has got there again, with the
 *  same leaves, nothing is appended and no head is shown, or there would be two logs under one name (verification.md 6). */
import { Refusal } from '../../shared/api/refusal.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import type { Db } from '../database/port.ts';

const name = 'logFloor';

/** The head that must be reached; null where none was noted. Primary key. */
export async function logFloor(db: Db): Promise<Head | null> {
  const row = await db
    .selectFrom('server_value')
    .select(['value', 'detail'])
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? null : { size: row.value, root: row.detail ?? '' };
}

export async function setLogFloor(db: Db, { size, root }: Head): Promise<void> {
  const values = { value: size, detail: root };
  await db
    .insertInto('server_value')
    .values({ name, ...values })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
    .execute();
}

export const clearLogFloor = (db: Db): Promise<unknown> =>
  db.deleteFrom('server_value').where('name', '=', name).execute();

/** Throws UNAVAILABLE, which devices take for a server that is away: they keep what they have and ask again. `size`: leaves in the log. */
export async function requireFloor(db: Db, size: number): Promise<void> {
  const floor = await logFloor(db);
  if (floor !== null && size < floor.size)
    throw new Refusal('UNAVAILABLE', { facts: { reason: 'LOG_BEHIND', size, seen: floor.size } });
}
