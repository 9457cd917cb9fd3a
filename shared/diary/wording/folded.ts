// The form of a text in which listed words are looked for: NFKC and small letters (UAX 15), each unit leading back to what was typed.

/** Unit `i` of `text` was typed at `[from[i], to[i])` of the original (UTF-16 units). Invisible characters have no unit. */
export type Folded = { readonly text: string; readonly from: readonly number[]; readonly to: readonly number[] };

/** Folds letter by letter, marks together with the letter they stand on, so that a stretch found is one that was typed. */
export function folded(typed: string): Folded {
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  for (const { 0: letter, index } of typed.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    const read = /^\p{Default_Ignorable_Code_Point}+$/u.test(letter) ? '' : letter.normalize('NFKC').toLowerCase();
    for (let unit = 0; unit < read.length; unit += 1) {
      from.push(index);
      to.push(index + letter.length);
    }
    text += read;
  }
  return { text, from, to };
}
