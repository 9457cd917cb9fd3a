// Heads of the log as signed notes: C2SP signed-note and tlog-checkpoint, without extension lines (verification.md 6).
import { type Bytes, b64, concat, fromB64, fromHex, hex, utf8 } from '../base/bytes.ts';
import { sha256 } from '../base/digest.ts';
import { once } from '../base/once.ts';

/** A head of the log: number of leaves and base64 of the root. */
export type Head = { readonly size: number; readonly root: string };

/** A note taken apart, its signatures not yet checked. `body` is the text that is signed. */
export type Note = Head & {
  readonly origin: string;
  readonly body: string;
  readonly signatures: readonly { readonly name: string; readonly id: string; readonly signature: Bytes }[];
};

/** A verifier key. `type` 1: Ed25519, `key` its 32 bytes; 2: ECDSA on P-256 with SHA-256, `key` the SPKI DER;
 *  4: Ed25519 of a witness (cosignature/v1). `id` is the key id in hex. */
export type Vkey = { readonly name: string; readonly id: string; readonly type: 1 | 2 | 4; readonly key: Bytes };

/** Signs note bodies; `sign` gives what stands behind the key id (type 2: ASN.1 DER, see `rawToDer`). */
export type NoteSigner = { readonly name: string; readonly id: string; readonly sign: (body: Bytes) => Promise<Bytes> };

/** The parts of a checkpoint, or null when it breaks the grammar (leading zero, extension line, no signature line). */
export function parseNote(note: string): Note | null {
  const found =
    /^(([^\s+]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n((?:— [^\s+]+ [A-Za-z0-9+/]+={0,2}\n)+)$/.exec(note);
  if (found === null) return null;
  const [, body = '', origin = '', size, root = '', lines = ''] = found;
  const signatures = [];
  for (const line of lines.trimEnd().split('\n')) {
    const [, name = '', text = ''] = line.split(' ');
    const bytes = fromB64(text);
    if (bytes === null || bytes.length < 5) return null;
    signatures.push({ name, id: hex(bytes.slice(0, 4)), signature: bytes.slice(4) });
  }
  return fromB64(root) && Number.isSafeInteger(Number(size))
    ? { origin, size: Number(size), root, body, signatures }
    : null;
}

/** The text that is signed: origin, size, root, a line each. */
export const noteBody = (origin: string, { size, root }: Head): string => `${origin}\n${size}\n${root}\n`;

/** A checkpoint with one line for each signer. */
export async function signNote(origin: string, head: Head, signers: readonly NoteSigner[]): Promise<string> {
  const body = noteBody(origin, head);
  const lines = await Promise.all(
    signers.map(async ({ name, id, sign }) => signatureLine(name, id, await sign(utf8(body)))),
  );
  return `${body}\n${lines.join('')}`;
}

/** One signature line with its line feed. `id` in hex. */
export const signatureLine = (name: string, id: string, signature: Bytes): string =>
  `— ${name} ${b64(concat(fromHex(id) ?? utf8(''), signature))}\n`;

/** Whether the note is good by these keys: its origin is the name of each, none of their lines is bad, at least one stands. */
export async function noteVerifies(note: Note, vkeys: readonly Vkey[]): Promise<boolean> {
  let good = 0;
  for (const { name, id, signature } of note.signatures) {
    const vkey = vkeys.find((one) => one.name === name && one.id === id);
    if (vkey === undefined) continue;
    if (name !== note.origin || !(await signatureFits(vkey, signature, utf8(note.body)))) return false;
    good += 1;
  }
  return good > 0;
}

/** Whether a signature behind a key id of type 1 or 2 fits the bytes; of a key that is none, nothing does. */
export async function signatureFits(vkey: Vkey, signature: Bytes, signed: Bytes): Promise<boolean> {
  const isP256 = vkey.type === 2;
  const raw = isP256 ? derToRaw(signature) : signature;
  const key = await imported(vkey);
  return raw !== null && key !== null && crypto.subtle.verify(isP256 ? es256 : 'Ed25519', key, raw, signed);
}

const imported = once(({ type, key }: Vkey) =>
  orNone(
    type === 2
      ? crypto.subtle.importKey('spki', key, p256, false, ['verify'])
      : crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']),
  ),
);

/** The key, or null for data that are none (no point of the curve, a wrong length): whoever states them has proved nothing. */
export async function orNone(key: Promise<CryptoKey>): Promise<CryptoKey | null> {
  try {
    return await key;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'DataError') return null;
    throw error;
  }
}

/** Algorithm of keys and of signatures of type 2, as WebCrypto names them. */
export const p256 = { name: 'ECDSA', namedCurve: 'P-256' };
export const es256 = { name: 'ECDSA', hash: 'SHA-256' };

/** The key behind a vkey text, or null when the text or its key id is wrong. */
export async function parseVkey(text: string): Promise<Vkey | null> {
  const [, name = '', id, encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = fromB64(encoded);
  const type = bytes?.[0];
  if (!bytes || !(type === 1 || type === 2 || type === 4)) return null;
  const key = bytes.slice(1);
  return (await keyId(name, type, key)) === id ? { name, id, type, key } : null;
}

/** The vkey text of a key. */
export async function formatVkey(name: string, type: Vkey['type'], key: Bytes): Promise<string> {
  return `${name}+${await keyId(name, type, key)}+${b64(concat(Uint8Array.of(type), key))}`;
}

/** Key id in hex: of type 2 from the SPKI alone, else from name, type and key (C2SP signed-note). */
export async function keyId(name: string, type: Vkey['type'], key: Bytes): Promise<string> {
  return hex((await sha256(type === 2 ? key : concat(utf8(`${name}\n`), Uint8Array.of(type), key))).slice(0, 4));
}

/** r‖s, 64 bytes, of an ASN.1 DER signature on P-256; null for anything but a sequence of two positive integers of at most 256 bits, each
 *  in its one spelling. */
export function derToRaw(der: Bytes): Bytes | null {
  const raw = new Uint8Array(64);
  let at = 2;
  for (const end of [32, 64]) {
    const next = at + 2 + (der[at + 1] ?? 0);
    const zeros = der[at + 2] === 0 ? 1 : 0;
    const digits = der.slice(at + 2 + zeros, next);
    // X.690 8.3.2: a zero stands in front of a high bit, and nowhere else.
    if (der[at] !== 2 || digits.length > 32 || (digits[0] ?? 256) >> 7 !== zeros) return null;
    raw.set(digits, end - digits.length);
    at = next;
  }
  return der[0] === 0x30 && der[1] === at - 2 && at === der.length ? raw : null;
}

/** ASN.1 DER of r‖s, as type 2 lines carry it. */
export function rawToDer(raw: Bytes): Bytes {
  const numbers = [raw.slice(0, 32), raw.slice(32)].map((number) => {
    let start = 0;
    while (start < 31 && number[start] === 0) start += 1;
    const digits = number.slice(start);
    return (digits[0] ?? 0) > 127 ? concat(Uint8Array.of(0), digits) : digits;
  });
  const body = concat(...numbers.map((number) => concat(Uint8Array.of(2, number.length), number)));
  return concat(Uint8Array.of(0x30, body.length), body);
}
