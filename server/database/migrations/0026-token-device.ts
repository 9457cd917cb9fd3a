/** Whoever signs in anew ends what the same device had before. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createIndex('access_token_device')
    .on('access_token')
    .columns(['device', 'expires_at'])
    .execute();
}
