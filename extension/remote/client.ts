/** The server with a session: every request goes through `call`. */
import * as v from 'valibot';
import { getTime, postToken, type Session } from '../../shared/api/accounts.ts';
import { type Answer, type Endpoint, type Input, initOf, type Params, pathOf } from '../../shared/api/endpoint.ts';
import { Problem, Refusal } from '../../shared/api/refusal.ts';
import { type Bytes, b64u } from '../../shared/base/bytes.ts';
import { makeJws } from '../../shared/proof/signature.ts';
import { type Context, here } from '../device/context.ts';
import { deviceSigner, type Signer } from '../device/key.ts';
import { changeProfile, changeProgress, profileOf, progressOf } from '../store/database.ts';
import { keepsTextsOfAnother } from '../store/writer.ts';
import { type Known, NotUnderstood, readAnswer, readKnown } from './answer.ts';
import { type KeptAnswers, keptAnswers } from './kept-answers.ts';

/** The server gave no answer: no network, no such host, or a time-out. Nothing is known of what it did. */
export class Unreachable extends Error {
  readonly timedOut: boolean;

  constructor(cause: unknown, timedOut = false) {
    super('UNREACHABLE', { cause });
    this.name = 'Unreachable';
    this.timedOut = timedOut;
  }
}

/** Whether a request came to nothing by what the server said or did not say, and not by a mistake of ours: what waits for a later run then. */
export const isNoAnswer = (error: unknown): boolean =>
  error instanceof Refusal || error instanceof Unreachable || error instanceof NotUnderstood;

/** What a request may carry. `raw` is for the one endpoint that takes bytes; `key` makes an idempotent POST repeatable. */
export interface Request<E extends Endpoint> {
  readonly params?: Params<E>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Input<E['body']>;
  readonly raw?: { readonly bytes: Bytes; readonly type: string };
  readonly key?: string;
}

/** Longest wait for an answer. */
export const timeoutMs = 25_000;

/** Asks the server of this profile. Gives the parsed answer, throws `Refusal` for what the server refuses, `Unreachable` where it cannot be reached
 *  and `NotUnderstood` where it says what this version does not know. A signed-in endpoint fetches its access token by itself, once more when the
 *  token had ended. */
export async function call<E extends Endpoint>(
  declared: E,
  request: Request<E> = {},
  context: Context = here,
): Promise<Answer<E>> {
  return readAnswer(declared, await ask(declared, request, context));
}

/** As `call`, without the rows that only a later version knows (`readKnown`). */
export async function callKnown<E extends Endpoint>(
  declared: E,
  request: Request<E> = {},
  context: Context = here,
): Promise<Known<Answer<E>>> {
  return readKnown(declared, await ask(declared, request, context));
}

async function ask<E extends Endpoint>(declared: E, request: Request<E>, context: Context): Promise<unknown> {
  const address = await serverAddress(context);
  if (declared.access === 'public' || declared.access === 'receipt')
    return send(declared, request, address, null, context);
  try {
    return await send(declared, request, address, await accessToken(context), context);
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== 'TOKEN_EXPIRED' && error.code !== 'TOKEN_MISSING')) throw error;
    await context.token.write(null);
    return send(declared, request, address, await accessToken(context), context);
  }
}

/** Every row of a list that comes in pages, asked for one after the other; the rest of the answer is that of the first page. */
export async function callAll<E extends PagedEndpoint>(declared: E, context: Context = here): Promise<Answer<E>> {
  const first = await call(declared, {}, context);
  const rows: unknown[] = [...first.rows];
  let { next } = first;
  while (next !== null) {
    const page = await call(declared, { query: { after: next } }, context);
    rows.push(...page.rows);
    next = page.next;
  }
  // The rows are those of this endpoint's own answers.
  return { ...first, rows } as Answer<E>;
}

/** An endpoint whose answer is a cursor page. */
type PagedEndpoint = Endpoint<
  string,
  v.GenericSchema | undefined,
  undefined,
  v.GenericSchema<unknown, { rows: unknown[]; next: string | null }>
>;

/** Asks a server by its address without a session: for an invitation, before this profile has a server. */
export async function callPublic<E extends Endpoint>(
  address: string,
  declared: E,
  request: Request<E> = {},
  context: Context = here,
): Promise<Answer<E>> {
  return readAnswer(declared, await send(declared, request, address, null, context));
}

/** A file of the public tree; `path` begins after `/public/`. Null where there is none. `address`: of another server than this profile's. */
export async function publicBytes(
  path: string,
  context: Context = here,
  cache: RequestCache = 'no-cache',
  address?: string,
): Promise<Bytes | null> {
  const response = await reach(`${address ?? (await serverAddress(context))}/public/${path}`, { cache }, context);
  if (response.status === 404) return null;
  if (!response.ok) throw await refusalOf(response);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw unreachable(error);
  }
}

/** Signs in and keeps token, person and roles; called by `call` when needed and by the enrolment page to see whether the device is
 *  active now. Throws `DEVICE_PENDING` while an organiser has not signed. */
export async function signIn(context: Context = here): Promise<Session> {
  const signer = await deviceSigner(context);
  if (signer === null) throw new Refusal('TOKEN_MISSING', { facts: { enrolled: false } });
  const known = (await progressOf(context.database)).offsetMs;
  const offsetMs = known ?? (await learnOffset(context));
  try {
    return await exchange(signer, offsetMs, context);
  } catch (error) {
    // The clock of the machine may have been set since the offset was learnt.
    if (!(error instanceof Refusal) || error.code !== 'ASSERTION_INVALID' || known === null) throw error;
    return exchange(signer, await learnOffset(context), context);
  }
}

/** Server time minus device time in milliseconds, by GET /api/v1/time; kept. Halves the round trip. */
export async function learnOffset(context: Context = here): Promise<number> {
  const address = await serverAddress(context);
  const before = context.now();
  const { now } = await callPublic(address, getTime, {}, context);
  const offsetMs = Math.round(now - (before + context.now()) / 2);
  await changeProgress(context.database, { offsetMs });
  return offsetMs;
}

/** A client assertion (RFC 7523) by a device key: `subject` is the device id, before enrolment the kid. Times are the server's. */
export function assertionOf(
  signer: Signer,
  audience: string,
  offsetMs: number,
  context: Context = here,
): Promise<string> {
  const iat = Math.floor((context.now() + offsetMs) / 1000);
  const claims = {
    aud: audience,
    exp: iat + 60,
    iat,
    iss: signer.actor,
    jti: b64u(context.random(16)),
    sub: signer.actor,
  };
  return makeJws('client-authentication+jwt', claims, signer);
}

async function exchange(signer: Signer, offsetMs: number, context: Context): Promise<Session> {
  const address = await serverAddress(context);
  const assertion = await assertionOf(signer, address, offsetMs, context);
  const body = await send(postToken, { body: { assertion } }, address, null, context);
  const { answer: session, left } = readKnown(postToken, body);
  if (await keepsTextsOfAnother(context.database, session.person.name))
    throw new Refusal('NOT_ALLOWED', { facts: { reason: 'OTHER_WRITER' } });
  await context.token.write({ token: session.token, expiresAt: session.expiresAt });
  await changeProfile(context.database, {
    device: { id: session.device, kid: signer.kid, state: 'active' },
    person: session.person,
    writer: session.person,
    grants: session.grants,
    unknownRoles: left,
  });
  return session;
}

async function accessToken(context: Context): Promise<string> {
  const kept = await context.token.read();
  const offsetMs = (await progressOf(context.database)).offsetMs ?? 0;
  if (kept !== null && kept.expiresAt * 1000 > context.now() + offsetMs + 30_000) return kept.token;
  return (await signIn(context)).token;
}

async function serverAddress(context: Context): Promise<string> {
  const { server } = await profileOf(context.database);
  if (server === null) throw new Refusal('TOKEN_MISSING', { facts: { enrolled: false } });
  return server.address;
}

/** The body of the answer as it came. */
async function send<E extends Endpoint>(
  declared: E,
  request: Request<E>,
  address: string,
  token: string | null,
  context: Context,
): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== null) headers.authorization = `Bearer ${token}`;
  if (request.key !== undefined) headers['idempotency-key'] = request.key;
  const init = initOf<Endpoint>(declared.method, headers, request.body);
  if (request.raw !== undefined) {
    init.headers = { ...headers, 'content-type': request.raw.type };
    init.body = request.raw.bytes;
  }
  // A path without names takes no parameters; TypeScript cannot see that of an open E.
  const path = pathOf(declared, request.params ?? ({} as Params<E>), request.query ?? {});
  const whole = `${address}${path}`;
  const isRead = declared.method === 'GET' && token !== null;
  const kept = isRead ? keptBy(context).find(token, whole) : null;
  if (kept !== null) init.headers = { ...headers, 'if-none-match': kept.etag };
  const response = await reach(whole, init, context);
  const isSame = response.status === 304 && kept !== null;
  if (!response.ok && !isSame) throw await refusalOf(response);
  if (declared.answer === undefined) return undefined;
  const body = isSame ? kept.body : await bodyOf(response);
  const etag = response.headers.get('etag');
  if (isRead && etag !== null) keptBy(context).keep(token, whole, { etag, body });
  return body;
}

const keptOf = new WeakMap<Context, KeptAnswers>();

/** What a page shows and asks for again and again; more is old. */
const mostKept = 32;

function keptBy(context: Context): KeptAnswers {
  const kept = keptOf.get(context) ?? keptAnswers(mostKept);
  keptOf.set(context, kept);
  return kept;
}

/** Fetches with a limit of time and says `Unreachable` where no answer came. */
async function reach(address: string, init: RequestInit, context: Context): Promise<Response> {
  try {
    return await context.fetch(address, { ...init, credentials: 'omit', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw unreachable(error);
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw unreachable(error);
  }
}

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw unreachable(error);
  }
}

function unreachable(error: unknown): Unreachable {
  const timedOut = error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError');
  return new Unreachable(error, timedOut);
}

/** The refusal in an answer. What is no problem document (a proxy's page) counts as `UNAVAILABLE`, too large ones as what they say; one with a code
 *  that this version does not know is not understood. */
async function refusalOf(response: Response): Promise<Refusal | NotUnderstood> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const later = Number.isFinite(retryAfter) ? { retryAfter } : {};
  const text = await textOf(response);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Problem), text);
  if (!parsed.success) {
    if (v.is(v.pipe(v.string(), v.parseJson(), LaterProblem), text))
      return new NotUnderstood(new v.ValiError(parsed.issues));
    const code = response.status === 413 ? 'BATCH_TOO_BIG' : response.status === 429 ? 'RATE_LIMITED' : 'UNAVAILABLE';
    return new Refusal(code, { facts: { status: response.status, ...later } });
  }
  const { code, field, facts } = parsed.output;
  return new Refusal(code, { facts: { ...later, ...facts }, ...(field === undefined ? {} : { field }) });
}

/** With any code of the form that ours have. */
const LaterProblem = v.object({ ...Problem.entries, code: v.pipe(v.string(), v.regex(/^[A-Z][A-Z_]*$/)) });
