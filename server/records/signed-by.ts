/** Whose signing key it was. The log names no person, but says where another person began to lead (verification.md 3, `why`); which keys are
 *  whose is known of those whose device enrolled here, and of no other once the server was restored from before. */
import * as v from 'valibot';
import { LogKeyClaim } from '../../shared/api/accounts.ts';
import { isKeyAdd } from '../../shared/proof/records.ts';
import { openJws, thumbprint } from '../../shared/proof/signature.ts';
import type { Db } from '../database/port.ts';

/** Whether a leader's key is of a term of office in which this person had one: their own, whichever device signed. */
export async function isSignedBy(db: Db, kid: string, unit: string, person: string): Promise<boolean> {
  const terms = await termsOf(db, unit);
  const own = await keysOfPerson(db, unit, person);
  return terms.some((term) => term.has(kid) && own.some((each) => term.has(each)));
}

/** The unit's keys by term of office, in the order of the log. Index `log_key_actor`. */
async function termsOf(db: Db, unit: string): Promise<readonly ReadonlySet<string>[]> {
  const rows = await db
    .selectFrom('log_key')
    .innerJoin('log_leaf', 'log_leaf.idx', 'log_key.added_index')
    .select(['log_key.kid', 'log_leaf.jws'])
    .where('log_key.sub', '=', unit)
    .where('log_key.role', '=', 'leader')
    .orderBy('log_key.added_index')
    .execute();
  const terms: Set<string>[] = [];
  for (const { kid, jws } of rows) {
    const payload = openJws(jws)?.payload;
    const isOther = isKeyAdd(payload) && payload.why === 'leader';
    const last = terms.at(-1);
    if (last === undefined || isOther) terms.push(new Set([kid]));
    else last.add(kid);
  }
  return terms;
}

/** Keys with which the devices of a person enrolled to lead a unit, ended ones too. Index `device_person`. */
async function keysOfPerson(db: Db, unit: string, person: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('device')
    .innerJoin('invitation', 'invitation.id', 'device.invitation')
    .select('invitation.log_keys')
    .where('device.person', '=', person)
    .execute();
  const claims = rows.flatMap(({ log_keys }) => v.parse(Claims, log_keys));
  return Promise.all(
    claims.filter(({ role, actor }) => role === 'leader' && actor === unit).map(({ jwk }) => thumbprint(jwk)),
  );
}

const Claims = v.pipe(v.string(), v.parseJson(), v.array(LogKeyClaim));
