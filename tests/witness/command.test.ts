import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { afterEach, expect, test } from 'vitest';
import { takeAlone } from '../../server/alone.ts';
import { createApp } from '../../server/app.ts';
import { configFrom } from '../../server/config.ts';
import { openDatabase } from '../../server/database/open.ts';
import { appendLeaf } from '../../server/log/append.ts';
import { contextOver } from '../../server/open-context.ts';
import { openWitnessKey, type WitnessKey } from '../../server/witness/key.ts';
import { look } from '../../server/witness/round.ts';
import { settings } from '../fixtures/app.ts';
import { sundial } from '../fixtures/served.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'sundial-witness-'));
  ends.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A log of these leaves. Two with the same `keys` folder are one operator who shows two histories. */
async function logOf(leaves: readonly string[], keys: string, witnesses: readonly string[] = []) {
  const database = await openDatabase(':memory:');
  ends.push(() => database.close());
  const config = configFrom({ ...settings, witnesses: [...witnesses] }, { SUNDIAL_DATA: keys });
  const context = await contextOver(config, database);
  const app = createApp(context);
  const grow = async (more: readonly string[]): Promise<void> => {
    for (const leaf of more) await database.transaction((trx) => appendLeaf(trx, context, leaf));
  };
  await grow(leaves);
  const get: typeof fetch = async (input, init) => app.request(String(input), init);
  const lines = () => database.db.selectFrom('note_line').select(['size', 'line']).orderBy('size').execute();
  return { context, app, grow, get, lines, vkey: context.log.vkey };
}

async function witnessIn(place: string): Promise<{ readonly key: WitnessKey; readonly statePath: string }> {
  const key = await openWitnessKey(join(place, 'key'), 'archive.example');
  if (typeof key === 'string') throw new Error(key);
  return { key, statePath: join(place, 'state.json') };
}

const base = 'https://diary.example';
const now = Date.now;

test('a witness signs each head once, in step with the log, and only what it has proved to have grown', async () => {
  const place = folder();
  const { key, statePath } = await witnessIn(place);
  const log = await logOf(['a', 'b'], place, [key.vkey]);
  const watched = { base, vkey: log.vkey, key, statePath, now, get: log.get };
  expect(await look(watched)).toEqual({ is: 'signed', size: 2 });
  expect(await look(watched)).toEqual({ is: 'known', size: 2 });
  await log.grow(Array.from({ length: 300 }, (_, i) => `leaf ${i}`));
  expect(await look(watched)).toEqual({ is: 'signed', size: 302 });
  expect((await log.lines()).map(({ size }) => size)).toEqual([2, 302]);
});

test('what was signed is on the disk before the line leaves, and the same line is sent again after a failure', async () => {
  const place = folder();
  const { key, statePath } = await witnessIn(place);
  const log = await logOf(['a', 'b', 'c'], place, [key.vkey]);
  const sent: string[] = [];
  const failing: typeof fetch = async (input, init) => {
    if (init?.method !== 'PUT') return log.get(input, init);
    const { line } = JSON.parse(String(init.body));
    expect(JSON.parse(readFileSync(statePath, 'utf8'))['diary.example/log1']).toMatchObject({ size: 3, line });
    sent.push(line);
    throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') });
  };
  const watched = { base, vkey: log.vkey, key, statePath, now, get: failing };
  expect(await look(watched)).toEqual({ is: 'away', why: 'ECONNRESET' });
  expect(await look({ ...watched, now: () => now() + 60_000 })).toEqual({ is: 'away', why: 'ECONNRESET' });
  expect(new Set(sent).size).toBe(1);
  expect(await look({ ...watched, get: log.get })).toEqual({ is: 'signed', size: 3 });
  expect(await log.lines()).toEqual([{ size: 3, line: sent[0] }]);
});

test.each([
  ['the same size with another root', ['a', 'x']],
  ['a larger log with another past', ['a', 'x', 'c', 'd']],
  ['a smaller log with another past', ['x']],
])('a rewritten log is recognised and never signed: %s', async (_, leaves) => {
  const place = folder();
  const { key, statePath } = await witnessIn(place);
  const honest = await logOf(['a', 'b'], place, [key.vkey]);
  const other = await logOf(leaves, place, [key.vkey]);
  const watched = { base, vkey: honest.vkey, key, statePath, now };
  await look({ ...watched, get: honest.get });
  const state = readFileSync(statePath, 'utf8');
  expect((await look({ ...watched, get: other.get })).is).toBe('rewritten');
  expect(await other.lines()).toEqual([]);
  expect(readFileSync(statePath, 'utf8')).toBe(state);
});

test('a copy of the log that is only behind is no rewriting, and is not signed', async () => {
  const place = folder();
  const { key, statePath } = await witnessIn(place);
  const log = await logOf(['a', 'b'], place, [key.vkey]);
  const old = await (await log.get(`${base}/public/checkpoint`)).text();
  await log.grow(['c']);
  const watched = { base, vkey: log.vkey, key, statePath, now, get: log.get };
  await look(watched);
  const cached: typeof fetch = async (input, init) =>
    String(input).endsWith('/checkpoint') ? new Response(old) : log.get(input, init);
  expect(await look({ ...watched, get: cached })).toEqual({ is: 'older', size: 2, signed: 3 });
});

test.each([
  ['a tile that the server cannot give now is no answer', 503, 'away'],
  ['a tile that is not there proves nothing, so the log counts as rewritten', 404, 'rewritten'],
])('%s', async (_, status, is) => {
  const place = folder();
  const { key, statePath } = await witnessIn(place);
  const log = await logOf(['a', 'b'], place, [key.vkey]);
  const watched = { base, vkey: log.vkey, key, statePath, now, get: log.get };
  await look(watched);
  await log.grow(['c']);
  const without: typeof fetch = async (input, init) =>
    String(input).includes('/tile/') ? new Response('', { status }) : log.get(input, init);
  expect((await look({ ...watched, get: without })).is).toBe(is);
  expect((await log.lines()).map(({ size }) => size)).toEqual([2]);
});

test('a note by another key is not signed, and a damaged memory stops the witness', async () => {
  const place = folder();
  const { key, statePath } = await witnessIn(place);
  const log = await logOf(['a'], place, [key.vkey]);
  const stranger = await logOf(['a'], folder());
  const watched = { base, vkey: stranger.vkey, key, statePath, now, get: log.get };
  expect(await look(watched)).toEqual({ is: 'unsigned' });
  writeFileSync(statePath, '{"diary.example/log1":{"size":"1"}}');
  expect(await look({ ...watched, vkey: log.vkey })).toEqual({ is: 'damaged' });
});

test('the command makes a key for its user alone, prints its vkey, signs, and raises the alarm in both languages', async () => {
  const place = folder();
  const operator = folder();
  const words = [
    '--key',
    join(place, 'new', 'key'),
    '--state',
    join(place, 'state.json'),
    '--name',
    'archive.example',
    '--once',
  ];
  const honest = await logOf(['a', 'b'], operator);
  let shown = honest.app;
  const server = createServer(getRequestListener((request) => shown.fetch(request)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const witness = () => sundial({ LC_ALL: 'en' }, ['witness', `${address}/public/`, '--vkey', honest.vkey, ...words]);

  const first = await witness();
  expect(first.code).toBe(3);
  expect(first.output).toContain('WITNESS_UNKNOWN');
  const [vkey = ''] = /^archive\.example\+[0-9a-f]{8}\+\S{44}$/m.exec(first.output) ?? [];
  expect(statSync(join(place, 'new', 'key')).mode & 0o777).toBe(0o600);

  shown = (await logOf(['a', 'b'], operator, [vkey])).app;
  expect(await witness()).toMatchObject({ code: 0, output: expect.stringContaining('Witnessed up to record 2.') });
  expect(await witness()).toMatchObject({ code: 0, output: expect.stringContaining('Nothing new') });

  shown = (await logOf(['a', 'x', 'c'], operator, [vkey])).app;
  const alarm = await witness();
  expect(alarm.code).toBe(1);
  expect(alarm.output).toContain('存证日志被改写过');
  expect(alarm.output).toContain('THE LOG WAS REWRITTEN');
  const kept = readdirSync(place).find((file) => file.includes('rewritten')) ?? '';
  expect(readFileSync(join(place, kept), 'utf8').match(/^diary\.example\/log1$/gm)).toHaveLength(2);

  const renamed = await sundial({ LC_ALL: 'en' }, ['witness', address, '--vkey', honest.vkey, ...words, '--name', 'b']);
  expect(renamed.output).toContain('is named archive.example and keeps that name');
  const other = await sundial({ LC_ALL: 'en' }, ['witness', address, '--vkey', honest.vkey.slice(0, -4), ...words]);
  expect(other).toEqual({ code: 2, output: expect.stringContaining('is no key of a log') });

  for (const used of [join(place, 'state.json'), join(place, 'new', 'key')]) {
    const release = takeAlone(`${used}.lock`);
    const beside = await witness();
    expect(beside).toEqual({ code: 2, output: expect.stringContaining(`Another sundial witness uses ${used}.`) });
    release?.();
  }

  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await witness()).toMatchObject({ code: 3, output: expect.stringContaining('No answer') });
});
