/** `sundial restore --seen` as an operator types it: the server is lost after its last backup, and what the world saw since decides. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { createApp } from '../../server/app.ts';
import { readPassphrase } from '../../server/backup/passphrase.ts';
import { readSeen } from '../../server/backup/seen.ts';
import { configFrom } from '../../server/config.ts';
import { openDatabase } from '../../server/database/open.ts';
import { Device } from '../../server/demo/device.ts';
import { backup as en } from '../../server/locales/en/backup.ts';
import { backup as zh } from '../../server/locales/zh/backup.ts';
import { appendLeaf } from '../../server/log/append.ts';
import { contextOver } from '../../server/open-context.ts';
import { parseVkey } from '../../shared/proof/checkpoint.ts';
import { settings } from '../fixtures/app.ts';
import { openRealServer, type RealServer, realWorld } from '../fixtures/real-server.ts';
import { startServer, sundial } from '../fixtures/served.ts';

const main = join(import.meta.dirname, '..', '..', 'server', 'main.ts');
const root = mkdtempSync(join(tmpdir(), 'sundial-restore-command-'));
const passphrase = join(root, 'passphrase');
writeFileSync(passphrase, 'five words that nobody knows\n', { mode: 0o600 });
afterAll(() => rmSync(root, { recursive: true, force: true }));

const rule = {
  roll: [{ unit: 'u01', stratum: 'a' }],
  strata: [{ id: 'a', seats: 1 }],
  window: 0,
  min_acks: 1,
  zone: 'Asia/Shanghai',
  sources: [{ kind: 'stage' as const, name: 'hall' }],
};

test('a log that grew after the backup is carried on to what a reader saw, by three commands, and verifies against the old head', async () => {
  const old = await openRealServer(settings);
  const organiser = await Device.claim(realWorld(old.issuer), old.invitation, true);
  const here = { ...old.environment, SUNDIAL_BACKUP_PASSPHRASE_FILE: passphrase, LC_ALL: 'zh_CN.UTF-8' };
  const [backup, tree, heads] = [join(root, 'backup.age'), join(root, 'tree'), join(root, 'heads.json')];
  expect(await sundial(here, ['backup', backup])).toMatchObject({ code: 0 });
  for (const close of [700, 710, 720]) await organiser.record('wd-rule+jwt', 'organiser', { ...rule, close });
  expect(await sundial(here, ['export', tree])).toMatchObject({ code: 0 });
  // As `sundial verify --seen` keeps it for a reader: the head, and nothing behind it.
  const [origin = '', size, head] = readFileSync(join(tree, 'checkpoint'), 'utf8').split('\n');
  writeFileSync(heads, JSON.stringify({ [origin]: { size: Number(size), root: head } }));
  const pins = await pinsOf(old);
  await old.close();

  const folder = join(root, 'restored');
  const there = { ...here, SUNDIAL_DATA: folder, DATABASE_URL: join(folder, 'sundial.sqlite') };
  const unsaid = await sundial(there, ['restore', backup]);
  expect(unsaid).toMatchObject({ code: 1, output: expect.stringMatching(/请用 --seen 指明/) });
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);

  const behind = await sundial(there, ['restore', backup, '--seen', heads]);
  expect(behind).toMatchObject({ code: 3, output: expect.stringMatching(/外面见过的日志比这里长 3 条/) });
  expect(behind.output).toMatch(/新纪元 \d+/);

  const carried = await sundial(there, ['restore', '--seen', tree]);
  expect(carried).toEqual({ code: 0, output: '日志从公开副本接上了 3 条。\n日志已经接上，可以继续签了。\n' });
  const served = await startServer(there);
  try {
    // Signs in anew: the backup has no open session.
    const again = await Device.restore(realWorld(old.issuer), await organiser.save());
    await again.record('wd-rule+jwt', 'organiser', { ...rule, close: 730 });
    const now = await (await fetch(`${old.issuer}/public/checkpoint`)).text();
    expect(Number(now.split('\n')[1])).toBe(Number(size) + 1);
    const verify = ['verify', `${old.issuer}/public/`, ...pins, '--seen', heads];
    expect(await sundial(here, verify)).toMatchObject({ code: 0 });
  } finally {
    await served.stop();
  }
});

test('a check that is told to stop leaves neither keys nor tables behind', async () => {
  const server = await openRealServer(settings);
  const here = { ...server.environment, SUNDIAL_BACKUP_PASSPHRASE_FILE: passphrase };
  const backup = join(root, 'stopped.age');
  expect(await sundial(here, ['backup', backup])).toMatchObject({ code: 0 });
  await server.close();
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const) {
    const temporary = mkdtempSync(join(root, 'tmp-'));
    const child = spawn(process.execPath, [main, 'restore', '--check', backup], {
      env: { ...process.env, ...here, TMPDIR: temporary },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await expect.poll(() => readdirSync(temporary, { recursive: true }).length, { interval: 1 }).toBeGreaterThan(1);
    child.kill(signal);
    expect(await ended).toEqual([code, null]);
    expect(readdirSync(temporary)).toEqual([]);
  }
});

test('a copy of the tree of a log that had not begun is told from one of another log, and from one that has lost its head', async () => {
  const tree = mkdtempSync(join(root, 'tree-'));
  const judge = (index: unknown) => {
    writeFileSync(join(tree, 'index.json'), JSON.stringify(index));
    return readSeen(tree, 'diary.example/log1', []);
  };
  const unbegun = { pins: { origin: 'diary.example/log1' }, checkpoint: null };
  await expect(judge(unbegun)).rejects.toMatchObject({ code: 'SEEN_UNBEGUN', at: tree });
  const other = { ...unbegun, pins: { origin: 'other.example/log1' } };
  await expect(judge(other)).rejects.toMatchObject({ code: 'SEEN_UNREADABLE' });
  await expect(judge({ ...unbegun, checkpoint: 'a note' })).rejects.toMatchObject({ code: 'SEEN_UNREADABLE' });
  expect([en, zh].map(({ trouble }) => /--unseen/.test(trouble.SEEN_UNBEGUN(tree)))).toEqual([true, true]);
});

test.each(['not-there', 'http://127.0.0.1:1/public/'])(
  'a source that cannot be read, %s, is told from one that is wrong',
  async (source) => {
    const at = source.startsWith('http') ? source : join(root, source);
    await expect(readSeen(at, 'diary.example/log1', [])).rejects.toMatchObject({ code: 'SEEN_AWAY', at });
  },
);

test('a copy whose server goes away after its checkpoint was read is told as one that does not answer', async () => {
  const database = await openDatabase(':memory:');
  const context = await contextOver(configFrom(settings, { SUNDIAL_DATA: mkdtempSync(join(root, 'keys-')) }), database);
  await database.transaction((trx) => appendLeaf(trx, context, 'a'));
  const app = createApp(context);
  vi.stubGlobal('fetch', async (address: URL) =>
    address.pathname.endsWith('/checkpoint') ? app.request(String(address)) : new Response('', { status: 503 }),
  );
  const at = 'http://127.0.0.1:1/';
  const vkey = await parseVkey(context.log.vkey);
  const { head, tree } = await readSeen(at, settings.origin, vkey === null ? [] : [vkey]);
  expect(head.size).toBe(1);
  await expect(tree?.read('tile/entries/000.p/1')).rejects.toMatchObject({ code: 'SEEN_AWAY', at });
  vi.unstubAllGlobals();
  await database.close();
});

test('a passphrase file that is named by nothing is not set, and a folder is none', async () => {
  for (const [path, code] of [
    ['', 'PASSPHRASE_MISSING'],
    [root, 'PASSPHRASE_GONE'],
    [join(root, 'gone'), 'PASSPHRASE_GONE'],
  ] as const)
    await expect(readPassphrase({ SUNDIAL_BACKUP_PASSPHRASE_FILE: path }, ['?'])).rejects.toMatchObject({ code });
});

async function pinsOf({ issuer }: RealServer): Promise<string[]> {
  const { pins } = await (await fetch(`${issuer}/public/index.json`)).json();
  return ['--vkey', pins.vkey, '--organiser', pins.organiser];
}
