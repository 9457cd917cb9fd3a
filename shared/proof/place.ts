// Where a unit stands in a draw: one letter, for the history of draws.
import type { Drawn, List } from './records.ts';

/** `d` drawn, `a` absent, `r` resting (a candidate only when the pool is used up), `p` in the pool, `-` not on the list's roll. */
export type Place = 'd' | 'a' | 'r' | 'p' | '-';

/** The place of a unit. */
export function placeOf(
  unit: string,
  { list, rest, absent }: Pick<List, 'list' | 'rest' | 'absent'>,
  drawn: Drawn,
): Place {
  const isIn = (rows: readonly { readonly unit: string }[]): boolean => rows.some((row) => row.unit === unit);
  if (isIn(drawn)) return 'd';
  if (isIn(absent)) return 'a';
  if (!isIn(list)) return '-';
  return isIn(rest) ? 'r' : 'p';
}
