/** Readers report a comment; moderators remove it or let it stand. */
import type { Output } from '../../../shared/api/endpoint.ts';
import type { postFlag } from '../../../shared/api/flags.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { b64u } from '../../../shared/base/bytes.ts';
import { sha256Text } from '../../../shared/base/digest.ts';
import { moderationDue } from '../../../shared/feedback/deadline.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { commentById } from '../../feedback/comment-queries.ts';
import { insertFlag, settleFlags } from '../../feedback/flag-queries.ts';
import { requireOrigin } from '../../feedback/origin.ts';
import { type Brought, countProven, spendProof } from '../../feedback/proof-of-work.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';

/** Takes a report of a published comment in; one a reader and comment counts. Throws ORIGIN_REFUSED, NOT_FOUND, RATE_LIMITED. */
export async function flag(
  context: Context,
  origin: string | undefined,
  brought: Brought,
  id: string,
  { reader, reason }: Output<(typeof postFlag)['body']>,
): Promise<undefined> {
  requireOrigin(context, origin);
  const now = secondsNow(context);
  const hidden = b64u(await sha256Text(`${reader} ${id}`));
  return context.database.grouped(async (trx) => {
    const row = await commentById(trx, id);
    if (row?.state !== 'published') throw new Refusal('NOT_FOUND');
    const isProven = await spendProof(trx, brought);
    await countProven(trx, context, brought, isProven, 'flags', null);
    await insertFlag(trx, {
      comment: id,
      reader: hidden,
      reason,
      unproven: isProven ? 0 : 1,
      at: now,
      decide_by: moderationDue(now, await reckoningOf(trx, context)),
      closed_at: null,
    });
    return undefined;
  });
}

/** The comment stays; its reports are settled. Throws NOT_FOUND where none is open. */
export async function dismiss(context: Context, grant: Grant, id: string): Promise<undefined> {
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const settled = await settleFlags(trx, id, now);
    if (settled === 0) throw new Refusal('NOT_FOUND');
    await writeAudit(trx, {
      at: now,
      actor: grant.actor,
      action: 'comment.flagsDismissed',
      subject: id,
      facts: { settled },
    });
    return undefined;
  });
}
