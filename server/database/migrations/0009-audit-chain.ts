/** The audit trail as a chain with its daily anchors (tables/house.ts), append-only; rows that are there already are linked in their order.
 *  And the indexes by which the trail is searched, and what waits at the desk is found. */
import { type Kysely, sql } from 'kysely';
import { chainHash } from '../../../shared/proof/audit-chain.ts';
import { isPostgres } from '../lock.ts';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema
    .createTable('audit_link')
    .addColumn('n', 'bigint', (column) => column.primaryKey())
    .addColumn('audit', 'bigint', (column) => column.notNull().unique())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('audit_anchor')
    .addColumn('day', 'text', (column) => column.primaryKey())
    .addColumn('rows', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('root', 'text', (column) => column.notNull())
    .execute();
  for (const column of ['actor', 'action', 'subject'])
    await schema.createIndex(`audit_${column}`).on('audit').columns([column, 'id']).execute();
  await schema.createIndex('ticket_state').on('ticket').columns(['state', 'unit']).execute();
  await linkRows(database);
  for (const table of ['audit_link', 'audit_anchor']) await forbidChange(database, table);
}

interface Row {
  readonly id: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly facts: string;
}

const batch = 1000;

async function linkRows(database: Kysely<unknown>): Promise<void> {
  let n = 0;
  let hash = '';
  let last = -1;
  for (;;) {
    const { rows } = await sql<Row>`select id, at, actor, action, subject, facts from audit where id > ${last}
      order by id limit ${batch}`.execute(database);
    for (const { id, ...row } of rows) {
      hash = await chainHash(hash, { n, ...row });
      await sql`insert into audit_link (n, audit, hash) values (${n}, ${id}, ${hash})`.execute(database);
      n += 1;
      last = id;
    }
    if (rows.length < batch) return;
  }
}

async function forbidChange(database: Kysely<unknown>, table: string): Promise<void> {
  const target = sql.table(table);
  if (isPostgres(database)) {
    await sql`create trigger ${sql.id(`${table}_append_only`)} before update or delete on ${target}
      for each row execute function append_only()`.execute(database);
    await sql`create trigger ${sql.id(`${table}_no_truncate`)} before truncate on ${target}
      for each statement execute function append_only()`.execute(database);
    return;
  }
  for (const change of ['update', 'delete'])
    await sql`create trigger ${sql.id(`${table}_no_${change}`)} before ${sql.raw(change)} on ${target}
      begin select raise(abort, ${sql.lit(`append only: ${table}`)}); end`.execute(database);
}
