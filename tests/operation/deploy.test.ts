import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as http, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as https } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { type House, must, openHouse } from '../draws/house.ts';
import { type Caddy, caddyPath, startCaddy } from '../fixtures/caddy.ts';
import { deployed, type Nginx, nginxPath, startNginx } from '../fixtures/nginx.ts';
import { freePort } from '../fixtures/served.ts';
import { type Listening, listen } from './listening.ts';

const root = join(import.meta.dirname, '..', '..');

const nginx = nginxPath();
const caddy = caddyPath();

const folder = mkdtempSync(join(tmpdir(), 'sundial-proxies-'));
const tree = join(folder, 'srv', 'public');
/** Ways to write what watchers of this machine alone may ask for. */
const ofTheInside = ['/metrics', '/healthz', '/readyz', '/metrics?x', '//metrics', '/%6detrics', '/public/../readyz'];
/** Addresses that the server took for a hop of its own or for a caller. */
const judged = new Set<string>();
let house: House;
let server: Listening;

beforeAll(async () => {
  const address = join(folder, 'sundial.sqlite');
  house = await openHouse({ database: await openDatabase(address), address, folder: join(folder, 'data') });
  await must(house.setRule());
  await house.wholeDraw();
  await writeTree(house.context, tree, () => undefined);
  const isTrustedHop = (hop: string) => {
    judged.add(hop);
    return hop === '127.0.0.1';
  };
  server = await listen({ ...house.context, config: { ...house.context.config, isTrustedHop } });
});
afterAll(async () => {
  await server?.running.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Whether the answer came to its end; false where the connection ended before. */
  readonly isWhole: boolean;
}
interface Asked {
  readonly port: number;
  readonly path: string;
  readonly host: string;
  readonly headers?: Record<string, string>;
  /** Address of the reader. */
  readonly from?: string;
  readonly body?: Buffer;
  /** Root of the certificate; without it the request is made in the open. */
  readonly ca?: string;
}

function ask({ port, path, host, headers = {}, from = '127.0.0.7', body, ca }: Asked): Promise<Got> {
  const method = body === undefined ? 'GET' : 'POST';
  const asked = { host: '127.0.0.1', port, path, method, headers: { host, ...headers }, localAddress: from };
  return new Promise((resolve, reject) => {
    const collected = (answer: IncomingMessage): void => collect(answer, resolve);
    const sent =
      ca === undefined ? http(asked, collected) : https({ ...asked, ca, servername: host, agent: false }, collected);
    sent.once('error', reject);
    sent.end(body);
  });
}

function collect(answer: IncomingMessage, resolve: (got: Got) => void): void {
  const parts: Buffer[] = [];
  answer.on('data', (part: Buffer) => parts.push(part));
  // What comes before its end is told by `complete` below.
  answer.on('error', () => undefined);
  answer.once('close', () =>
    resolve({
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      body: Buffer.concat(parts),
      isWhole: answer.complete,
    }),
  );
}

const served = (route: string): number => server.requests().filter((line) => line.route === route).length;

/** Whatever `static.diary.example` gives under `port` is the tree that lies on the disk, with the headers of the live server. */
async function requireSameTree(port: number, ca?: string): Promise<void> {
  const files = readdirSync(tree, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(50);
  const names = [
    'content-type',
    'cache-control',
    'access-control-allow-origin',
    'content-security-policy',
    'referrer-policy',
    'x-content-type-options',
  ];
  const askFile = (path: string) =>
    ask({ port, path, host: 'static.diary.example', ...(ca === undefined ? {} : { ca }) });
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const address = `/public/${relative(tree, path)}`;
    const got = await askFile(address);
    expect([address, got.status, got.body.equals(readFileSync(path))]).toEqual([address, 200, true]);
    expect(got.headers.etag, address).toBeDefined();
    const live = await fetch(server.address + address);
    await live.arrayBuffer();
    const isPicture = address.startsWith('/public/blob/');
    for (const name of isPicture ? names.slice(1) : names)
      expect([address, name, got.headers[name]]).toEqual([address, name, live.headers.get(name)]);
  }
  for (const path of ['/public/blob/none', '/site.conf', '/', '/public/', '/public/draw', '/public/../site.conf'])
    expect([path, (await askFile(path)).status]).not.toEqual([path, 200]);
}

/** Runs `act` while the diaries of the draw cannot be read, so that every file of open data breaks off after its head. */
async function whileBroken(act: () => Promise<void>): Promise<void> {
  const { db } = house.context.database;
  const draws = await db.selectFrom('draw').select(['draw', 'record']).where('record', 'is not', null).execute();
  await db.updateTable('draw').set({ record: '{' }).where('record', 'is not', null).execute();
  try {
    await act();
  } finally {
    for (const { draw, record } of draws)
      await db.updateTable('draw').set({ record }).where('draw', '=', draw).execute();
  }
}

const openData = ['/public/data/diaries.json', '/public/data/diaries.csv', '/public/data/diaries.ics'];

test('a file of open data that breaks off while it is given ends the connection, so that nobody takes it for whole', async () => {
  const askHere = (path: string) => ask({ port: server.port, path, host: '127.0.0.1' });
  await whileBroken(async () => {
    for (const path of openData) {
      const got = await askHere(path);
      expect([path, got.status, got.isWhole]).toEqual([path, 200, false]);
    }
    expect(server.reported().match(/a file of open data broke off/g)).toHaveLength(openData.length);
  });
  for (const path of openData) expect([path, (await askHere(path)).isWhole]).toEqual([path, true]);
});

describe.skipIf(nginx === null)('nginx', () => {
  let proxy: Nginx;
  let alone: Nginx;
  let ports: { readonly tls: number; readonly alone: number };
  let certificate: string;

  /** docs/deploy/nginx.conf in front of `upstream`, with files in the folder `name`. */
  const siteOf = async (name: string, upstream: number, tls: number): Promise<string> =>
    deployed('nginx.conf', {
      '127.0.0.1:8787': `127.0.0.1:${upstream}`,
      'listen [::]:80;': '',
      'listen 80;': `listen 127.0.0.1:${await freePort()};`,
      'listen [::]:443 ssl http2;': '',
      'listen 443 ssl http2;': `listen ${tls} ssl http2;`,
      '/etc/ssl/sundial/': `${folder}/`,
      '/var/cache/nginx/sundial': join(folder, name, 'cache'),
      '/var/log/nginx/': `${join(folder, name)}/`,
    });

  beforeAll(async () => {
    const made = spawnSync(
      'openssl',
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=diary.example -addext subjectAltName=DNS:diary.example -keyout key.pem -out fullchain.pem'.split(
        ' ',
      ),
      { cwd: folder },
    );
    if (made.status !== 0) throw new Error(String(made.stderr));
    certificate = readFileSync(join(folder, 'fullchain.pem'), 'utf8');
    const [tls, staticPort] = [await freePort(), await freePort()];
    ports = { tls, alone: staticPort };
    proxy = await startNginx(nginx ?? '', join(folder, 'proxy'), await siteOf('proxy', server.port, tls), tls);
    const files = deployed('nginx-static.conf', {
      'listen [::]:80;': '',
      'listen 80;': `listen 127.0.0.1:${staticPort};`,
      '/srv/sundial;': `${join(folder, 'srv')};`,
    });
    alone = await startNginx(nginx ?? '', join(folder, 'alone'), files, staticPort);
  }, 180_000);
  afterAll(async () => {
    await proxy?.stop();
    await alone?.stop();
  });

  /** A request by a reader, over TLS whose certificate is checked. */
  const askProxy = (path: string, headers: Record<string, string> = {}, body?: Buffer): Promise<Got> =>
    ask({
      port: ports.tls,
      path,
      host: 'diary.example',
      headers,
      ca: certificate,
      ...(body === undefined ? {} : { body }),
    });

  test('readers read through it: the same bytes, once a minute from the server, unchanged as 304', async () => {
    const direct = await fetch(`${server.address}/public/index.json`);
    const body = Buffer.from(await direct.arrayBuffer());
    const before = served('/public/*');
    const [first, second] = [await askProxy('/public/index.json'), await askProxy('/public/index.json')];
    for (const { status, headers, body: got } of [first, second]) {
      expect([status, got.equals(body)]).toEqual([200, true]);
      for (const name of ['etag', 'cache-control', 'content-type', 'access-control-allow-origin'])
        expect(headers[name], name).toBe(direct.headers.get(name));
    }
    expect(served('/public/*')).toBe(before + 1);
    const known = await askProxy('/public/index.json', { 'if-none-match': String(first.headers.etag) });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    const packed = await askProxy('/public/index.json', { 'accept-encoding': 'gzip' });
    expect([packed.headers['content-encoding'], packed.headers.etag]).toEqual(['gzip', `W/${first.headers.etag}`]);
    const weak = await askProxy('/public/index.json', {
      'accept-encoding': 'gzip',
      'if-none-match': String(packed.headers.etag),
    });
    expect(weak.status).toBe(304);
    expect((await askProxy('/api/v1/draws')).status).toBe(401);
  });

  test('the address of the reader arrives, and no other that he makes up', async () => {
    judged.clear();
    const headers = { 'x-forwarded-for': '203.0.113.9', 'x-request-id': 'made-up-by-a-reader' };
    // A reader's post: its budgets ask for the address.
    expect((await askProxy('/api/v1/comments', headers, Buffer.from('{}'))).status).toBe(400);
    expect([...judged].sort()).toEqual(['127.0.0.1', '127.0.0.7']);
    await expect.poll(() => served('/api/v1/comments')).toBe(1);
    const line = server.requests().find(({ route }) => route === '/api/v1/comments');
    const own = () => proxy.log('sundial.log').join('\n');
    await expect.poll(own).toContain(` ${line?.requestId} POST 400 `);
    expect(own()).not.toMatch(/127\.0\.0\.7|\/api\/|made-up/);
  });

  test('health and figures are not to be had from outside, nor bodies above the largest', async () => {
    for (const path of ofTheInside) expect([path, (await askProxy(path)).status]).toEqual([path, 404]);
    expect((await askProxy('/api/v1/token', {}, Buffer.alloc(2_200_000))).status).toBe(413);
  });

  test('a file of open data that breaks off stays broken for readers, and is not kept', async () => {
    await whileBroken(async () => {
      for (const path of openData) expect([path, (await askProxy(path)).isWhole]).toEqual([path, false]);
    });
    for (const path of openData) {
      const direct = await fetch(server.address + path);
      const body = Buffer.from(await direct.arrayBuffer());
      const got = await askProxy(path);
      expect([path, got.isWhole, got.body.equals(body)]).toEqual([path, true, true]);
    }
  });

  test("a portal's nginx puts the server's HTML into a page as the webmaster's guide says, and nothing while the server is away", async () => {
    const guide = readFileSync(join(root, 'docs', 'for-webmasters.md'), 'utf8');
    const [, include = ''] = /```nginx\n(.*?)```/s.exec(guide) ?? [];
    const [, page = ''] = /```html\n(<!--#block.*?)```/s.exec(guide) ?? [];
    mkdirSync(join(folder, 'portal'));
    writeFileSync(join(folder, 'portal', 'page.html'), page);
    const [port, away, none] = [await freePort(), await freePort(), await freePort()];
    const portal = (name: string, upstream: number, listen: number) => `
      upstream ${name} { server 127.0.0.1:${upstream}; }
      server {
        listen 127.0.0.1:${listen};
        root ${join(folder, 'portal')};
        ${include.replace('https://diary.example', `https://${name}`)}
      }`;
    const site = portal('diary.example', ports.tls, port) + portal('away.example', none, away);
    const running = await startNginx(nginx ?? '', join(folder, 'portal-nginx'), site, port);
    const inside = async (at: number): Promise<string> => {
      const headers = { 'accept-encoding': 'gzip' };
      const got = await ask({ port: at, path: '/page.html', host: 'portal.example', headers });
      return /<sundial-feed [^>]*>(.*)<\/sundial-feed>/s.exec(got.body.toString())?.[1] ?? '-';
    };
    const fragment = await fetch(`${server.address}/public/fragment/feed.html`);
    expect(await inside(port)).toBe(await fragment.text());
    expect(await inside(away)).toBe('');
    await running.stop();
  });

  test('a static export behind nginx alone is the same tree: bytes, types, caching, who may do what', async () => {
    await requireSameTree(ports.alone);
  });

  test('what goes wrong is told without address, path and query', async () => {
    const [away, tls] = [await freePort(), await freePort()];
    const other = await startNginx(nginx ?? '', join(folder, 'other'), await siteOf('other', away, tls), tls);
    const got = await ask({ port: tls, path: '/receipts/12?query', host: 'diary.example', ca: certificate });
    await other.stop();
    const written = ['error.log', 'sundial.log', 'sundial-error.log'].flatMap((name) => other.log(name)).join('\n');
    expect([got.status, written.includes(' GET 502 ')]).toEqual([502, true]);
    expect(written).not.toMatch(/127\.0\.0\.7|receipts|query/);
  });
});

describe.skipIf(caddy === null)('Caddy', () => {
  let proxy: Caddy;
  let ports: { readonly tls: number; readonly plain: number };

  /** docs/deploy/Caddyfile in front of `upstream`, with an authority of its own and the ports of a test. */
  async function startFor(upstream: number, name: string): Promise<{ proxy: Caddy; ports: typeof ports }> {
    const free = { tls: await freePort(), plain: await freePort() };
    const options = `admin off\nskip_install_trust\nlocal_certs\nhttp_port ${free.plain}\nhttps_port ${free.tls}`;
    const site = deployed('Caddyfile', {
      '127.0.0.1:8787': `127.0.0.1:${upstream}`,
      '/srv/sundial\n': `${join(folder, 'srv')}\n`,
      '\n{\n': `\n{\n${options}\n`,
    });
    return {
      proxy: await startCaddy(caddy ?? '', join(folder, name), site, free.tls, [
        'diary.example',
        'static.diary.example',
      ]),
      ports: free,
    };
  }

  beforeAll(async () => {
    ({ proxy, ports } = await startFor(server.port, 'caddy'));
  }, 180_000);
  afterAll(() => proxy?.stop());

  const askProxy = (path: string, headers: Record<string, string> = {}, body?: Buffer): Promise<Got> => {
    const asked = { port: ports.tls, path, host: 'diary.example', headers, ca: proxy.authority };
    return ask(body === undefined ? asked : { ...asked, body });
  };

  test('readers read through it: the same bytes and headers, packed, unchanged as 304', async () => {
    const direct = await fetch(`${server.address}/public/index.json`);
    const body = Buffer.from(await direct.arrayBuffer());
    const got = await askProxy('/public/index.json');
    expect([got.status, got.body.equals(body)]).toEqual([200, true]);
    for (const name of [
      'etag',
      'cache-control',
      'content-type',
      'content-security-policy',
      'access-control-allow-origin',
    ])
      expect(got.headers[name], name).toBe(direct.headers.get(name));
    const packed = await askProxy('/public/index.json', { 'accept-encoding': 'gzip' });
    expect([packed.headers['content-encoding'], gunzipSync(packed.body).equals(body)]).toEqual(['gzip', true]);
    const known = await askProxy('/public/index.json', { 'if-none-match': String(packed.headers.etag) });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    expect((await askProxy('/api/v1/draws')).status).toBe(401);
    const open = await ask({ port: ports.plain, path: '/public/index.json', host: 'diary.example' });
    expect([open.status, open.headers.location]).toEqual([308, 'https://diary.example/public/index.json']);
  });

  test('the address of the reader arrives, and no other that he makes up; what goes wrong is told without it', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const upstream = createServer((request, answer) => {
      seen.push(request.headers);
      if (seen.length === 1) answer.end();
      else request.socket.destroy();
    }).listen(await freePort(), '127.0.0.1');
    await once(upstream, 'listening');
    const other = await startFor((upstream.address() as AddressInfo).port, 'caddy-other');
    const headers = { 'x-forwarded-for': '203.0.113.9', 'x-request-id': 'made-up-by-a-reader' };
    const asked = { port: other.ports.tls, host: 'diary.example', headers, ca: other.proxy.authority };
    expect((await ask({ ...asked, path: '/a' })).status).toBe(200);
    expect(seen[0]?.['x-forwarded-for']).toBe('127.0.0.7');
    expect(seen[0]?.['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await ask({ ...asked, path: '/receipts/12?query' })).status).toBe(502);
    await other.proxy.stop();
    upstream.close();
    expect(other.proxy.reported()).toContain('"status":502');
    expect(other.proxy.reported()).not.toMatch(/127\.0\.0\.7|receipts|query|made-up|203\.0\.113/);
  });

  test('its request ids are those of the server', async () => {
    const got = await askProxy('/api/v1/time', { 'x-request-id': 'made-up-by-a-reader' });
    const id = got.headers['x-request-id'];
    await expect.poll(() => server.requests().some(({ requestId }) => requestId === id)).toBe(true);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('health and figures are not to be had from outside, nor bodies above the largest', async () => {
    for (const path of [...ofTheInside, '/READYZ']) expect([path, (await askProxy(path)).status]).toEqual([path, 404]);
    // Announced only: a body that Caddy leaves unread breaks the connection, and its answer may be lost on the way.
    const announced = { 'content-length': '2000001' };
    expect((await askProxy('/api/v1/token', announced, Buffer.alloc(0))).status).toBe(413);
  });

  test('a static export behind Caddy alone is the same tree: bytes, types, caching, who may do what', async () => {
    await requireSameTree(ports.tls, proxy.authority);
    const full = join(tree, 'tile', '0', '000');
    writeFileSync(full, '');
    const got = await ask({
      port: ports.tls,
      path: '/public/tile/0/000',
      host: 'static.diary.example',
      ca: proxy.authority,
    });
    rmSync(full);
    expect(got.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });
});
