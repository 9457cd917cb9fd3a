/** What the rest of the server knows of a database: queries on `db`, and transactions. */
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Runs queries: the database itself, or a transaction. Inside a transaction use only its own handle: SQLite has one connection, and a
 *  query on `database.db` would wait for ever. */
export type Db = Kysely<Schema>;

export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  /** Single statements. */
  readonly db: Db;
  /** One transaction; what `act` throws rolls everything back. On SQLite it begins immediate, so that a writer never fails half way. */
  transaction<T>(act: (trx: Db) => Promise<T>): Promise<T>;
  /** A transaction that many make at once, readers' posts for example: those of a process share one commit (grouped.ts), and on PostgreSQL only
   *  one process's group is under way at a time. What such an act locks stays locked until the others are done as well, so it writes rows of
   *  its own and counts rates; what else it locks it locks last, after `endsGroup`. */
  grouped<T>(act: (trx: Db) => Promise<T>): Promise<T>;
  /** Connections in use and idle, and what waits for one; null for SQLite, which has one. */
  pool(): Pool | null;
  close(): Promise<void>;
}

export interface Pool {
  readonly used: number;
  readonly idle: number;
  readonly waiting: number;
}
