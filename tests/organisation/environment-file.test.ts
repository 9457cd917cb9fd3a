import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../server/config.ts';
import { takeVariables, variablesOf } from '../../server/environment-file.ts';
import { deployed } from '../fixtures/nginx.ts';
import { sundial } from '../fixtures/served.ts';

// What the manuals of Node (`--env-file`) and of systemd (`EnvironmentFile=`) both say of a line.
test.each([
  ['SECRET=plain', 'plain'],
  ['SECRET=two words', 'two words'],
  ['SECRET=a=b', 'a=b'],
  ['SECRET=$HOME', '$HOME'],
  ['SECRET=日晷 <sundial@example.gov>', '日晷 <sundial@example.gov>'],
  ['SECRET=plain  ', 'plain'],
  ['SECRET=plain\r', 'plain'],
  ['SECRET=', ''],
  ['SECRET=""', ''],
  ['SECRET="a # b \'c\' `d` "', "a # b 'c' `d` "],
  [`SECRET='a # "b" \\n $c\\'`, 'a # "b" \\n $c\\'],
  ['# a comment that isn\'t a "line\nSECRET=plain\n\n', 'plain'],
  ['\uFEFFSECRET=plain', 'plain'],
])('%j sets %j', (text, value) => {
  expect(variablesOf(text)).toEqual({ ok: true, value: { SECRET: value } });
});

// What the two read differently, and what leaves a reader of the line in doubt.
test.each([
  'SECRET=a#b',
  'SECRET=a # b',
  'SECRET=a\\b',
  'SECRET=a"b',
  "SECRET=it's",
  'SECRET=`a`',
  'SECRET="a" # b',
  'SECRET="a"b',
  'SECRET="a\\n"',
  'SECRET="a\\"b"',
  "SECRET='it\\'s'",
  'SECRET= a',
  'SECRET = a',
  ' SECRET=a',
  'export SECRET=a',
  '; SECRET=a',
  'SECRET',
  '1SECRET=a',
  'SECRET="a\nb"',
])('%j is refused by its line', (text) => {
  expect(variablesOf(`# one\nOTHER=1\n${text}\n`)).toEqual({ ok: false, problem: 3 });
});

test('such a line beside the configuration is named by file and line', () => {
  const loaded = loadConfig({ SUNDIAL_CONFIG: '/etc/sundial.json' }, (path) =>
    path.endsWith('.env') ? 'PORT=8080\nSUNDIAL_SMTP_URL=smtps://u:p#x@mail.example\n' : '{}',
  );
  expect(loaded).toEqual({
    ok: false,
    problem: [{ code: 'LINE_UNCLEAR', at: '/etc/sundial.env', line: 2, field: '', reason: 'NAME=value' }],
  });
});

test('what the environment sets itself goes before the file; a file that is not there sets nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-variables-'));
  const path = join(folder, 'environment');
  const environment = { SUNDIAL_ENVIRONMENT: path, HOST: '::1', PORT: '' };
  takeVariables(environment);
  expect(environment).toEqual({ SUNDIAL_ENVIRONMENT: path, HOST: '::1', PORT: '' });
  writeFileSync(path, 'HOST=127.0.0.1\nPORT=8080\n');
  takeVariables(environment);
  expect(environment).toEqual({ SUNDIAL_ENVIRONMENT: path, HOST: '::1', PORT: '8080' });
  rmSync(folder, { recursive: true });
});

test('a command says which line it does not take, and does nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-variables-'));
  const path = join(folder, 'environment');
  writeFileSync(path, `SUNDIAL_DATA="${folder}"\nSUNDIAL_OIDC_CLIENT_SECRET=ab#cd\n`);
  const refused = await sundial({ SUNDIAL_ENVIRONMENT: path, SUNDIAL_DATA: '' }, ['serve']);
  expect(refused).toEqual({ code: 2, output: expect.stringContaining(`${path}:2 `) });
  expect(refused.output).toMatch(/请放进引号.*goes into quotation marks/);
  expect(refused.output).not.toContain('cd');
  writeFileSync(path, `SUNDIAL_DATA="${folder}"\nSUNDIAL_OIDC_CLIENT_SECRET='ab#cd'\n`);
  const taken = await sundial({ SUNDIAL_ENVIRONMENT: path, SUNDIAL_DATA: '' }, ['serve']);
  expect(taken.output).toContain(join(folder, 'sundial.config.json'));
  rmSync(folder, { recursive: true });
});

test('the service, its backup and the command beside them read the variables by the same reader', () => {
  for (const name of ['sundial.service', 'sundial-backup.service', 'sundial']) {
    const text = deployed(name, {});
    expect([name, text.match(/SUNDIAL_ENVIRONMENT=\/etc\/sundial\/environment/g)?.length]).toEqual([name, 1]);
    expect([name, /^EnvironmentFile=|--env-file/m.test(text)]).toEqual([name, false]);
  }
});
