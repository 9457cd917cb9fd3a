/** Erases what masking hid, in time. */
import { withoutPrivate } from '../../shared/feedback/comment.ts';
import { type Context, secondsNow } from '../context.ts';
import { afterErasing } from '../database/erasing.ts';
import { updateComment } from '../feedback/comment-queries.ts';
import { keptSince } from '../retention.ts';

const batch = 200;

/** What a moderator has not decided in seven days waits on with its masked text only; a decision begun on the original is stale.
 *  Gives how many. Index `comment_original`. */
export async function eraseOriginals(context: Context): Promise<number> {
  const db = context.database.db;
  const rows = await db
    .selectFrom('comment')
    .select(['id', 'version', 'original'])
    .where('original', 'is not', null)
    .where('at', '<=', keptSince('originals', context.config, secondsNow(context)))
    .limit(batch)
    .execute();
  let erased = 0;
  for (const row of rows) {
    const typed = row.original ?? '';
    const text = withoutPrivate(typed);
    if (await updateComment(db, row.id, row.version, { text, original: null })) erased += 1;
  }
  return afterErasing(context.database, erased);
}
