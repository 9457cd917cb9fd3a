import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Bytes, fromB64u, hex, utf8 } from '../../shared/base/bytes.ts';
import {
  derToRaw,
  formatVkey,
  noteVerifies,
  parseNote,
  parseVkey,
  rawToDer,
  signatureLine,
  signNote,
  type Vkey,
} from '../../shared/proof/checkpoint.ts';
import { checkHead } from '../../shared/proof/verify.ts';
import { cosignatureLine, witnessedAt } from '../../shared/proof/witness.ts';
import { testKey, vectorText } from '../fixtures/vectors.ts';

const vectors: {
  checkpoint: { vkey_es256: string; vkey_ed25519: string; note: string; must_fail: { name: string; note: string }[] };
} = JSON.parse(vectorText('log'));
const { vkey_es256, vkey_ed25519, note, must_fail } = vectors.checkpoint;

const keysOf = async (...texts: string[]): Promise<Vkey[]> =>
  (await Promise.all(texts.map(parseVkey))).flatMap((key) => key ?? []);

async function verifies(text: string, ...vkeys: string[]): Promise<boolean> {
  const parsed = parseNote(text);
  return parsed !== null && noteVerifies(parsed, await keysOf(...vkeys));
}

describe('checkpoints', () => {
  test('the note of the vectors is good by either key and by both', async () => {
    expect(parseNote(note)).toMatchObject({ origin: 'diary.example/log1', size: 9 });
    expect(await verifies(note, vkey_es256)).toBe(true);
    expect(await verifies(note, vkey_ed25519)).toBe(true);
    expect(await verifies(note, vkey_es256, vkey_ed25519)).toBe(true);
  });

  test.each(must_fail)('the note is refused: $name', async ({ note: bad }) => {
    expect(await verifies(bad, vkey_es256)).toBe(false);
    expect(await checkHead(bad, vkey_es256)).toEqual({ ok: false, problem: 'CHECKPOINT_INVALID' });
  });

  test.each([
    ['an extension line', note.replace('\n\n', '\nextension\n\n')],
    ['no blank line', note.replace('\n\n', '\n')],
    ['carriage returns', note.replaceAll('\n', '\r\n')],
    ['text after the signatures', `${note}x`],
    ['a signature that is no base64', note.replace(/— diary.example\/log1 b/, '— diary.example/log1 !')],
    ['a size that is no safe integer', note.replace('\n9\n', '\n9007199254740993\n')],
  ])('a note with %s is none', (_, bad) => {
    expect(parseNote(bad)).toBeNull();
  });

  // What a server states of itself is used where a page pins nothing.
  test.each([1, 2, 4] as const)('a key of type %i that is none refuses the note and stops nothing', async (type) => {
    const vkey = await formatVkey('diary.example/log1', type, utf8('no key'));
    const signed = note + signatureLine('diary.example/log1', vkey.split('+')[1] ?? '', rawToDer(new Uint8Array(64)));
    expect(await verifies(signed, vkey_es256)).toBe(true);
    expect(await verifies(signed, vkey)).toBe(false);
    expect(await checkHead(signed, vkey)).toEqual({ ok: false, problem: 'CHECKPOINT_INVALID' });
  });

  test('a bad line by a pinned key refuses the note although another pinned key is good', async () => {
    const [good, bad] = note.split('\n').filter((line) => line.startsWith('—'));
    const other = note.replace(`${bad}`, `${bad}`.replace(/.{6}$/, 'AAAA=='));
    expect(await verifies(other, vkey_ed25519)).toBe(true);
    expect(await verifies(other, vkey_ed25519, vkey_es256)).toBe(false);
    expect(good).toBeDefined();
  });

  test('a signer of either kind makes lines that its own vkey accepts', async () => {
    const spki: Bytes = new Uint8Array(
      generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }),
    );
    expect(spki).toHaveLength(44);
    const key = await testKey('log');
    const [vkey] = await keysOf(vkey_es256);
    const signer = {
      name: 'diary.example/log1',
      id: vkey?.id ?? '',
      sign: async (body: Bytes) => rawToDer(await key.sign(body)),
    };
    const signed = await signNote('diary.example/log1', { size: 9, root: parseNote(note)?.root ?? '' }, [signer]);
    expect(await verifies(signed, vkey_es256)).toBe(true);
    expect(await verifies(signed, vkey_ed25519)).toBe(false);
  });

  test('vkeys are written as they were read, and one with a wrong id is none', async () => {
    for (const text of [vkey_es256, vkey_ed25519]) {
      const [vkey] = await keysOf(text);
      expect(vkey && (await formatVkey(vkey.name, vkey.type, vkey.key))).toBe(text);
      expect(await parseVkey(text.replace(/\+(.)/, (_, digit) => `+${digit === '0' ? '1' : '0'}`))).toBeNull();
    }
  });

  test('DER signatures convert to r‖s and back, short numbers and high bits included', () => {
    const numbers = [`${'00'.repeat(31)}01`, 'ff'.repeat(32), `7f${'00'.repeat(31)}`, `0080${'11'.repeat(30)}`];
    for (const r of numbers) {
      for (const s of numbers) {
        const raw = Uint8Array.from(Buffer.from(r + s, 'hex'));
        expect(hex(derToRaw(rawToDer(raw)) ?? utf8(''))).toBe(r + s);
      }
    }
  });

  test.each([
    // r = 1, s = 0x80…: a zero stands before a number whose first bit is set (X.690, 8.3).
    [`3026020101022100${'80'.repeat(32)}`, `${'00'.repeat(31)}01${'80'.repeat(32)}`],
    [`3024020101021f${'7f'.repeat(31)}`, `${'00'.repeat(31)}0100${'7f'.repeat(31)}`],
  ])('%s becomes r‖s', (der, raw) => {
    expect(hex(derToRaw(Uint8Array.from(Buffer.from(der, 'hex'))) ?? utf8(''))).toBe(raw);
  });

  test.each([
    ['a byte too many', '300602010102010100'],
    ['a byte too many, counted', '3006020101020101ff'],
    ['a sequence that breaks off', '3005020101020102'],
    ['a number that breaks off', '3007020101030101'],
    ['a tag alone', '30'],
    ['another tag', '3006030101020101'],
    ['a number of 34 bytes', `3027022200${'11'.repeat(33)}020101`],
    ['a zero before a low bit', '300702020001020101'],
    ['a second zero before a high bit', '300902030000ff02020080'],
    ['a negative number', '30060201ff020101'],
    ['a length in two bytes', '3081060201010201 01'.replace(' ', '')],
    ['a number without a digit', '30050200020101'],
    ['nothing', ''],
  ])('%s is no signature', (_, der) => {
    expect(derToRaw(Uint8Array.from(Buffer.from(der, 'hex')))).toBeNull();
  });
});

describe('heads that a reader remembers', () => {
  const head = { size: 9, root: parseNote(note)?.root ?? '' };
  test('the first head is remembered', async () => {
    expect(await checkHead(note, vkey_es256)).toMatchObject({ ok: true, value: head });
  });

  test('an equal size needs an equal root', async () => {
    expect(await checkHead(note, vkey_es256, head)).toMatchObject({ ok: true });
    const other = { size: 9, root: `${head.root.slice(0, 20)}A${head.root.slice(21)}` };
    expect(await checkHead(note, vkey_es256, other)).toEqual({ ok: false, problem: 'LOG_REWRITTEN' });
  });

  test('a larger head that no proof joins is a rewritten log', async () => {
    const larger = { size: 99, root: head.root };
    expect(await checkHead(note, vkey_es256, larger, async () => null)).toEqual({
      ok: false,
      problem: 'LOG_REWRITTEN',
    });
  });
});

describe('witnesses', () => {
  test('a witness line gives its time, and another head does not have it', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const raw = fromB64u(publicKey.export({ format: 'jwk' }).x ?? '') ?? new Uint8Array();
    const [vkey] = await keysOf(await formatVkey('witness.example/w1', 4, raw));
    if (!vkey) throw new Error('no vkey');
    const witness = { ...vkey, sign: async (body: Bytes) => new Uint8Array(sign(null, body, privateKey)) };
    const parsed = parseNote(note);
    if (!parsed) throw new Error('no note');
    const line = await cosignatureLine(parsed, 1_795_400_000, witness);
    const seen = parseNote(note + line);
    expect(seen && (await witnessedAt(seen, vkey))).toBe(1_795_400_000);
    expect(await verifies(note + line, vkey_es256)).toBe(true);
    const moved = parseNote(note.replace('\n9\n', '\n8\n') + line);
    expect(moved && (await witnessedAt(moved, vkey))).toBeNull();
    expect(await witnessedAt(parsed, vkey)).toBeNull();
    expect(signatureLine('a', '00000001', utf8('x'))).toBe('— a AAAAAXg=\n');
  });
});
