import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../../shared/proof/canonical.ts';
import { readStrict } from '../../shared/proof/strict-json.ts';

const seed = Number(process.env.SEED ?? 20_261_116);
console.log(`seed ${seed}`);
const options = { seed, numRuns: 2000 };

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().filter((number) => !Object.is(number, -0)),
    fc.string({ unit: 'binary' }),
    fc.array(tie('any'), { maxLength: 5 }),
    fc.dictionary(
      fc.string({ unit: 'binary' }).filter((name) => name !== '__proto__'),
      tie('any'),
      { maxKeys: 5 },
    ),
  ),
})).any;

/** The same value with the members of every object in another order. */
function shuffled(given: unknown, turn: number): unknown {
  if (Array.isArray(given)) return given.map((part) => shuffled(part, turn));
  if (typeof given !== 'object' || given === null) return given;
  const members = Object.entries(given).map(([name, member]) => [name, shuffled(member, turn)]);
  return Object.fromEntries([...members.slice(turn), ...members.slice(0, turn)].reverse());
}

test('the canonical text does not depend on the order of members, and reads back to the same value', () => {
  fc.assert(
    fc.property(value, fc.nat(4), (given, turn) => {
      const text = canonical(given);
      expect(canonical(shuffled(given, turn))).toBe(text);
      expect(JSON.parse(text)).toEqual(given);
      expect(canonical(JSON.parse(text))).toBe(text);
      expect(readStrict(JSON.stringify(given, null, 2))).toMatchObject({ ok: true, value: { canonical: text } });
    }),
    options,
  );
});

test('a name that stands twice in one object is found wherever it is', () => {
  fc.assert(
    fc.property(value, fc.string({ unit: 'binary' }), (given, name) => {
      const [key, inner] = [JSON.stringify(name), JSON.stringify(given)];
      expect(readStrict(`[${inner},{${key}:${inner},"x\\u0000":1,${key} :2}]`)).toEqual({
        ok: false,
        problem: 'DUPLICATE_NAME',
      });
    }),
    { ...options, numRuns: 500 },
  );
});
