/** Publishes what the lot drew once its review is over. */
import { reviewDue } from '../../shared/feedback/deadline.ts';
import { type Context, secondsNow } from '../context.ts';
import { lockFor } from '../database/lock.ts';
import type { Db } from '../database/port.ts';
import { reckoningOf } from '../feedback/reckoning.ts';
import { publishDue } from '../public/publish.ts';
import { storeSegments } from '../public/search-store.ts';
import { drawsLock } from '../records/lock.ts';
import { drawById, updateDraw } from '../records/queries.ts';
import { eachOf } from './each.ts';

/** Drawn diaries whose review is over come out, those of one draw together. What a server without reviews left drawn begins its clock now.
 *  Gives how many draws. Index `draw_stage`. */
export async function publishReviewed(context: Context): Promise<number> {
  const now = secondsNow(context);
  const waiting = await context.database.db.selectFrom('draw').select('draw').where('stage', '=', 'drawn').execute();
  return eachOf(waiting, async ({ draw }) => {
    const isPublished = await context.database.transaction((trx) => publishOne(trx, context, draw, now));
    // Before a reader asks: making them takes a moment.
    if (isPublished) await storeSegments(context.database);
    return isPublished;
  });
}

async function publishOne(trx: Db, context: Context, draw: string, now: number): Promise<boolean> {
  await lockFor(trx, drawsLock);
  const row = await drawById(trx, draw);
  if (row?.stage !== 'drawn') return false;
  const due = row.review_due ?? reviewDue(now, await reckoningOf(trx, context));
  if (row.review_due === null) await updateDraw(trx, draw, { review_due: due });
  return publishDue(trx, { ...row, review_due: due }, now);
}
