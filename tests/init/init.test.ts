/** `sundial init` as an operator meets it: answers typed, files written, the server begun on them, and the organiser enrolled by its link. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { Device } from '../../server/demo/device.ts';
import { readers } from '../../server/init/questions.ts';
import { newPostgres } from '../fixtures/databases.ts';
import { realWorld } from '../fixtures/real-server.ts';
import { freePort, startServer, sundial } from '../fixtures/served.ts';

const root = mkdtempSync(join(tmpdir(), 'sundial-init-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const main = join(import.meta.dirname, '..', '..', 'server', 'main.ts');
const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('typed on a terminal: a wrong answer is asked again, the server begins on what was written, and the link enrols the organiser', async (context) => {
  const data = join(root, 'typed');
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const isTerminal = spawnSync('script', ['--version']).status === 0;
  if (!isTerminal) context.annotate('skipped: no program `script` here, so the answers come by a pipe');
  const environment = { ...process.env, SUNDIAL_DATA: data, LC_ALL: 'en_GB.UTF-8', PORT: '' };
  const command = `'${process.execPath}' '${main}' init`;
  const child = isTerminal
    ? spawn('script', ['-qec', command, '/dev/null'], { env: environment })
    : spawn('sh', ['-c', command], { env: environment });
  let shown = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      shown += part.toString('utf8');
    });
  const ended = once(child, 'close');
  for (const [question, answer] of [
    ['1/5', '晴湖区 / Qinghu'],
    ['2/5', 'https://diary.example/with/path'],
    ['without a path', address],
    ['3/5', ''],
    ['4/5', ''],
    ['5/5', 'www.example.gov, http://intra.example:8080'],
  ] as const) {
    await expect.poll(() => shown).toContain(question);
    child.stdin.write(`${answer}\n`);
  }
  expect((await ended)[0]).toBe(0);
  const [config, secrets] = [join(data, 'sundial.config.json'), join(data, 'sundial.env')];
  expect(JSON.parse(readFileSync(config, 'utf8'))).toEqual({
    name: { zh: '晴湖区', en: 'Qinghu' },
    origin: `127.0.0.1:${port}/log1`,
    zone: 'Asia/Shanghai',
    allowedOrigins: ['https://www.example.gov', 'http://intra.example:8080'],
  });
  expect([modeOf(config), modeOf(secrets)]).toEqual([0o600, 0o600]);
  const link = /http\S+\/enrol#\S+/.exec(shown)?.[0] ?? '';

  // Only the folder is named: address and port come from what was written. PORT is for the test's own eyes.
  const served = await startServer({ SUNDIAL_DATA: data, PORT: String(port) });
  try {
    await Device.claim(realWorld(address), link);
    const index = await (await fetch(`${address}/public/index.json`)).json();
    expect(index).toMatchObject({ organisation: { name: { zh: '晴湖区', en: 'Qinghu' } } });
    expect(index).not.toMatchObject({ checkpoint: null });
    const before = readFileSync(config, 'utf8');
    expect(await sundial({ SUNDIAL_DATA: data, LC_ALL: 'zh_CN.UTF-8' }, ['init', '--name', '别的'])).toMatchObject({
      code: 2,
      output: expect.stringMatching(/不改写/),
    });
    expect(readFileSync(config, 'utf8')).toBe(before);
  } finally {
    await served.stop();
  }
});

test('with a PostgreSQL address: one that does not answer is asked again, and the server begins on the one that does', async () => {
  const data = join(root, 'postgres');
  const port = await freePort();
  const [address, database] = [`http://127.0.0.1:${port}`, await newPostgres('template1')];
  const away = `postgres://nobody:secret@127.0.0.1:${await freePort()}/sundial`;
  const lines = ['试验区', address, '', away, database, ''];
  const { code, output } = await sundial(
    { SUNDIAL_DATA: data, LC_ALL: 'zh_CN.UTF-8', PORT: '' },
    ['init'],
    `${lines.join('\n')}\n`,
  );
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/连不上这个数据库（[^）]*ECONNREFUSED/) });
  expect(output).not.toContain('secret');
  const [config, secrets] = [join(data, 'sundial.config.json'), join(data, 'sundial.env')];
  expect([modeOf(data), modeOf(config), modeOf(secrets)]).toEqual([0o700, 0o600, 0o600]);
  expect(readFileSync(config, 'utf8')).not.toContain('postgres');
  expect(readFileSync(secrets, 'utf8')).toContain(`DATABASE_URL="${database}"\n`);
  const served = await startServer({ SUNDIAL_DATA: data, PORT: String(port) });
  try {
    await Device.claim(realWorld(address), /http\S+\/enrol#\S+/.exec(output)?.[0] ?? '');
    const opened = await openDatabase(database);
    const leaves = await opened.db.selectFrom('log_leaf').select('idx').execute();
    await opened.close();
    expect(leaves).toEqual([{ idx: 0 }]);
    expect(existsSync(join(data, 'sundial.sqlite'))).toBe(false);
  } finally {
    await served.stop();
  }
});

test('a pipe that ends early leaves nothing behind, and a file that is there stays', async () => {
  const data = join(root, 'ended');
  expect(await sundial({ SUNDIAL_DATA: data, LC_ALL: 'en_GB.UTF-8' }, ['init'])).toMatchObject({
    code: 2,
    output: expect.stringMatching(/nothing was written/),
  });
  expect(existsSync(data)).toBe(false);
  const folder = mkdtempSync(join(root, 'taken-'));
  writeFileSync(join(folder, 'sundial.env'), 'HOST=127.0.0.1\n');
  expect(await sundial({ SUNDIAL_DATA: folder, LC_ALL: 'zh_CN.UTF-8' }, ['init', '--yes'])).toMatchObject({ code: 2 });
  expect(readFileSync(join(folder, 'sundial.env'), 'utf8')).toBe('HOST=127.0.0.1\n');
  expect(existsSync(join(folder, 'sundial.config.json'))).toBe(false);
});

test.each([
  ['name', ' / ', 'NAME_EMPTY'],
  ['name', '长'.repeat(61), 'NAME_LONG'],
  ['address', 'ftp://diary.example', 'ADDRESS_UNREADABLE'],
  ['address', 'https://diary.example/x', 'ADDRESS_WITH_PATH'],
  ['zone', 'Asia/Nowhere', 'ZONE_UNKNOWN'],
  ['database', 'mysql://a/b', 'DATABASE_UNREADABLE'],
  ['database', 'postgres://host', 'DATABASE_UNREADABLE'],
  ['pages', 'https://a.example, ://', 'PAGE_UNREADABLE'],
] as const)('of %s the answer %j is %s', (question, answer, problem) => {
  expect(readers[question](answer)).toEqual({ ok: false, problem });
});
