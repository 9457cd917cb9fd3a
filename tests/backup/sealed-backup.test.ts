/** The file of a backup: it opens with its passphrase and whole, or not at all. */
import fs, {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keyOfPart } from '../../server/backup/format.ts';
import { readPassphrase, requireTypable } from '../../server/backup/passphrase.ts';
import { dropOld, nameAt } from '../../server/backup/rotate.ts';
import { type Part, readSealed, writeSealed } from '../../server/backup/sealed-file.ts';
import { BackupTrouble } from '../../server/backup/trouble.ts';

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

test('what the disk does not give is told as unreadable, never as a wrong passphrase or a damaged file', async () => {
  for (const path of [folder, join(folder, 'gone.age'), join(file, 'within.age')])
    await expect(readAll(path), path).rejects.toMatchObject({ code: 'UNREADABLE' });
  // A share that goes away in the midst: the second read of the file fails.
  const reading = readSealed(file, passphrase);
  await reading.next();
  const failed = vi.spyOn(fs, 'read').mockImplementation(((...args: unknown[]) => {
    const done = args.at(-1);
    if (typeof done === 'function') done(Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'read' }));
  }) as typeof fs.read);
  const rest = async () => {
    for await (const _ of reading);
  };
  await expect(rest()).rejects.toMatchObject({ code: 'UNREADABLE' });
  failed.mockRestore();
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

test('of two that write one file at once one goes well, and what lies there is whole', async () => {
  const path = join(folder, 'both.age');
  let go = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    go = resolve;
  });
  const waiting = async function* (): AsyncGenerator<Part> {
    yield* parts;
    await begun;
    yield { name: 'manifest.json', bytes: new TextEncoder().encode('{}') };
  };
  const first = writeSealed(path, passphrase, waiting(), cost);
  const second = writeSealed(path, passphrase, given(), cost);
  await second;
  go();
  await expect(first).rejects.toMatchObject({ code: 'EXISTS' });
  expect(await readAll(path)).toEqual(parts);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('of the backups in a folder the newest stay, and what is none of ours stays', () => {
  const kept = mkdtempSync(join(folder, 'kept-'));
  const at = Date.UTC(2026, 10, 23, 3);
  const names = [0, 1, 2, 3].map((n) => nameAt(Date.UTC(2026, 10, 20 + n, 3)));
  const [first = '', , , last = ''] = names;
  const drafts = [`${first}.part`, `${last}.part`];
  for (const name of [...names, 'notes.txt', ...drafts]) writeFileSync(join(kept, name), 'x');
  utimesSync(join(kept, `${first}.part`), at / 1000, (at - 86_400_001) / 1000);
  utimesSync(join(kept, `${last}.part`), at / 1000, at / 1000);
  expect(first).toBe('sundial-20261120T030000Z.age');
  expect(dropOld(kept, 3, last, at)).toEqual([first]);
  expect(dropOld(kept, 3, last, at)).toEqual([]);
  expect(readFileSync(join(kept, 'notes.txt'), 'utf8')).toBe('x');
  // One that a killed backup left goes, that of another which is being made stays.
  expect(drafts.map((name) => existsSync(join(kept, name)))).toEqual([false, true]);
});

test('the backup that was made just now stays, also where the clock was ahead when the others were made', () => {
  const kept = mkdtempSync(join(folder, 'ahead-'));
  const ahead = [0, 1].map((n) => nameAt(Date.UTC(2030, 0, 1 + n)));
  const made = nameAt(Date.UTC(2026, 10, 20));
  for (const name of [...ahead, made]) writeFileSync(join(kept, name), 'x');
  expect(dropOld(kept, 2, made, Date.UTC(2026, 10, 20))).toEqual([ahead[0]]);
  expect(dropOld(kept, 1, made, Date.UTC(2026, 10, 20))).toEqual([ahead[1]]);
  expect(readdirSync(kept)).toEqual([made]);
});

test('a backup is made only under a passphrase that can be typed from paper', async () => {
  const path = join(folder, 'passphrase');
  const from = { SUNDIAL_BACKUP_PASSPHRASE_FILE: path };
  await expect(readPassphrase(from, [])).rejects.toMatchObject({ code: 'PASSPHRASE_GONE', at: path });
  const judged = async (bytes: string | Uint8Array): Promise<string> => {
    writeFileSync(path, bytes, { mode: 0o600 });
    const read = await readPassphrase(from, []);
    try {
      requireTypable(read);
      return read;
    } catch (error) {
      return error instanceof BackupTrouble ? error.code : String(error);
    }
  };
  for (const end of ['', '\n', '\r\n']) expect(await judged(`${passphrase}${end}`)).toBe(passphrase);
  expect(await judged('莲浦路上 五个 随意的 中文词')).toBe('莲浦路上 五个 随意的 中文词');
  const odd = [
    `\uFEFF${passphrase}\n`,
    passphrase.replaceAll(' ', '\n'),
    `${passphrase} \n`,
    ` ${passphrase}`,
    `${passphrase}\n\n`,
    Buffer.from(`\uFEFF${passphrase}\r\n`, 'utf16le'),
    Uint8Array.of(...[...Array(20)].map(() => 0xc4)),
  ];
  for (const bytes of odd) expect(await judged(bytes), JSON.stringify(bytes)).toBe('PASSPHRASE_ODD');
});

test.each(['keys/../sundial.sqlite', 'keys//etc', 'keys/a/b/c', '/keys/x', 'keys/..', 'keys/.'])(
  'no file of a backup is written outside the keys: %s',
  (name) => expect(keyOfPart(name)).toBeNull(),
);
