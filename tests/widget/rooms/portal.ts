/** Serves the rooms: a page for each at `/room/<name>`, its style, script and furniture beside it. */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { openSite, type Site, type SiteOptions } from '../site.ts';
import { diaryTag, feedTag, treeWith, vectors } from '../vector-tree.ts';
import { voices } from '../voices.ts';
import { documentOf, placeCss, policyOf, rooms } from './rooms.ts';
import { supplyFolders } from './supplies.ts';

export interface Portal {
  readonly site: Site;
  /** The host of the room whose widget comes from elsewhere. */
  readonly other: Site;
  /** Address of a room; `bare` is the same page without the widget. */
  address(name: string, bare?: boolean): string;
  stop(): Promise<void>;
}

/** The two elements, with text of the server in the diary. */
export const bothTags = (origin = ''): string =>
  `<div id="diary">${diaryTag()}</div><div id="feed">${feedTag()}</div>`
    .replaceAll('src="/public/"', `src="${origin}/public/"`)
    .replace('></sundial-diary>', '><p id="served">这里先是服务器给的文字。</p></sundial-diary>');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Opens the rooms; `options` change what the dynamic part and the tree answer. */
export async function openPortal(options: Partial<SiteOptions> = {}): Promise<Portal> {
  const content: SiteOptions = {
    tree: treeWith(vectors.base),
    body: bothTags(),
    api: () => ({ status: 200, body: { rows: voices, next: null, total: voices.length, byItem: { 2: 2 } } }),
    ...options,
  };
  const other = await openSite(content);
  const site = await openSite({ ...content, serve: (path, response) => serve(path, response, other.address) });
  return {
    site,
    other,
    address: (name, bare = false) => `${site.address}/room/${name}${bare ? '?bare' : ''}`,
    stop: async () => {
      await site.stop();
      await other.stop();
    },
  };
}

function serve(path: string, response: ServerResponse, other: string): boolean {
  const [pathname = '', search] = decodeURIComponent(path).split('?');
  if (pathname === '/older/sundial.js') return give(response, 'text/javascript', olderWidget());
  if (pathname === '/favicon.ico') return give(response, 'image/png', '');
  if (!pathname.startsWith('/room/')) return false;
  const name = normalize(pathname.slice('/room/'.length));
  const [supply = '', ...rest] = name.split('/');
  if (rest.length > 0 && (supply === 'packages' || supply === 'prototype'))
    return give(response, types[extname(name)] ?? 'application/octet-stream', supplied(supplyFolders[supply], rest));
  const room = rooms.find((one) => one.name === name.replace(/\.(css|js)$/, ''));
  if (room === undefined) return false;
  if (name.endsWith('.css')) return give(response, 'text/css', (room.css ?? '') + placeCss);
  if (name.endsWith('.js')) return give(response, 'text/javascript', room.script ?? '');
  const origin = room.isAbroad ? other : '';
  response.setHeader('content-security-policy', policyOf(room, origin));
  return give(
    response,
    'text/html; charset=utf-8',
    documentOf(room, search === 'bare' ? '' : bothTags(origin), origin),
  );
}

const supplied = (folder: string, rest: readonly string[]): Buffer => readFileSync(join(folder, ...rest));

/** The widget as another version of it would come: the same code under another number. */
function olderWidget(): string {
  const built = readFileSync(join(import.meta.dirname, '..', '..', '..', 'dist', 'widget', 'sundial.js'), 'utf8');
  return `${built}\n/* 0.0.9 */`;
}

function give(response: ServerResponse, type: string, body: string | Uint8Array): true {
  response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', 'cache-control': 'no-store' });
  response.end(body);
  return true;
}
