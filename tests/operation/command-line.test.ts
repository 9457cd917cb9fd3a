/** Words of the command line: whatever value follows an option belongs to it, but the name of another; what is said, in which language. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { parsed, wordsHere } from '../../server/command-line.ts';
import { sundial } from '../fixtures/served.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const read = (args: string[]) =>
  parsed({
    args,
    allowPositionals: true,
    options: { organiser: text, vkey: text, json: flag, help: { ...flag, short: 'h' } },
  });

test('a fingerprint may begin with any sign of base64url', () => {
  const kid = fc.stringMatching(/^[-_A-Za-z0-9]{43}$/);
  fc.assert(
    fc.property(kid, kid, (organiser, vkey) => {
      const given = read(['folder', '--organiser', organiser, '--vkey', vkey, '--json']);
      expect(given?.values).toEqual({ organiser, vkey, json: true });
      expect(given?.positionals).toEqual(['folder']);
    }),
    { seed: 20261130, examples: [[`-${'A'.repeat(42)}`, `--${'A'.repeat(41)}`]] },
  );
});

test.each([
  [['--organiser', '--json'], 'the name of an option is no value'],
  [['--organiser', '--vkey=a'], 'nor is one that has a value'],
  [['--organiser', '-h'], 'nor its short form'],
  [['--organiser'], 'nothing is no value'],
  [['--json', '-x'], 'a flag takes none'],
  [['-x'], 'an unknown option'],
])('%j is no command: %s', (args) => expect(read(args)).toBeNull());

test('behind -- everything is a word', () => {
  expect(read(['--', '--organiser', '-x'])).toMatchObject({ values: {}, positionals: ['--organiser', '-x'] });
});

describe('the command word alone', () => {
  const chinese = /[\p{Script=Han}]/u;
  /** The commands that a text names: words of two blanks before them and blanks behind. */
  const named = (output: string) => [...output.matchAll(/^ {2}([a-z-]+) +\S/gm)].map(([, name]) => name);

  test.each([
    ['an unknown one', ['serv'], 2],
    ['help', ['--help'], 0],
    ['nothing', [], 0],
  ] as const)('%s is answered in the language of the terminal, with every command', async (_, args, code) => {
    const [zh, en] = await Promise.all([
      sundial({ LC_ALL: 'zh_CN.UTF-8' }, [...args]),
      sundial({ LC_ALL: 'en_GB.UTF-8' }, [...args]),
    ]);
    expect([zh.code, en.code]).toEqual([code, code]);
    expect(en.output).not.toMatch(chinese);
    expect(zh.output.split('\n').filter((line) => line.trim() !== '' && !chinese.test(line))).toEqual([]);
    const commands = readdirSync(join(import.meta.dirname, '../../server/commands')).map((file) => file.slice(0, -3));
    expect(named(en.output).sort()).toEqual(commands.filter((name) => name !== 'verify-vectors').sort());
    expect(named(zh.output)).toEqual(named(en.output));
  });

  test.each(['zh', 'en'])('each says in %s what its exit codes mean', async (language) => {
    vi.stubEnv('LC_ALL', language);
    const said: string[] = [];
    const names = readdirSync(join(import.meta.dirname, '../../server/commands')).map((file) => file.slice(0, -3));
    for (const name of names.filter((one) => one !== 'verify-vectors')) {
      const { run } = await import(`../../server/commands/${name}.ts`);
      const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
      expect(await run(['--help']), name).toBe(0);
      const usage = said.splice(0).join('');
      expect(usage, name).toMatch(language === 'en' ? /exit codes?: 0/i : /退出码：0/);
      if (language === 'en') expect(usage, name).not.toMatch(chinese);
      expect([await run(['-h']), said.splice(0).join('')], name).toEqual([0, usage]);
      out.mockRestore();
      const wrong = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
      expect([await run(['--no-such-option']), said.splice(0).join('')], name).toEqual([2, usage]);
      wrong.mockRestore();
    }
    vi.unstubAllEnvs();
  });

  test('serve says in both which variables it reads', async () => {
    for (const [language, words] of [
      ['zh', /^sundial serve\n.*停下/],
      ['en', /^sundial serve\n.*told to stop/],
    ] as const) {
      const { code, output } = await sundial({ LC_ALL: language }, ['serve', '--help']);
      expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(words) });
      expect(output).toContain('SUNDIAL_ENVIRONMENT');
    }
  });
});

test.each([
  [{ LC_ALL: '', LANG: 'en_US.UTF-8' }, 'en'],
  [{ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
  [{ LC_ALL: '', LANG: 'C.UTF-8' }, 'zh'],
])('of %j, an empty variable counts as not set: %s', (environment, language) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  expect(wordsHere('zh', 'en')).toBe(language);
  vi.unstubAllEnvs();
});

describe('what a command cannot work with ends it with 2 and a sentence, not as a finding', () => {
  const tell = async (command: 'verify' | 'witness' | 'read', args: string[]) => {
    vi.stubEnv('LC_ALL', 'en');
    const said: string[] = [];
    const wrong = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const { run } = await import(`../../server/commands/${command}.ts`);
    const code = await run(args);
    wrong.mockRestore();
    vi.unstubAllEnvs();
    return [code, said.join('')];
  };
  const folder = import.meta.dirname;

  test.each<[string, 'verify' | 'witness' | 'read', string[], RegExp]>([
    ['a folder that is not there', 'verify', [join(folder, 'nowhere')], /^Cannot read/],
    ['an address with a password', 'verify', ['http://a:b@127.0.0.1:1/'], /^Cannot read/],
    ['a pin of a variable that is not set', 'verify', [folder, '--vkey', ''], /is no key of a log/],
    ['a pin of blanks', 'verify', [folder, '--vkey', '  '], /is no key of a log/],
    ['another one', 'verify', [folder, '--organiser', ''], /is no key id/],
    [
      'a log at an address with a password',
      'witness',
      ['http://a:b@127.0.0.1:1/', '--vkey', 'v'],
      /^sundial witness URL/,
    ],
    // setTimeout takes 2^31 ms at most and, given more, does not wait at all; a day without a line means that nothing runs.
    ['looks that are too rare', 'witness', ['http://a/', '--vkey', 'v', '--every', '86401'], /^sundial witness URL/],
    ['a time that is none', 'read', ['--now', 'gestern'], /“gestern” is no time/],
    ['a zone that is none', 'read', ['--zone', 'Mars/Olympus'], /no time zone “Mars\/Olympus”/],
  ])('%s', async (_, command, args, sentence) =>
    expect(await tell(command, args)).toEqual([2, expect.stringMatching(sentence)]),
  );

  test.each([403, 429, 500, 503])('a server that answers %i has altered nothing', async (status) => {
    vi.stubGlobal('fetch', async () => new Response('', { status }));
    expect(await tell('verify', ['http://127.0.0.1:1/'])).toEqual([2, expect.stringContaining(`${status} index.json`)]);
    vi.unstubAllGlobals();
  });
});
