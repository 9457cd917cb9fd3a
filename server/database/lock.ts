/** Locks that last until the transaction ends. */
import { PostgresAdapter, sql } from 'kysely';
import type { Db } from './port.ts';

/** Takes the lock of this name for the rest of the transaction. SQLite needs none: a transaction there has the whole database. Take locks
 *  in the order draws, week, log, author (`lockAuthor`), audit (`writeAudit`), so that two transactions never wait for each other. */
export async function lockFor(trx: Db, name: string): Promise<void> {
  if (!isPostgres(trx)) return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}

/** Whether a handle speaks to PostgreSQL. */
export const isPostgres = (db: { getExecutor(): { readonly adapter: unknown } }): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter;
