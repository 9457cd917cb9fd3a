// Reading forward in a line: sticky patterns at a position. What every recogniser of the quick-entry line stands on.

/** What a recogniser found: it ends before index `to` of the normal form. */
export type Found<T> = { readonly value: T; readonly to: number };

/** Matches a sticky pattern (flag `y`) exactly at `at`; `null` when it does not match there. */
export function scan(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The index behind what the sticky pattern matches at `at`, or `at` itself when it does not match. */
export function skip(pattern: RegExp, text: string, at: number): number {
  return at + (scan(pattern, text, at)?.[0].length ?? 0);
}

/** Does the sticky pattern match at `at`? */
export function looksAt(pattern: RegExp, text: string, at: number): boolean {
  return scan(pattern, text, at) !== null;
}

/** Blanks, as many as there are. */
export const blanks = /[ \t]*/y;
