/** The comment widgets that people use today, each as its makers ship it: the page that embeds it, and the answers that its own server
 *  would give to it. All get the same texts, names and times. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** A comment as the stand-ins tell it; `at` in Unix seconds. */
export interface Said {
  readonly name: string;
  readonly text: string;
  readonly at: number;
}

/** What a peer asks of its server. */
export interface PeerRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export interface Peer {
  readonly name: string;
  /** Files that a page loads, in its order; relative to the folder of packages. */
  readonly files: readonly string[];
  /** Files of others that it cannot start without; not counted in its bytes. */
  readonly needs?: readonly string[];
  /** Selector of one painted comment. */
  readonly comment: string;
  /** Selector of what shows more, for paging to the end. */
  readonly more: string;
  /** Script that starts it with `size` comments a page. */
  readonly start: (size: number) => string;
  readonly answer: (request: PeerRequest, said: readonly Said[], size: number) => unknown;
}

const packages = join(import.meta.dirname, 'node_modules');

/** Bytes of a file of a peer. */
export const peerFile = (file: string): Buffer => readFileSync(join(packages, file));

/** What a page of this peer transfers, in kilobytes of brotli. */
export const peerKB = (peer: Peer): number =>
  peer.files.reduce((sum, file) => sum + brotliCompressSync(peerFile(file)).length, 0) / 1000;

/** The packages themselves and their styles are loaded as their manuals say. */
export const peers: readonly Peer[] = [
  {
    name: 'waline',
    files: ['@waline/client/dist/waline.umd.js', '@waline/client/dist/waline.css'],
    comment: '.wl-card-item',
    more: '.wl-operation button',
    start: (size) =>
      `Waline.init({ el: '#comments', serverURL: location.origin + '/waline', path: '/a', pageSize: ${size}, emoji: [], search: false })`,
    answer: ({ query }, said, size) => {
      const page = Number(query.get('page') ?? 1);
      const rows = said.slice((page - 1) * size, page * size).map(({ name, text, at }, n) => ({
        objectId: String((page - 1) * size + n + 1),
        nick: name,
        link: '',
        avatar: '',
        comment: `<p>${text}</p>`,
        orig: text,
        time: at * 1000,
        user_id: null,
        status: 'approved',
        like: 0,
        children: [],
      }));
      const count = said.length;
      return { errno: 0, data: { page, pageSize: size, totalPages: Math.ceil(count / size), count, data: rows } };
    },
  },
  {
    name: 'artalkLite',
    files: ['artalk/dist/ArtalkLite.iife.js', 'artalk/dist/ArtalkLite.css'],
    needs: ['marked/lib/marked.umd.js'],
    comment: '.atk-comment',
    more: '.atk-list-read-more',
    start: (size) =>
      `Artalk.init({ el: '#comments', server: location.origin + '/artalk', pageKey: '/a', site: 'a', useBackendConf: false, emoticons: false, pagination: { pageSize: ${size}, readMore: true, autoLoad: false } })`,
    answer: ({ path, query }, said) => {
      if (path.endsWith('/conf')) return { frontend_conf: {}, version: { app: 'artalk', version: '2.9.1' } };
      if (!path.endsWith('/comments')) return {};
      const from = Number(query.get('offset') ?? 0);
      const rows = said.slice(from, from + Number(query.get('limit') ?? 20)).map(({ name, text, at }, n) => ({
        id: from + n + 1,
        rid: 0,
        nick: name,
        link: '',
        email_encrypted: '',
        content: text,
        content_marked: `<p>${text}</p>`,
        date: new Date(at * 1000).toISOString(),
        ua: '',
        is_allow_reply: true,
        is_collapsed: false,
        is_pending: false,
        is_pinned: false,
        is_verified: false,
        visible: true,
        vote_up: 0,
        vote_down: 0,
        page_key: '/a',
        page_url: '/a',
        site_name: 'a',
        user_id: 1,
        badge_name: '',
        badge_color: '',
      }));
      return { comments: rows, count: said.length, roots_count: said.length, page: { id: 1, key: '/a', pv: 1 } };
    },
  },
  {
    name: 'twikoo',
    files: ['twikoo/dist/twikoo.min.js'],
    comment: '.tk-comment',
    more: '.tk-expand',
    start: () => "twikoo.init({ envId: location.origin + '/twikoo', el: '#comments', path: '/a' })",
    answer: ({ body }, said, size) => {
      const { event, before } = JSON.parse(body || '{}') as { event?: string; before?: number };
      if (event === 'GET_CONFIG') return { code: 0, config: { VERSION: '1.7.9', SHOW_EMOTION: 'false' } };
      if (event !== 'COMMENT_GET') return { code: 0 };
      const from = before === undefined ? 0 : said.findIndex(({ at }) => at * 1000 < before);
      const rows = said.slice(from, from + size).map(({ name, text, at }, n) => ({
        id: String(from + n + 1),
        nick: name,
        mailMd5: '',
        link: '',
        comment: `<p>${text}</p>`,
        os: '',
        browser: '',
        created: at * 1000,
        updated: at * 1000,
        replies: [],
        master: false,
        like: 0,
        liked: false,
        isSpam: false,
      }));
      return { code: 0, data: rows, more: from + size < said.length, count: said.length };
    },
  },
];
