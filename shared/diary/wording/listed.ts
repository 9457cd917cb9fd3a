// Where listed words stand in a text: from left to right, the longest first.
import { type Folded, folded } from './folded.ts';

/** A word of a list and what it stands for. */
export type Listed<T> = { readonly word: string; readonly means: T };

/** A listed word in a text, `[from, to)` in UTF-16 units of what was typed, and whether its ends lie inside a word of the language: both
 *  do in 方案情况 for 案情, which is an accident. */
export type Hit<T> = {
  readonly from: number;
  readonly to: number;
  readonly means: T;
  readonly cutsStart: boolean;
  readonly cutsEnd: boolean;
};

/** A list made ready to be looked for: its words by their first letter, the longest first. */
export type WordIndex<T> = ReadonlyMap<string, readonly { readonly key: string; readonly means: T }[]>;

/** The index of a list. Full-width letters and case make no difference. */
export function wordIndex<T>(list: readonly Listed<T>[]): WordIndex<T> {
  const byFirst = new Map<string, { readonly key: string; readonly means: T }[]>();
  for (const { word, means } of list) {
    const key = folded(word).text;
    const first = key[0];
    if (first === undefined) continue;
    const words = byFirst.get(first);
    if (words === undefined) byFirst.set(first, [{ key, means }]);
    else words.push({ key, means });
  }
  for (const words of byFirst.values()) words.sort((a, b) => b.key.length - a.key.length);
  return byFirst;
}

/** Every place of a listed word that no other one, longer or further left, covers. A Latin letter or digit at an end of a word needs
 *  another character beside it. */
export function listedIn<T>(text: Folded, index: WordIndex<T>): readonly Hit<T>[] {
  const found: { at: number; end: number; means: T }[] = [];
  for (let at = 0; at < text.text.length; at += 1) {
    const word = index.get(text.text[at] ?? '')?.find(({ key }) => standsAt(text.text, at, key));
    if (word === undefined) continue;
    const end = at + word.key.length;
    found.push({ at, end, means: word.means });
    at = end - 1;
  }
  if (found.length === 0) return [];
  const edges = wordEdges(text.text);
  return found.flatMap(({ at, end, means }) => {
    const [from, to] = [text.from[at], text.to[end - 1]];
    if (from === undefined || to === undefined) return [];
    const cuts = (edge: number) => edges !== null && !edges.has(edge);
    return [{ from, to, means, cutsStart: cuts(at), cutsEnd: cuts(end) }];
  });
}

function standsAt(text: string, at: number, key: string): boolean {
  return text.startsWith(key, at) && !runsOn(text, at) && !runsOn(text, at + key.length);
}

/** Whether a Latin word or a number goes on across a place. */
function runsOn(text: string, at: number): boolean {
  return /[\p{Script=Latin}\d]/u.test(text[at - 1] ?? '') && /[\p{Script=Latin}\d]/u.test(text[at] ?? '');
}

/** Where the words of a text begin and end, by the dictionary of the runtime; null where it has none (Firefox before 125). */
function wordEdges(text: string): ReadonlySet<number> | null {
  if (!('Segmenter' in Intl)) return null;
  const words = new Intl.Segmenter('zh', { granularity: 'word' }).segment(text);
  return new Set([...Array.from(words, ({ index }) => index), text.length]);
}
