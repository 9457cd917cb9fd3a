/** A file sealed with a passphrase, format `sundial-backup` version 1. First line: the header, canonical JSON. Then segments: text in UTF-8,
 *  lines ended by line feed, cut into pieces of `segment` bytes of which the last may be shorter, each sealed by AES-256-GCM. Nonce of a
 *  piece: 7 random bytes of the header, its number from 0 in 4 bytes, 1 for the last one else 0 (the STREAM construction of Hoang,
 *  Reyhanitabar, Rogaway and Vizár 2015); authenticated with it: the first line. So nothing can be cut off, swapped or changed unnoticed,
 *  and no part of it has to be in memory as a whole. Key: PBKDF2-HMAC-SHA-256 (RFC 8018) of the passphrase in NFKC. */
import * as v from 'valibot';
import { type Bytes, b64u, concat, fromB64u, fromUtf8, utf8 } from '../base/bytes.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { canonical } from '../proof/canonical.ts';

/** Rounds of PBKDF2 (OWASP Password Storage Cheat Sheet). */
const iterations = 600_000;
const segment = 1_048_576;
const tagBytes = 16;
const longestHeader = 1024;

const base64url = (bytes: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => fromB64u(text)),
    v.custom<Bytes>((value) => value instanceof Uint8Array && value.length === bytes),
  );

const Format = v.object({ format: v.literal('sundial-backup'), version: v.number() });
const Header = v.object({
  format: v.literal('sundial-backup'),
  version: v.literal(1),
  cipher: v.literal('AES-256-GCM'),
  kdf: v.object({
    name: v.literal('PBKDF2'),
    hash: v.literal('SHA-256'),
    iterations: v.pipe(v.number(), v.integer(), v.minValue(iterations), v.maxValue(10 * iterations)),
    salt: base64url(16),
  }),
  nonce: base64url(7),
  segment: v.pipe(v.number(), v.integer(), v.minValue(1024), v.maxValue(16 * segment)),
});

/** What must never be used twice: 16 and 7 random bytes. */
export interface Fresh {
  readonly salt: Bytes;
  readonly nonce: Bytes;
}

/** The pieces of a sealed file in order, its header first. */
export async function* sealFile(
  lines: Iterable<string> | AsyncIterable<string>,
  passphrase: string,
  fresh: Fresh,
): AsyncGenerator<Bytes> {
  const kdf = { name: 'PBKDF2', hash: 'SHA-256', iterations, salt: b64u(fresh.salt) };
  const nonce = b64u(fresh.nonce);
  const header = utf8(
    `${canonical({ format: 'sundial-backup', version: 1, cipher: 'AES-256-GCM', kdf, nonce, segment })}\n`,
  );
  const key = await keyOf(passphrase, fresh.salt, iterations);
  yield header;
  let number = 0;
  let before: Bytes | null = null;
  for await (const piece of piecesOf(lines)) {
    if (before !== null) yield await seal(before, number++, false);
    before = piece;
  }
  yield await seal(before ?? new Uint8Array(), number, true);

  async function seal(piece: Bytes, at: number, last: boolean): Promise<Bytes> {
    const iv = nonceOf(fresh.nonce, at, last);
    return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: header }, key, piece));
  }
}

/** Bytes of a file from one place to another; reads nothing else into memory. */
export interface ReadableFile {
  readonly size: number;
  readonly read: (from: number, to: number) => Promise<Bytes>;
}

/** `NOT_OURS`: no file of this format; `NEWER`: of a later version; `PASSPHRASE`: the first piece does not open, so the passphrase is wrong
 *  or the file's beginning is damaged; `DAMAGED`: a later piece does not open, or something is missing. */
export type FileProblem = 'NOT_OURS' | 'NEWER' | 'PASSPHRASE' | 'DAMAGED';

/** A file whose passphrase was right. `lines` may be gone through more than once; each time throws `DamagedFile` at the first bad piece. */
export interface OpenedFile {
  readonly lines: (progress?: (share: number) => void) => AsyncGenerator<string>;
}

export class DamagedFile extends Error {
  constructor(cause?: unknown) {
    super('DAMAGED', { cause });
    this.name = 'DamagedFile';
  }
}

/** Opens a file by its passphrase: reads its header and the first piece. */
export async function openFile(file: ReadableFile, passphrase: string): Promise<Result<OpenedFile, FileProblem>> {
  const begin = await file.read(0, Math.min(file.size, longestHeader));
  const end = begin.indexOf(10) + 1;
  const text = fromUtf8(begin.subarray(0, end));
  const json = v.safeParse(v.pipe(v.string(), v.parseJson()), text);
  if (!json.success || !v.is(Format, json.output)) return fail('NOT_OURS');
  if (json.output.version > 1) return fail('NEWER');
  const parsed = v.safeParse(Header, json.output);
  if (!parsed.success) return fail('DAMAGED');
  const { kdf, nonce, segment: size } = parsed.output;
  const key = await keyOf(passphrase, kdf.salt, kdf.iterations);
  const header = begin.slice(0, end);
  const sealed = size + tagBytes;
  const count = Math.max(1, Math.ceil((file.size - end) / sealed));
  const piece = async (at: number): Promise<Bytes> => {
    const from = end + at * sealed;
    const bytes = await file.read(from, Math.min(file.size, from + sealed));
    const iv = nonceOf(nonce, at, at === count - 1);
    try {
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: header }, key, bytes));
    } catch (error) {
      if (error instanceof DOMException) throw new DamagedFile(error);
      throw error;
    }
  };
  try {
    await piece(0);
  } catch (error) {
    if (error instanceof DamagedFile) return fail('PASSPHRASE');
    throw error;
  }
  return ok({ lines: (progress) => linesOf(piece, count, progress ?? (() => undefined)) });
}

async function* linesOf(
  piece: (at: number) => Promise<Bytes>,
  count: number,
  progress: (share: number) => void,
): AsyncGenerator<string> {
  let rest: Bytes = new Uint8Array();
  for (let at = 0; at < count; at += 1) {
    const bytes = concat(rest, await piece(at));
    const end = bytes.lastIndexOf(10) + 1;
    const text = fromUtf8(bytes.subarray(0, end));
    if (text === null) throw new DamagedFile();
    rest = bytes.slice(end);
    progress((at + 1) / count);
    for (const line of text.split('\n')) if (line !== '') yield line;
  }
  if (rest.length > 0) throw new DamagedFile();
}

async function* piecesOf(lines: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Bytes> {
  let waiting: Bytes[] = [];
  let length = 0;
  for await (const line of lines) {
    const bytes = utf8(`${line}\n`);
    waiting.push(bytes);
    length += bytes.length;
    if (length < segment) continue;
    const whole = concat(...waiting);
    let at = 0;
    for (; at + segment <= whole.length; at += segment) yield whole.slice(at, at + segment);
    waiting = [whole.slice(at)];
    length = whole.length - at;
  }
  if (length > 0) yield concat(...waiting);
}

function nonceOf(random: Bytes, number: number, last: boolean): Bytes {
  const counter = new Uint8Array(4);
  new DataView(counter.buffer).setUint32(0, number);
  return concat(random, counter, Uint8Array.of(last ? 1 : 0));
}

async function keyOf(passphrase: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', utf8(passphrase.normalize('NFKC')), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Why a passphrase is too weak: under 12 characters and under four words, or of fewer than five different signs. */
export type PassphraseProblem = 'SHORT' | 'MONOTONE';

/** Judges a new passphrase. */
export function judgePassphrase(text: string): Result<string, PassphraseProblem> {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if ([...text].length < 12 && words.length < 4) return fail('SHORT');
  return new Set(text).size < 5 ? fail('MONOTONE') : ok(text);
}
