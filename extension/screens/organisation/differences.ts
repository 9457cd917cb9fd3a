/** What differs between two states of a setting, row by row; pure. */
import type { Cells, Column } from './shape.ts';

/** A cell that changed: both states, or of one with lines what came and what went. */
export interface CellChange {
  readonly column: Column;
  readonly before: string;
  readonly after: string;
  readonly came: readonly string[];
  readonly went: readonly string[];
}

export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly cells: Cells;
  readonly changes: readonly CellChange[];
}

/** Rows are the same by their `id`; the order of a list does not count. */
export function differencesOf(
  before: readonly Cells[],
  after: readonly Cells[],
  columns: readonly Column[],
): readonly Difference[] {
  const old = new Map(before.map((row) => [row.id ?? '', row]));
  const now = new Set(after.map((row) => row.id ?? ''));
  return [
    ...after.flatMap((row): Difference[] => {
      const was = old.get(row.id ?? '');
      if (was === undefined) return [{ kind: 'added', cells: row, changes: [] }];
      const changes = columns.flatMap((column) => changeOf(column, was, row));
      return changes.length === 0 ? [] : [{ kind: 'changed', cells: row, changes }];
    }),
    ...before.flatMap((row): Difference[] =>
      now.has(row.id ?? '') ? [] : [{ kind: 'removed', cells: row, changes: [] }],
    ),
  ];
}

function changeOf(column: Column, was: Cells, is: Cells): CellChange[] {
  const before = was[column.key]?.trim() ?? '';
  const after = is[column.key]?.trim() ?? '';
  if (before === after) return [];
  const lines = (text: string) => (column.kind === 'lines' ? text.split('\n').filter((line) => line !== '') : []);
  const [old, now] = [lines(before), lines(after)];
  const came = now.filter((line) => !old.includes(line));
  const went = old.filter((line) => !now.includes(line));
  if (column.kind === 'lines' && came.length === 0 && went.length === 0) return [];
  return [{ column, before, after, came, went }];
}

/** How a cell reads: the label of a choice, yes or no of a tick. */
export function cellText(
  column: Column,
  text: string,
  say: { readonly yes: string; readonly no: string; readonly empty: string },
): string {
  if (column.kind === 'tick') return text === '' ? say.no : say.yes;
  const label = column.options?.find(({ value }) => value === text)?.label ?? text;
  return label === '' ? say.empty : label;
}
