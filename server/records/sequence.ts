/** The author's counter (sync.md a): its row is locked by the update, so that no cursor can pass a row not yet visible. */
import type { Db } from '../database/port.ts';

export async function nextSeq(trx: Db, author: string): Promise<number> {
  const row = await trx
    .updateTable('author')
    .set((eb) => ({ seq: eb('seq', '+', 1) }))
    .where('author', '=', author)
    .returning('seq')
    .executeTakeFirstOrThrow();
  return row.seq;
}

/** Notes that numbers up to `seq` are given. The caller holds the lock of the author. */
export async function setSeq(trx: Db, author: string, seq: number): Promise<void> {
  await trx.updateTable('author').set({ seq }).where('author', '=', author).execute();
}

/** Holds the author's row for the rest of the transaction, making it first: nobody else writes the journal meanwhile. Gives the last
 *  number given. */
export async function lockAuthor(trx: Db, author: string): Promise<number> {
  await trx
    .insertInto('author')
    .values({ author, seq: 0 })
    .onConflict((conflict) => conflict.column('author').doNothing())
    .execute();
  const { seq } = await trx
    .updateTable('author')
    .set((eb) => ({ seq: eb.ref('seq') }))
    .where('author', '=', author)
    .returning('seq')
    .executeTakeFirstOrThrow();
  return seq;
}
