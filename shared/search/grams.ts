/** Grams of texts: every letter or digit and every two side by side, of any script, so that one index serves 汉字, Latin words and numbers. A
 *  text with a word has all grams of the word; the other way round the text itself decides (words.ts). */
import { folded } from '../base/text.ts';

/** The grams of texts, each once. None reaches over a blank, a stop or the end of a text. */
export function gramsOf(texts: Iterable<string>): Set<string> {
  const grams = new Set<string>();
  for (const text of texts)
    for (const run of runsOf(text)) {
      let before = '';
      for (const letter of run) {
        grams.add(letter);
        if (before !== '') grams.add(before + letter);
        before = letter;
      }
    }
  return grams;
}

/** What was typed as words: folded runs of letters and digits, each once; none where there are neither. */
export const wordsOf = (typed: string): string[] => [...new Set(runsOf(typed))];

/** The grams to ask for: they cover the words, each letter once or twice, at most `most` of them in all. What has all of them is a
 *  candidate. */
export function gramsToAsk(words: readonly string[], most = 4): string[] {
  const grams = words.flatMap((word) => {
    const letters = [...word];
    if (letters.length < 2) return letters;
    const pairs: string[] = [];
    for (let at = 0; at < letters.length; at += 2) {
      const from = Math.min(at, letters.length - 2);
      pairs.push(letters.slice(from, from + 2).join(''));
    }
    return pairs;
  });
  return [...new Set(grams)].slice(0, most);
}

/** In how many shards the grams of so many diaries lie, so that each stays small: a power of two, one for each two diaries, at most 256. */
export function shardCount(diaries: number): number {
  let count = 1;
  while (count < 256 && count * 2 < diaries) count *= 2;
  return count;
}

/** The shard of a gram among `shards`, `00` to `ff`: FNV-1a of 32 bits over its UTF-16 units, its four bytes folded into one by exclusive
 *  or, and of that the lowest bits. */
export function shardOf(gram: string, shards: number): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < gram.length; at += 1) hash = Math.imul(hash ^ gram.charCodeAt(at), 0x01000193);
  return shardNamed((hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & (shards - 1));
}

/** `0` to `255` as the name of a shard. */
export const shardNamed = (n: number): string => n.toString(16).padStart(2, '0');

const runsOf = (text: string): readonly string[] => folded(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
