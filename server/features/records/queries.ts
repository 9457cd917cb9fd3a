/** SQL of records. */
import type { Db } from '../../database/port.ts';

/** Every unit's id. Primary key. */
export const unitIds = async (db: Db): Promise<ReadonlySet<string>> =>
  new Set((await db.selectFrom('unit').select('id').execute()).map((row) => row.id));
