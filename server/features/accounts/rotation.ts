/** New log keys of a device that is active already (verification.md 12, rotation). */
import type { postRotation } from '../../../shared/api/accounts.ts';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import type { Session } from '../../http/session.ts';
import { newId } from '../../ids.ts';
import { giveActors } from '../../organisation/actors.ts';
import { claimsOf, requireLogKeys } from './claims.ts';
import { newCode, secretHash } from './code.ts';
import { accountsLock, invitationSeconds } from './invitation-rules.ts';
import {
  deleteInvitation,
  deviceById,
  type InvitationRow,
  insertInvitation,
  invitationById,
  offersOf,
  updateInvitation,
} from './queries.ts';

/** An active device offers new log keys. Throws RECORD_REFUSED like a claim. */
export async function offerKeys(
  context: Context,
  session: Session,
  { logKeys }: Output<(typeof postRotation)['body']>,
): Promise<Answer<typeof postRotation>> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, accountsLock);
    const device = await deviceById(trx, session.device);
    if (device === undefined) throw new Refusal('NOT_FOUND');
    const asked = session.grants.filter(({ role, actor }) =>
      logKeys.some((claim) => claim.role === role && claim.actor === actor),
    );
    await requireLogKeys(trx, context, asked, logKeys, device.kid);
    for (const { id } of await offersOf(trx, device.id, device.invitation)) await deleteInvitation(trx, id);
    const now = secondsNow(context);
    const id = newId(context);
    const expiresAt = now + invitationSeconds;
    // Nobody gets this code: the device is there already.
    const { locator, secret } = newCode(context);
    await insertInvitation(trx, {
      id,
      locator,
      code_hash: await secretHash(secret),
      person: device.person,
      name: session.person.name,
      grants: JSON.stringify(asked),
      state: 'claimed',
      first: 0,
      wrong: 0,
      created_at: now,
      expires_at: expiresAt,
      device: device.id,
      log_keys: JSON.stringify(logKeys),
    });
    await writeAudit(trx, {
      at: now,
      actor: asked[0]?.actor ?? session.person.id,
      action: 'keys.offer',
      subject: device.id,
      facts: { roles: asked.map(({ role }) => role) },
    });
    return { id, expiresAt };
  });
}

/** The offered keys stand in the log now: the device's own invitation names them, and the offer is gone. */
export async function acceptOffer(
  trx: Db,
  context: Context,
  actor: string,
  offer: InvitationRow,
  invitation: string,
  kids: readonly string[],
): Promise<undefined> {
  const own = await invitationById(trx, invitation);
  const offered = claimsOf(offer);
  const kept = (own === undefined ? [] : claimsOf(own)).filter(
    (claim) => !offered.some(({ role, actor: of }) => role === claim.role && of === claim.actor),
  );
  await updateInvitation(trx, invitation, { log_keys: JSON.stringify([...kept, ...offered]) });
  await deleteInvitation(trx, offer.id);
  await giveActors(trx, offered, offer.person);
  await writeAudit(trx, {
    at: secondsNow(context),
    actor,
    action: 'keys.rotate',
    subject: offer.device ?? '',
    facts: { kids },
  });
}
