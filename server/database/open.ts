/** Opens the database of an address and brings its tables up to date. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Kysely } from 'kysely';
import { takeAlone } from '../alone.ts';
import { emptyJournal } from './erasing.ts';
import { groupedTransactions } from './grouped.ts';
import type { Database, Db, Pool } from './port.ts';
import type { Schema } from './schema.ts';
import { patienceMs, sqliteDialect } from './sqlite.ts';
import { DatabaseTrouble } from './trouble.ts';
import { bringUpToDate, type Upgraded } from './upgrade.ts';

/** What opening may do with tables that are behind the code. */
export interface Opening {
  /** Whether tables that hold something are upgraded; left out: an SQLite file is, PostgreSQL is not (docs/decisions/0007-upgrade.md). */
  readonly migrate?: boolean | undefined;
  /** Whether no server may run on an embedded database beside this process: none begins until it is closed. */
  readonly alone?: boolean | undefined;
  /** Hears of an upgrade that ended well. */
  readonly told?: (done: Upgraded) => void;
}

/** `postgres://…` or `postgresql://…`, or the path of an SQLite file, whose folder is made. Throws DatabaseTrouble where its tables do not
 *  fit the code, or a server runs on it that this would disturb. */
export async function openDatabase(address: string, { migrate, alone = false, told }: Opening = {}): Promise<Database> {
  const isPostgres = isPostgresAddress(address);
  const file = isPostgres || address === ':memory:' ? null : address;
  if (file !== null) makeFile(file);
  const release = file !== null && alone ? takeServed(file) : () => undefined;
  const { db, line, pool } = await handleOf(address);
  try {
    const take = file === null || alone ? undefined : () => takeServed(file, patienceMs);
    const done = await bringUpToDate(db, { file, take, may: migrate ?? !isPostgres, now: Date.now() });
    if (done !== null) told?.(done);
  } catch (error) {
    await db.destroy();
    release();
    throw error;
  }
  // What a process that died had no time for.
  if (!isPostgres) await emptyJournal(db);
  const grouped = groupedTransactions(line);
  return {
    kind: isPostgres ? 'postgres' : 'sqlite',
    db,
    transaction: isPostgres ? (act) => db.transaction().execute(act) : grouped,
    grouped,
    pool,
    close: async () => {
      await db.destroy();
      if (line !== db) await line.destroy();
      release();
    },
  };
}

/** The file whose lock says that a server runs on an embedded database. */
export const servedLock = (file: string): string => join(dirname(file), `.${basename(file)}.lock`);

/** What lets the lock go. Throws DatabaseTrouble while another process has it. */
function takeServed(file: string, patience = 0): () => void {
  const release = takeAlone(servedLock(file), patience);
  if (release === null) throw new DatabaseTrouble({ code: 'SERVED', at: file });
  return release;
}

/** Whether an address is PostgreSQL's; else it is the path of an SQLite file. */
export const isPostgresAddress = (address: string): boolean => /^postgres(ql)?:\/\//.test(address);

/** A handle on a database as it is: its tables may be of any version. */
export const connect = async (address: string): Promise<Db> => (await handleOf(address)).db;

interface Handle {
  readonly db: Db;
  /** On which groups of transactions run. */
  readonly line: Db;
  readonly pool: () => Pool | null;
}

async function handleOf(address: string): Promise<Handle> {
  if (!isPostgresAddress(address)) {
    const db = new Kysely<Schema>({ dialect: sqliteDialect(address) });
    return { db, line: db, pool: () => null };
  }
  // Its driver takes its memory only where it is used.
  const { openPostgres } = await import('./postgres.ts');
  const { dialect, grouped, pool } = openPostgres(address);
  return { db: new Kysely<Schema>({ dialect }), line: new Kysely<Schema>({ dialect: grouped }), pool };
}

/** The file is for the server's own user alone; SQLite gives its write-ahead log the same mode. */
export function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}
