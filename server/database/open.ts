/** Opens the database of an address and brings its tables up to date. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, Migrator } from 'kysely';
import { emptyJournal, hasErased } from './erasing.ts';
import { migrations } from './migrations.ts';
import type { Database } from './port.ts';
import { postgresDialect } from './postgres.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';

/** `postgres://…` or `postgresql://…`, or the path of an SQLite file, whose folder is made. Throws when a migration fails. */
export async function openDatabase(address: string): Promise<Database> {
  const isPostgres = /^postgres(ql)?:\/\//.test(address);
  if (!isPostgres && address !== ':memory:') makeFile(address);
  const db = new Kysely<Schema>({ dialect: isPostgres ? postgresDialect(address) : sqliteDialect(address) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw error;
  }
  // What a process that died had no time for.
  if (!isPostgres) await emptyJournal(db);
  return {
    kind: isPostgres ? 'postgres' : 'sqlite',
    db,
    transaction: async (act) => {
      let isErasing = false;
      const done = await db.transaction().execute(async (trx) => {
        const given = await act(trx);
        isErasing = hasErased(trx);
        return given;
      });
      if (isErasing && !isPostgres) await emptyJournal(db);
      return done;
    },
    close: () => db.destroy(),
  };
}

/** The file is for the server's own user alone; SQLite gives its write-ahead log the same mode. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}
