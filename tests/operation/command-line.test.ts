/** Words of the command line: whatever value follows an option belongs to it, but the name of another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsed } from '../../server/command-line.ts';

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
