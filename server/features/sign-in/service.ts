/** A reader signs in: window, provider, callback, code, token (closed-loop.md "Identity"). Only b64u(SHA-256) of what opens anything is kept;
 *  what the server must remember of a flow is derived from its `state` under a key outside the database. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import {
  type Identity,
  type postIdentityOpening,
  type postReaderSession,
  readerSessionSeconds,
} from '../../../shared/api/sign-in.ts';
import { b64u, utf8 } from '../../../shared/base/bytes.ts';
import { sha256Text } from '../../../shared/base/digest.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { addressKey, countBudget } from '../../feedback/budget.ts';
import { requireOrigin } from '../../feedback/origin.ts';
import type { Caller } from '../../http/route.ts';
import { tokenHash } from '../../http/session.ts';
import { identityKey } from '../../identity/key.ts';
import { readerToken, rowOfComment, rowOfSession } from '../../identity/reader.ts';
import { openIdentity, sealIdentity } from '../../identity/seal.ts';
import type { Checks, Provider } from './provider.ts';
import * as rows from './queries.ts';

/** How long a reader may take at the provider, and how long a code waits, in seconds. */
const atProviderSeconds = 600;
const codeSeconds = 180;
const mostTries = 5;

export interface Asked {
  readonly challenge: string;
  readonly origin: string;
  readonly lang: 'zh' | 'en';
}

/** A sign-in that is judged now. */
export interface Taken extends Asked {
  readonly stateHash: string;
}

/** What the callback page hands over, and to which origin. */
export interface HandOver {
  readonly origin: string;
  readonly lang: 'zh' | 'en';
  readonly code: string;
  /** Eight, for a page that the window can no longer reach. */
  readonly digits: string;
}

export const hashOf = async (text: string): Promise<string> => b64u(await sha256Text(text));
export const rowOfSignIn = (stateHash: string): string => `sign_in ${stateHash}`;
const callback = (context: Context): string => `${context.config.issuer}/sign-in/callback`;

/** Begins a sign-in; gives the provider's address. Throws ORIGIN_REFUSED, RATE_LIMITED, SIGN_IN_INVALID for a challenge used before, and
 *  what the library throws where the provider is away. */
export async function begin(context: Context, provider: Provider, asked: Asked, address: string | null): Promise<URL> {
  const state = await mayBegin(context, asked, address);
  const there = await provider.address(callback(context), await checksOf(context, state), asked.lang);
  await keep(context, state, asked);
  return there;
}

/** A new state, where the page may ask for a sign-in. Throws ORIGIN_REFUSED, RATE_LIMITED. */
export async function mayBegin(context: Context, { origin }: Asked, address: string | null): Promise<string> {
  requireOrigin(context, origin);
  await countBudget(context.database.db, context, 'signIns', addressKey(context, address));
  return b64u(context.random(32));
}

/** Keeps a sign-in that has begun. Throws SIGN_IN_INVALID for a challenge used before. */
export async function keep(context: Context, state: string, { challenge, origin, lang }: Asked): Promise<void> {
  const isNew = await rows.insertSignIn(context.database.db, {
    state_hash: await hashOf(state),
    challenge,
    origin,
    lang,
    stage: 'open',
    tries: 0,
    expires_at: secondsNow(context) + atProviderSeconds,
  });
  if (!isNew) throw new Refusal('SIGN_IN_INVALID');
}

/** The sign-in of a state, taken for its one callback; null where it is unknown, was used or is too old. */
export async function take(context: Context, state: string): Promise<Taken | null> {
  const row = await rows.takeState(context.database.db, await hashOf(state), secondsNow(context));
  return row === undefined ? null : takenOf(row);
}

export const takenOf = ({ state_hash: stateHash, challenge, origin, lang }: rows.SignInRow): Taken => ({
  stateHash,
  challenge,
  origin,
  lang,
});

/** Judges the address that the provider sent the window back to. Throws what the library throws. */
export async function comeBack(
  context: Context,
  provider: Provider,
  taken: Taken,
  search: URLSearchParams,
): Promise<HandOver> {
  const came = new URL(`${callback(context)}?${search}`);
  return handOver(context, taken, await provider.identity(came, await checksOf(context, search.get('state') ?? '')));
}

/** Makes the code for a reader who is known now. */
export async function handOver(context: Context, taken: Taken, identity: Identity): Promise<HandOver> {
  const { stateHash, challenge, origin, lang } = taken;
  const code = b64u(context.random(32));
  const digits = randomDigits(context, 8);
  await rows.makeReady(context.database.db, stateHash, {
    code_hash: await hashOf(code),
    // Of eight digits alone a hash hides nothing; the challenge is of 32 random bytes.
    digits_hash: await hashOf(`${challenge} ${digits}`),
    identity: sealIdentity(context, rowOfSignIn(stateHash), identity),
    expires_at: secondsNow(context) + codeSeconds,
  });
  return { origin, lang, code, digits };
}

/** Changes a code for a token. Whoever has the code but not the verifier does not even use up a try. */
export async function exchange(
  context: Context,
  { header, address }: Caller,
  { verifier, code }: Output<(typeof postReaderSession)['body']>,
): Promise<Answer<typeof postReaderSession>> {
  if (context.config.identity.mode === 'open') throw new Refusal('NOT_FOUND');
  const origin = header('origin');
  requireOrigin(context, origin);
  const { db } = context.database;
  await countBudget(db, context, 'readerSessions', addressKey(context, address));
  const now = secondsNow(context);
  const challenge = await hashOf(verifier);
  const row = await rows.readyOf(db, challenge, now);
  if (row === undefined || row.origin !== origin) throw new Refusal('SIGN_IN_INVALID');
  if (!(await rows.countTry(db, row.state_hash, mostTries))) throw new Refusal('SIGN_IN_INVALID');
  const isDigits = code.length === 8;
  const given = await hashOf(isDigits ? `${challenge} ${code}` : code);
  const wanted = isDigits ? row.digits_hash : row.code_hash;
  if (wanted === null || !timingSafeEqual(utf8(given), utf8(wanted))) throw new Refusal('SIGN_IN_INVALID');
  const token = b64u(context.random(32));
  const hash = await tokenHash(token);
  return context.database.transaction(async (trx) => {
    if (!(await rows.deleteSignIn(trx, row.state_hash))) throw new Refusal('SIGN_IN_INVALID');
    const identity = openIdentity(context, rowOfSignIn(row.state_hash), row.identity ?? '');
    if (identity === null) throw new Refusal('SIGN_IN_INVALID');
    await rows.insertSession(trx, {
      hash,
      identity: sealIdentity(context, rowOfSession(hash), identity),
      expires_at: now + readerSessionSeconds,
    });
    return { token, expiresIn: readerSessionSeconds };
  });
}

/** Ends the session of a header. */
export async function signOut(context: Context, authorization: string | undefined): Promise<undefined> {
  const token = readerToken(authorization);
  if (token !== null) await rows.deleteSession(context.database.db, await tokenHash(token));
  return undefined;
}

/** Opens who is behind a comment; the audit row is in the same transaction, so that nothing is shown that was not written down. Throws
 *  NOT_FOUND, GONE. */
export async function open(
  context: Context,
  grant: Grant,
  comment: string,
  basis: string,
): Promise<Answer<typeof postIdentityOpening>> {
  return context.database.transaction(async (trx) => {
    const row = await rows.behindComment(trx, comment);
    if (row === undefined) throw new Refusal('NOT_FOUND');
    const identity = row.identity === null ? null : openIdentity(context, rowOfComment(comment), row.identity);
    if (identity === null || row.at === null) throw new Refusal('GONE');
    await writeAudit(trx, {
      at: secondsNow(context),
      actor: grant.actor,
      action: 'identity.open',
      subject: comment,
      facts: { basis },
    });
    return { identity, at: Number(row.at) };
  });
}

/** What a state stands for: nothing of it lies in the database or in an address. */
async function checksOf(context: Context, state: string): Promise<Checks> {
  const { bytes } = identityKey(context, 'sign-in');
  const derived = (what: string): string => createHmac('sha256', bytes).update(`${what} ${state}`).digest('base64url');
  const pkceVerifier = derived('pkce');
  return { state, nonce: derived('nonce'), pkceVerifier, pkceChallenge: await hashOf(pkceVerifier) };
}

/** As many decimal digits, at most nine, each number of them equally often: 2^32 is cut at its largest multiple. */
export function randomDigits(context: Context, length: number): string {
  const all = 10 ** length;
  const end = Math.floor(2 ** 32 / all) * all;
  let drawn = end;
  while (drawn >= end) drawn = context.random(4).reduce((value, byte) => value * 256 + byte, 0);
  return String(drawn % all).padStart(length, '0');
}
