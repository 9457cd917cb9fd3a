/** Client assertions (RFC 7523, `private_key_jwt`): a device key proves itself for one minute, once. */
import * as v from 'valibot';
import type { Jwk } from '../../../shared/api/field.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { jwsVerifies, openJws, thumbprint } from '../../../shared/proof/signature.ts';
import { type Context, secondsNow } from '../../context.ts';
import type { Db } from '../../database/port.ts';

/** Longest life of an assertion, and how far two clocks may be apart, in seconds. */
const lifeSeconds = 60;
const skewSeconds = 10;

const Claims = v.object({
  iss: v.string(),
  sub: v.string(),
  aud: v.string(),
  iat: v.pipe(v.number(), v.integer()),
  exp: v.pipe(v.number(), v.integer()),
  jti: v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/)),
});

/** Who an assertion says it is, nothing checked. Null when it is none. */
export function subjectOf(assertion: string): string | null {
  const subject = openJws(assertion)?.payload.sub;
  return typeof subject === 'string' ? subject : null;
}

/** Passes only for an assertion of `subject`, signed by the key, for this server, now, and never used before: its `jti` is kept. Throws
 *  ASSERTION_INVALID with a reason. */
export async function spendAssertion(
  db: Db,
  context: Context,
  assertion: string,
  subject: string,
  jwk: Jwk,
): Promise<void> {
  const jws = openJws(assertion);
  const claims = v.safeParse(Claims, jws?.payload);
  if (jws === null || !claims.success) throw invalid('SHAPE');
  // Other kinds of signed objects, `wd-*` above all, are never a sign-in.
  if (jws.typ !== 'client-authentication+jwt') throw invalid('TYP');
  if (jws.kid !== (await thumbprint(jwk)) || !(await jwsVerifies(jws, jwk))) throw invalid('SIGNATURE');
  const { iss, sub, aud, iat, exp, jti } = claims.output;
  if (iss !== subject || sub !== subject) throw invalid('SUBJECT');
  if (aud !== context.config.issuer) throw invalid('AUDIENCE');
  const now = secondsNow(context);
  if (exp <= now - skewSeconds || iat > now + skewSeconds || exp > iat + lifeSeconds) throw invalid('TIME', { now });
  const spent = await db
    .insertInto('assertion')
    .values({ subject, jti, expires_at: exp + skewSeconds })
    .onConflict((conflict) => conflict.doNothing())
    .returning('jti')
    .executeTakeFirst();
  if (spent === undefined) throw invalid('REPLAYED');
}

const invalid = (reason: string, facts: Readonly<Record<string, unknown>> = {}): Refusal =>
  new Refusal('ASSERTION_INVALID', { facts: { reason, ...facts } });
