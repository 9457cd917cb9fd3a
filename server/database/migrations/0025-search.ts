/** The grams of published diaries as they are given out (tables/listing.ts). They are made when first asked for. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('search_shard')
    .addColumn('segment', 'integer', (column) => column.notNull())
    .addColumn('shard', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('grams', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('search_shard_pk', ['segment', 'shard'])
    .execute();
}
