/** Removes copies of the database from before an upgrade. */
import type { Context } from '../context.ts';
import { forgetCopies } from '../database/copies.ts';

/** They are backups, and kept as long as the notice for readers says of those, but for a day at least. Gives how many. */
export async function forgetOldCopies({ config, database, now }: Context): Promise<number> {
  if (database.kind !== 'sqlite') return 0;
  return forgetCopies(config.databaseAddress, now() - Math.max(1, config.privacy.backupDays) * 86_400_000);
}
