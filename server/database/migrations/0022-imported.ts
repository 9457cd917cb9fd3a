/** Diaries that were brought in from older records (tables/imported.ts). */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema
    .createTable('imported_source')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('said', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('imported_diary')
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('zone', 'text', (column) => column.notNull())
    .addColumn('items', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('imported_diary_pk', ['draw', 'unit'])
    .execute();
  await schema.createIndex('imported_diary_source').on('imported_diary').columns(['source']).execute();
}
