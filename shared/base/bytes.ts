// Bytes and their text forms: UTF-8, base64 (RFC 4648 4), base64url without padding (RFC 4648 5), lower-case hex.

/** Bytes on a buffer of their own kind, as WebCrypto and fetch take them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 of a text; lone surrogates become U+FFFD, so judge with `isWellFormed` first. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** Text of UTF-8 bytes, a byte order mark kept; null when the bytes are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Padded base64. */
export function b64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Bytes of padded base64; null for anything that `b64` would not have written (blanks, no padding, spare bits). */
export const fromB64 = (text: string): Bytes | null =>
  text.length % 4 === 0 && padded.test(text) ? bytesOf(atob(text)) : null;

/** Base64url without padding. */
export const b64u = (bytes: Uint8Array): string =>
  b64(bytes).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');

/** Bytes of unpadded base64url; null for anything that `b64u` would not have written. */
export function fromB64u(text: string): Bytes | null {
  const binary = binaryOf(text);
  return binary === null ? null : bytesOf(binary);
}

/** Text whose UTF-8 stands in unpadded base64url; null for anything that `b64u` would not have written, or no UTF-8. */
export function textFromB64u(text: string): string | null {
  const binary = binaryOf(text);
  // ASCII is its own UTF-8, and nearly all that is read here is ASCII.
  return binary !== null && /[\x80-\xff]/.test(binary) ? fromUtf8(bytesOf(binary)) : binary;
}

const padded = /^[A-Za-z0-9+/]*([A-Za-z0-9+/]|[AEIMQUYcgkosw048]=|[AQgw]==)?$/;
// By what is left of the length after fours: the last character must leave no bit unused; one character alone is no byte.
const unpadded = [/^[\w-]*$/, null, /^[\w-]*[AQgw]$/, /^[\w-]*[AEIMQUYcgkosw048]$/];

const binaryOf = (text: string): string | null =>
  unpadded[text.length % 4]?.test(text) ? atob(text.replace(/-/g, '+').replace(/_/g, '/')) : null;

function bytesOf(binary: string): Bytes {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Lower-case hex. */
export const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Bytes of lower-case hex; null for anything that `hex` would not have written. */
export const fromHex = (text: string): Bytes | null =>
  /^(?:[0-9a-f]{2})*$/.test(text)
    ? Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
    : null;

/** All parts, one after another. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Same length and same parts: bytes, or texts of a path. Not in constant time: for public values only. */
export const equalParts = <Part>(a: Sequence<Part>, b: Sequence<Part>): boolean =>
  a === b || (a.length === b.length && a.every((part, n) => part === b[n]));

type Sequence<Part> = {
  readonly length: number;
  readonly [n: number]: Part;
  every(test: (part: Part, n: number) => boolean): boolean;
};

/** Unsigned 16-bit big-endian, 0–65,535. */
export const be16 = (n: number): Bytes => Uint8Array.of(n >> 8, n & 255);
