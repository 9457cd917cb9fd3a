/** What a server that cannot begin says: a sentence with what to do, and no trace of the program. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { tellTrouble } from '../../server/trouble.ts';
import { freePort, startServer, sundial } from '../fixtures/served.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** What is said of an error of the system, in a language. */
function said(error: object, language: string): string {
  vi.stubEnv('LC_ALL', language);
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  expect(tellTrouble(Object.assign(new Error('of the system'), error))).toBe(2);
  vi.restoreAllMocks();
  return lines.join('');
}

test('a port that another program has is named, and what to do', async () => {
  const data = mkdtempSync(join(tmpdir(), 'sundial-begin-'));
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  const environment = { SUNDIAL_DATA: data, PORT: String(port), LC_ALL: 'en_GB.UTF-8' };
  expect(await sundial(environment, ['init', '--yes'])).toMatchObject({ code: 0 });
  const begun = await sundial(environment, ['serve']);
  expect(begun).toMatchObject({
    code: 2,
    output: expect.stringMatching(/Another program uses 127\.0\.0\.1:\d+, .* PORT/),
  });
  expect(begun.output).not.toContain('at Server');
  other.close();
  rmSync(data, { recursive: true, force: true });
});

test('a port or an address that this user or this machine does not have, and a file of another user, are told apart', () => {
  const listening = { syscall: 'listen', address: '10.0.0.9', port: 80 };
  expect(said({ ...listening, code: 'EACCES' }, 'en')).toMatch(/may not use 10\.0\.0\.9:80\. .*above 1024/);
  expect(said({ ...listening, code: 'EACCES' }, 'zh')).toMatch(/10\.0\.0\.9:80。.*1024以上/);
  expect(said({ ...listening, code: 'EADDRNOTAVAIL' }, 'en')).toMatch(/\(EADDRNOTAVAIL\)\. See whether HOST/);
  const file = { syscall: 'open', code: 'EACCES', path: '/var/lib/sundial/sundial.sqlite' };
  const { username } = userInfo();
  expect(said(file, 'en')).toContain(`The user ${username} may not open /var/lib/sundial/sundial.sqlite.`);
  expect(said(file, 'zh')).toContain(`用户 ${username} 打不开 /var/lib/sundial/sundial.sqlite。`);
});

test('a file or folder that is not what a command needs is named, with exit code 2: 1 has a meaning of its own for many', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-begin-'));
  const noFile = await sundial({ LC_ALL: 'en' }, ['verify', folder, '--seen', folder]);
  expect(noFile).toEqual({ code: 2, output: expect.stringContaining('cannot be used (EISDIR)') });
  expect(noFile.output).not.toContain('    at ');
  rmSync(folder, { recursive: true, force: true });
  expect(said({ syscall: 'open', code: 'ENOENT', path: '/none.pem' }, 'en')).toContain(
    '/none.pem cannot be used (ENOENT)',
  );
  expect(said({ syscall: 'mkdir', code: 'EEXIST', path: '/etc/passwd' }, 'zh')).toContain(
    '用不了 /etc/passwd（EEXIST）',
  );
});

test('a configuration that cannot be read is not one that is missing: nobody is sent to begin anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-begin-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const words of [['notices'], ['backup', join(folder, 'a.age')], ['init', '--yes']])
    expect(await sundial({ SUNDIAL_DATA: join(file, 'data'), LC_ALL: 'en' }, words)).toEqual({
      code: 2,
      output: expect.stringContaining(`${join(file, 'data', 'sundial.config.json')} cannot be used (ENOTDIR)`),
    });
  rmSync(folder, { recursive: true, force: true });
});

test('the demonstration never takes the place of a folder that it did not make, also where it is to begin anew', async () => {
  const data = mkdtempSync(join(tmpdir(), 'sundial-begin-'));
  const environment = { SUNDIAL_DATA: data, PORT: String(await freePort()), LC_ALL: 'en' };
  expect(await sundial(environment, ['init', '--yes'])).toMatchObject({ code: 0 });
  const held = () => ({
    files: readdirSync(data, { recursive: true }).sort(),
    key: readFileSync(join(data, 'keys', 'checkpoint-p256.pem'), 'utf8'),
  });
  const before = held();
  for (const words of [['demo'], ['demo', '--fresh']])
    expect(await sundial(environment, words)).toMatchObject({ code: 2, output: expect.stringContaining(data) });
  expect(held()).toEqual(before);
  rmSync(data, { recursive: true, force: true });
});

test.each(['serve', 'demo'])('%s refuses a word that it does not know, and does not begin', async (command) => {
  const data = mkdtempSync(join(tmpdir(), 'sundial-begin-'));
  const environment = { SUNDIAL_DATA: data, LC_ALL: 'en' };
  for (const word of ['--prot=80', 'now'])
    expect(await sundial(environment, [command, word])).toEqual({
      code: 2,
      output: expect.stringMatching(new RegExp(`^sundial ${command}`)),
    });
  expect(readdirSync(data)).toEqual([]);
  rmSync(data, { recursive: true, force: true });
});

test('a second server on one embedded database is refused in a sentence, commands go on beside the first, and one that was killed leaves no lock', async () => {
  const data = mkdtempSync(join(tmpdir(), 'sundial-begin-'));
  const serving = async () => ({ SUNDIAL_DATA: data, PORT: String(await freePort()), LC_ALL: 'en' });
  const environment = await serving();
  expect(await sundial(environment, ['init', '--yes'])).toMatchObject({ code: 0 });
  const first = await startServer(environment);
  const ended = await Promise.all([
    sundial(await serving(), ['serve']),
    sundial(environment, ['restore', '--seen', data]),
    sundial(environment, ['invite', '--again', '--name', 'nobody']),
    sundial(environment, ['notices']),
  ]);
  const refused = expect.stringContaining(`Another sundial serve runs on ${join(data, 'sundial.sqlite')}`);
  expect(ended).toMatchObject([{ code: 2, output: refused }, { code: 2, output: refused }, {}, { code: 0 }]);
  expect(ended[2]?.output).not.toContain('sundial serve runs');
  await first.kill();
  await (await startServer(environment)).stop();
  rmSync(data, { recursive: true, force: true });
});
