/** A database as an older Sundial left it: its tables up to a migration, with rows that an upgrade must not touch. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Migrator, sql } from 'kysely';
import { migrations } from '../../server/database/migrations.ts';
import { connect } from '../../server/database/open.ts';
import type { Db } from '../../server/database/port.ts';
import { newPostgres } from '../fixtures/databases.ts';

/** The newest migration of the code. */
export const newest = Object.keys(migrations).sort().at(-1) ?? '';

/** Address of a new database at `migration`, with `leaves` leaves and heads and as many audit rows. On SQLite the folder of the file is
 *  removed by `close`. */
export async function olderDatabase(
  name: 'SQLite' | 'PostgreSQL',
  migration: string,
  leaves = 3,
): Promise<{ readonly address: string; readonly folder: string; readonly close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-older-'));
  const address = name === 'SQLite' ? join(folder, 'sundial.sqlite') : await newPostgres('template0');
  await withHandle(address, async (db) => {
    const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo(
      migration,
    );
    if (error !== undefined) throw error;
    for (let i = 0; i < leaves; i += 1) {
      await db
        .insertInto('log_leaf')
        .values({ idx: i, jws: `leaf ${i}`, leaf_hash: `hash ${i}` })
        .execute();
      const head = {
        size: i + 1,
        root: `root ${i}`,
        edge: `edge ${i}`,
        note: `note ${i}`,
        at: '2026-01-05T08:00:00.000Z',
      };
      await db.insertInto('log_head').values(head).execute();
      await db
        .insertInto('audit')
        .values({ at: 1_767_600_000 + i, actor: 'org', action: 'test', subject: `s${i}`, facts: '{}' })
        .execute();
    }
  });
  return { address, folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs `act` on a database as it is. */
export async function withHandle<T>(address: string, act: (db: Db) => Promise<T>): Promise<T> {
  const db = await connect(address);
  try {
    return await act(db);
  } finally {
    await db.destroy();
  }
}

/** The migrations that a database has had, in order. */
export const hadBy = (address: string): Promise<string[]> =>
  withHandle(address, async (db) => {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return rows.map(({ name }) => name);
  });
