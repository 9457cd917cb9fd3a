/** Transactions that take texts out of the tables: once they have ended, the texts must be out of the files as well (design.md 2, rule 3). */
import { sql } from 'kysely';
import type { Db } from './port.ts';

const erasing = new WeakSet<Db>();

/** Says that this transaction erases something. */
export const erases = (trx: Db): void => {
  erasing.add(trx);
};

export const hasErased = (trx: Db): boolean => erasing.has(trx);

/** Empties SQLite's write-ahead log, which keeps what was overwritten until it is used again. Where another process reads at this moment it
 *  is emptied by the next one. https://www.sqlite.org/pragma.html#pragma_wal_checkpoint */
export const emptyJournal = (db: Db): Promise<unknown> => sql`pragma wal_checkpoint(truncate)`.execute(db);
