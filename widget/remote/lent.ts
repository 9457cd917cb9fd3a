// Between the main file and its parts. The build fills both in (rollup.config.js); before it they are empty.

export type PartName = 'drand' | 'work' | 'en' | 'check' | 'comments' | 'feed' | 'draw' | 'more' | 'talk' | 'proof';

/** File name and integrity of each part. */
export const parts: Readonly<Partial<Record<PartName, readonly [file: string, integrity: string]>>> = {};

/** What the main file lends to its parts, so that nothing is loaded twice: exports of its modules. */
export const lent = (): readonly unknown[] => [];
