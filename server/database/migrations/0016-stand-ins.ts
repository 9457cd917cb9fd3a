/** Who stands in for whom, from when to when (tables/stand-ins.ts). */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema
    .createTable('stand_in')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('unit', 'text')
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('instead', 'text')
    .addColumn('from_day', 'text', (column) => column.notNull())
    .addColumn('to_day', 'text')
    .addColumn('from_at', 'bigint', (column) => column.notNull())
    .addColumn('to_at', 'bigint')
    .execute();
  await schema.createIndex('stand_in_person').on('stand_in').columns(['person']).execute();
  await schema.createIndex('stand_in_actor').on('stand_in').columns(['actor']).execute();
}
