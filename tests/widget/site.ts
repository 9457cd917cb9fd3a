/** A portal in small: a tree of files, the built widget, a page under a strict policy, and a stand-in for the dynamic part that keeps what
 *  it is sent. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** `path` under the tree to a file: JSON values, text or bytes. */
export type Tree = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** An answer, silence, or a connection that breaks off. */
type Reply = Answered | 'hang' | 'drop';

export interface Site {
  readonly address: string;
  /** Requests to the dynamic part, in order. */
  readonly asked: Asked[];
  /** What the page reported to its policy's report address. */
  readonly violations: unknown[];
  /** Body of the page at `/`. */
  body: string;
  /** Changes files; null takes one away. */
  put(files: Tree): void;
  stop(): Promise<void>;
}

export interface SiteOptions {
  readonly tree: Tree;
  /** Body of the page; `{{origin}}` is the site's address. */
  readonly body: string;
  /** Further text of the page's head. */
  readonly head?: string;
  readonly lang?: string;
  readonly policy?: string;
  /** `Cache-Control` of the files of the tree. */
  readonly cache?: string;
  readonly api?: (asked: Asked) => Reply | Promise<Reply>;
  /** What the site serves in the place of a part of the widget. */
  readonly part?: (built: Buffer, file: string) => Buffer;
  /** Milliseconds before a file of the tree is answered. */
  readonly delay?: (path: string) => number;
  /** Answers what the site itself does not have, and says whether it did. */
  readonly serve?: (path: string, response: ServerResponse) => boolean;
}

export const strictPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
  "require-trusted-types-for 'script'; trusted-types sundial; report-uri /report";

/** A file of the built widget. */
function builtWidget(name: string): Buffer {
  const file = join(root, 'dist', 'widget', name);
  if (!existsSync(file)) throw new Error('The widget is not built: npm run build');
  return readFileSync(file);
}

/** Starts a site on a free port. */
export async function openSite(options: SiteOptions): Promise<Site> {
  const files = new Map(Object.entries(options.tree));
  const asked: Asked[] = [];
  const violations: unknown[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://site');
    if (options.serve?.(pathname + search, response) === true) return;
    if (pathname === '/') return page(response, options, site.body);
    if (pathname === '/empty') return page(response, options, '');
    if (/^\/sundial[-.\w]*\.js$/.test(pathname)) {
      const built = builtWidget(pathname);
      const isPart = pathname !== '/sundial.js';
      return send(response, 200, 'text/javascript', (isPart ? options.part?.(built, pathname) : undefined) ?? built);
    }
    if (pathname === '/page.css') return send(response, 200, 'text/css', options.head ?? '');
    if (pathname === '/report') {
      violations.push(JSON.parse(await textOf(request)));
      return send(response, 204, 'text/plain', '');
    }
    if (pathname.startsWith('/api/')) {
      const text = await textOf(request);
      const one = {
        method: request.method ?? '',
        path: pathname + search,
        headers: request.headers,
        body: text === '' ? null : JSON.parse(text),
      };
      asked.push(one);
      const answer = (await options.api?.(one)) ?? { status: 404, body: problem('NOT_FOUND', 404) };
      if (answer === 'hang') return;
      if (answer === 'drop') {
        request.socket.destroy();
        return;
      }
      return send(response, answer.status, 'application/json', JSON.stringify(answer.body));
    }
    const name = pathname.replace('/public/', '');
    const file = pathname.startsWith('/public/') ? files.get(name) : undefined;
    await new Promise((resolve) => setTimeout(resolve, options.delay?.(name) ?? 0));
    if (file === undefined || file === null) return send(response, 404, 'text/plain', '');
    if (typeof file === 'string' || file instanceof Uint8Array)
      return send(response, 200, 'application/octet-stream', file, options.cache);
    return send(response, 200, 'application/json', JSON.stringify(file), options.cache);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const site: Site = {
    address: `http://127.0.0.1:${port}`,
    asked,
    violations,
    body: options.body,
    put: (changed) => {
      for (const [name, file] of Object.entries(changed)) files.set(name, file);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return site;
}

/** Body of a refusal (RFC 9457). */
export const problem = (code: string, status: number): unknown => ({ type: 'about:blank', title: code, status, code });

function page(
  response: ServerResponse,
  { head, lang = 'zh-CN', policy = strictPolicy }: SiteOptions,
  body: string,
): void {
  response.setHeader('content-security-policy', policy);
  send(
    response,
    200,
    'text/html; charset=utf-8',
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>site</title>${
      head === undefined ? '' : '<link rel="stylesheet" href="/page.css">'
    }<script type="module" src="/sundial.js"></script></head><body>${body}</body></html>`,
  );
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  cache = 'no-store',
): void {
  response.writeHead(status, {
    'content-type': type,
    'access-control-allow-origin': '*',
    'cache-control': cache,
  });
  response.end(body);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
