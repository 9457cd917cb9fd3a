// Between the main file and its parts. The build fills all of it in (rollup.config.js).

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
  | (string & {});

/** File name of a part. */
export const fileOf = (part: PartName): string => part;

/** Integrity of each part. */
export const integrityOf: Readonly<Partial<Record<PartName, string>>> = {};

/** Tags of the languages that have a catalogue of their own, and a part of that name. */
export const languages: readonly string[] = [];

/** What the main file lends to its parts, so that nothing is loaded twice: exports of its modules. */
export const lent = (): readonly unknown[] => [];
