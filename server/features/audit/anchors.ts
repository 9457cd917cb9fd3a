/** Once a day the end of the audit trail is written down and published, with the head of the log that stands then. */
import { civilOf, dayOf, formatDay, zoneOffset } from '../../../shared/time/civil.ts';
import { type Context, secondsNow } from '../../context.ts';
import { lockAudit, newestLink } from '../../database/audit.ts';
import { newestHead } from '../../log/prove.ts';
import { newestAnchor } from './queries.ts';

/** Anchors the trail unless today it was, or nothing was ever written. Gives whether it did; of several processes one does. */
export async function anchorAudit(context: Context): Promise<boolean> {
  const day = formatDay(dayOf(civilOf(secondsNow(context), zoneOffset(context.config.zone) ?? (() => 0))));
  if (isAnchored(await newestAnchor(context.database.db), day)) return false;
  return context.database.transaction(async (trx) => {
    await lockAudit(trx);
    const last = await newestLink(trx);
    if (last === undefined || isAnchored(await newestAnchor(trx), day)) return false;
    const head = await newestHead(trx);
    await trx
      .insertInto('audit_anchor')
      .values({ day, rows: last.n + 1, hash: last.hash, size: head?.size ?? 0, root: head?.root ?? '' })
      .execute();
    return true;
  });
}

/** A clock that was set back makes no anchor for a day that is gone. */
const isAnchored = (newest: { readonly day: string } | null, day: string): boolean =>
  newest !== null && newest.day >= day;
