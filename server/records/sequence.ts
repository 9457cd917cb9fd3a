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

/** Holds the author's row for the rest of the transaction, making it first: nobody else writes the journal meanwhile. */
export async function lockAuthor(trx: Db, author: string): Promise<void> {
  await trx
    .insertInto('author')
    .values({ author, seq: 0 })
    .onConflict((conflict) => conflict.column('author').doNothing())
    .execute();
  await trx
    .updateTable('author')
    .set((eb) => ({ seq: eb.ref('seq') }))
    .where('author', '=', author)
    .execute();
}
