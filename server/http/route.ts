/** One declaration becomes one route: size, session, role, shape and rate are judged here, the answer gets its status and headers. */
import { hash } from 'node:crypto';
import type { Hono, Context as HonoContext } from 'hono';
import { routePath } from 'hono/route';
import type * as v from 'valibot';
import type { Answer, Endpoint, Output, Params } from '../../shared/api/endpoint.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import type { Bytes } from '../../shared/base/bytes.ts';
import { type Grant, grantFor } from '../../shared/organisation/role.ts';
import type { Context } from '../context.ts';
import { callerOf } from './address.ts';
import { type NodeBindings, peerOf, type Standing, standAs } from './bindings.ts';
import { jsonOf, parseBy, readBody, requireClean } from './body.ts';
import { cacheControlOf, etagOf, isKnown } from './caching.ts';
import { DoneBefore, keyOf, onceContext, throwIfDone } from './idempotency.ts';
import { limited } from './rate.ts';
import { type Receipt, receiptOf, type Session, sessionOf } from './session.ts';

/** What a handler is given. What the endpoint's access does not bring (`session` of a public one) throws when it is read. */
export interface Asked<E extends Endpoint> {
  readonly params: Params<E>;
  readonly query: Output<E['query']>;
  readonly body: Output<E['body']>;
  /** The body's bytes: of endpoints without a schema, an image for example. */
  readonly raw: Bytes;
  /** Of every access but `public` and `receipt`. */
  readonly session: Session;
  /** The first grant that allows the endpoint's action. */
  readonly grant: Grant;
  readonly receipt: Receipt;
  /** The context to act in. Of an endpoint with `idempotent` its first transaction must return the answer, which is kept in it. */
  readonly context: Context;
  /** Network address of the caller, null where unknown. */
  readonly address: string | null;
  readonly header: (name: string) => string | undefined;
  /** Sets a header of the answer. */
  readonly set: (name: string, value: string) => void;
  /** The answer may be given to whoever asks the same, as long as it is fresh: of what is public and depends on nothing but its address. */
  readonly stand: (isFresh: () => Promise<boolean>) => void;
  /** Gives the answer the status of what had been done before (`statusAgain`). */
  readonly again: () => void;
}

/** A request, whichever way it came to its route. */
export interface Arrived {
  readonly header: (name: string) => string | undefined;
  readonly address: () => string | null;
  readonly params: () => Record<string, string>;
  readonly query: () => Record<string, string>;
  /** Throws as `readBody`. */
  readonly body: (max: number) => Promise<Bytes>;
}

/** What is answered. */
export interface Outcome {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** Where the answer may be given again. */
  readonly standing: Standing | null;
}

/** What is known of a request before its body is read. */
export type Caller = Pick<Asked<Endpoint>, 'address' | 'header'>;

type Gate = (caller: Caller) => number | null;

export interface RouteOptions {
  /** Seconds that a request has to wait which need not be read, null where it need not wait. */
  readonly gate?: Gate;
  /** Reads bodies up to here and leaves it to the handler to refuse what is over the endpoint's own limit. */
  readonly readUpTo?: number;
  /** Leaves texts inside the body for the handler to judge. */
  readonly textJudgedLater?: boolean;
}

type Handle<E extends Endpoint> = (asked: Asked<E>) => Promise<Answer<E>> | Answer<E>;

/** Adds the route of a declaration to the app. */
export function route<E extends Endpoint>(
  app: Hono,
  context: Context,
  declared: E,
  handle: Handle<E>,
  options: RouteOptions = {},
): void {
  const outcomeOf = (arrived: Arrived): Promise<Outcome> => respond(arrived, context, declared, handle, options);
  const answer = async (hono: HonoContext): Promise<Response> => {
    const arrived = arrivedIn(hono, context, declared);
    requireGate(hono, arrived, options.gate);
    const { status, headers, body, standing } = await outcomeOf(arrived);
    if (standing !== null) standAs(hono, standing);
    return new Response(body, { status, headers });
  };
  app.on(
    declared.method,
    [declared.path.replace(/\{(\w+)\}/g, ':$1')],
    Object.assign(answer, { declared, outcomeOf, gate: options.gate }),
  );
}

/** The declarations of every route of an app, in the order in which they were added. */
export function declarationsOf(app: Hono): Endpoint[] {
  return app.routes.flatMap(({ handler }) => ('declared' in handler ? [declarationOf(handler.declared)] : []));
}

/** The gates of an app's posts: paths that they stand before, and the pattern of their route. */
export const gatesOf = (app: Hono) =>
  app.routes.flatMap(({ method, path, handler }) => {
    const gate = 'gate' in handler ? (handler.gate as Gate | undefined) : undefined;
    if (gate === undefined || method !== 'POST') return [];
    return [{ route: path, path: new RegExp(`^${path.replace(/:\w+/g, '[^/?]+')}$`), gate }];
  });

/** What anybody may read at a path that is the same for everybody, by that path. */
export const openReadsOf = (app: Hono): ReadonlyMap<string, (arrived: Arrived) => Promise<Outcome>> =>
  new Map(
    app.routes.flatMap(({ path, handler }) => {
      if (!('declared' in handler && 'outcomeOf' in handler)) return [];
      const { method, access } = declarationOf(handler.declared);
      const isOpenRead = method === 'GET' && access === 'public' && !path.includes(':');
      return isOpenRead ? [[path, handler.outcomeOf as (arrived: Arrived) => Promise<Outcome>] as const] : [];
    }),
  );

// What `route` put there: the type is lost on the way through the router.
const declarationOf = (declared: unknown): Endpoint => declared as Endpoint;

function arrivedIn(hono: HonoContext, { config }: Context, declared: Endpoint): Arrived {
  const header = (name: string): string | undefined => hono.req.header(name);
  return {
    header,
    address: () => callerOf(peerOf(hono), header('x-forwarded-for'), config.isTrustedHop),
    params: () => hono.req.param(),
    query: () => hono.req.query(),
    body: (max) => readBody(hono.req.raw, declared, max),
  };
}

function requireGate(hono: HonoContext, { header, address }: Arrived, gate: Gate | undefined): void {
  const wait = gate?.({ header, address: address() }) ?? null;
  if (wait === null) return;
  const bindings: NodeBindings = hono.env ?? {};
  bindings.gated = routePath(hono);
  throw limited(wait);
}

async function respond<E extends Endpoint>(
  arrived: Arrived,
  context: Context,
  declared: E,
  handle: Handle<E>,
  options: RouteOptions,
): Promise<Outcome> {
  const { header } = arrived;
  const session =
    declared.access === 'public' || declared.access === 'receipt'
      ? null
      : await sessionOf(context, header('authorization'));
  const grant = session === null ? null : grantOf(declared, session);
  const receipt = declared.access === 'receipt' ? receiptOf(header('authorization'), arrived.address()) : null;
  const raw = declared.method === 'GET' ? new Uint8Array() : await arrived.body(options.readUpTo ?? declared.maxBytes);
  const json = declared.body === undefined ? undefined : jsonOf(raw, header('content-type'));
  const query = declared.query === undefined ? undefined : arrived.query();
  requireClean(query);
  if (options.textJudgedLater !== true) requireClean(json);
  const headers: Record<string, string> = { 'cache-control': cacheControlOf(declared) };
  let status: number = declared.status;
  let isFresh: (() => Promise<boolean>) | null = null;
  const asked: Asked<E> = Object.assign(new Admitted(arrived, session, grant, receipt), {
    params: paramsOf(arrived),
    query: parsedOr<Output<E['query']>>(declared.query, query, declared),
    body: parsedOr<Output<E['body']>>(declared.body, json, declared),
    raw,
    context,
    header,
    set: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    stand: (given: () => Promise<boolean>) => {
      isFresh = given;
    },
    again: () => {
      status = declared.statusAgain ?? status;
    },
  });
  const answer = declared.idempotent ? await once(asked, declared, handle) : await handle(asked);
  if (declared.answer === undefined) return { status, headers, body: null, standing: null };
  headers['content-type'] = 'application/json';
  // Of Chinese text faster than a TextEncoder.
  const body = Buffer.from(JSON.stringify(answer));
  if (declared.method !== 'GET' || declared.access === 'receipt') return { status, headers, body, standing: null };
  const etag = etagOf(body);
  headers.etag = etag;
  const standing = isFresh === null || !context.config.operation.keepsAnswers ? null : { body, isFresh };
  if (isKnown(header('if-none-match'), etag)) return { status: 304, headers, body: null, standing };
  return { status, headers, body, standing };
}

/** What the access of an endpoint brings. A class, for getters of a literal would be new functions with each request, and V8 keeps what is
 *  behind such ones until it collects everything. */
class Admitted {
  readonly admitted: {
    readonly arrived: Arrived;
    readonly session: Session | null;
    readonly grant: Grant | null;
    readonly receipt: Receipt | null;
  };

  constructor(arrived: Arrived, session: Session | null, grant: Grant | null, receipt: Receipt | null) {
    this.admitted = { arrived, session, grant, receipt };
  }

  get address(): string | null {
    return this.admitted.arrived.address();
  }

  get session(): Session {
    return present(this.admitted.session, 'session');
  }

  get grant(): Grant {
    return present(this.admitted.grant, 'grant');
  }

  get receipt(): Receipt {
    return present(this.admitted.receipt, 'receipt');
  }
}

function grantOf(declared: Endpoint, session: Session): Grant | null {
  const { access } = declared;
  if (access === 'public' || access === 'receipt' || access === 'device') return null;
  const grant = grantFor(session.grants, access);
  if (grant === null) throw new Refusal(declared.refusals.includes('NOT_AUTHOR') ? 'NOT_AUTHOR' : 'NOT_ALLOWED');
  return grant;
}

function paramsOf<E extends Endpoint>({ params }: Arrived): Params<E> {
  const given = params();
  for (const value of Object.values(given)) if (!/^[\x21-\x7e]{1,128}$/.test(value)) throw new Refusal('NOT_FOUND');
  // The router gives exactly the names of the path.
  return given as Params<E>;
}

/** `T` is the output of the schema, undefined where there is none; TypeScript cannot see that of an open declaration. */
function parsedOr<T>(schema: v.GenericSchema | undefined, value: unknown, declared: Endpoint): T {
  return (schema === undefined ? undefined : parseBy(schema, value, declared)) as T;
}

function present<T>(value: T | null, name: string): T {
  if (value === null) throw new TypeError(`this endpoint has no ${name}`);
  return value;
}

async function once<E extends Endpoint>(asked: Asked<E>, declared: E, handle: Handle<E>): Promise<Answer<E>> {
  const key = keyOf(`${declared.method} ${declared.path}`, asked.header('idempotency-key'));
  // At once: WebCrypto would hand it to another thread, and the post would miss the transaction that its neighbours share.
  const bodyHash = hash('sha256', asked.raw, 'base64url');
  const held = Object.create(asked, { context: { value: onceContext(asked.context, key, bodyHash) } });
  try {
    return await handle(held);
  } catch (error) {
    // What was done is done, whatever is refused now: there is no room any more, the challenge is used up.
    const done = () => throwIfDone(asked.context.database.db, asked.context, key, bodyHash);
    const found: unknown =
      error instanceof Refusal
        ? await done().then(
            () => error,
            (known) => known,
          )
        : error;
    if (found instanceof DoneBefore) return found.answer as Answer<E>;
    throw found;
  }
}
