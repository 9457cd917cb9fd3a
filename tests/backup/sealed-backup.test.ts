/** The file of a backup: it opens with its passphrase and whole, or not at all. */
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyOfPart } from '../../server/backup/format.ts';
import { dropOld, nameAt } from '../../server/backup/rotate.ts';
import { type Part, readSealed, writeSealed } from '../../server/backup/sealed-file.ts';

const passphrase = 'five words that nobody knows';
/** Low, so that the tests do not wait for scrypt. */
const cost = 4;
const folder = mkdtempSync(join(tmpdir(), 'sundial-sealed-'));
const file = join(folder, 'whole.age');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Random bytes do not shrink, so the file has four chunks of 64 KiB and a piece.
const parts: Part[] = [
  { name: 'about.json', bytes: new TextEncoder().encode('{}') },
  { name: 'tables/entry/000001.jsonl', bytes: crypto.getRandomValues(new Uint8Array(65_536)) },
  { name: 'tables/entry/000002.jsonl', bytes: new Uint8Array([...Array(4)].flatMap(() => [...random(60_000)])) },
];
function random(n: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(n));
}

async function* given(): AsyncGenerator<Part> {
  yield* parts;
}

async function readAll(path: string, phrase = passphrase): Promise<Part[]> {
  const found: Part[] = [];
  for await (const { name, bytes } of readSealed(path, phrase)) found.push({ name, bytes: new Uint8Array(bytes) });
  return found;
}

beforeAll(async () => {
  await writeSealed(file, passphrase, given(), cost);
});

test('what was written is read again under the passphrase, and under no other', async () => {
  expect(await readAll(file)).toEqual(parts);
  await expect(readAll(file, 'five words that nobody know')).rejects.toMatchObject({ code: 'CLOSED' });
  expect(readFileSync(file, 'latin1').startsWith('age-encryption.org/v1\n-> scrypt ')).toBe(true);
});

test('a file that was cut at a chunk, or beside it, does not open', async () => {
  const whole = readFileSync(file);
  // age: header up to the line of its MAC, 16 bytes of nonce, then chunks of 64 KiB with 16 bytes of tag each.
  const header = whole.indexOf('\n', whole.indexOf('\n--- ') + 1) + 1 + 16;
  const chunk = 65_536 + 16;
  const cuts = [0, 1, header - 17, header - 16, header];
  for (let at = header + chunk; at < whole.length; at += chunk) cuts.push(at - 1, at, at + 1);
  cuts.push(whole.length - 1);
  expect(cuts.length).toBeGreaterThan(15);
  for (const length of cuts) {
    const cut = join(folder, 'cut.age');
    writeFileSync(cut, whole);
    truncateSync(cut, length);
    await expect(readAll(cut), `cut to ${length}`).rejects.toMatchObject({ name: 'BackupTrouble' });
  }
});

test('a file with one byte changed anywhere does not open', async () => {
  const whole = readFileSync(file);
  const altered = join(folder, 'altered.age');
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ mask;
      writeFileSync(altered, bytes);
      await expect(readAll(altered)).rejects.toMatchObject({ name: 'BackupTrouble' });
    }),
    {
      numRuns: 40,
      examples: [
        [0, 1],
        [40, 1],
        [whole.length - 1, 128],
      ],
    },
  );
});

test('a backup that fails in the middle leaves no file', async () => {
  const path = join(folder, 'failed.age');
  const failing = async function* (): AsyncGenerator<Part> {
    yield* parts;
    throw new Error('the database went away');
  };
  await expect(writeSealed(path, passphrase, failing(), cost)).rejects.toThrow('the database went away');
  expect(() => readFileSync(path)).toThrow('ENOENT');
  expect(() => readFileSync(`${path}.part`)).toThrow('ENOENT');
});

test('of the backups in a folder the newest stay, and what is none of ours stays', () => {
  const kept = mkdtempSync(join(folder, 'kept-'));
  const names = [0, 1, 2, 3].map((n) => nameAt(Date.UTC(2026, 10, 20 + n, 3)));
  for (const name of [...names, 'notes.txt', `${names[0]}.part`]) writeFileSync(join(kept, name), 'x');
  expect(names[0]).toBe('sundial-20261120T030000Z.age');
  expect(dropOld(kept, 3)).toEqual([names[0]]);
  expect(dropOld(kept, 3)).toEqual([]);
  expect(readFileSync(join(kept, 'notes.txt'), 'utf8')).toBe('x');
});

test.each(['keys/../sundial.sqlite', 'keys//etc', 'keys/a/b/c', '/keys/x', 'keys/..', 'keys/.'])(
  'no file of a backup is written outside the keys: %s',
  (name) => expect(keyOfPart(name)).toBeNull(),
);
