/** The world that a device lives on, and how it asks it: declared routes through an injected `send`. */
import * as v from 'valibot';
import { type Answer, type Endpoint, type Input, type Params, pathOf } from '../../shared/api/endpoint.ts';
import { Problem, Refusal } from '../../shared/api/refusal.ts';
import { type Bytes, b64u } from '../../shared/base/bytes.ts';
import { makeJws, type Signer } from '../../shared/proof/signature.ts';

/** The network and the clock that a device lives on. */
export interface World {
  readonly send: (request: Request) => Promise<Response>;
  /** Address of the server, without a slash at the end. */
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: (n: number) => Bytes;
}

/** What a request may carry. */
export interface Call<E extends Endpoint> {
  readonly params?: Params<E>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Input<E['body']>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request of a declared route; gives its answer, or throws the refusal. `authorization` is a whole header value. */
export async function send<E extends Endpoint>(
  world: World,
  endpoint: E,
  call: Call<E> = {},
  authorization?: string,
): Promise<Answer<E>> {
  const headers = new Headers(call.headers);
  if (authorization !== undefined) headers.set('authorization', authorization);
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  if (endpoint.idempotent && !headers.has('idempotency-key')) headers.set('idempotency-key', b64u(world.random(16)));
  const path = pathOf(endpoint, call.params ?? noParams(), call.query);
  const response = await world.send(
    new Request(`${world.issuer}${path}`, {
      method: endpoint.method,
      headers,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    }),
  );
  if (!response.ok) {
    const problem = v.parse(Problem, await response.json());
    throw new Refusal(problem.code, {
      facts: problem.facts ?? {},
      ...(problem.field === undefined ? {} : { field: problem.field }),
    });
  }
  if (endpoint.answer === undefined) return noAnswer<E>();
  return v.parse(endpoint.answer, await response.json()) as Answer<E>;
}

const noParams = <E extends Endpoint>(): Params<E> => ({}) as Params<E>;
const noAnswer = <E extends Endpoint>(): Answer<E> => undefined as Answer<E>;

/** A client assertion of RFC 7523 by a device key; `subject` is the device's id, or its kid before it has one. */
export async function assertion(world: World, audience: string, subject: string, key: Signer): Promise<string> {
  const iat = Math.floor(world.now() / 1000);
  const payload = { iss: subject, sub: subject, aud: audience, iat, exp: iat + 60, jti: b64u(world.random(16)) };
  return makeJws('client-authentication+jwt', payload, key);
}
