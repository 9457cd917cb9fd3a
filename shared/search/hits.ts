/** Where a diary says the words that were searched for. */
import type { PublicText } from '../api/public-search.ts';
import { type Snippet, snippetOf, textsOf, wordsIn } from './words.ts';

/** An item with words, and the part of its texts where most of them stand. `day`, `start`, `end` of an entry. */
export interface Place {
  readonly item: number;
  readonly kind: string;
  readonly day: string | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
  /** Whether the words stand in the text of the entry or what unfolds of it, in its place, or in the name of a thread. */
  readonly of: 'text' | 'place' | 'thread';
  readonly snippet: Snippet;
}

export interface Hit {
  /** The title, its words marked; null where it has none. */
  readonly title: Snippet | null;
  /** In the order of the diary. */
  readonly places: readonly Place[];
  /** How many items more have a word. */
  readonly more: number;
}

/** The hit of a diary that has every word, in what it says or in one of the `names` of its unit; else null. */
export function hitIn(text: PublicText, words: readonly string[], names: readonly string[], most = 3): Hit | null {
  const found = wordsIn([...text.items.flatMap(textsOf), ...names], words);
  if (found.length < words.length) return null;
  const title = text.items.find(({ kind }) => kind === 'title');
  const all = text.items
    .filter(({ kind }) => kind !== 'title')
    .map((said) => ({ said, has: wordsIn(textsOf(said), words).length }))
    .filter(({ has }) => has > 0);
  const shown = new Set([...all].sort((a, b) => b.has - a.has).slice(0, most));
  return {
    title: title === undefined ? null : snippetOf(title.text, words, 120),
    places: all
      .filter((one) => shown.has(one))
      .map(({ said }) => {
        const { item, kind, day, start, end, place, threads } = said;
        const text = richest(textsOf(said), words);
        const of = text === place ? 'place' : threads?.some(({ name }) => name === text) ? 'thread' : 'text';
        return { item, kind, day, start, end, of, snippet: snippetOf(text, words) };
      }),
    more: all.length - shown.size,
  };
}

/** The text with most of the words, the first of such. */
function richest(texts: readonly string[], words: readonly string[]): string {
  let best = '';
  let most = 0;
  for (const text of texts) {
    const has = wordsIn([text], words).length;
    if (has > most) [best, most] = [text, has];
  }
  return best;
}
