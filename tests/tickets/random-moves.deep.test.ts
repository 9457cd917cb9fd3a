import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { requireRates } from './slow-rates.ts';
import { daysOf2026, playTicket, ticketCase } from './ticket-model.ts';

eachDatabase((name, open) => {
  test(`on ${name} a thousand tickets in random hands make only the moves of the table, with the deadlines and the rates of the page`, async () => {
    const desk = await openDesk(await open());
    const other = (await desk.ticket({ kind: 'report' })).ticket;
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
    console.log(`random moves on ${name}: seed ${seed}`);
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(ticketCase, async (given) => {
        moved += await playTicket(desk, other, daysOf2026, given);
      }),
      { seed, numRuns: 1000 },
    );
    expect(moved).toBeGreaterThan(5000);
    expect(await requireRates(desk)).toBeGreaterThan(100);
  });
});
