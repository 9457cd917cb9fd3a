/** PostgreSQL by `pg`. */
import { PostgresDialect } from 'kysely';
import pg from 'pg';

const int8 = 20;

/** The dialect over a pool. 64-bit integers come as numbers: none of ours is above 2^53. */
export function postgresDialect(url: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    types: {
      getTypeParser: (oid, format) =>
        oid === int8 && format !== 'binary' ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format),
    },
  });
  // An idle connection that breaks (the server restarts) must not end the process: the pool makes a new one.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}
