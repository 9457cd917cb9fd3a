/** The nginx of docs/deploy before several processes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { deployed, startNginx } from '../../fixtures/nginx.ts';
import type { RealServer } from '../../fixtures/real-server.ts';
import { freePort } from '../../fixtures/served.ts';

export type Send = (method: string, path: string, headers: Record<string, string>, body: string) => Promise<Response>;

export interface Proxy {
  /** Without a slash at the end. */
  readonly address: string;
  /** What it is asked for, and the certificate that it shows: nobody else knows that. */
  readonly named: { readonly host: string; readonly ca: string };
  readonly pid: number;
  readonly send: Send;
  readonly stop: () => Promise<void>;
}

/** The name that docs/deploy/nginx.conf serves. */
const host = 'diary.example';

/** nginx with a certificate of its own before these servers. */
export async function openProxy(nginx: string, server: RealServer, servers: readonly string[]): Promise<Proxy> {
  const folder = mkdtempSync(join(server.folder, 'proxy-'));
  const [port, plain] = [await freePort(), await freePort()];
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=diary.example -keyout key.pem -out fullchain.pem';
  const made = spawnSync('openssl', words.split(' '), { cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const site = deployed('nginx.conf', {
    'server 127.0.0.1:8787;': servers.map((address) => `server ${new URL(address).host};`).join(' '),
    'listen [::]:80;': '',
    'listen 80;': `listen 127.0.0.1:${plain};`,
    'listen [::]:443 ssl http2;': '',
    'listen 443 ssl http2;': `listen 127.0.0.1:${port} ssl http2;`,
    '/etc/ssl/sundial/': `${folder}/`,
    '/var/cache/nginx/sundial': join(folder, 'cache'),
    '/var/log/nginx/': `${join(folder, 'nginx')}/`,
  });
  const { stop, process } = await startNginx(nginx, join(folder, 'nginx'), site, port);
  const ca = readFileSync(join(folder, 'fullchain.pem'), 'utf8');
  const send: Send = (method, path, given, body) =>
    new Promise((resolve, reject) => {
      const headers = { ...given, host, 'content-length': Buffer.byteLength(body) };
      const to = { host: '127.0.0.1', servername: host, port, ca, method, path, headers };
      const asking = request(to, async (answer) => {
        const parts: Buffer[] = [];
        for await (const part of answer) parts.push(part);
        const status = answer.statusCode ?? 0;
        const init = { status, headers: { 'content-type': answer.headers['content-type'] ?? '' } };
        resolve(new Response(status === 204 ? null : Buffer.concat(parts), init));
      });
      asking.on('error', reject);
      asking.end(body);
    });
  return { address: `https://127.0.0.1:${port}`, named: { host, ca }, pid: process.pid ?? 0, send, stop };
}
