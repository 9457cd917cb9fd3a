/** Words in texts: whether they are there, and where, for the reader's eyes. */
import { folded } from '../base/text.ts';

/** What is searched of an item; of an entry as it is disclosed. */
export interface Searchable {
  readonly text: string;
  readonly place?: string | null | undefined;
  readonly detail?: string | null | undefined;
  readonly thinking?: string | null | undefined;
  readonly result?: string | null | undefined;
  readonly next?: string | null | undefined;
  readonly threads?: readonly { readonly name: string }[] | undefined;
}

/** The texts of an item, the one that a snippet is best taken from first. */
export const textsOf = ({ text, place, detail, thinking, result, next, threads }: Searchable): string[] =>
  [text, result, thinking, next, detail, place, ...(threads ?? []).map(({ name }) => name)].flatMap((one) => one || []);

/** The words, as `wordsOf` gives them, that stand in one of the texts. */
export function wordsIn(texts: readonly string[], words: readonly string[]): string[] {
  const all = texts.map(folded);
  return words.filter((word) => all.some((text) => text.includes(word)));
}

/** A part of a text, whole where it is short, and the stretches `[from, to)` of the part in UTF-16 units where a word stands. */
export interface Snippet {
  readonly text: string;
  readonly marks: readonly (readonly [from: number, to: number])[];
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** About `most` characters of a text with its first word in the first third; never half a character. */
export function snippetOf(text: string, words: readonly string[], most = 60): Snippet {
  const letters = [...text];
  const ends: number[] = [];
  const shown = letters.map(folded);
  let said = '';
  for (const one of shown) {
    said += one;
    ends.push(said.length);
  }
  // The letter in whose folded form a place of the whole folded text lies.
  const letterAt = (place: number): number => ends.findIndex((end) => end > place);
  const isMarked = letters.map(() => false);
  for (const word of words)
    for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + 1))
      isMarked.fill(true, letterAt(at), letterAt(at + word.length - 1) + 1);
  const first = Math.max(0, isMarked.indexOf(true));
  const from = letters.length <= most ? 0 : Math.max(0, Math.min(first - Math.floor(most / 3), letters.length - most));
  const to = Math.min(letters.length, from + most);
  const marks: [number, number][] = [];
  let length = 0;
  for (let at = from; at < to; at += 1) {
    const next = length + (letters[at] ?? '').length;
    const last = marks.at(-1);
    if (isMarked[at] && last?.[1] === length) last[1] = next;
    else if (isMarked[at]) marks.push([length, next]);
    length = next;
  }
  return { text: letters.slice(from, to).join(''), marks, isCutBefore: from > 0, isCutAfter: to < letters.length };
}
