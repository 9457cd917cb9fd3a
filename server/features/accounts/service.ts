/** Signing in: tokens for assertions, and the devices of a person. */

import * as v from 'valibot';
import type { getDevices, getMe, Session as SessionAnswer } from '../../../shared/api/accounts.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Jwk } from '../../../shared/api/field.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { b64u } from '../../../shared/base/bytes.ts';
import { grantFor } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import { countRate, requireRoom } from '../../http/rate.ts';
import { grantsOf, type Session, tokenHash } from '../../http/session.ts';
import { grantsNow } from '../../organisation/stand-ins.ts';
import { spendAssertion, subjectOf } from './assertion.ts';
import { accountsLock } from './invitation-rules.ts';
import { deviceById, devicesOf, updateDevice } from './queries.ts';

/** How long an access token lasts, in seconds. */
const tokenSeconds = 1800;

/** Pages of one browser may sign in at the same time: for so many seconds a token outlives the next one of its device. */
const besideSeconds = 60;

/** A signed assertion becomes an access token, of which the server keeps the hash only; older ones of the device end. Throws
 *  ASSERTION_INVALID, DEVICE_PENDING before an organiser has signed, DEVICE_REVOKED after the end, RATE_LIMITED. */
export async function signIn(context: Context, assertion: string): Promise<SessionAnswer> {
  const { db } = context.database;
  const subject = subjectOf(assertion);
  const device = subject === null ? undefined : await deviceById(db, subject);
  if (device === undefined) throw new Refusal('ASSERTION_INVALID', { facts: { reason: 'SUBJECT' } });
  requireRoom(context, 'token', device.id);
  await spendAssertion(db, context, assertion, device.id, v.parse(v.pipe(v.string(), v.parseJson(), Jwk), device.jwk));
  // After the signature, so that only the device itself can use up its rate.
  await countRate(db, context, 'token', device.id);
  if (device.state === 'claimed') throw new Refusal('DEVICE_PENDING');
  if (device.state !== 'active') throw new Refusal('DEVICE_REVOKED');
  const token = b64u(context.random(24));
  const now = secondsNow(context);
  const expiresAt = now + tokenSeconds;
  const hash = await tokenHash(token);
  return context.database.transaction(async (trx) => {
    // Index `access_token_device`.
    await trx
      .deleteFrom('access_token')
      .where('device', '=', device.id)
      .where('expires_at', '<', expiresAt - besideSeconds)
      .execute();
    await trx.insertInto('access_token').values({ hash, device: device.id, expires_at: expiresAt }).execute();
    await updateDevice(trx, device.id, { last_seen: now });
    const { name } = await trx
      .selectFrom('person')
      .select('name')
      .where('id', '=', device.person)
      .executeTakeFirstOrThrow();
    return {
      token,
      expiresAt,
      device: device.id,
      person: { id: device.person, name },
      grants: await grantsNow(trx, device.person, grantsOf(device.grants), now),
    };
  });
}

/** Who asks. */
export const whoIs = ({ device, person, grants }: Session): Answer<typeof getMe> => ({
  device,
  person: { ...person },
  grants: grants.map((grant) => ({ ...grant })),
});

/** The devices of the person who asks. */
export async function listDevices(context: Context, { person }: Session): Promise<Answer<typeof getDevices>> {
  const rows = await devicesOf(context.database.db, person.id);
  return {
    rows: rows.map((row) => ({
      id: row.id,
      kid: row.kid,
      person: row.person,
      name: person.name,
      state: stateOf(row.state),
      addedAt: row.added_at,
      lastSeen: row.last_seen,
    })),
  };
}

/** Ends a device at once: its own person's, or anybody's for an organiser. Ended twice it is ended once. Keys in the log are ended by a
 *  signed record, not here. */
export async function endDevice(context: Context, session: Session, id: string): Promise<undefined> {
  await context.database.transaction(async (trx) => {
    // An activation under way would make it active again.
    await lockFor(trx, accountsLock);
    const device = await deviceById(trx, id);
    const manages = grantFor(session.grants, 'invitations.manage');
    if (device === undefined || (device.person !== session.person.id && manages === null))
      throw new Refusal('NOT_FOUND');
    if (device.state === 'revoked') return;
    await updateDevice(trx, id, { state: 'revoked' });
    await writeAudit(trx, {
      at: secondsNow(context),
      actor: manages?.actor ?? session.grants[0]?.actor ?? session.person.id,
      action: 'device.end',
      subject: id,
      facts: { own: device.person === session.person.id },
    });
  });
}

function stateOf(text: string): 'claimed' | 'active' | 'revoked' {
  if (text === 'claimed' || text === 'active' || text === 'revoked') return text;
  throw new TypeError(`not a state of a device: ${text}`);
}
