/** One declaration of a route becomes the server's parser, the client's request and the OpenAPI entry. */
import type * as v from 'valibot';
import type { Action } from '../organisation/role.ts';
import type { RefusalCode } from './refusal.ts';

type Schema = v.GenericSchema;

/** Who may call: anybody, the holder of a receipt, any signed-in device, or a role that may do an action. */
export type Access = 'public' | 'receipt' | 'device' | Action;

type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Endpoint<
  Path extends string = string,
  Query extends Schema | undefined = Schema | undefined,
  Body extends Schema | undefined = Schema | undefined,
  Answer extends Schema | undefined = Schema | undefined,
  Method extends HttpMethod = HttpMethod,
> {
  readonly method: Method;
  /** Full path with `{name}` for parameters. */
  readonly path: Path;
  readonly group: string;
  readonly summary: string;
  readonly access: Access;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
  /** Status of success. */
  readonly status: 200 | 201 | 204;
  /** Status where it had been done before and is only told again; null where that is no status of its own. */
  readonly statusAgain: 200 | null;
  /** Largest body in bytes. */
  readonly maxBytes: number;
  /** Whether an `Idempotency-Key` header (128 random bits as 22 to 64 characters) is required. */
  readonly idempotent: boolean;
  /** Whether a solved challenge may come along (`Sundial-Proof`, shared/api/challenges.ts). */
  readonly proof: boolean;
  readonly caching: Caching;
  readonly refusals: readonly RefusalCode[];
}

/** How long an answer may be shown again. `none`: never. `ask`: only after asking whether it is still right (ETag). `moments`: a cache between
 *  may show it for some seconds, browsers ask. `minute`: like prose and pictures of the public tree. */
export type Caching = 'none' | 'ask' | 'moments' | 'minute';

interface Declaration<Path, Query, Body, Answer, Method> {
  readonly method: Method;
  readonly path: Path;
  readonly group: string;
  readonly summary: string;
  readonly access: Access;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer?: Answer;
  readonly status?: Endpoint['status'];
  readonly statusAgain?: Endpoint['statusAgain'];
  readonly maxBytes?: number;
  readonly idempotent?: boolean;
  readonly proof?: boolean;
  readonly caching?: Caching;
  readonly refusals?: readonly RefusalCode[];
}

/** Declares a route. Defaults: 200 (204 without answer), body of at most 64 KiB, no idempotency key, no proof; a GET may be kept and is asked
 *  for again (`ask`), what a receipt opens and what changes something is never kept. */
export function endpoint<
  const Path extends string,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  Answer extends Schema | undefined = undefined,
  const Method extends HttpMethod = HttpMethod,
>(declared: Declaration<Path, Query, Body, Answer, Method>): Endpoint<Path, Query, Body, Answer, Method> {
  return {
    method: declared.method,
    path: declared.path,
    group: declared.group,
    summary: declared.summary,
    access: declared.access,
    query: declared.query as Query,
    body: declared.body as Body,
    answer: declared.answer as Answer,
    status: declared.status ?? (declared.answer === undefined ? 204 : 200),
    statusAgain: declared.statusAgain ?? null,
    maxBytes: declared.maxBytes ?? 65_536,
    idempotent: declared.idempotent ?? false,
    proof: declared.proof ?? false,
    caching: declared.caching ?? (declared.method === 'GET' && declared.access !== 'receipt' ? 'ask' : 'none'),
    refusals: declared.refusals ?? [],
  };
}

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** The parameters of a path: `/a/{b}` gives `{b: string}`. */
export type Params<E extends Endpoint> = { readonly [K in Names<E['path']>]: string };
export type Output<S> = S extends Schema ? v.InferOutput<S> : undefined;
export type Input<S> = S extends Schema ? v.InferInput<S> : undefined;
export type Answer<E extends Endpoint> = Output<E['answer']>;

/** A path below `/api/v1/` with anything for its parameters: of `/api/v1/a/{b}` every `a/…`. */
export type PathBelow<E extends Endpoint> = Below<E['path']>;
type Below<Path extends string> = Path extends `/api/v1/${infer Rest}` ? Filled<Rest> : never;
type Filled<Path extends string> = Path extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${Filled<After>}`
  : Path;

/** What a request of an endpoint is, as fetch takes it. No schema is at work, so that the widget carries none: what goes in is judged when
 *  it is compiled, what comes out by whoever asked. */
export function initOf<E extends Endpoint>(
  method: E['method'],
  headers: Readonly<Record<string, string>>,
  body: Input<E['body']>,
): RequestInit {
  return {
    method,
    cache: 'no-store',
    credentials: 'omit',
    headers: body ? { ...headers, 'Content-Type': 'application/json' } : headers,
    body: body ? JSON.stringify(body) : null,
  };
}

/** The path of a request with its parameters and query filled in; empty and undefined query members are left out. */
export function pathOf<E extends Endpoint>(
  declared: E,
  params: Params<E>,
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const values: Readonly<Record<string, string>> = params;
  const path = declared.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const tail = search.toString();
  return tail === '' ? path : `${path}?${tail}`;
}
