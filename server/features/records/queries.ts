/** SQL of records. */
import type { Db } from '../../database/port.ts';

/** Every unit's id. Primary key. */
export const unitIds = async (db: Db): Promise<ReadonlySet<string>> =>
  new Set((await db.selectFrom('unit').select('id').execute()).map((row) => row.id));

/** Whether this very rule is a leaf. Primary keys: rules are few. */
export const isLoggedRule = async (db: Db, jws: string): Promise<boolean> =>
  (await db
    .selectFrom('rule')
    .innerJoin('log_leaf', 'log_leaf.idx', 'rule.idx')
    .select('rule.idx')
    .where('log_leaf.jws', '=', jws)
    .executeTakeFirst()) !== undefined;
