/** What everybody may read at one path (`GET /api/v1/comments?…`) is answered without a request, a context and an answer of the app being
 *  made for it, which costs as much as all the rest: with the same status, headers and body. What is not written plainly is for the app. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import { getQueryParam } from 'hono/utils/url';
import type { Context } from '../context.ts';
import { callerOf } from './address.ts';
import { type Answered, requestIdOf, whenOver } from './answered.ts';
import { inertHeaders, openHeaders } from './headers.ts';
import { refusalOf, reportTo } from './refuse.ts';
import { type Arrived, type Outcome, openReadsOf } from './route.ts';

/** Hears of an outcome before it is given: the pattern of its route; its headers, names and values by turns, without the request's id. */
export type Made = (outcome: Outcome, route: string, headers: readonly string[]) => void;

/** Gives whether a request is answered here. */
export function openReads(app: Hono, context: Context, answered: (request: Answered) => void) {
  const routes = openReadsOf(app);
  const { issuer, isTrustedHop } = context.config;
  const always = Object.entries({ ...openHeaders, ...inertHeaders(issuer, true) }).flat();
  const failed = reportTo(context.report);
  const answer = async (
    outcomeOf: (arrived: Arrived) => Promise<Outcome>,
    route: string,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    made: Made,
  ): Promise<void> => {
    const began = performance.now();
    const { headers, socket, url = '' } = incoming;
    const id = requestIdOf(headers['x-request-id'], socket.remoteAddress, context);
    let status = 0;
    let refusal: string | null = null;
    whenOver(outgoing, (bytes, cut) => {
      const ms = Math.round((performance.now() - began) * 10) / 10;
      answered({ requestId: id, method: 'GET', route, status, refusal, ms, bytes, cut });
    });
    const give = (own: Readonly<Record<string, string>>, body: Uint8Array | string | null): string[] => {
      const all = [...always];
      for (const name in own) all.push(name, own[name] ?? '');
      const length = body === null ? [] : ['content-length', String(Buffer.byteLength(body))];
      outgoing.writeHead(status, [...all, 'x-request-id', id, ...length]).end(body);
      return all;
    };
    const header = (name: string): string | undefined => headers[name.toLowerCase()]?.toString();
    try {
      const outcome = await outcomeOf({
        header,
        address: () => callerOf(socket.remoteAddress, header('x-forwarded-for'), isTrustedHop),
        params: () => ({}),
        query: () => queryOf(url),
        body: async () => new Uint8Array(),
      });
      status = outcome.status;
      made(outcome, route, give(outcome.headers, outcome.body));
    } catch (error) {
      if (outgoing.headersSent) {
        failed(error, id);
        outgoing.destroy();
        return;
      }
      const refused = refusalOf(error, (each) => failed(each, id), id);
      status = refused.status;
      refusal = refused.code;
      give(refused.headers, refused.body);
    }
  };
  return (incoming: IncomingMessage, outgoing: ServerResponse, made: Made): boolean => {
    const { method, url = '' } = incoming;
    if (method !== 'GET') return false;
    const end = url.indexOf('?');
    const route = end === -1 ? url : url.slice(0, end);
    const outcomeOf = routes.get(route);
    if (outcomeOf === undefined || !isPlain(incoming)) return false;
    void answer(outcomeOf, route, incoming, outgoing, made);
    return true;
  };
}

/** Whether there is nothing in a request that the app would refuse, put right or decode before it reaches a route. */
const isPlain = ({ url = '', headers }: IncomingMessage): boolean =>
  headers['content-encoding'] === undefined &&
  /^[\w/?&=.:,;~+-]*$/.test(url) &&
  /^[a-z0-9._-]+(:([1-5]\d{3,4}|[6-9]\d{3}))?$/.test(headers.host ?? '');

/** As the app reads it. */
function queryOf(url: string): Record<string, string> {
  const found = getQueryParam(`http://host${url}`);
  return typeof found === 'object' ? found : {};
}
