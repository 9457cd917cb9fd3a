/** A draw as an exercise: the same lot as a real one, under an id of its own, and nothing but an audit row behind it. */
import { expect, it } from 'vitest';
import { demoPool, trialOf } from '../../extension/commands/trial-draw.ts';
import { select } from '../../shared/proof/draw.ts';
import type { Rule } from '../../shared/proof/records.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { dump, fleeting } from '../fixtures/dump.ts';
import { openHouse, units } from './house.ts';

const rule: Rule = {
  iss: 'org',
  iat: 0,
  roll: ['a', 'b', 'c', 'd'].map((unit) => ({ unit, stratum: unit < 'c' ? 'one' : 'two' })),
  strata: [
    { id: 'one', seats: 1 },
    { id: 'two', seats: 1 },
  ],
  window: 2,
  min_acks: 3,
  close: 720,
  zone: 'Asia/Shanghai',
  sources: [
    { kind: 'lottery', name: '双色球' },
    { kind: 'nonces', name: 'nonces' },
  ],
};

it('draws one of each group from the demonstration list, and another one than the real id would', async () => {
  const values = [[2, 5, 8, 10, 12, 30, 14]];
  const results = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const pool = await demoPool(rule, `2026-W${10 + n}`);
      const { steps, input } = await trialOf(rule, pool, values);
      expect(pool.list.map(({ unit }) => unit)).toEqual(['a', 'b', 'c', 'd']);
      expect(steps.map(({ stratum }) => stratum)).toEqual(['one', 'two']);
      const real = await select({ ...input, draw: `d-2026-w${10 + n}` });
      return JSON.stringify(real) === JSON.stringify(steps.map(({ stratum, taken }) => ({ stratum, unit: taken })));
    }),
  );
  // By chance a quarter of twenty agree; were the id the same, all would.
  expect(results.filter((same) => same).length).toBeLessThan(15);
});

eachDatabase((_, open) => {
  it('leaves an audit row with its link in the chain, and not a byte elsewhere', async () => {
    const house = await openHouse(await open());
    const lines = async () => (await dump(house.context.database, fleeting)).split('\n');
    const before = await lines();
    const trial = { week: '2026-W47', basis: 'demo', candidates: 4 };
    expect((await house.ask('org', 'POST', 'draws/trials', trial)).status).toBe(201);
    const added = (await lines()).filter((line) => !before.includes(line));
    expect(added.map((line) => line.slice(0, line.indexOf(' ')))).toEqual(['audit', 'audit_link']);
    expect(added[0]).toContain('draw.trial');
    expect((await house.ask(units[0] ?? '', 'POST', 'draws/trials', trial)).status).toBe(403);
  });
});
