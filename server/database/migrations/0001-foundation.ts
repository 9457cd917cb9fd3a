/** Tables of accounts, organisation, journal, seals, log, audit, idempotency and rates. */
import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../lock.ts';

type Column = readonly [name: string, type: 'text' | 'integer' | 'bigint', 'null'?];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const [name, key, columns] of tables) {
    const keyed: readonly string[] = key;
    let table = database.schema.createTable(name);
    for (const [column, type, nullable] of columns)
      table = table.addColumn(column, type, (each) => (nullable === 'null' ? each : each.notNull()));
    // The columns are named by data, so the builder cannot know them by type.
    await table.addPrimaryKeyConstraint(`${name}_pk`, keyed as never).execute();
  }
  await database.schema
    .createTable('audit')
    .addColumn('id', isPostgres(database) ? 'bigserial' : 'integer', (column) =>
      isPostgres(database) ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .execute();
  for (const [name, table, columns, unique] of indexes) {
    const index = database.schema
      .createIndex(name)
      .on(table)
      .columns([...columns]);
    await (unique === 'unique' ? index.unique() : index).execute();
  }
  await sql`insert into server_value (name, value) values ('epoch', 1)`.execute(database);
  for (const table of ['log_leaf', 'log_head', 'log_tile', 'audit']) await forbidChange(database, table);
}

/** A trigger before every update and delete that raises (verification.md 6). */
async function forbidChange(database: Kysely<unknown>, table: string): Promise<void> {
  const target = sql.table(table);
  if (isPostgres(database)) {
    await sql`create or replace function append_only() returns trigger language plpgsql as
      'begin raise exception ''append only: %'', tg_table_name; end'`.execute(database);
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

const tables: readonly (readonly [name: string, key: readonly string[], columns: readonly Column[]])[] = [
  [
    'person',
    ['id'],
    [
      ['id', 'text'],
      ['name', 'text'],
      ['match', 'text'],
      ['added_at', 'bigint'],
    ],
  ],
  [
    'actor',
    ['actor', 'role'],
    [
      ['actor', 'text'],
      ['role', 'text'],
      ['unit', 'text', 'null'],
      ['person', 'text'],
    ],
  ],
  [
    'invitation',
    ['id'],
    [
      ['id', 'text'],
      ['locator', 'text'],
      ['code_hash', 'text'],
      ['person', 'text'],
      ['name', 'text'],
      ['grants', 'text'],
      ['state', 'text'],
      ['first', 'integer'],
      ['wrong', 'integer'],
      ['created_at', 'bigint'],
      ['expires_at', 'bigint'],
      ['device', 'text', 'null'],
      ['log_keys', 'text'],
    ],
  ],
  [
    'device',
    ['id'],
    [
      ['id', 'text'],
      ['kid', 'text'],
      ['jwk', 'text'],
      ['person', 'text'],
      ['invitation', 'text'],
      ['grants', 'text'],
      ['state', 'text'],
      ['added_at', 'bigint'],
      ['last_seen', 'bigint', 'null'],
    ],
  ],
  [
    'access_token',
    ['hash'],
    [
      ['hash', 'text'],
      ['device', 'text'],
      ['expires_at', 'bigint'],
    ],
  ],
  [
    'assertion',
    ['subject', 'jti'],
    [
      ['subject', 'text'],
      ['jti', 'text'],
      ['expires_at', 'bigint'],
    ],
  ],
  [
    'unit',
    ['id'],
    [
      ['id', 'text'],
      ['kind', 'text'],
      ['zh', 'text'],
      ['en', 'text'],
      ['position', 'integer'],
    ],
  ],
  [
    'term',
    ['id'],
    [
      ['id', 'text'],
      ['unit', 'text'],
      ['post', 'text'],
      ['from_day', 'text'],
      ['to_day', 'text', 'null'],
    ],
  ],
  [
    'log_leaf',
    ['idx'],
    [
      ['idx', 'bigint'],
      ['jws', 'text'],
      ['leaf_hash', 'text'],
    ],
  ],
  [
    'log_head',
    ['size'],
    [
      ['size', 'bigint'],
      ['root', 'text'],
      ['edge', 'text'],
      ['note', 'text'],
      ['at', 'text'],
    ],
  ],
  [
    'log_tile',
    ['level', 'n'],
    [
      ['level', 'integer'],
      ['n', 'bigint'],
      ['hashes', 'text'],
      ['root', 'text'],
    ],
  ],
  [
    'log_key',
    ['kid'],
    [
      ['kid', 'text'],
      ['sub', 'text'],
      ['role', 'text'],
      ['jwk', 'text'],
      ['added_index', 'bigint'],
      ['ended_index', 'bigint', 'null'],
    ],
  ],
  [
    'author',
    ['author'],
    [
      ['author', 'text'],
      ['seq', 'bigint'],
    ],
  ],
  [
    'entry',
    ['author', 'id'],
    [
      ['author', 'text'],
      ['id', 'text'],
      ['unit', 'text'],
      ['week', 'text'],
      ['head', 'text'],
      ['seq', 'bigint'],
      ['schema', 'integer'],
      ['del', 'integer'],
      ['body', 'text', 'null'],
    ],
  ],
  [
    'op',
    ['author', 'op'],
    [
      ['author', 'text'],
      ['op', 'text'],
      ['n', 'bigint'],
      ['device', 'text'],
      ['id', 'text'],
      ['parent', 'text', 'null'],
      ['kind', 'text'],
      ['schema', 'integer'],
      ['at', 'text'],
      ['body', 'text', 'null'],
      ['hash', 'text', 'null'],
      ['status', 'text'],
      ['week', 'text', 'null'],
      ['seq', 'bigint', 'null'],
      ['received_at', 'bigint'],
    ],
  ],
  [
    'seal',
    ['seal_hash'],
    [
      ['seal_hash', 'text'],
      ['unit', 'text'],
      ['author', 'text'],
      ['week', 'text'],
      ['rev', 'integer'],
      ['idx', 'bigint'],
      ['nc', 'text'],
      ['iat', 'bigint'],
      ['at', 'bigint'],
      ['cover', 'text'],
      ['manifest', 'text'],
      ['items', 'text'],
    ],
  ],
  [
    'disclosure',
    ['seal_hash', 'item'],
    [
      ['seal_hash', 'text'],
      ['item', 'integer'],
      ['encoded', 'text', 'null'],
    ],
  ],
  [
    'week_state',
    ['unit', 'week'],
    [
      ['unit', 'text'],
      ['week', 'text'],
      ['sealed_seal_hash', 'text', 'null'],
      ['open', 'integer'],
      ['frozen_draw', 'text', 'null'],
    ],
  ],
  [
    'blob',
    ['author', 'sha256'],
    [
      ['author', 'text'],
      ['sha256', 'text'],
      ['type', 'text'],
      ['size', 'integer'],
      ['bytes', 'text'],
      ['at', 'bigint'],
    ],
  ],
  [
    'idempotency',
    ['key'],
    [
      ['key', 'text'],
      ['body_hash', 'text'],
      ['answer', 'text'],
      ['at', 'bigint'],
    ],
  ],
  [
    'rate',
    ['name', 'key'],
    [
      ['name', 'text'],
      ['key', 'text'],
      ['since', 'bigint'],
      ['count', 'integer'],
    ],
  ],
  [
    'server_value',
    ['name'],
    [
      ['name', 'text'],
      ['value', 'bigint'],
    ],
  ],
];

const indexes: readonly (readonly [name: string, table: string, columns: readonly string[], 'unique'?])[] = [
  ['person_match', 'person', ['match']],
  ['actor_person', 'actor', ['person']],
  ['invitation_locator', 'invitation', ['locator'], 'unique'],
  ['device_kid', 'device', ['kid'], 'unique'],
  ['device_person', 'device', ['person']],
  ['access_token_expiry', 'access_token', ['expires_at']],
  ['assertion_expiry', 'assertion', ['expires_at']],
  ['term_unit', 'term', ['unit']],
  ['log_key_actor', 'log_key', ['sub', 'role']],
  ['entry_seq', 'entry', ['author', 'seq'], 'unique'],
  ['entry_week', 'entry', ['author', 'week']],
  ['op_entry', 'op', ['author', 'id']],
  ['seal_unit', 'seal', ['unit', 'idx']],
  ['seal_week', 'seal', ['week', 'unit']],
  ['blob_hash', 'blob', ['sha256']],
  ['audit_at', 'audit', ['at']],
];
