import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as http, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as https } from 'node:https';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { must, openHouse } from '../draws/house.ts';
import { deployed, type Nginx, nginxPath, startNginx } from '../fixtures/nginx.ts';
import { freePort } from '../fixtures/served.ts';
import { type Listening, listen } from './listening.ts';

const root = join(import.meta.dirname, '..', '..');

const nginx = nginxPath();

describe.skipIf(nginx === null)('nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-nginx-'));
  const [data, tree] = [join(folder, 'data'), join(folder, 'srv', 'public')];
  /** Addresses that the server took for a hop of its own or for a caller. */
  const judged = new Set<string>();
  let server: Listening;
  let proxy: Nginx;
  let alone: Nginx;
  let ports: { readonly tls: number; readonly alone: number };
  let certificate: string;

  beforeAll(async () => {
    const database = await openDatabase(join(folder, 'sundial.sqlite'));
    const house = await openHouse({ database, address: join(folder, 'sundial.sqlite'), folder: data });
    await must(house.setRule());
    await house.wholeDraw();
    await writeTree(house.context, tree, () => undefined);
    const isTrustedHop = (address: string) => {
      judged.add(address);
      return address === '127.0.0.1';
    };
    server = await listen({ ...house.context, config: { ...house.context.config, isTrustedHop } });
    const made = spawnSync(
      'openssl',
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=diary.example -addext subjectAltName=DNS:diary.example -keyout key.pem -out fullchain.pem'.split(
        ' ',
      ),
      { cwd: folder },
    );
    if (made.status !== 0) throw new Error(String(made.stderr));
    certificate = readFileSync(join(folder, 'fullchain.pem'), 'utf8');
    const [plain, tls, staticPort] = [await freePort(), await freePort(), await freePort()];
    ports = { tls, alone: staticPort };
    const site = deployed('nginx.conf', {
      '127.0.0.1:8787': `127.0.0.1:${server.port}`,
      'listen [::]:80;': '',
      'listen 80;': `listen 127.0.0.1:${plain};`,
      'listen [::]:443 ssl http2;': '',
      'listen 443 ssl http2;': `listen ${tls} ssl http2;`,
      '/etc/ssl/sundial/': `${folder}/`,
      '/var/cache/nginx/sundial': join(folder, 'cache'),
      '/var/log/nginx/': `${join(folder, 'proxy')}/`,
    });
    proxy = await startNginx(nginx ?? '', join(folder, 'proxy'), site, tls);
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
    await server?.running.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Got {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
  }
  /** A request by a reader at `from`, over TLS whose certificate is checked. */
  const ask = (path: string, headers: Record<string, string> = {}, from = '127.0.0.7', body?: Buffer): Promise<Got> =>
    new Promise((resolve, reject) => {
      const sent = https(
        {
          host: '127.0.0.1',
          port: ports.tls,
          path,
          method: body === undefined ? 'GET' : 'POST',
          headers: { host: 'diary.example', ...headers },
          ca: certificate,
          servername: 'diary.example',
          localAddress: from,
        },
        (answer) => collect(answer, resolve),
      );
      sent.once('error', reject);
      sent.end(body);
    });
  const askFile = (path: string): Promise<Got> =>
    new Promise((resolve, reject) => {
      const sent = http(
        { host: '127.0.0.1', port: ports.alone, path, headers: { host: 'static.diary.example' } },
        (answer) => collect(answer, resolve),
      );
      sent.once('error', reject);
      sent.end();
    });
  function collect(answer: IncomingMessage, resolve: (got: Got) => void): void {
    const parts: Buffer[] = [];
    answer.on('data', (part: Buffer) => parts.push(part));
    answer.once('end', () =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
    );
  }
  const served = (route: string): number => server.requests().filter((line) => line.route === route).length;

  test('readers read through it: the same bytes, once a minute from the server, unchanged as 304', async () => {
    const direct = await fetch(`${server.address}/public/index.json`);
    const body = Buffer.from(await direct.arrayBuffer());
    const before = served('/public/*');
    const [first, second] = [await ask('/public/index.json'), await ask('/public/index.json')];
    for (const { status, headers, body: got } of [first, second]) {
      expect([status, got.equals(body)]).toEqual([200, true]);
      for (const name of ['etag', 'cache-control', 'content-type', 'access-control-allow-origin'])
        expect(headers[name], name).toBe(direct.headers.get(name));
    }
    expect(served('/public/*')).toBe(before + 1);
    const known = await ask('/public/index.json', { 'if-none-match': String(first.headers.etag) });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    const packed = await ask('/public/index.json', { 'accept-encoding': 'gzip' });
    expect([packed.headers['content-encoding'], packed.headers.etag]).toEqual(['gzip', `W/${first.headers.etag}`]);
    const weak = await ask('/public/index.json', {
      'accept-encoding': 'gzip',
      'if-none-match': String(packed.headers.etag),
    });
    expect(weak.status).toBe(304);
    expect((await ask('/api/v1/draws')).status).toBe(401);
  });

  test('the address of the reader arrives, and no other that he makes up', async () => {
    judged.clear();
    expect(
      (await ask('/api/v1/time', { 'x-forwarded-for': '203.0.113.9', 'x-request-id': 'made-up-by-a-reader' })).status,
    ).toBe(200);
    expect([...judged].sort()).toEqual(['127.0.0.1', '127.0.0.7']);
    await expect.poll(() => served('/api/v1/time')).toBe(1);
    const line = server.requests().find(({ route }) => route === '/api/v1/time');
    const own = proxy.log('sundial.log');
    expect(own.some((each) => each.includes(` ${line?.requestId} GET 200 `))).toBe(true);
    expect(own.join('\n')).not.toMatch(/127\.0\.0\.7|\/api\/|made-up/);
  });

  test('health and figures are not to be had from outside, nor bodies above the largest', async () => {
    for (const path of [
      '/metrics',
      '/healthz',
      '/readyz',
      '/metrics?x',
      '//metrics',
      '/%6detrics',
      '/public/../readyz',
    ])
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    expect((await ask('/api/v1/token', {}, undefined, Buffer.alloc(2_200_000))).status).toBe(413);
  });

  test('a static export behind nginx alone is the same tree: bytes, types, caching, who may do what', async () => {
    const files = readdirSync(tree, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(50);
    const names = ['content-type', 'cache-control', 'access-control-allow-origin', 'x-content-type-options'];
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
    expect((await askFile('/public/blob/none')).status).toBe(404);
    expect((await askFile('/site.conf')).status).toBe(404);
  });
});

const analyzer = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!analyzer) console.log('skipped: systemd-analyze is missing');

test.skipIf(!analyzer)('systemd takes the unit as it is, and finds it well shut in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-unit-'));
  const unit = join(folder, 'sundial.service');
  writeFileSync(unit, deployed('sundial.service', { '/opt/sundial': root }));
  const verified = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  expect([verified.status, verified.stderr]).toEqual([0, '']);
  // Its exposure in tenths: 96 for a unit without any of it.
  const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', '--no-pager', unit]);
  expect(judged.status).toBe(0);
  rmSync(folder, { recursive: true });
});
