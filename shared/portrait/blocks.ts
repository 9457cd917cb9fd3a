/** Which figures of several units may stand beside each other so that none tells of fewer than three units, not even by subtraction.
 *
 *  Method: the cells behind a table are parted into blocks, every block with enough units behind it, and nothing is shown but blocks and sums
 *  of whole blocks. Blocks share no cell, so whatever is added or subtracted keeps the units of a whole block. What is too small alone goes
 *  into one rest (其余); where the rest is too small, the smallest block beside it goes in as well (complementary suppression). */

/** Fewest units behind a figure (docs/privacy-assessment.md). */
export const fewestUnits = 3;

/** An amount of one unit. */
export interface Cell {
  readonly unit: string;
  readonly key: string;
  readonly amount: number;
}

/** `key` null: the rest. `units`: how many stand behind it. */
export interface Block {
  readonly key: string | null;
  readonly amount: number;
  readonly units: number;
  readonly cells: readonly Cell[];
}

/** Whether these units may stand behind a figure. `known`: units of which the reader has figures already (a dossier); without them there must
 *  be nobody left, or enough. */
export function areEnough(units: ReadonlySet<string>, known: ReadonlySet<string>): boolean {
  const others = [...units].filter((unit) => !known.has(unit)).length;
  return units.size >= fewestUnits && (others === 0 || others >= fewestUnits);
}

/** The cells in blocks by key, most first, the rest last; none where all units together are too few. Cells of nothing tell nothing and
 *  are left out. */
export function blocksOf(cells: readonly Cell[], known: ReadonlySet<string>): readonly Block[] {
  const told = cells.filter(({ amount }) => amount > 0);
  const all = [...new Set(told.map(({ key }) => key))].map((key) =>
    blockOf(
      key,
      told.filter((cell) => cell.key === key),
    ),
  );
  const isEnough = ({ cells: of }: Block) => areEnough(unitsOf(of), known);
  const shown = all.filter(isEnough).sort((a, b) => b.amount - a.amount || (String(a.key) < String(b.key) ? -1 : 1));
  const small = all.filter((block) => !isEnough(block));
  if (small.length === 0) return shown;
  let rest = blockOf(
    null,
    small.flatMap(({ cells: of }) => of),
  );
  while (!isEnough(rest)) {
    const taken = shown.pop();
    if (taken === undefined) return [];
    rest = blockOf(null, [...taken.cells, ...rest.cells]);
  }
  return [...shown, rest];
}

const unitsOf = (cells: readonly Cell[]): ReadonlySet<string> => new Set(cells.map(({ unit }) => unit));

const blockOf = (key: string | null, cells: readonly Cell[]): Block => ({
  key,
  amount: cells.reduce((sum, { amount }) => sum + amount, 0),
  units: unitsOf(cells).size,
  cells,
});
