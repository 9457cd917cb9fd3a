/** Images of a journal that are old enough to be forgotten are found without reading all the others. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.createIndex('blob_at').on('blob').columns(['at', 'author', 'sha256']).execute();
}
