/** Weeks that their leaders declared as leave (tables/journal.ts). */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('week_leave')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('week', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('week_leave_pk', ['week', 'unit'])
    .execute();
}
