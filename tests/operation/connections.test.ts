import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { usualLimits } from '../../server/http/listen.ts';
import { openServer } from '../fixtures/app.ts';
import { type Listening, listen } from './listening.ts';

/** As usual, but sooner, so that a test need not wait for them. */
const limits = {
  ...usualLimits,
  headersTimeout: 700,
  requestTimeout: 1200,
  connectionsCheckingInterval: 100,
  keepAliveTimeout: 500,
  timeout: 1000,
  maxConnections: 40,
  grace: 500,
};
const folder = mkdtempSync(join(tmpdir(), 'sundial-connections-'));
let server: Listening;

beforeAll(async () => {
  const address = join(folder, 'sundial.sqlite');
  const { context } = await openServer({ database: await openDatabase(address), address, folder });
  server = await listen(context, limits);
});
afterAll(async () => {
  await server.running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A bare connection: what came over it, and when it ended (milliseconds after it began). */
async function bare(): Promise<{ socket: Socket; received: () => string; ended: Promise<number> }> {
  const began = performance.now();
  const socket = connect(server.port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  socket.on('error', () => undefined);
  const ended = new Promise<number>((resolve) => {
    socket.once('close', () => resolve(performance.now() - began));
  });
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve);
  });
  return { socket, received: () => Buffer.concat(parts).toString('latin1'), ended };
}

/** What was reported of requests that could not be read. */
const unread = (): Record<string, unknown>[] =>
  server
    .reported()
    .split('\n')
    .filter((line) => line.includes('could not be read'))
    .map((line) => JSON.parse(line));

const statuses = (received: string): string[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code = '']) => code);

test('a client that sends its headers or its body letter by letter is cut off, and readers are served meanwhile', async () => {
  const slow = await Promise.all(Array.from({ length: 20 }, bare));
  const drip = setInterval(() => {
    for (const { socket } of slow) if (socket.writable) socket.write('x');
  }, 100);
  for (const [at, { socket }] of slow.entries())
    socket.write(
      at % 2 === 0
        ? 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: '
        : 'POST /api/v1/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n',
    );
  const began = performance.now();
  expect((await fetch(`${server.address}/api/v1/time`)).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(limits.headersTimeout);
  const ends = await Promise.all(slow.map(({ ended }) => ended));
  clearInterval(drip);
  expect(Math.max(...ends)).toBeLessThan(10_000);
  expect(statuses(slow[0]?.received() ?? '')).toEqual(['408']);
  expect(unread().filter(({ status }) => status === 408).length).toBeGreaterThan(0);
});

test('headers above 16 KB are 431, below they pass', async () => {
  const send = async (length: number) => {
    const { socket, received, ended } = await bare();
    socket.write(`GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: ${'x'.repeat(length)}\r\n\r\n`);
    await ended;
    return statuses(received());
  };
  expect(await send(16_000)).toEqual(['200']);
  expect(await send(17_000)).toEqual(['431']);
  expect(unread().at(-1)).toMatchObject({ status: 431, code: 'HPE_HEADER_OVERFLOW' });
  for (const [sent, code] of [
    ['no request at all\r\n', 'HPE_INVALID_METHOD'],
    ['GET /api/v1/time HTTP/1.1\r\nHost: a/b\r\n', 'NO_ADDRESS'],
    ['GET /public\\index.json HTTP/1.1\r\nHost: a\r\n', 'NO_ADDRESS'],
    ['GET /healthz HTTP/1.1\r\nHost: a\r\nhost: a\r\n', 'HOST_TWICE'],
    ['GET /public/index.json HTTP/1.1\r\nHost: a\r\nX-Host: a\r\nHOST: b\r\n', 'HOST_TWICE'],
    ['POST /api/v1/token HTTP/1.0\r\nHost: a\r\nHost:\r\n', 'HOST_TWICE'],
  ] as const) {
    const { socket, received, ended } = await bare();
    socket.write(`${sent}Connection: close\r\n\r\n`);
    await ended;
    expect([sent, statuses(received()), unread().at(-1)]).toEqual([
      sent,
      ['400'],
      expect.objectContaining({ status: 400, code }),
    ]);
  }
});

test('requests that are sent without waiting are answered in their order, each counted with its own bytes', async () => {
  const before = server.requests().length;
  const paths = ['/healthz', '/api/v1/time', '/nowhere', '/readyz', '/robots.txt'];
  const sent = Array.from({ length: 50 }, (_, i) => paths[i % paths.length] ?? '');
  const { socket, received, ended } = await bare();
  socket.write(
    sent.map((path, i) => `GET ${path} HTTP/1.1\r\nHost: a\r\n${i === 49 ? 'Connection: close\r\n' : ''}\r\n`).join(''),
  );
  await ended;
  const expected = {
    '/healthz': '200',
    '/api/v1/time': '200',
    '/nowhere': '404',
    '/readyz': '200',
    '/robots.txt': '200',
  };
  expect(statuses(received())).toEqual(
    sent.map((path) => Object.entries(expected).find(([each]) => each === path)?.[1]),
  );
  await expect.poll(() => server.requests().length).toBe(before + 50);
  const lines = server.requests().slice(before);
  const ids = [...received().matchAll(/^x-request-id: (\S+)/gim)].map(([, id]) => id);
  expect(lines.map(({ requestId }) => requestId)).toEqual(ids);
  expect(lines.reduce((sum, { bytes }) => sum + Number(bytes), 0)).toBe(received().length);
});

test('a compressed body is refused before it is inflated', async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000, 32), { level: 9 });
  expect(bomb.length).toBeLessThan(65_536);
  const before = process.memoryUsage().rss;
  const answer = await fetch(`${server.address}/api/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: bomb,
  });
  expect([answer.status, answer.headers.get('accept-encoding'), (await answer.json()).code]).toEqual([
    415,
    'identity',
    'ENCODING_REFUSED',
  ]);
  expect(process.memoryUsage().rss - before).toBeLessThan(15_000_000);
  const plain = await fetch(`${server.address}/api/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'Identity' },
    body: '{}',
  });
  expect(plain.status).toBe(400);
});

test('connections above the number are closed at once; those inside it are served, idle ones end', async () => {
  const open = await Promise.all(Array.from({ length: 60 }, bare));
  await sleep(200);
  const alive = open.filter(({ socket }) => !socket.destroyed);
  expect(alive).toHaveLength(limits.maxConnections);
  alive[0]?.socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => statuses(alive[0]?.received() ?? '')).toEqual(['200']);
  await Promise.all(open.map(({ ended }) => ended));
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
});

test('a body that breaks off half way, or is no chunk, is the fault of who sent it, and no alarm about the database', async () => {
  const before = server.requests().length;
  const head = 'POST /api/v1/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  for (const sent of ['Content-Length: 500\r\n\r\n{"assertion":', 'Transfer-Encoding: chunked\r\n\r\n5\r\n{"ass']) {
    const { socket, ended } = await bare();
    socket.write(head + sent, () => setTimeout(() => socket.resetAndDestroy(), 50));
    await ended;
  }
  const { socket, ended } = await bare();
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\nno chunk`);
  await ended;
  await expect.poll(() => server.requests().length).toBe(before + 3);
  for (const line of server.requests().slice(before)) expect(line).toMatchObject({ route: '/api/v1/token', cut: true });
  // Nor of those whose slow bodies were cut off before.
  expect(server.reported()).not.toMatch(/"level":"(warn|error)"/);
});
