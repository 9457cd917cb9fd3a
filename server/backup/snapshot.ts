/** Every table as it stood at one moment, while others go on writing. */
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { postgresDialect } from '../database/postgres.ts';

/** A value of a column: text, integers and null are all that there is. */
export type Value = string | number | null;

export interface Snapshot {
  readonly kind: 'sqlite' | 'postgres';
  /** Names of the tables, sorted. */
  readonly tables: () => Promise<readonly string[]>;
  /** Rows of a table, a few at once, each as an object by column. */
  readonly rows: (table: string) => AsyncIterable<readonly Row[]>;
}

export type Row = Readonly<Record<string, Value>>;

/** About how many bytes of rows are held at once. */
const heldBytes = 4 * 1024 * 1024;

/** Reads within one snapshot. SQLite: a read transaction over the write-ahead log on a connection of its own; it never has to begin anew as
 *  the copying of pages (`sqlite3_backup`) has when another process writes, and it does not copy free pages. PostgreSQL: REPEATABLE READ, which
 *  any server version speaks, so that no `pg_dump` of the right version has to be at hand. */
export const withSnapshot = <T>(address: string, act: (snapshot: Snapshot) => Promise<T>): Promise<T> =>
  /^postgres(ql)?:\/\//.test(address) ? overPostgres(address, act) : overSqlite(address, act);

async function overSqlite<T>(file: string, act: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  try {
    database.exec('begin');
    const tables = database
      .prepare(
        `select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' order by name`,
      )
      .all()
      .map(({ name }) => String(name));
    return await act({
      kind: 'sqlite',
      tables: async () => tables,
      rows: async function* (table) {
        let page: Row[] = [];
        let bytes = 0;
        for (const row of database.prepare(`select * from ${quoted(table)}`).iterate()) {
          page.push(valuesOf(row));
          bytes += sizeOf(row);
          if (bytes < heldBytes) continue;
          yield page;
          page = [];
          bytes = 0;
        }
        yield page;
      },
    });
  } finally {
    database.close();
  }
}

async function overPostgres<T>(url: string, act: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const db = new Kysely<Record<string, Record<string, unknown>>>({ dialect: postgresDialect(url) });
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        const { rows: found } = await sql<{ name: string }>`select table_name as name from information_schema.tables
          where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1`.execute(trx);
        return act({
          kind: 'postgres',
          tables: async () => found.map(({ name }) => name),
          rows: async function* (table) {
            await sql`declare backup_rows no scroll cursor for select * from ${sql.table(table)}`.execute(trx);
            for (let count = 16; ; ) {
              const { rows } = await sql<Record<string, unknown>>`fetch ${sql.lit(count)} from backup_rows`.execute(
                trx,
              );
              if (rows.length === 0) break;
              yield rows.map(valuesOf);
              const bytes = rows.reduce((sum, row) => sum + sizeOf(row), 0);
              count = Math.max(1, Math.min(4096, Math.floor((count * heldBytes) / Math.max(bytes, heldBytes / 4))));
            }
            await sql`close backup_rows`.execute(trx);
          },
        });
      });
  } finally {
    await db.destroy();
  }
}

function valuesOf(row: Record<string, unknown>): Row {
  const values: Record<string, Value> = {};
  for (const [column, value] of Object.entries(row)) {
    if (value !== null && typeof value !== 'string' && typeof value !== 'number')
      throw new TypeError(`${column} holds a ${typeof value}`);
    values[column] = value;
  }
  return values;
}

const sizeOf = (row: Record<string, unknown>): number =>
  Object.values(row).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
