/** Diaries out of chance, the search of them through shards as a reader does it, and by looking at every text. */
import fc from 'fast-check';
import { gramsOf, shardCount, wordsOf } from '../../shared/search/grams.ts';
import { candidatesOf, shardsOf, shardsToAsk } from '../../shared/search/shards.ts';
import { wordsIn } from '../../shared/search/words.ts';

/** Few letters, so that words meet: 汉字, Latin in both cases and full width, digits, an accent that composes, kana, an astral 汉字, an emoji,
 *  stops and blanks. */
const letter = fc.constantFrom(
  ...'会议防汛一AaBbＡｂ5５é',
  'e\u0301',
  'ﬁ',
  'ß',
  'İ',
  'Σ',
  'カ',
  '𠮷',
  '🙂',
  '，',
  '。',
  ' ',
  '\n',
  '_',
);
export const someText = fc.string({ unit: letter, maxLength: 24 });
export const someDiaries = fc.array(fc.array(someText, { maxLength: 4 }), { maxLength: 30 });

/** What a reader finds: candidates of the shards, then each one's texts. Gives the diaries, newest first, and how many texts had to be read. */
export function throughShards(diaries: readonly (readonly string[])[], typed: string) {
  const words = wordsOf(typed);
  const count = shardCount(diaries.length);
  const shards = shardsOf(
    diaries.map((texts) => gramsOf(texts)),
    count,
  );
  const fetched = new Map(shardsToAsk(words, count).map((name) => [name, shards.get(name)]));
  const candidates = candidatesOf(words, count, (name) => fetched.get(name));
  const found = candidates.filter((n) => wordsIn(diaries[n] ?? [], words).length === words.length);
  return { found, candidates };
}

/** The same by looking at every text, without any of it: each word typed, cut at what is no letter, mark or digit, stands in a text. */
export function byLooking(diaries: readonly (readonly string[])[], typed: string): number[] {
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
  const words = plain(typed)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return diaries
    .flatMap((texts, n) => (words.every((word) => texts.some((text) => plain(text).includes(word))) ? [n] : []))
    .reverse();
}
