/** Server truth downward, by a cursor that only the server moves; and what a restored server means (sync.md i). */
import { getPull } from '../../shared/api/journal.ts';
import type { Context } from '../device/context.ts';
import { call } from '../remote/client.ts';
import { changeProgress, progressOf } from '../store/database.ts';
import { blankLog } from '../store/ops.ts';
import { writeRow } from './push.ts';

/** Fetches rows after the cursor until there are no more, each page in one transaction with its cursor. At the end, rows that a restored
 *  server no longer has go to the tray: their author decides. */
export async function pull(epoch: number, context: Context): Promise<void> {
  const { database } = context;
  for (let more = true; more; ) {
    const { cursor } = await progressOf(database);
    const page = await call(getPull, { query: { epoch, after: cursor, limit: 200 } }, context);
    await database.transaction('rw', [database.rows, database.log, database.progress], async () => {
      for (const row of page.rows) {
        await writeRow(row, epoch, context);
        if (row.body?.hold !== undefined) await blankLog(database, row.id);
      }
      await changeProgress(database, { cursor: page.next });
    });
    more = page.more;
  }
  await lost(epoch, context);
}

/** A new epoch: the server was restored from a backup. Everything is asked for again, every own op is sent again in order (those it
 *  still has are answered as before), and seals are sent again with their receipts at hand. */
export async function beginEpoch(epoch: number, context: Context): Promise<void> {
  const { database } = context;
  const tables = [database.outbox, database.log, database.progress, database.weeks, database.seals];
  await database.transaction('rw', tables, async () => {
    const own = await database.log.orderBy('n').toArray();
    await database.outbox.clear();
    await database.outbox.bulkAdd(own.flatMap(({ blanked, ...op }) => (blanked ? [] : [{ ...op, sent: true }])));
    await database.weeks.clear();
    await database.seals
      .where('state')
      .equals('logged')
      .modify((copy) => {
        Object.assign(copy, { state: 'signed', confirmed: null });
      });
    await changeProgress(database, { epoch, cursor: 0, sealsAfter: -1 });
  });
}

async function lost(epoch: number, context: Context): Promise<void> {
  const { database } = context;
  await database.transaction('rw', [database.rows, database.outbox, database.tray], async () => {
    const stale = await database.rows.filter((row) => row.epoch !== epoch).toArray();
    for (const row of stale) {
      await database.rows.delete(row.id);
      const waits = (await database.outbox.where('id').equals(row.id).count()) > 0;
      if (row.del || row.body === null || waits) continue;
      const { id, body } = row;
      await database.tray.add({
        id,
        body,
        reason: 'LOST',
        field: null,
        detail: null,
        current: null,
        at: context.now(),
      });
    }
  });
}
