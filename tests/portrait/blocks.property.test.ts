/** Nothing that three units do not stand behind can be worked out from what is shown: judged by linear algebra over the single cells, which
 *  knows nothing of how the blocks are made. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categories } from '../../shared/diary/category.ts';
import { type AggregateFigure, aggregateOf } from '../../shared/portrait/aggregate.ts';
import { blocksOf, type Cell } from '../../shared/portrait/blocks.ts';
import type { PortraitEntry } from '../../shared/portrait/portrait-input.ts';

/** Rank over the prime 1,000,003: the entries are 0 and 1. */
function rankOf(rows: readonly (readonly number[])[]): number {
  const p = 1_000_003n;
  const inverse = (of: bigint): bigint => {
    let [result, base, left] = [1n, of % p, p - 2n];
    for (; left > 0n; left >>= 1n) {
      if (left & 1n) result = (result * base) % p;
      base = (base * base) % p;
    }
    return result;
  };
  const left = rows.map((row) => row.map((value) => BigInt(value)));
  let rank = 0;
  for (let column = 0; column < (left[0]?.length ?? 0); column += 1) {
    const at = left.findIndex((row, n) => n >= rank && row[column] !== 0n);
    const pivot = left[at];
    if (pivot === undefined) continue;
    left[at] = left[rank] ?? pivot;
    left[rank] = pivot;
    const factor = inverse(pivot[column] ?? 1n);
    for (const row of left.slice(rank + 1)) {
      const times = ((row[column] ?? 0n) * factor) % p;
      if (times !== 0n)
        for (let n = 0; n < row.length; n += 1) row[n] = ((((row[n] ?? 0n) - times * (pivot[n] ?? 0n)) % p) + p) % p;
    }
    rank += 1;
  }
  return rank;
}

const unitNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Groups of one and two that a reader could single out: whoever adds and subtracts the figures, and takes away the cells of the units he
 *  knows already, comes to a sum over that group alone. */
function exposed(figures: readonly (readonly Cell[])[], all: readonly Cell[], known: ReadonlySet<string>): string[] {
  const open = all.filter(({ unit, amount }) => !known.has(unit) && amount > 0);
  const rows = figures.map((figure) => open.map((cell) => (figure.includes(cell) ? 1 : 0)));
  const whole = rankOf(rows);
  const groups = unitNames.flatMap((one, n) => [[one], ...unitNames.slice(n + 1).map((other) => [one, other])]);
  return groups
    .filter((group) => rankOf(rows.map((row) => row.filter((_, n) => !group.includes(open[n]?.unit ?? '')))) < whole)
    .map((group) => group.join(' '));
}

const someCells = fc.array(
  fc.record({
    unit: fc.constantFrom(...unitNames),
    key: fc.constantFrom('会', '访', '批', '谈'),
    amount: fc.integer({ min: 0, max: 300 }),
  }),
  { maxLength: 24 },
);
const someKnown = fc.subarray(unitNames).map((units) => new Set(units));

test('no group of one or two units can be singled out from the blocks and their sums', () => {
  fc.assert(
    fc.property(someCells, someKnown, (cells, known) => {
      const figures = blocksOf(cells, known).map((block) => block.cells);
      // The whole is the sum of all lines, and a reader sees it whether it is written down or not.
      expect(exposed([...figures, figures.flat()], cells, known)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('what is enough alone is shown alone, unless the rest needs it', () => {
  const cells = (key: string, ...units: string[]) => units.map((unit) => ({ unit, key, amount: 10 }));
  const shown = (all: readonly Cell[], known: readonly string[] = []) =>
    blocksOf(all, new Set(known)).map(({ key, amount, units }) => [key, amount, units]);
  expect(shown([...cells('会', 'a', 'b', 'c', 'd'), ...cells('访', 'a', 'b', 'c')])).toEqual([
    ['会', 40, 4],
    ['访', 30, 3],
  ]);
  // 谈 has one unit: alone it would be told by subtraction from the whole, so 访 goes in with it.
  expect(shown([...cells('会', 'a', 'b', 'c', 'd'), ...cells('访', 'a', 'b', 'c'), ...cells('谈', 'a')])).toEqual([
    ['会', 40, 4],
    [null, 40, 3],
  ]);
  expect(shown(cells('会', 'a', 'b'))).toEqual([]);
  // All minus one visible group: with a dossier of c and d, what is left of four is a group of two.
  expect(shown(cells('会', 'a', 'b', 'c', 'd'), ['c', 'd'])).toEqual([]);
  expect(shown(cells('会', 'a', 'b', 'c', 'd'), ['d'])).toEqual([['会', 40, 4]]);
  expect(shown(cells('会', 'a', 'b', 'c'), ['a', 'b', 'c'])).toEqual([['会', 30, 3]]);
});

const someEntries = fc.array(
  fc.record({
    unit: fc.constantFrom(...unitNames),
    category: fc.constantFrom('meeting', 'fieldVisit', 'paperwork', 'planning', 'talk', 'learning'),
    mode: fc.constantFrom('collective', 'focused', undefined),
    hours: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 24 },
);

test('hours by mode and by category together single out no group either, and add up', () => {
  fc.assert(
    fc.property(someEntries, someKnown, (entries, known) => {
      // One entry a day in January to March: nothing overlaps, so a cell is the sum of its entries.
      const made = entries.map(({ unit, category, mode, hours }, n) => ({
        unit,
        entry: entryOn(n, category, mode, hours),
      }));
      const { faces } = aggregateOf({
        sealed: unitNames.map((unit) => ({
          unit,
          weeks: weeks.map((week) => ({ week, seal: null })),
          carriers: [],
          entries: made.filter((each) => each.unit === unit).map(({ entry }) => entry),
        })),
        response: [],
        known,
        reading: { table: categories, offset: () => 480 },
        asOf: 0,
      });
      const shown = (faces.find(({ face }) => face === 'hours')?.figures ?? []).filter(({ value }) => value !== null);
      const cells = made.map(({ unit, entry }) => ({
        unit,
        key: `${modeOf(entry.category, entry.mode)} ${entry.category}`,
        amount: Number(entry.end?.slice(11, 13)) * 60 - 9 * 60,
      }));
      const behind = cellsBehind(shown, cells);
      expect(shown.map(({ value }) => (value?.kind === 'minutes' ? value.minutes : null))).toEqual(
        behind.map((of) => of.reduce((sum, { amount }) => sum + amount, 0)),
      );
      expect(exposed(behind, cells, known)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

const weeks = Array.from({ length: 12 }, (_, n) => `2026-W${String(n + 2).padStart(2, '0')}`);

function entryOn(n: number, category: string, mode: string | undefined, hours: number): PortraitEntry {
  const day = `2026-${n < 14 ? '01' : '02'}-${String(n < 14 ? 12 + n : n - 12).padStart(2, '0')}`;
  return {
    day,
    start: `${day}T09:00`,
    end: `${day}T${9 + hours}:00`,
    category,
    mode,
    sealedIn: '2026-W10',
    threads: [],
    hasThinking: false,
    hasResult: false,
    ground: null,
  };
}

/** design.md 4. */
const modeOf = (category: unknown, mode: unknown): string =>
  typeof mode === 'string'
    ? mode
    : ({ meeting: 'collective', fieldVisit: 'collective', paperwork: 'focused', planning: 'focused', talk: 'oneToOne' }[
        String(category)
      ] ?? 'none');

/** Which cells a line is the sum of, from its words alone: the rest is what no other line of its table has. */
function cellsBehind(shown: readonly AggregateFigure[], cells: readonly Cell[]): (readonly Cell[])[] {
  const partsOf = (cell: Cell) => cell.key.split(' ');
  const named = (id: string, within: string | null) =>
    shown.flatMap((figure) =>
      figure.id === id && figure.within === within && figure.code !== 'rest' ? [figure.code] : [],
    );
  return shown.map(({ id, code, within }) =>
    cells.filter((cell) => {
      const [mode = '', category = ''] = partsOf(cell);
      if (id === 'mode') return code === 'rest' ? !named('mode', null).includes(mode) : mode === code;
      if (mode !== within) return false;
      return code === 'rest' ? !named('category', within).includes(category) : category === code;
    }),
  );
}
