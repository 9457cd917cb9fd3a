/** The review before release (tables/draws.ts). */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema.alterTable('draw').addColumn('review_due', 'bigint').execute();
  await schema.createIndex('draw_stage').on('draw').column('stage').execute();
  await schema
    .createTable('review')
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('passed_by', 'text', (column) => column.notNull())
    .addColumn('passed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('review_pk', ['draw', 'unit'])
    .execute();
}
