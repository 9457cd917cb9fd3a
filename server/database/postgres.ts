/** PostgreSQL by `pg`. */
import { type DialectAdapter, PostgresAdapter, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Direct } from './direct.ts';
import type { Pool } from './port.ts';

const int8 = 20;
const patienceMs = 10_000;
/** Connections of a process: of single statements and transactions, and that of the groups. */
const [most, mostOfGroups] = [9, 1];

export interface OpenedPostgres {
  /** Over a pool. */
  readonly dialect: PostgresDialect;
  /** Over the one connection on which groups of transactions run (grouped.ts). It is made when it is first asked for. */
  readonly grouped: PostgresDialect;
  readonly pool: () => Pool;
}

export function openPostgres(url: string): OpenedPostgres {
  const pool = openPool(url, { max: most });
  // Statements go out one behind the other without waiting for answers.
  const line = openPool(url, { max: mostOfGroups, pipeline: true });
  let lent: pg.PoolClient | null = null;
  line.on('acquire', (client) => {
    lent = client;
  });
  const pools = [pool, line];
  const sum = (of: (one: pg.Pool) => number): number => pools.reduce((total, one) => total + of(one), 0);
  return {
    dialect: new DirectDialect(pool, { read: (text, values) => readBy(pool, text, values), inTransaction: null }),
    grouped: new DirectDialect(line, {
      read: null,
      inTransaction: (text, values) =>
        lent === null ? Promise.reject(new Error('no transaction')) : askOf(lent, text, values),
    }),
    pool: () => ({
      used: sum((one) => one.totalCount - one.idleCount),
      idle: sum((one) => one.idleCount),
      waiting: sum((one) => one.waitingCount),
    }),
  };
}

/** The dialect alone. */
export const postgresDialect = (url: string): PostgresDialect => openPostgres(url).dialect;

/** 64-bit integers come as numbers: none of ours is above 2^53. */
function openPool(url: string, options: pg.PoolConfig & { readonly pipeline?: boolean }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    // A database that has gone silent holds these; whoever comes later is refused instead of waiting without end.
    connectionTimeoutMillis: patienceMs,
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) =>
        oid === int8 && format !== 'binary' ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format),
    },
    ...options,
  });
  // An idle connection that breaks (the server restarts) must not end the process: the pool makes a new one.
  pool.on('error', () => undefined);
  // Nor one that breaks while it is lent out: the query on it fails, and between two queries the next one does.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Named, so that each connection parses and plans it once. */
async function askOf(asked: pg.Pool | pg.PoolClient, text: string, values: readonly unknown[]): Promise<unknown[]> {
  return (await asked.query({ name: nameOf(text), text, values: [...values] })).rows;
}

/** A table that has got a column since a statement was planned refuses it; without a name it is planned anew. */
const readBy = (pool: pg.Pool, text: string, values: readonly unknown[]): Promise<unknown[]> =>
  askOf(pool, text, values).catch(async (error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === planIsOld)) throw error;
    return (await pool.query(text, [...values])).rows;
  });

const planIsOld = '0A000';

/** Every connection keeps a plan of each name; lists of different lengths make many texts. */
const mostNames = 100;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const made = `s${names.size}`;
  names.set(text, made);
  return made;
}

class DirectDialect extends PostgresDialect {
  readonly #direct: Direct;

  constructor(pool: pg.Pool, direct: Direct) {
    super({ pool });
    this.#direct = direct;
  }

  override createAdapter(): DialectAdapter {
    return new DirectAdapter(this.#direct);
  }
}

class DirectAdapter extends PostgresAdapter {
  readonly direct: Direct;

  constructor(direct: Direct) {
    super();
    this.direct = direct;
  }
}
