/** Words of the term base in a text, so that a reader can ask what they mean. The text stays as it is. */

/** A word that is explained: the first is the preferred one. */
export interface Explained {
  readonly words: readonly string[];
  readonly says: string;
}

/** A stretch of a text; `term` where it is a word that is explained. All stretches together are the text. */
export interface Stretch {
  readonly text: string;
  readonly term: Explained | null;
}

/** Cuts texts in their order: of each term only the first place in all of them is marked. At one place the longest word wins. */
export function termCutter(glossary: readonly Explained[]): (text: string) => readonly Stretch[] {
  const byWord = new Map(glossary.flatMap((term) => term.words.map((word) => [word, term] as const)));
  const words = [...byWord.keys()].filter((word) => word !== '').sort((a, b) => b.length - a.length);
  const pattern = new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g');
  const seen = new Set<Explained>();
  return (text) => {
    const stretches: Stretch[] = [];
    let at = 0;
    for (const { 0: word, index } of words.length === 0 ? [] : text.matchAll(pattern)) {
      const term = byWord.get(word) ?? null;
      if (term === null || seen.has(term)) continue;
      seen.add(term);
      if (index > at) stretches.push({ text: text.slice(at, index), term: null });
      stretches.push({ text: word, term });
      at = index + word.length;
    }
    if (at < text.length) stretches.push({ text: text.slice(at), term: null });
    return stretches;
  };
}
