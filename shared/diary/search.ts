/** Search over own entries as one types. Of what is typed, each word must be there: 汉字 as they stand side by side (every two of them are
 *  neighbours in the text, so bigrams need no index of their own), Latin words and numbers from their beginning, and letters as pinyin
 *  initials too. Full width, case and punctuation make no difference. */
import { folded } from '../base/text.ts';
import { matchesInitials } from './initials.ts';
import { keyFinder, keysOf } from './search-keys.ts';

/** The texts of one entry as they are looked through. */
export interface Findable {
  readonly text: string;
  readonly keys: string;
}

/** One word of a search: whether an entry has it. */
export interface Term {
  readonly typed: string;
  readonly isIn: (entry: Findable) => boolean;
}

/** Makes texts findable; a word is never found across two of them. */
export function findable(texts: readonly string[]): Findable {
  const text = folded(texts.join('\n'));
  return { text, keys: keysOf(text) };
}

/** The words of what was typed; none where it has neither letters nor digits. */
export function termsOf(typed: string): readonly Term[] {
  const words = folded(typed).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...new Set(words)].map((word) => ({ typed: word, isIn: finderOf(word) }));
}

/** Are all words there? True where there is none. */
export function hasAll(entry: Findable, terms: readonly Term[]): boolean {
  return terms.every((term) => term.isIn(entry));
}

/** Is whatever `typed` finds among what `before` found? So it is while one types on, except that one Latin letter finds less than two (it
 *  is no initial yet), and that a Latin word which goes on in 汉字 is no longer looked for from its beginning. */
export function staysWithin(before: string, typed: string): boolean {
  const [was, is] = [folded(before), folded(typed)];
  if (!is.startsWith(was)) return false;
  const last = /[\p{L}\p{M}\p{N}]+$/u.exec(was)?.[0] ?? '';
  const added = /^[\p{L}\p{M}\p{N}]+/u.exec(is.slice(was.length))?.[0] ?? '';
  return added === '' || !latin.test(last) || (last.length > 1 && latin.test(added));
}

const latin = /^[a-z0-9]+$/;

function finderOf(word: string): Term['isIn'] {
  const isSaid = ({ text }: Findable) => text.includes(word);
  if (!/[a-z0-9]/.test(word)) return isSaid;
  const isKeyed = keyFinder(word);
  if (latin.test(word)) return ({ keys }) => isKeyed(keys);
  // 网ljt: characters and keys, which are quick, leave few entries for the reading of initials.
  const characters = word.match(/\p{Script=Han}+/gu) ?? [];
  return (entry) =>
    isSaid(entry) ||
    (characters.every((part) => entry.text.includes(part)) && isKeyed(entry.keys) && matchesInitials(entry.text, word));
}
