import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { requireRates } from './slow-rates.ts';
import { daysOf2026, playTicket, ticketCase } from './ticket-model.ts';

eachDatabase((name, open) => {
  let desk: Desk;
  let other: string;
  beforeAll(async () => {
    desk = await openDesk(await open());
    other = (await desk.ticket({ kind: 'report' })).ticket;
  }, 60_000);

  test(`on ${name} a ticket goes the straight way to the clock's closing`, async () => {
    // Of the next steps in the order of the states: assigned, accepted, inProgress, replied; then the window passes.
    const steps = [0, 1, 0, 2].map((nth) => ({ kind: 'next', nth }) as const);
    const acts = [...steps, { kind: 'wait', minutes: 12_000 } as const];
    expect(await playTicket(desk, other, daysOf2026, { kind: 'report', clock: 'standard', later: 1, acts })).toBe(5);
  });

  test(`on ${name} random people trying random things make only the moves of the table, with the deadlines and the rates of the page`, async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
    console.log(`random moves on ${name}: seed ${seed}`);
    // Cases are played until the time is over, one at least, however slow the machine is.
    const end = performance.now() + 7000;
    let played = 0;
    await fc.assert(
      fc.asyncProperty(ticketCase, async (given) => {
        if (played > 0 && performance.now() > end) return;
        played += 1;
        await playTicket(desk, other, daysOf2026, given);
      }),
      { seed, numRuns: 300 },
    );
    expect(await requireRates(desk)).toBeGreaterThan(0);
  });
});
