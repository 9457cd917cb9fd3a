import fc from 'fast-check';
import { expect, test } from 'vitest';
import { select, sourceText } from '../../shared/proof/draw.ts';

const seed = Number(process.env.SEED ?? 20_261_116);
console.log(`seed ${seed}`);
const options = { seed, numRuns: 200 };

const weeks = ['2026-W44', '2026-W45', '2026-W46'];
const unit = fc.nat(29).map((n) => `u${String(n).padStart(2, '0')}`);
const draw = fc.record({
  units: fc.uniqueArray(unit, { maxLength: 20 }),
  absent: fc.uniqueArray(unit, { maxLength: 5 }),
  resting: fc.uniqueArray(unit, { maxLength: 10 }),
  seats: fc.tuple(fc.nat(4), fc.nat(4)),
  numbers: fc.array(fc.nat(80), { minLength: 1, maxLength: 7 }),
  turn: fc.nat(20),
});
type Case = typeof draw extends fc.Arbitrary<infer T> ? T : never;

function inputOf({ units, absent, resting, seats, numbers }: Case) {
  const roll = units.map((name) => ({ unit: name, stratum: Number(name.slice(1)) % 2 === 0 ? 'a' : 'b' }));
  const listed = [...units].filter((name) => !absent.includes(name)).sort();
  return {
    draw: 'd-2026-w47',
    roll,
    strata: [
      { id: 'a', seats: seats[0] },
      { id: 'b', seats: seats[1] },
    ],
    list: listed.map((name, i) => ({ i, unit: name, seal: 'A'.repeat(43) })),
    rest: resting.map((name, i) => ({ unit: name, last: weeks[i % 3] ?? '' })),
    values: [numbers],
  };
}
const turned = <T>(list: readonly T[], by: number): T[] => [...list.slice(by), ...list.slice(0, by)].reverse();

test('the result does not depend on the order of roll, rest or numbers', async () => {
  await fc.assert(
    fc.asyncProperty(draw, async (given) => {
      const input = inputOf(given);
      const other = {
        ...input,
        roll: turned(input.roll, given.turn),
        rest: turned(input.rest, given.turn),
        values: [turned(given.numbers, given.turn)],
      };
      expect(await select(other)).toEqual(await select(input));
    }),
    options,
  );
});

test('each stratum fills its seats with different listed units, and a resting unit only when no other is left', async () => {
  await fc.assert(
    fc.asyncProperty(draw, async (given) => {
      const input = inputOf(given);
      const drawn = await select(input);
      const last = new Map(input.rest.map((rest) => [rest.unit, rest.last]));
      for (const { id, seats } of input.strata) {
        const members = input.roll.filter((row) => row.stratum === id && input.list.some((c) => c.unit === row.unit));
        const units = drawn.filter(({ stratum }) => stratum === id).map((row) => row.unit);
        expect(new Set(units).size).toBe(Math.min(seats, members.length));
        expect(units).toHaveLength(new Set(units).size);
        const left = members.map((row) => row.unit).filter((name) => !units.includes(name));
        const latest =
          units
            .map((name) => last.get(name) ?? '')
            .sort()
            .at(-1) ?? '';
        if (units.length > 0) for (const name of left) expect((last.get(name) ?? '') >= latest).toBe(true);
      }
    }),
    options,
  );
});

test('over many draws no unit of twelve is drawn much oftener than another', async () => {
  const units = Array.from({ length: 12 }, (_, i) => `u${i + 10}`);
  const counts = new Map<string, number>();
  for (let n = 0; n < 2400; n += 1) {
    const input = inputOf({ units, absent: [], resting: [], seats: [1, 0], numbers: [n + 1], turn: 0 });
    for (const row of await select(input)) counts.set(row.unit, (counts.get(row.unit) ?? 0) + 1);
  }
  // Six units in stratum a, 400 expected of each; five standard deviations are 91.
  expect([...counts.values()].every((count) => Math.abs(count - 400) < 91)).toBe(true);
  expect(counts.size).toBe(6);
  expect(sourceText([2400])).toBe('2400./');
});
