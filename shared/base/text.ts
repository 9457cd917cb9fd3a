// Judging and measuring text: well-formedness, code points (limits of the wire), graphemes (what a person counts).

/** No lone surrogate: the text has a UTF-8 form. By regular expression, as `isWellFormed` is younger than some readers. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** Full width to half, capitals to small, as texts are compared in every search. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Length in Unicode code points, the unit of every limit in verification.md 4. */
export const codePointLength = (text: string): number => [...text].length;

let segmenter: Intl.Segmenter | undefined;

/** Length in characters as a person counts them (extended grapheme clusters, UAX 29). */
export function graphemeLength(text: string): number {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  let length = 0;
  for (const _ of segmenter.segment(text)) length += 1;
  return length;
}
