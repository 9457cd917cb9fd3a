/** SQLite by Node's own `node:sqlite`: WAL, every acknowledged write on the disk. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import type { Direct } from './direct.ts';

/** The dialect over one file; `:memory:` for none. `heard` is told of every statement. */
export function sqliteDialect(
  file: string,
  heard: (text: string, parameters: readonly unknown[]) => void = () => undefined,
): SqliteDialect {
  const database = new DatabaseSync(file, { timeout: patienceMs });
  database.exec(`pragma cache_size=-${cacheKiB}; pragma wal_autocheckpoint=${journalPages}`);
  // Deleted and overwritten text is written over with zeros: a withheld one must not stay in free pages.
  database.exec('pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma secure_delete=on');
  const writer = portOf(database, heard);
  let reader: SqliteDatabase | null = null;
  const openReader = (): SqliteDatabase => {
    const opened = new DatabaseSync(file, { timeout: patienceMs });
    opened.exec('pragma query_only=on');
    return portOf(opened, heard);
  };
  const direct: Direct = {
    read:
      file === ':memory:'
        ? null
        : (text, parameters) => {
            reader ??= openReader();
            return reader.prepare(text).all(parameters);
          },
    inTransaction: (text, parameters) => writer.prepare(text).all(parameters),
  };
  const close = (): void => {
    reader?.close();
    writer.close();
  };
  return new ImmediateDialect({ database: { prepare: writer.prepare, close } }, direct, () => database.isTransaction);
}

/** How long one process waits for another's write. */
export const patienceMs = 10_000;
/** Posts that follow each other touch the same pages of indexes: these stay in memory, and are copied from the write-ahead log to the file once
 *  for many posts. https://www.sqlite.org/pragma.html#pragma_wal_autocheckpoint */
const cacheKiB = 8192;
const journalPages = 4000;
const statementsKept = 200;

function portOf(database: DatabaseSync, heard: (text: string, parameters: readonly unknown[]) => void): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = statementOf(database.prepare(text), (parameters) => heard(text, parameters));
      if (kept.size >= statementsKept) kept.clear();
      kept.set(text, statement);
      return statement;
    },
  };
}

function statementOf(statement: StatementSync, heard: (parameters: readonly unknown[]) => void): SqliteStatement {
  const given = (parameters: readonly unknown[]): SQLInputValue[] => {
    heard(parameters);
    return parameters.map(bound);
  };
  const names = statement.columns().map(({ name }) => name);
  // The objects that Node makes of rows are hash tables, slow to make and to read.
  statement.setReturnArrays(true);
  return {
    reader: names.length > 0,
    all: (parameters) => statement.all(...given(parameters)).map((values) => rowOf(names, values)),
    *iterate(parameters) {
      for (const values of statement.iterate(...given(parameters))) yield rowOf(names, values);
    },
    run: (parameters) => statement.run(...given(parameters)),
  };
}

/** `values` is an array, which the types of Node do not know. */
function rowOf(names: readonly string[], values: Readonly<Record<number, unknown>>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let n = 0; n < names.length; n += 1) row[names[n] ?? ''] = values[n];
  return row;
}

/** Text, integers and null are all that a column holds. */
function bound(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  throw new TypeError(`not a column value: ${typeof value}`);
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: { readonly database: SqliteDatabase };
  readonly #direct: Direct;
  readonly #isOpen: () => boolean;

  constructor(config: { readonly database: SqliteDatabase }, direct: Direct, isOpen: () => boolean) {
    super(config);
    this.#config = config;
    this.#direct = direct;
    this.#isOpen = isOpen;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config, this.#isOpen);
  }

  override createAdapter(): DialectAdapter {
    return new WholeAdapter(this.#direct);
  }
}

/** Migrations run in one transaction, as SQLite can: one that breaks off leaves nothing behind. */
class WholeAdapter extends SqliteAdapter {
  readonly direct: Direct;

  constructor(direct: Direct) {
    super();
    this.direct = direct;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #isOpen: () => boolean;

  /** `isOpen`: whether a transaction is under way. */
  constructor(config: { readonly database: SqliteDatabase }, isOpen: () => boolean) {
    super(config);
    this.#isOpen = isOpen;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** Where the disk is full or fails, SQLite may have undone it by itself: another rollback would throw and hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isOpen()) await super.rollbackTransaction(connection);
  }
}
