/** docs/for-sceptics.md followed word for word: its commands find what is good good, and stop where something is not. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderSource } from '../../server/public/source.ts';
import { writeArchive } from '../../server/public/write-archive.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { canInstall, install } from '../fixtures/debian.ts';
import { type PublishedLog, publishedLog } from './published-log.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'for-sceptics.md'), 'utf8');
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
const tools = ['bash', 'curl', 'openssl', 'sha256sum', 'python3'];
const areThere = (): boolean =>
  spawnSync('sh', ['-c', tools.map((tool) => `command -v ${tool}`).join(' && ')]).status === 0;
const canFollow = areThere() || (canInstall() && install('curl', 'openssl', 'python3') && areThere());
if (!canFollow)
  console.log('skipped: docs/for-sceptics.md is not followed, since curl, openssl, sha256sum or python3 is missing');

describe.skipIf(!canFollow)('the page for sceptics', () => {
  let log: PublishedLog;
  let server: Server;
  let address: string;
  /** What is served now. */
  let tree: string;
  beforeAll(async () => {
    log = await publishedLog(60);
    const { vkey, organiser } = log.house.pins();
    server = createServer(async (request, answer) => {
      const path = new URL(request.url ?? '', 'http://x').pathname;
      const body =
        path === '/'
          ? `<sundial-feed src="/public/" vkey="${vkey}" organiser="${organiser}"></sundial-feed>`
          : await folderSource(tree).read(path.replace('/public/', ''));
      answer.writeHead(body === null ? 404 : 200).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const at = server.address();
    if (at === null || typeof at === 'string') throw new Error('no port');
    address = `http://127.0.0.1:${at.port}`;
  });
  afterAll(async () => {
    server.close();
    await log.remove();
  });

  const newFolder = (): string => mkdtempSync(join(log.house.context.config.dataFolder, 'reader-'));

  /** Pastes every block of the page into one shell. */
  const follow = async (from: string, folder = newFolder(), more: Readonly<Record<string, string>> = {}) => {
    tree = from;
    const environment = { PATH: process.env.PATH, BASE: `${address}/public`, PAGE: `${address}/`, ...more };
    const shell = spawn('bash', ['-c', `set -euo pipefail\n${blocks.join('\n')}`], { cwd: folder, env: environment });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr])
      stream.on('data', (part: Buffer) => {
        output += part.toString('utf8');
      });
    const [code] = await once(shell, 'close');
    return { code, output };
  };

  /** A copy of the tree with a file changed. */
  const changed = (name: string, path: string, change: (text: Buffer) => Buffer): string => {
    const copy = join(log.house.context.config.dataFolder, name);
    cpSync(log.tree, copy, { recursive: true });
    writeFileSync(join(copy, path), change(readFileSync(join(copy, path))));
    return copy;
  };

  const newest = (): string => {
    const { newest: cards } = JSON.parse(readFileSync(join(log.tree, 'index.json'), 'utf8'));
    return `draw/${cards[0].draw}/${cards[0].unit}.json`;
  };

  /** The bundle with its parsed content changed. */
  const bundle = (change: (bundle: { diary: string; leaves: { jws: string }[] }) => void) => (text: Buffer) => {
    const parsed = JSON.parse(text.toString('utf8'));
    change(parsed);
    return Buffer.from(JSON.stringify(parsed));
  };

  it('passes over a published diary, and once more when the log has grown', async () => {
    const folder = newFolder();
    const { code, output } = await follow(log.tree, folder);
    expect(output).not.toContain('FAILED');
    const leaves = (await log.house.leaves()).length;
    expect(leaves).toBeGreaterThan(256);
    expect(output).toContain(`ok the head of the server (${leaves}) is that of the log`);
    expect(output).toMatch(/^ *\d+ Verified OK$/m);
    expect(output).toContain('ok the cover is the sealed one');
    expect(output).toMatch(/^2026-11-16T23:30 u0\d2026-W47看便桥$/m);
    expect(output).toContain('[state-secret: 《中华人民共和国政府信息公开条例》第十四条]');
    expect(output).toContain('ok 5 units acknowledged the list before the numbers, 3 are needed');
    const { record } = JSON.parse(readFileSync(join(log.tree, 'draw', 'd-2026-w47.json'), 'utf8'));
    const drawn = record.drawn.map(({ unit }: { unit: string }) => unit);
    expect(output).toContain(`ok the lot drawn again gives ${drawn.join(', ')}`);
    expect(output).toContain('compare: lottery ssq 2026134 [2, 5, 12, 8, 10, 30, 14]');
    expect(code).toBe(0);

    await log.house.seal('u01', { week: '2026-W48', rev: 61 });
    await writeTree(log.house.context, log.tree, () => undefined);
    const again = await follow(log.tree, folder);
    expect(again.output).toContain(`ok the head seen before (${leaves}) is that of the log`);
    expect(again.output).toContain(`ok the head of the server (${leaves + 1}) is that of the log`);
    expect(again.code).toBe(0);
  });

  it('passes over an archive on a disk', async () => {
    const folder = join(log.house.context.config.dataFolder, 'archive');
    expect(await writeArchive(log.house.context, '2026', folder, () => undefined)).toMatchObject({ ok: true });
    const { vkey, organiser } = log.house.pins();
    const more = { BASE: `file://${folder}/data`, VKEY: vkey, ORGANISER: organiser };
    expect(await follow(log.tree, newFolder(), more)).toMatchObject({ code: 0 });
    const listed = page.match(/`(sha256sum --quiet -c [^`]*)`/)?.[1] ?? '';
    expect(spawnSync('sh', ['-c', listed], { cwd: folder }).status).toBe(0);
    expect(readdirSync(folder)).toContain('HOW-TO-CHECK.md');
  });

  it('stops at another word in the text', async () => {
    const told = (encoded: string) => Buffer.from(encoded, 'base64url').toString('utf8');
    const change = bundle((it) => {
      const parts = it.diary.split('~');
      const n = parts.findIndex((part, i) => i > 0 && told(part).includes('看便桥'));
      const other = Buffer.from(told(parts[n] ?? '').replace('看便桥', '看新桥')).toString('base64url');
      it.diary = parts.with(n, other).join('~');
    });
    const { code, output } = await follow(changed('text', newest(), change));
    expect(output).toContain('FAILED item 2 is shown or withheld on a ground');
    expect(code).not.toBe(0);
  });

  it('stops at a record that is not in the log', async () => {
    const change = bundle(({ leaves }) => {
      const last = leaves.at(-1);
      if (last) last.jws = `${last.jws.slice(0, -4)}AAAA`;
    });
    const { code, output } = await follow(changed('record', newest(), change));
    expect(output).toMatch(/FAILED leaf \d+ is in the log/);
    expect(code).not.toBe(0);
  });

  it('stops at a log of which one leaf is another', async () => {
    const change = (bytes: Buffer) => Buffer.from(bytes.map((byte, n) => (n === 300 ? byte ^ 1 : byte)));
    const { code, output } = await follow(changed('leaf', 'tile/entries/000', change));
    expect(output).toMatch(/FAILED the head of the (server|diary) \(\d+\) is that of the log/);
    expect(code).not.toBe(0);
  });

  it('stops at a head by another key, and at another organiser', async () => {
    const { vkey, organiser } = log.house.pins();
    const text = readFileSync(join(log.tree, 'index.json'), 'utf8');
    expect(text).toContain(vkey);
    const other = `${vkey.split('+')[0]}+00000000+${Buffer.concat([Buffer.of(2), Buffer.from(log.spki, 'base64').fill(7, 60)]).toString('base64')}`;
    const byOther = await follow(log.tree, newFolder(), { VKEY: other });
    expect(byOther.output).toContain('FAILED one line of the head is of this key');
    expect(byOther.code).not.toBe(0);
    const { code, output } = await follow(log.tree, newFolder(), { ORGANISER: organiser.replace(/^./, '_') });
    expect(output).toContain("FAILED leaf 0 is the organiser's key of the page");
    expect(code).not.toBe(0);
  });
});
