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
