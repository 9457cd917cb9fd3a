import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { settings } from '../fixtures/app.ts';
import { freePort, startServer } from '../fixtures/served.ts';

/** What this process may open, less what it needs itself. */
const most = Number(spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout) - 200;
const wished = process.env.SUNDIAL_FULL === '1' ? 5000 : 500;
const crowd = Number.isNaN(most) ? wished : Math.min(wished, most);

interface Held {
  readonly socket: Socket;
  received: string;
}

test(`${crowd} connections stay open beside readers who are served; those that only begin are cut off; a stop ends all`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-crowd-'));
  writeFileSync(join(folder, 'sundial.config.json'), JSON.stringify(settings));
  const [port, metricsPort] = [await freePort(), await freePort()];
  const served = await startServer({
    SUNDIAL_DATA: folder,
    PORT: String(port),
    SUNDIAL_METRICS_PORT: String(metricsPort),
    SUNDIAL_LOG_LEVEL: 'warn',
  });
  const ended = once(served.process, 'exit');
  const figure = async (name: string): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1));
  };
  const open = async (first: string): Promise<Held[]> => {
    const held: Held[] = [];
    // In hundreds, as many as a listener's queue takes at once.
    for (let from = 0; from < crowd; from += 100)
      held.push(...(await Promise.all(Array.from({ length: Math.min(100, crowd - from) }, () => hold(port, first)))));
    return held;
  };
  const read = async (times: number): Promise<number> => {
    const taken: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const began = performance.now();
      const answer = await fetch(`${served.address}/api/v1/time`);
      await answer.arrayBuffer();
      expect(answer.status).toBe(200);
      taken.push(performance.now() - began);
    }
    return taken.sort((a, b) => a - b)[Math.floor(times * 0.99)] ?? 0;
  };

  const [quietMs, quietRss] = [await read(200), await figure('process_resident_memory_bytes')];
  const idle = await open('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect
    .poll(() => idle.filter(({ received }) => received.includes('200 OK')).length, { timeout: 60_000 })
    .toBe(crowd);
  expect(await figure('sundial_http_connections')).toBeGreaterThanOrEqual(crowd);
  const [crowdedMs, rss] = [await read(200), await figure('process_resident_memory_bytes')];
  expect(idle.filter(({ socket }) => socket.destroyed)).toEqual([]);
  for (const { socket } of idle) socket.destroy();

  const began = performance.now();
  const halves = await open('GET /healthz HTTP/1.1\r\nHost: a\r\nX-Begun: ');
  const attackedMs = await read(200);
  const left = () => halves.filter(({ socket }) => !socket.destroyed).length;
  // Headers have 10 s; it is looked at every 2 s.
  while (left() > 0 && performance.now() - began < 60_000) await sleep(200);
  const cutMs = performance.now() - began;
  expect(left()).toBe(0);
  expect(halves.filter(({ received }) => received.startsWith('HTTP/1.1 408')).length).toBe(crowd);
  expect(await figure('sundial_http_unread_total{status="408"}')).toBe(crowd);
  await expect.poll(() => figure('sundial_http_connections'), { timeout: 10_000 }).toBeLessThan(20);
  expect(served.process.exitCode).toBeNull();

  const again = await open('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect
    .poll(() => again.filter(({ received }) => received.includes('200 OK')).length, { timeout: 60_000 })
    .toBe(crowd);
  const stopping = performance.now();
  served.process.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  const stopMs = performance.now() - stopping;
  for (const { socket } of again) socket.destroy();
  rmSync(folder, { recursive: true, force: true });
  const [ms, mb] = [(value: number) => `${value.toFixed(1)} ms`, (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`];
  console.log(
    `connections: ${crowd} of ${wished} wished (ulimit ${most + 200}); p99 of a read ${ms(quietMs)} quiet, ${ms(crowdedMs)} beside them, ${ms(attackedMs)} beside as many half headers; memory ${mb(quietRss)} quiet, ${mb(rss)} with them; all half headers cut off after ${ms(cutMs)}; stopped in ${ms(stopMs)}`,
  );
});

function hold(port: number, first: string): Promise<Held> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(first);
      // A connection that is cut off later is what the test waits for.
      socket.off('error', reject).on('error', () => undefined);
      resolve(held);
    });
    const held: Held = { socket, received: '' };
    socket.once('error', reject);
    socket.on('data', (part: Buffer) => {
      held.received += part.toString('latin1');
    });
  });
}
