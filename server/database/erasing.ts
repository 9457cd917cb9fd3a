/** Transactions that take texts out of the tables: once they have ended, the texts must be out of the files as well (design.md 2, rule 3). */
import { sql } from 'kysely';
import type { Database, Db } from './port.ts';

const erasing = new WeakSet<Db>();

/** Says that this transaction erases something. */
export const erases = (trx: Db): void => {
  erasing.add(trx);
};

export const hasErased = (trx: Db): boolean => erasing.has(trx);

/** Empties SQLite's write-ahead log, which keeps what was overwritten until it is used again. Where another process reads at this moment it
 *  is emptied by the next one. https://www.sqlite.org/pragma.html#pragma_wal_checkpoint */
export const emptyJournal = (db: Db): Promise<unknown> => sql`pragma wal_checkpoint(truncate)`.execute(db);

/** The same where rows were erased one by one. `count`: how many, which it gives back; with 0 nothing is done. */
export async function afterErasing({ kind, db }: Database, count: number): Promise<number> {
  if (count > 0 && kind === 'sqlite') await emptyJournal(db);
  return count;
}
