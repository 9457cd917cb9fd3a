/** What a server value is when it is more than a number; and the place of a leaf by its hash, for records that a restored log has already. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('server_value').addColumn('detail', 'text').execute();
  await database.schema.createIndex('log_leaf_hash').on('log_leaf').column('leaf_hash').execute();
}
