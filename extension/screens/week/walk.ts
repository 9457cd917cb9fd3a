/** Where the arrow keys lead in the grid: from block to block in time, and to the nearest one of the next day; pure. */
import type { Column } from './week-facts.ts';

/** Something that can be gone to. */
export interface Stop {
  readonly key: string;
  readonly kind: 'day' | 'block' | 'blank';
  readonly column: number;
  /** Minutes after 05:00; the head of a day comes before all. */
  readonly from: number;
}

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

export const dayKey = (column: number): string => `day ${column}`;
export const blockKey = (column: number, id: string): string => `block ${column} ${id}`;
export const blankKey = (column: number, from: number): string => `blank ${column} ${from}`;

/** The stops of a week, day by day, in order of time. */
export function stopsOf(columns: readonly Column[], hasBlanks: boolean): readonly Stop[] {
  return columns.flatMap(({ blocks, blanks }, column) => {
    const inside = [
      ...blocks.map(({ entry, from }) => ({ key: blockKey(column, entry.id), kind: 'block' as const, column, from })),
      ...(hasBlanks
        ? blanks.map(({ from }) => ({ key: blankKey(column, from), kind: 'blank' as const, column, from }))
        : []),
    ].sort((a, b) => a.from - b.from);
    return [{ key: dayKey(column), kind: 'day' as const, column, from: Number.NEGATIVE_INFINITY }, ...inside];
  });
}

/** The key of the stop in a direction; the same where there is none. Sideways from a head to a head, else to the block of the next day that
 *  is nearest in time, and to the head of a day without one. */
export function walk(stops: readonly Stop[], key: string, direction: Direction): string {
  const here = stops.find((stop) => stop.key === key);
  if (here === undefined) return key;
  const inColumn = (column: number) => stops.filter((stop) => stop.column === column);
  const own = inColumn(here.column);
  const at = own.indexOf(here);
  switch (direction) {
    case 'up':
      return own[at - 1]?.key ?? key;
    case 'down':
      return own[at + 1]?.key ?? key;
    case 'first':
      return own[1]?.key ?? key;
    case 'last':
      return own.at(-1)?.key ?? key;
    case 'left':
      return nearest(inColumn(here.column - 1), here.from)?.key ?? key;
    case 'right':
      return nearest(inColumn(here.column + 1), here.from)?.key ?? key;
  }
}

/** Where the keyboard enters: the first block of `column`, else the head of that day. */
export function entryStop(stops: readonly Stop[], column: number): string {
  const own = stops.filter((stop) => stop.column === column);
  return (own.find(({ kind }) => kind === 'block') ?? own[0])?.key ?? dayKey(0);
}

function nearest([head, ...inside]: readonly Stop[], from: number): Stop | undefined {
  if (from === Number.NEGATIVE_INFINITY) return head;
  const blocks = inside.filter(({ kind }) => kind === 'block');
  return blocks.sort((a, b) => Math.abs(a.from - from) - Math.abs(b.from - from))[0] ?? head;
}
