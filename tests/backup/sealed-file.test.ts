import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Bytes, concat } from '../../shared/base/bytes.ts';
import { judgePassphrase, openFile, sealFile } from '../../shared/diary/sealed-file.ts';

const passphrase = '四个 词的 通关 口令';
const fresh = { salt: new Uint8Array(16).fill(7), nonce: new Uint8Array(7).fill(9) };

async function sealed(lines: readonly string[]): Promise<Bytes> {
  const parts: Bytes[] = [];
  for await (const part of sealFile(lines, passphrase, fresh)) parts.push(part);
  return concat(...parts);
}

const file = (bytes: Bytes) => ({
  size: bytes.length,
  read: async (from: number, to: number) => bytes.slice(from, to),
});

async function linesIn(bytes: Bytes, word = passphrase): Promise<readonly string[] | string> {
  const opened = await openFile(file(bytes), word);
  if (!opened.ok) return opened.problem;
  const lines: string[] = [];
  try {
    for await (const line of opened.value.lines()) lines.push(line);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return lines;
}

/** 3.5 MB: three whole pieces of 1,048,576 bytes and a shorter one, lines cut by the pieces. */
const long = Array.from({ length: 3500 }, (_, n) => `${n}`.padEnd(999, '晷'.repeat(300)).slice(0, 500) + 'x'.repeat(7));

test.each([
  ['nothing', []],
  ['one line', ['{"kind":"about"}']],
  ['lines over many pieces', long],
])('%s comes back as it was', async (_, lines) => {
  expect(await linesIn(await sealed(lines))).toEqual(lines);
});

test('the file is what its description says: read by Node’s own PBKDF2 and AES', async () => {
  const bytes = Buffer.from(await sealed(['第一行', '第二行']));
  const end = bytes.indexOf('\n') + 1;
  const header = JSON.parse(bytes.subarray(0, end).toString('utf8'));
  expect(header).toEqual({
    format: 'sundial-backup',
    version: 1,
    cipher: 'AES-256-GCM',
    kdf: { name: 'PBKDF2', hash: 'SHA-256', iterations: 600_000, salt: Buffer.from(fresh.salt).toString('base64url') },
    nonce: Buffer.from(fresh.nonce).toString('base64url'),
    segment: 1_048_576,
  });
  const key = pbkdf2Sync(passphrase, fresh.salt, 600_000, 32, 'sha256');
  const nonce = Buffer.concat([fresh.nonce, Buffer.from([0, 0, 0, 0, 1])]);
  const cipher = createDecipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(bytes.subarray(0, end));
  cipher.setAuthTag(bytes.subarray(-16));
  expect(Buffer.concat([cipher.update(bytes.subarray(end, -16)), cipher.final()]).toString('utf8')).toBe(
    '第一行\n第二行\n',
  );
});

test('a wrong passphrase, another file and a later version are told apart', async () => {
  const bytes = await sealed(['x']);
  expect(await linesIn(bytes, '四个 词的 通关 口今')).toBe('PASSPHRASE');
  expect(await linesIn(concat(new TextEncoder().encode('BEGIN:VCALENDAR\r\n')))).toBe('NOT_OURS');
  expect(await linesIn(concat(new TextEncoder().encode('{"format":"sundial-backup","version":2}\n')))).toBe('NEWER');
  expect(await linesIn(new Uint8Array())).toBe('NOT_OURS');
});

test('the same passphrase in full-width letters of an input method opens it', async () => {
  const parts: Bytes[] = [];
  for await (const part of sealFile(['x'], 'correct horse battery', fresh)) parts.push(part);
  expect(await linesIn(concat(...parts), 'ｃｏｒｒｅｃｔ　horse battery')).toEqual(['x']);
});

test('a file that was cut, put together otherwise or changed in one bit is not read', async () => {
  const bytes = await sealed(long);
  const end = bytes.indexOf(10) + 1;
  const piece = 1_048_576 + 16;
  const at = (n: number) => bytes.slice(end + n * piece, end + (n + 1) * piece);
  const head = bytes.slice(0, end);
  const flipped = bytes.slice();
  flipped[end + piece + 1000] = (flipped[end + piece + 1000] ?? 0) ^ 1;
  expect(await linesIn(bytes.slice(0, end + 2 * piece))).toBe('DAMAGED');
  expect(await linesIn(bytes.slice(0, -1))).toBe('DAMAGED');
  expect(await linesIn(concat(head, at(0), at(2), at(1), at(3)))).toBe('DAMAGED');
  expect(await linesIn(flipped)).toBe('DAMAGED');
  expect(await linesIn(concat(bytes, Uint8Array.of(0)))).toBe('DAMAGED');
});

test.each([
  ['一二三四五六七八九十一二', 'ok'],
  ['correct horse battery staple', 'ok'],
  ['甲 乙 丙 丁 戊', 'ok'],
  ['short', 'SHORT'],
  ['一二三四五六七八九十一', 'SHORT'],
  ['111111111111', 'MONOTONE'],
])('%s is judged %s', (text, outcome) => {
  const judged = judgePassphrase(text);
  expect(judged.ok ? 'ok' : judged.problem).toBe(outcome);
});
