// Between the main file and its parts. The build fills all of it in (rollup.config.js).

/** A language that is a part by itself, named by its tag. */
type LanguageTag = string & { readonly isLanguageTag: true };

export type PartName =
  | 'drand'
  | 'work'
  | 'en'
  | 'check'
  | 'comments'
  | 'feed'
  | 'draw'
  | 'more'
  | 'talk'
  | 'proof'
  | LanguageTag;

/** File name of a part. */
export const fileOf = (part: PartName): string => part;

/** Integrity of each part. */
export const integrityOf: Readonly<Partial<Record<PartName, string>>> = {};

/** Languages that have a catalogue of their own. */
export const languages: readonly LanguageTag[] = [];

/** What the main file lends to its parts, so that nothing is loaded twice: exports of its modules. */
export const lent = (): readonly unknown[] => [];
