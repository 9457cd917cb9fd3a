/** What the author of this device says of threads. */
import type { SundialDatabase, ThreadName } from './database.ts';

/** Names, aliases, merges and how far threads have come, by their ids. */
export async function threadNamesOf(database: SundialDatabase): Promise<ReadonlyMap<string, ThreadName>> {
  return new Map((await database.threadNames.toArray()).map((said) => [said.id, said]));
}
