/** Refusals that stand ready: once the app has refused a post for want of room, the next is refused with the same headers as long as there is
 *  none, before a request is made of it or its body is looked at. A flood of such posts costs little more than Node's own work. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import type { Context } from '../context.ts';
import { callerOf } from './address.ts';
import { type Answered, requestIdOf, whenOver } from './answered.ts';
import type { NodeBindings } from './bindings.ts';
import { limited } from './rate.ts';
import { bodyOf } from './refuse.ts';
import { gatesOf } from './route.ts';

/** Node reads a body that nobody wants to its end; a longer one is for the app, which ends the connection. */
const mostBytes = 16_384;

/** `learn` is to be told of the app's answers; `refuse` gives whether it has answered a request. */
export function standingRefusals(app: Hono, context: Context, answered: (request: Answered) => void) {
  const gates = gatesOf(app);
  /** Headers of the app's own refusal by the pattern of its route: names and values by turns. */
  const ready = new Map<string, readonly string[]>();
  let body = { wait: 0, text: bodyOf(limited(0)) };
  return {
    learn: (response: Response, { gated }: NodeBindings): void => {
      if (gated === undefined || ready.has(gated)) return;
      const own = new Set(['x-request-id', 'retry-after']);
      ready.set(gated, [...response.headers].filter(([name]) => !own.has(name)).flat());
    },
    refuse: (incoming: IncomingMessage, outgoing: ServerResponse): boolean => {
      const { headers, socket, url = '' } = incoming;
      const found = gates.find(({ path }) => path.test(url));
      const known = ready.get(found?.route ?? '');
      if (found === undefined || known === undefined) return false;
      if (!(Number(headers['content-length']) <= mostBytes) || headers['content-encoding'] !== undefined) return false;
      const began = performance.now();
      const header = (name: string): string | undefined => headers[name.toLowerCase()]?.toString();
      const address = callerOf(socket.remoteAddress, header('x-forwarded-for'), context.config.isTrustedHop);
      const { route, gate } = found;
      const wait = gate({ header, address });
      if (wait === null) return false;
      if (body.wait !== wait) body = { wait, text: bodyOf(limited(wait)) };
      const id = requestIdOf(headers['x-request-id'], socket.remoteAddress, context);
      whenOver(outgoing, (bytes, cut) => {
        const ms = Math.round((performance.now() - began) * 10) / 10;
        answered({ requestId: id, method: 'POST', route, status: 429, refusal: 'RATE_LIMITED', ms, bytes, cut });
      });
      const own = [
        'retry-after',
        String(wait),
        'x-request-id',
        id,
        'content-length',
        String(Buffer.byteLength(body.text)),
      ];
      outgoing.writeHead(429, [...known, ...own]).end(body.text);
      return true;
    },
  };
}
