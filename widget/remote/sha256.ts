// SHA-256 (FIPS 180-4) in plain code: pages on plain http have no WebCrypto, and their readers still read and write.
import { type Bytes, utf8 } from '../../shared/base/bytes.ts';

/** SHA-256 of bytes: 32 bytes, at once. */
export function sha256(bytes: Uint8Array): Bytes {
  tables ??= readTables();
  const { round, start } = tables;
  const words = new Uint32Array(((bytes.length + 72) >> 6) * 16);
  for (let i = 0; i < bytes.length; i += 1) words[i >> 2] = at(words, i >> 2) | (at(bytes, i) << (24 - (i & 3) * 8));
  words[bytes.length >> 2] = at(words, bytes.length >> 2) | (0x80 << (24 - (bytes.length & 3) * 8));
  words[words.length - 2] = Math.floor(bytes.length / 0x20000000);
  words[words.length - 1] = bytes.length << 3;
  const hash = Uint32Array.from(start);
  const w = new Uint32Array(64);
  for (let block = 0; block < words.length; block += 16) {
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) w[i] = at(words, block + i);
      else {
        const [x, y] = [at(w, i - 15), at(w, i - 2)];
        const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
        const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
        w[i] = at(w, i - 16) + low + at(w, i - 7) + high;
      }
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
    for (let i = 0; i < 64; i += 1) {
      const first = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + at(round, i) + at(w, i);
      const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    // Not by `entries`, which prototype.js replaces.
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      hash[i] = at(hash, i) + value;
    });
  }
  return Uint8Array.from({ length: 32 }, (_, i) => at(hash, i >> 2) >>> (24 - (i & 3) * 8));
}

/** SHA-256 of the UTF-8 of a text. */
export const sha256Text = (text: string): Bytes => sha256(utf8(text));

const at = (list: Uint8Array | Uint32Array, index: number): number => list[index] ?? 0;
const turn = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

// First 32 bits of the fractional parts: of the cube roots of the first 64 primes, of the square roots of the first 8. Not before they are
// needed: on https a reader never does. Not by `Array.from`, which prototype.js replaces.
let tables: ReturnType<typeof readTables> | null = null;

function readTables() {
  const primes = [...Array(312).keys()].filter((n) => n > 1 && !hasDivisor(n));
  const fraction = (x: number): number => (x - Math.floor(x)) * 2 ** 32;
  return {
    round: Uint32Array.from(primes.slice(0, 64), (prime) => fraction(Math.cbrt(prime))),
    start: Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  };
}

function hasDivisor(n: number): boolean {
  for (let by = 2; by * by <= n; by += 1) if (n % by === 0) return true;
  return false;
}
