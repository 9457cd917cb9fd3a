/** Whether a PostgreSQL server answers. */
import pg from 'pg';

const timeoutMs = 10_000;

/** Null where it does; else what the driver said, without the password. */
export async function whyUnreachable(address: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: timeoutMs });
  try {
    await client.connect();
    await client.query('select 1');
    return null;
  } catch (error) {
    // Whatever the network or the server says is an answer here.
    return error instanceof Error ? error.message || error.name : String(error);
  } finally {
    await client.end();
  }
}
