import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { restOf } from '../../server/records/freeze.ts';
import { type DrawInput, select } from '../../shared/proof/draw.ts';
import { restBefore } from '../../shared/proof/history.ts';
import type { LogRecord } from '../../shared/proof/keys.ts';
import type { Drawn } from '../../shared/proof/records.ts';
import { weekAfter } from '../../shared/time/week.ts';
import { lastByteOnly, slowSelect } from '../fixtures/slow-select.ts';

const seed = Number(process.env.SEED ?? 20_261_116);
console.log(`seed ${seed}`);

const unit = fc.nat(39).map((n) => `u${String(n).padStart(2, '0')}`);
const strataIds = ['a', 'b', 'c', 'd'] as const;
/** A roll in up to four strata, and for each of fifty weeks who is absent and what numbers come out. */
const season = fc.record({
  roll: fc.uniqueArray(fc.record({ unit, stratum: fc.constantFrom(...strataIds) }), {
    minLength: 1,
    maxLength: 24,
    selector: (row) => row.unit,
  }),
  strata: fc.shuffledSubarray([...strataIds], { minLength: 1 }),
  seats: fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }),
  window: fc.nat(6),
  weeks: fc.array(
    fc.record({
      absent: fc.uniqueArray(unit, { maxLength: 25 }),
      numbers: fc.array(fc.nat(80), { minLength: 1, maxLength: 7 }),
      order: fc.nat(),
    }),
    { minLength: 50, maxLength: 50 },
  ),
});

/** The same elements in an order that `by` decides. */
const mixed = <T>(list: readonly T[], by: number): T[] =>
  list
    .map((value, n) => ({ value, at: Math.imul(n + 1, by * 2 + 0x9e3779b1) >>> 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);

const drawRecord = (draw: string, drawn: Drawn, index: number): LogRecord => ({
  index,
  text: '',
  leaf: new Uint8Array(),
  signed: new Uint8Array(),
  kept: {},
  signature: '',
  typ: 'wd-draw+jwt',
  kid: null,
  iss: 'org',
  iat: 0,
  payload: { draw, drawn },
});

describe('fifty weeks of draws', () => {
  test('every seat goes to a listed unit of its stratum, to one that rests only when no other is left, and then to the one that rested longest', async () => {
    await fc.assert(
      fc.asyncProperty(season, async ({ roll, strata: ids, seats, window, weeks }) => {
        const strata = ids.map((id, n) => ({ id, seats: seats[n] ?? 0 }));
        const past: { week: string; drawn: Drawn }[] = [];
        let week = '2026-W20';
        for (const { absent, numbers, order } of weeks) {
          // Who rests, by hand: of each unit the latest of the last `window` draws that took it.
          const recent = past.slice(Math.max(0, past.length - window));
          const lastOf = (name: string) =>
            recent.findLast(({ drawn }) => drawn.some((row) => row.unit === name))?.week ?? null;
          const names = roll.map((row) => row.unit).sort();
          const rest = names.flatMap((name) => {
            const last = lastOf(name);
            return last === null ? [] : [{ unit: name, last }];
          });
          const records = past.map(({ week: drawnIn, drawn }, n) => drawRecord(`d-${drawnIn.toLowerCase()}`, drawn, n));
          expect(restBefore(records, records.length, window)).toEqual(rest);
          const asServer = past.map(({ week: drawnIn, drawn }, n) => ({
            draw: `d-${drawnIn.toLowerCase()}`,
            week: drawnIn,
            listIndex: n,
            isOpen: false,
            isVoid: false,
            drawn: drawn.map((row) => row.unit),
          }));
          expect(restOf(asServer, window)).toEqual(rest);

          const listed = names.filter((name) => !absent.includes(name));
          const list = listed.map((name, i) => ({ i, unit: name, seal: `${name}${week}`.padEnd(43, 'A') }));
          const input: DrawInput = { draw: `d-${week.toLowerCase()}`, roll, strata, list, rest, values: [numbers] };
          const drawn = await select(input);
          expect(drawn).toEqual(slowSelect(input));
          const other = {
            ...input,
            roll: mixed(roll, order),
            rest: mixed(rest, order),
            values: [mixed(numbers, order)],
          };
          expect(await select(other)).toEqual(drawn);

          for (const { id, seats: count } of strata) {
            const members = roll
              .filter((row) => row.stratum === id && listed.includes(row.unit))
              .map((row) => row.unit);
            const taken = drawn.filter(({ stratum }) => stratum === id).map((row) => row.unit);
            const waiting = members.filter((name) => !taken.includes(name));
            expect(new Set(taken).size).toBe(Math.min(count, members.length));
            expect(taken.every((name) => members.includes(name))).toBe(true);
            const takenWeeks = taken.map((name) => lastOf(name) ?? '');
            expect(takenWeeks).toEqual([...takenWeeks].sort());
            for (const name of waiting) expect((lastOf(name) ?? '') >= (takenWeeks.at(-1) ?? '')).toBe(true);
          }
          expect(drawn.map((row) => row.stratum)).toEqual(
            ids.flatMap((id) => drawn.filter((row) => row.stratum === id).map(() => id)),
          );
          past.push({ week, drawn });
          week = weekAfter(week);
        }
      }),
      { seed, numRuns: 80 },
    );
  });
});

const draws = 10_000;
const named = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${letter}${String(n).padStart(3, '0')}`);
const stratum = (id: string, units: readonly string[]) => units.map((name) => ({ unit: name, stratum: id }));

/** A roster, and the groups whose units must have equal chances: how many of each group a draw takes. */
interface Roster {
  readonly name: string;
  readonly input: Omit<DrawInput, 'draw' | 'values' | 'list'>;
  readonly absent: readonly string[];
  readonly groups: readonly { readonly units: readonly string[]; readonly taken: number }[];
}

const [wide, many, fresh, few, tired] = [
  named('w', 25),
  named('m', 101),
  named('f', 41),
  named('g', 3),
  named('t', 11),
];
const rosters: readonly Roster[] = [
  {
    name: '8 of 25',
    input: { roll: stratum('a', wide), strata: [{ id: 'a', seats: 8 }], rest: [] },
    absent: [],
    groups: [{ units: wide, taken: 8 }],
  },
  {
    name: '1 of 101',
    input: { roll: stratum('a', many), strata: [{ id: 'a', seats: 1 }], rest: [] },
    absent: [],
    groups: [{ units: many, taken: 1 }],
  },
  {
    name: '5 of 41 beside units that rest or are absent; 3 others and 2 of 11 that rest',
    input: {
      roll: [...stratum('a', [...fresh, ...named('r', 6), ...named('x', 4)]), ...stratum('b', [...few, ...tired])],
      strata: [
        { id: 'a', seats: 5 },
        { id: 'b', seats: 5 },
      ],
      rest: [...named('r', 6), ...tired].map((name) => ({ unit: name, last: '2026-W46' })),
    },
    absent: named('x', 4),
    groups: [
      { units: fresh, taken: 5 },
      { units: few, taken: 3 },
      { units: tired, taken: 2 },
      { units: [...named('r', 6), ...named('x', 4)], taken: 0 },
    ],
  },
];

/** The chance that fair draws differ from even counts by as much, for an even number of degrees of freedom. */
function upperTail(chiSquare: number, freedom: number): number {
  let term = Math.exp(-chiSquare / 2);
  let sum = 0;
  for (let n = 0; n < freedom / 2; n += 1) {
    sum += term;
    term *= chiSquare / 2 / (n + 1);
  }
  return sum;
}

/** p of each group by lot: over 10,000 draws, `taken` of `units` without putting back. Groups that leave no choice must come out exactly. */
async function chances({ input, absent, groups }: Roster, selector: (input: DrawInput) => Promise<Drawn> | Drawn) {
  const listed = input.roll.map((row) => row.unit).filter((name) => !absent.includes(name));
  const list = listed.sort().map((name, i) => ({ i, unit: name, seal: name.padEnd(43, 'A') }));
  const counts = new Map(input.roll.map((row) => [row.unit, 0]));
  for (let n = 0; n < draws; n += 1) {
    const given = { ...input, list, draw: 'd-2026-w47', values: [`fixed-seed-${n}`] };
    for (const row of await selector(given)) counts.set(row.unit, (counts.get(row.unit) ?? 0) + 1);
  }
  return groups.flatMap(({ units, taken }) => {
    const share = taken / units.length;
    const expected = draws * share;
    const off = units.map((name) => (counts.get(name) ?? 0) - expected);
    if (share === 0 || share === 1) {
      expect(off.every((one) => one === 0)).toBe(true);
      return [];
    }
    const chiSquare =
      (off.reduce((sum, one) => sum + one * one, 0) / (expected * (1 - share))) * ((units.length - 1) / units.length);
    return [upperTail(chiSquare, units.length - 1)];
  });
}

describe('over 10,000 draws', () => {
  test('the tail of the chi-square distribution is that of the tables', () => {
    // NIST/SEMATECH e-Handbook 1.3.6.7.4, upper critical values: 0.001 and 0.05.
    expect(upperTail(29.588, 10)).toBeCloseTo(0.001, 5);
    expect(upperTail(51.179, 24)).toBeCloseTo(0.001, 5);
    expect(upperTail(124.342, 100)).toBeCloseTo(0.05, 4);
  });

  test.each(rosters)('every eligible unit has the same chance: $name', async (roster) => {
    for (const p of await chances(roster, select)) expect(p).toBeGreaterThan(0.001);
  });

  test.each(rosters)('a selector that takes the hash modulo 256 first is found out: $name', async (roster) => {
    const [p] = await chances(roster, (input) => slowSelect(input, lastByteOnly));
    expect(p).toBeLessThan(0.001);
  });
});
