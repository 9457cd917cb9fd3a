/** One request and what became of it: what the operator's log and figures are made of. */
import { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Hono, Context as HonoContext } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Context } from '../context.ts';
import { type NodeBindings, peerOf } from './bindings.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** Of every request; what the answer names in `X-Request-Id`. */
    requestId: string;
    /** Code of the refusal that it was answered with. */
    refusal: string;
  }
}

export interface Answered {
  readonly requestId: string;
  readonly method: string;
  /** The pattern as it was registered (`/public/*`), never the path that was asked for; `none` where nothing is there. */
  readonly route: string;
  /** 0 where it was cut before there was an answer. */
  readonly status: number;
  /** Code of the refusal, null where it was none. */
  readonly refusal: string | null;
  /** From the first byte of the request's head read to the last of the answer written. */
  readonly ms: number;
  /** Sent, headers included; 0 where there is no network. */
  readonly bytes: number;
  /** Whether the other side went away before the answer was whole. */
  readonly cut: boolean;
}

/** Gives every request an id and tells `answered` of each once it is over. Must be the first middleware. */
export function watchRequests(app: Hono, context: Context, answered: (request: Answered) => void): void {
  app.use(async (hono, next) => {
    const began = performance.now();
    const id = requestIdOf(hono.req.header('x-request-id'), peerOf(hono), context);
    hono.set('requestId', id);
    const bindings: NodeBindings = hono.env ?? {};
    const { outgoing } = bindings;
    const told = (bytes: number, cut: boolean): void =>
      answered({
        requestId: id,
        method: hono.req.method,
        route: routeOf(hono),
        status: hono.finalized ? hono.res.status : 0,
        refusal: hono.get('refusal') ?? null,
        ms: Math.round((performance.now() - began) * 10) / 10,
        bytes,
        cut,
      });
    if (outgoing instanceof ServerResponse) whenOver(outgoing, told);
    await next();
    hono.res.headers.set('x-request-id', id);
    if (bindings.standing !== undefined) bindings.route = routeOf(hono);
    if (!(outgoing instanceof ServerResponse)) told(0, false);
  });
}

const routeOf = (hono: HonoContext): string =>
  matchedRoutes(hono).find(({ method }) => method !== 'ALL')?.path ?? 'none';

/** One of a proxy of ours where it gave one, so that its log and this one can be laid side by side; else a new one. `peer` is the other end of
 *  the connection. */
export function requestIdOf(
  given: string | string[] | undefined,
  peer: string | undefined,
  { config, random }: Context,
): string {
  if (typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) && config.isTrustedHop(peer ?? '')) return given;
  return Buffer.from(random(12)).toString('base64url');
}

/** How much of what a connection sent has been told of. */
const toldBytes = new WeakMap<Socket, number>();

/** Tells, once an answer is over, how many bytes were sent and whether it was cut. */
export function whenOver(outgoing: ServerResponse, told: (bytes: number, cut: boolean) => void): void {
  const { socket } = outgoing.req;
  const sinceLast = (): number => {
    const bytes = socket.bytesWritten - (toldBytes.get(socket) ?? 0);
    toldBytes.set(socket, socket.bytesWritten);
    return bytes;
  };
  let whole: number | null = null;
  // Before Node's own listener, which begins to send the next answer of a pipeline.
  outgoing.prependOnceListener('finish', () => {
    whole = sinceLast();
  });
  outgoing.once('close', () => told(whole ?? sinceLast(), whole === null));
}
