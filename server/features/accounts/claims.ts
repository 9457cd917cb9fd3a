/** Log keys that a device claims: what a claim must prove, and how it is kept until an organiser signs. */
import * as v from 'valibot';
import { LogKeyClaim } from '../../../shared/api/accounts.ts';
import { type Grant, isLogRole } from '../../../shared/organisation/role.ts';
import { isPop } from '../../../shared/proof/records.ts';
import { jwsVerifies, openJws, thumbprint } from '../../../shared/proof/signature.ts';
import type { Context } from '../../context.ts';
import type { Db } from '../../database/port.ts';
import { orRefuse, refused } from '../../records/problem.ts';
import { deviceByKid, type InvitationRow } from './queries.ts';

/** The claims that wait with an invitation or an offer. */
export const claimsOf = (row: InvitationRow): LogKeyClaim[] =>
  v.parse(v.pipe(v.string(), v.parseJson(), v.array(LogKeyClaim)), row.log_keys);

/** Each log key is for a log role of the invitation, once, proved to be held, new, and no device key. A leader's may be left out: a device
 *  that only writes has none. */
export async function requireLogKeys(
  trx: Db,
  context: Context,
  grants: readonly Grant[],
  claims: readonly LogKeyClaim[],
  deviceKid: string,
): Promise<void> {
  const asked = grants.filter(({ role }) => isLogRole(role));
  const seen = new Set([deviceKid]);
  for (const [n, { role, actor, jwk, pop }] of claims.entries()) {
    const field = `logKeys.${n}`;
    const fits = asked.some((grant) => grant.role === role && grant.actor === actor);
    if (!fits || claims.findIndex((other) => other.role === role && other.actor === actor) !== n)
      orRefuse(refused('ROLE_NOT_ASKED', field));
    const kid = await thumbprint(jwk);
    const jws = openJws(pop);
    const held =
      jws?.typ === 'wd-pop+jwt' &&
      jws.kid === kid &&
      isPop(jws.payload) &&
      jws.payload.aud === context.config.origin &&
      jws.payload.iss === actor &&
      (await jwsVerifies(jws, jwk));
    if (!held) orRefuse(refused('POSSESSION', field));
    const known = await trx.selectFrom('log_key').select('kid').where('kid', '=', kid).executeTakeFirst();
    if (seen.has(kid) || known !== undefined || (await deviceByKid(trx, kid)) !== undefined)
      orRefuse(refused('KEY_KNOWN', field));
    seen.add(kid);
  }
  const missing = asked.find(
    ({ role, actor }) => role !== 'leader' && !claims.some((claim) => claim.role === role && claim.actor === actor),
  );
  if (missing !== undefined) orRefuse(refused('KEY_MISSING', 'logKeys'));
}
