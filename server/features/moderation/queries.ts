/** SQL of the review queue. */
import type { Db } from '../../database/port.ts';
import type { CommentRow } from '../../feedback/comment-queries.ts';
import type { Cursor } from '../../feedback/cursor.ts';

/** Index `comment_waiting`: most urgent first. */
export function waitingComments(db: Db, after: Cursor | null, limit: number): Promise<CommentRow[]> {
  const all = db.selectFrom('comment').selectAll().where('state', '=', 'waiting');
  const rest =
    after === null
      ? all
      : all.where((eb) =>
          eb.or([eb('decide_by', '>', after.at), eb.and([eb('decide_by', '=', after.at), eb('id', '>', after.id)])]),
        );
  return rest.orderBy('decide_by').orderBy('id').limit(limit).execute();
}

/** Index `comment_waiting`. */
export async function waitingTotal(db: Db): Promise<number> {
  const row = await db
    .selectFrom('comment')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return Number(row.total);
}

/** Index: unique `comment`. The desk goes on with the text that was published. */
export const copyTextToTicket = (db: Db, comment: string, text: string): Promise<unknown> =>
  db.updateTable('ticket').set({ text }).where('comment', '=', comment).execute();
