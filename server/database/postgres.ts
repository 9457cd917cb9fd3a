/** PostgreSQL by `pg`. */
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Pool } from './port.ts';

const int8 = 20;
const patienceMs = 10_000;

/** The dialect over a pool, and how that stands. 64-bit integers come as numbers: none of ours is above 2^53. */
export function openPostgres(url: string): { readonly dialect: PostgresDialect; readonly pool: () => Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    // A database that has gone silent holds these ten; whoever comes later is refused instead of waiting without end.
    connectionTimeoutMillis: patienceMs,
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) =>
        oid === int8 && format !== 'binary' ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format),
    },
  });
  // An idle connection that breaks (the server restarts) must not end the process: the pool makes a new one.
  pool.on('error', () => undefined);
  // Nor one that breaks while it is lent out: the query on it fails, and between two queries the next one does.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    dialect: new PostgresDialect({ pool }),
    pool: () => ({ used: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  };
}

/** The dialect alone. */
export const postgresDialect = (url: string): PostgresDialect => openPostgres(url).dialect;
