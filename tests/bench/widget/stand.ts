/** One server for a peer's page: its files, the page, and the answers of its own server. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Peer, peerFile, type Said } from './peers.ts';

export interface Stand {
  readonly address: string;
  stop(): Promise<void>;
}

/** Serves a page of `peer` with `size` comments a page, at a free port. */
export async function openStand(peer: Peer, said: readonly Said[], size: number): Promise<Stand> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand');
    const send = (type: string, body: string | Uint8Array): void => {
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    };
    if (pathname === '/') return send('text/html; charset=utf-8', pageOf(peer, size));
    if (pathname === '/start.js') return send('text/javascript', peer.start(size));
    const file = filesOf(peer).find((one) => pathname === `/${one}`);
    if (file !== undefined) return send(file.endsWith('.css') ? 'text/css' : 'text/javascript', peerFile(file));
    const body = await textOf(request);
    const answer = peer.answer({ path: pathname, query: searchParams, body }, said, size);
    return send('application/json', JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** In the order of loading. */
const filesOf = ({ needs = [], files }: Peer): readonly string[] => [...needs, ...files];

function pageOf(peer: Peer, size: number): string {
  const head = filesOf(peer).map((file) =>
    file.endsWith('.css') ? `<link rel="stylesheet" href="/${file}">` : `<script defer src="/${file}"></script>`,
  );
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${size}</title>${head.join('')}<script defer src="/start.js"></script></head><body><h1>一周怎么过的</h1><div id="comments"></div></body></html>`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
