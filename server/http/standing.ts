/** Answers that stand ready: what many ask for is given out again, headers and all, as long as the handler that made it says that it is still
 *  right. Nothing here is needed by another process: each keeps its own, and what holds is asked of the database every time. */
import { IncomingMessage, type ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import type { Context } from '../context.ts';
import { type Answered, requestIdOf, whenOver } from './answered.ts';
import type { NodeBindings, Standing } from './bindings.ts';
import { isKnown } from './caching.ts';
import { openReads } from './open-reads.ts';
import { standingRefusals } from './standing-refusals.ts';

/** A database that has gone silent must not hold everybody who came together. */
const patienceMs = 5000;

/** Puts a question once for everybody who came before it was put: of twenty readers of a page one asks the database. Rejects with
 *  ETIMEDOUT where there is no answer in time. */
export function together<T>(ask: () => Promise<T>, withinMs = patienceMs): () => Promise<T> {
  let next: Promise<T> | null = null;
  return () => {
    next ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        next = null;
        const late = setTimeout(() => reject(noAnswer()), withinMs);
        ask()
          .then(resolve, reject)
          .finally(() => clearTimeout(late));
      });
    });
    return next;
  };
}

/** As the network has it, so that a request is refused as one whose database is away. */
const noAnswer = (): Error => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });

interface Kept extends Standing {
  /** Names and values by turns, without the request's id. */
  readonly headers: readonly string[];
  readonly etag: string;
  readonly route: string;
  /** When it was asked for last, by the process's own clock. */
  asked: number;
}

const mostAnswers = 500;
const mostBytes = 16 * 1024 * 1024;
/** What nobody has asked for in so long is let go with the next that is kept. */
const unaskedMs = 10_000;

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;

/** Stands before an app: `fetch` is to be called in its place, `before` takes a request and hands on what is not ready. */
export function standingAnswers(app: Hono, context: Context, answered: (request: Answered) => void) {
  const answers = new Map<string, Kept>();
  const refusals = standingRefusals(app, context, answered);
  const isRead = openReads(app, context, answered);
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= answers.get(key)?.body.length ?? 0;
    answers.delete(key);
  };
  const keep = (key: string, kept: Kept): void => {
    drop(key);
    answers.set(key, kept);
    bytes += kept.body.length;
    for (const [oldest, { asked }] of answers)
      if (answers.size > mostAnswers || bytes > mostBytes || asked < kept.asked - unaskedMs) drop(oldest);
  };
  const give = (kept: Kept, incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { headers, etag, body, route } = kept;
    const began = performance.now();
    kept.asked = began;
    const id = requestIdOf(incoming.headers['x-request-id'], incoming.socket.remoteAddress, context);
    const status = isKnown(incoming.headers['if-none-match'], etag) ? 304 : 200;
    const told = (sent: number, cut: boolean): void => {
      const ms = Math.round((performance.now() - began) * 10) / 10;
      answered({ requestId: id, method: 'GET', route, status, refusal: null, ms, bytes: sent, cut });
    };
    whenOver(outgoing, told);
    if (status === 304) outgoing.writeHead(304, [...headers, 'x-request-id', id]).end();
    else outgoing.writeHead(200, [...headers, 'x-request-id', id, 'content-length', String(body.length)]).end(body);
  };
  return {
    fetch: async (request: Request, bindings: NodeBindings): Promise<Response> => {
      const response = await app.fetch(request, bindings);
      refusals.learn(response, bindings);
      const { standing, route, incoming } = bindings;
      if (standing === undefined || route === undefined || !(incoming instanceof IncomingMessage)) return response;
      const etag = response.headers.get('etag');
      if (etag !== null) {
        const headers = [...response.headers].filter(([name]) => name !== 'x-request-id').flat();
        keep(keyOf(incoming), { ...standing, headers, etag, route, asked: performance.now() });
      }
      return response;
    },
    before:
      (next: Listener): Listener =>
      (incoming, outgoing) => {
        if (incoming.method === 'POST' && refusals.refuse(incoming, outgoing)) return undefined;
        const anew = (): unknown =>
          isRead(incoming, outgoing, ({ standing, headers: { etag } }, route, headers) => {
            if (standing !== null && etag !== undefined)
              keep(keyOf(incoming), { ...standing, headers, etag, route, asked: performance.now() });
          }) || next(incoming, outgoing);
        const isPlain = incoming.method === 'GET' && incoming.headers['content-encoding'] === undefined;
        const key = isPlain ? keyOf(incoming) : '';
        const kept = answers.get(key);
        if (kept === undefined) return anew();
        const judged = (isFresh: boolean): unknown => {
          if (isFresh) return give(kept, incoming, outgoing);
          if (answers.get(key) === kept) drop(key);
          return anew();
        };
        // A database that is away is for the app to answer.
        return kept.isFresh().then(judged, () => next(incoming, outgoing));
      },
  };
}

/** The host belongs to it: an app refuses what names none that could be. */
const keyOf = ({ headers, url }: IncomingMessage): string => `${headers.host} ${url}`;
