/** The listener: what a connection may cost, and how it ends without cutting anybody off. */
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import type { standingAnswers } from './standing.ts';

/** Times in milliseconds. */
export interface Limits {
  /** Bytes of all headers of a request; more is 431. */
  readonly maxHeaderSize: number;
  /** From the first byte of a request until its headers are whole; longer is 408. */
  readonly headersTimeout: number;
  /** Until its body is whole too; longer is 408. */
  readonly requestTimeout: number;
  /** How often the two are looked at. */
  readonly connectionsCheckingInterval: number;
  /** How long a connection stays open between two requests. */
  readonly keepAliveTimeout: number;
  /** How long a connection may stand still while it is used: a reader that takes no answer is cut off. */
  readonly timeout: number;
  /** Further connections are closed at once. */
  readonly maxConnections: number;
  /** How long a stop waits for answers under way. */
  readonly grace: number;
}

/** The largest body is 1 MB, which a slow line (128 kbit/s) sends in a little over a minute. A proxy keeps its connections for 60 s (nginx),
 *  so ours stay open longer: else it would send into one that is being closed. */
export const usualLimits: Limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 90_000,
  connectionsCheckingInterval: 2000,
  keepAliveTimeout: 65_000,
  timeout: 120_000,
  maxConnections: 10_000,
  grace: 10_000,
};

export interface Listener {
  /** Requests without a whole answer. */
  readonly underway: () => number;
  /** Open connections. */
  readonly connections: () => Promise<number>;
  /** Connections that were closed at once since the start, for there were too many. */
  readonly dropped: () => number;
  /** From now on every answer ends its connection, so that whoever comes again comes to another process. */
  readonly lastCall: () => void;
  /** Takes no more connections and waits for answers under way, at most for `grace`; gives how many it cut off. */
  readonly close: () => Promise<number>;
}

/** Hears of a request that was no request, or not in time: no route was reached. `code` is Node's; NO_ADDRESS where a path and a `Host` are none,
 *  HOST_TWICE where there are two. */
export type Unread = (status: number, code: string) => void;

/** What Node answers by itself, by its codes; 400 for every other. */
const unreadable: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Listens for an app, behind the answers that stand ready. Rejects where it cannot. */
export async function listen(
  app: Hono,
  { host, port }: { readonly host: string; readonly port: number },
  limits: Limits = usualLimits,
  unread: Unread = () => undefined,
  standing: ReturnType<typeof standingAnswers> | null = null,
): Promise<Listener> {
  let isLastCall = false;
  let underway = 0;
  let dropped = 0;
  const { maxConnections, timeout, grace, ...options } = limits;
  const errorHandler = (error: unknown): Response => {
    if (!(error instanceof RequestError)) throw error;
    unread(400, 'NO_ADDRESS');
    return new Response(null, { status: 400 });
  };
  const listener = getRequestListener(standing?.fetch ?? app.fetch, { hostname: host, errorHandler });
  const answer = standing?.before(listener) ?? listener;
  const server = createServer(options, (incoming, outgoing) => {
    if (!namesHostTwice(incoming)) return answer(incoming, outgoing);
    unread(400, 'HOST_TWICE');
    return outgoing.writeHead(400, { connection: 'close' }).end();
  });
  server.maxConnections = maxConnections;
  server.timeout = timeout;
  server.on('drop', () => {
    dropped += 1;
  });
  const answering = new WeakMap<Duplex, number>();
  const count = (socket: Duplex, by: 1 | -1): void => {
    answering.set(socket, (answering.get(socket) ?? 0) + by);
  };
  server.on('clientError', (error, socket) => {
    const code = 'code' in error ? String(error.code) : error.name;
    // Into an answer that has begun nothing may be written, and a line that broke takes nothing.
    if (code === 'ECONNRESET' || !socket.writable || (answering.get(socket) ?? 0) > 0) {
      socket.destroy();
      return;
    }
    const answer = unreadable[code] ?? '400 Bad Request';
    unread(Number(answer.slice(0, 3)), code);
    socket.end(`HTTP/1.1 ${answer}\r\nConnection: close\r\n\r\n`, () => socket.destroy());
  });
  server.prependListener('request', ({ socket }, outgoing) => {
    underway += 1;
    count(socket, 1);
    if (isLastCall) outgoing.shouldKeepAlive = false;
    outgoing.once('close', () => {
      underway -= 1;
      count(socket, -1);
      // What was under way when the last call came is idle by now.
      if (isLastCall && !server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    underway: () => underway,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    dropped: () => dropped,
    lastCall: () => {
      isLastCall = true;
    },
    close: async () => {
      isLastCall = true;
      let cut = 0;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      const timer = setTimeout(() => {
        cut = underway;
        server.closeAllConnections();
      }, grace);
      await closed;
      clearTimeout(timer);
      return cut;
    },
  };
}

/** A proxy may go by the one and we by the other, so it is no request (RFC 9112 3.2). Node gives the first and says nothing. */
function namesHostTwice({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let n = 0; n < rawHeaders.length; n += 2) if (rawHeaders[n]?.toLowerCase() === 'host') hosts += 1;
  return hosts > 1;
}
