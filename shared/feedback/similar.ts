/** Waves of copies: which comments say the same in nearly the same words. The same text gives the same marks on every machine and in every
 *  process. Method: shingles and MinHash with banding (A. Broder, "On the resemblance and containment of documents", 1997). */
import { folded } from '../base/text.ts';

/** What is compared: letters and digits alone, in one form, so that blanks, signs, emoji and width make no difference. */
export const comparable = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]/gu, '');

/** The marks of a text. Two texts that share a key may be near; how near, `resemblance` of their signatures says. */
export interface Marks {
  /** 32 numbers of 32 bits. */
  readonly signature: readonly number[];
  /** First the whole text's, then eight of its bands; a text under twelve letters has the first alone: there only an equal one is near. */
  readonly keys: readonly string[];
}

const hashes = 32;
const rowsInBand = 4;
const shingleLetters = 3;
const shortLetters = 12;

/** The share of three-letter shingles that two texts have in common from which they count as copies. */
export const copyResemblance = 0.7;

/** Marks of a text, in time proportional to its length. */
export function marksOf(text: string): Marks {
  const plain = comparable(text);
  const whole = `w${number36(hashOf(plain, 0x811c9dc5))}${number36(hashOf(plain, 0x01234567))}${plain.length}`;
  const signature = Array.from({ length: hashes }, () => 0xffffffff);
  for (let at = 0; at + shingleLetters <= Math.max(plain.length, shingleLetters); at += 1) {
    const shingle = hashOf(plain.slice(at, at + shingleLetters), 0x811c9dc5);
    for (let n = 0; n < hashes; n += 1) {
      const value = mixed(shingle ^ Math.imul(n + 1, 0x9e3779b1));
      if (value < (signature[n] ?? 0)) signature[n] = value;
    }
  }
  if (plain.length < shortLetters) return { signature, keys: [whole] };
  const bands = Array.from({ length: hashes / rowsInBand }, (_, band) => {
    const rows = signature.slice(band * rowsInBand, (band + 1) * rowsInBand);
    return `${band}${rows.map(number36).join('.')}`;
  });
  return { signature, keys: [whole, ...bands] };
}

/** The share of shingles that two texts have in common, estimated in steps of 1/32. */
export function resemblance(a: readonly number[], b: readonly number[]): number {
  let same = 0;
  for (let n = 0; n < hashes; n += 1) if (a[n] === b[n]) same += 1;
  return same / hashes;
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The last steps of MurmurHash3 for 32 bits: every bit of the input moves half of the output's. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const number36 = (value: number): string => value.toString(36);
