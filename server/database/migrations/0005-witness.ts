/** Lines that come under a head after it was signed: of outside witnesses, and of a new checkpoint key (tables/log.ts). Append-only. */
import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../lock.ts';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('note_line')
    .addColumn('vkey', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('line', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('note_line_pk', ['vkey', 'size'])
    .execute();
  await database.schema.createIndex('note_line_size').on('note_line').column('size').execute();
  if (isPostgres(database)) {
    await sql`create trigger note_line_append_only before update or delete on note_line
      for each row execute function append_only()`.execute(database);
    await sql`create trigger note_line_no_truncate before truncate on note_line
      for each statement execute function append_only()`.execute(database);
    return;
  }
  for (const change of ['update', 'delete'])
    await sql`create trigger ${sql.id(`note_line_no_${change}`)} before ${sql.raw(change)} on note_line
      begin select raise(abort, 'append only: note_line'); end`.execute(database);
}
