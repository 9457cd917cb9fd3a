import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { drawFrom, listHash, select, selectionSteps, sourceText, stratumKey } from '../../shared/proof/draw.ts';
import type { Value } from '../../shared/proof/records.ts';
import { vectorText } from '../fixtures/vectors.ts';

type DrawCase = {
  name: string;
  draw: string;
  list: { unit: string; seal: string }[];
  list_hash: string;
  strata: { id: string; seats: number; units: string[] }[];
  rest: { unit: string; last: string }[];
  sources: Value[];
  expect: { stratum: string; key: string; units: string[] }[];
};
const vectors: {
  rfc3797_section6: { pool: number; key: string; selected: number[] };
  cases: DrawCase[];
} = JSON.parse(vectorText('draws'));

const inputOf = ({ draw, list, strata, rest, sources }: DrawCase) => ({
  draw,
  list: list.map((row, i) => ({ ...row, i })),
  rest,
  strata,
  roll: strata.flatMap(({ id, units }) => units.map((unit) => ({ unit, stratum: id }))),
  values: sources,
});

describe('drawing by lot', () => {
  test('the published example of RFC 3797 comes out with MD5', async () => {
    const { pool, key, selected } = vectors.rfc3797_section6;
    const numbers = Array.from({ length: pool }, (_, i) => i + 1);
    const md5 = async (bytes: Uint8Array) => new Uint8Array(createHash('md5').update(bytes).digest());
    const lots = await drawFrom(key, [numbers], selected.length, md5);
    expect(lots.map(({ taken }) => taken)).toEqual(selected);
  });

  test.each(vectors.cases)('$name: hash of the list, keys and units are those of the vectors', async (one) => {
    const input = inputOf(one);
    expect(await listHash(input.list)).toBe(one.list_hash);
    for (const { stratum, key } of one.expect) expect(await stratumKey(input, stratum)).toBe(key);
    const expected = one.expect.flatMap(({ stratum, units }) => units.map((unit) => ({ stratum, unit })));
    expect(await select(input)).toEqual(expected);
  });

  // Arithmetic of its own: SHA-256 by Node, the remainder by BigInt.
  test.each(vectors.cases)(
    '$name: each step says number, divisor, remainder and unit, as anybody reckons them',
    async (one) => {
      const steps = await selectionSteps(inputOf(one));
      let from = 0;
      for (const { stratum, key, units } of one.expect) {
        for (const [n, unit] of units.entries()) {
          const step = steps[from + n];
          const counter = Buffer.of(0, n);
          const digest = createHash('sha256').update(counter).update(key).update(counter).digest('hex');
          const left = step?.left ?? [];
          expect(step).toMatchObject({ stratum, key, taken: unit });
          expect(Buffer.from(step?.number ?? []).toString('hex')).toBe(digest);
          expect(step?.at).toBe(Number(BigInt(`0x${digest}`) % BigInt(left.length)));
          expect(left[step?.at ?? -1]).toBe(unit);
          expect([...left].sort()).toEqual(left);
          for (const gone of units.slice(0, n)) expect(left).not.toContain(gone);
          expect(new Set(left.map((each) => one.rest.find((row) => row.unit === each)?.last))).toEqual(
            new Set([step?.last]),
          );
        }
        from += units.length;
      }
      expect(steps).toHaveLength(from);
    },
  );

  test.each<[Value, string]>([
    ['9319', '9319./'],
    ['fe29-Ab', 'FE29-AB./'],
    [[10, 2, 8, 5, 12], '2.5.8.10.12./'],
    [[34, 9, 18, 41, 45, 26], '9.18.26.34.41.45./'],
  ])('the value %j is written %s', (value, text) => {
    expect(sourceText(value)).toBe(text);
  });
});
