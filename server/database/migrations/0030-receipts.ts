/** Wrong codes close no receipt any more (feedback/receipts.ts). */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropTable('receipt_try').execute();
}
