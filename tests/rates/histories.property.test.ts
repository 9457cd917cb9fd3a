// The figures of the desk and of the public tree against a naive count over random lives of tickets.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rateFigures } from '../../shared/feedback/rates.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { dayName } from '../tickets/slow-deadlines.ts';
import { daysOf2026 } from '../tickets/ticket-model.ts';
import { live, pass, plannedLife } from './lives.ts';
import { causeOf, type Life, naiveRates, unitOf } from './naive-rates.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`rates/histories.property seed ${seed}`);

const dayOf = ({ registeredAt }: Life): string => dayName(registeredAt);

/** The lines of a table that the naive count has: one for each value that some life has. */
function naiveLines<Key extends string>(
  key: Key,
  lives: readonly Life[],
  of: (life: Life) => string | null,
  asOf: number,
) {
  const groups = Map.groupBy(lives, of);
  return new Map([...groups].map(([value, own]) => [value, { [key]: value, ...naiveRates(own, asOf, daysOf2026) }]));
}

async function requireSame(desk: Desk, lives: readonly Life[], from: string, to: string): Promise<void> {
  const { status, json } = await desk.get(`/api/v1/rates?from=${from}&to=${to}`, { as: 'org-1' });
  expect([status, json.asOf]).toEqual([200, desk.now()]);
  const inside = lives.filter((life) => dayOf(life) >= from && dayOf(life) <= to);
  expect([from, to, json.all]).toEqual([from, to, naiveRates(inside, json.asOf, daysOf2026)]);
  for (const [key, lines, of] of [
    ['unit', json.units, unitOf],
    ['kind', json.kinds, ({ kind }: Life) => kind],
    ['cause', json.causes, causeOf],
  ] as const)
    expect(new Map(lines.map((line: Record<string, unknown>) => [line[key], line]))).toEqual(
      naiveLines(key, inside, of, json.asOf),
    );
}

async function requireSamePublic(desk: Desk, lives: readonly Life[]): Promise<void> {
  const { asOf, whole } = JSON.parse((await desk.page('/public/rates.json')).text);
  expect(asOf).toBe(desk.now());
  expect(whole.all).toEqual(naiveRates(lives, asOf, daysOf2026));
  const known = lives.filter((life) => unitOf(life) !== null);
  expect(new Map(whole.units.map((line: { unit: string }) => [line.unit, line]))).toEqual(
    naiveLines('unit', known, unitOf, asOf),
  );
}

eachDatabase((name, open) => {
  // What PostgreSQL counts is what the core counts: tally.property.test.ts.
  test.runIf(name === 'SQLite')(
    `on ${name} they are the same for every window, unit, kind and cause, as time passes`,
    async () => {
      const desk = await openDesk(await open());
      const into = await desk.ticket({ kind: 'report' });
      // Whatever is lived stays on the desk, and what is counted with it.
      const lives: Life[] = [{ kind: 'report', clock: 'standard', registeredAt: desk.now(), deeds: [] }];
      const moment = fc.nat(1_000_000);
      // Cases are lived until the time is over, two at least, however slow the machine is.
      const end = performance.now() + 4500;
      let played = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(plannedLife, { minLength: 4, maxLength: 10 }),
          moment,
          moment,
          async (planned, a, b) => {
            if (played > 1 && performance.now() > end) return;
            played += 1;
            lives.push(...(await live(desk, into.ticket, daysOf2026, planned)));
            for (const minutes of [1, 3000]) {
              await pass(desk, daysOf2026, lives, minutes);
              const dates = lives.map(dayOf).sort();
              const [from = '', to = ''] = [a, b].map((place) => dates[place % dates.length] ?? '').sort();
              await requireSame(desk, lives, from, to);
            }
            await requireSamePublic(desk, lives);
          },
        ),
        { seed, numRuns: 200 },
      );
      // Of each figure some were in the part and some were not, or nothing was compared.
      const all = naiveRates(lives, desk.now(), daysOf2026);
      for (const figure of rateFigures) expect([figure, all[figure].of > 0]).toEqual([figure, true]);
    },
    60_000,
  );
});
