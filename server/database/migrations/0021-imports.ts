/** Imports of units with what stood before, by which one is undone; the index of wishes for more time that nobody has decided. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable('unit_import')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('touched', 'text', (column) => column.notNull())
    .addColumn('undone_at', 'bigint')
    .execute();
  await schema
    .createIndex('ticket_extension_asked')
    .on('ticket_extension')
    .columns(['ticket'])
    .where(sql<boolean>`state = 'asked'`)
    .execute();
}
