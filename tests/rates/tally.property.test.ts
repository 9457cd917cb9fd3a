/** What the database counts is what the pure core counts, ticket by ticket, over tickets of every kind of standing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countedTickets } from '../../server/feedback/counted-tickets.ts';
import { tallyTickets } from '../../server/feedback/tally.ts';
import { commentKinds } from '../../shared/feedback/comment.ts';
import { ratesOf, ratesOfTally } from '../../shared/feedback/rates.ts';
import { rootCauses, ticketStates } from '../../shared/feedback/ticket.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type TicketRows, writeTickets } from './ticket-rows.ts';

/** Instants so near to each other, and to the moment of the figures, that equal ones are common. */
const instant = fc.integer({ min: 95, max: 105 });
const asOf = 100;
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const followUp = fc.record({
  answered_at: maybe(instant),
  solved: fc.constantFrom(0, 1),
  rating: maybe(fc.integer({ min: 1, max: 5 })),
});
const ticket = fc.record({
  row: fc.record({
    state: fc.constantFrom(...ticketStates),
    unit: fc.constantFrom('lianpu', 'cgj', null),
    kind: fc.constantFrom(...commentKinds),
    registered_at: instant,
    contact_due: instant,
    due: instant,
    extended_due: maybe(instant),
    contacted_at: maybe(instant),
    replied_at: maybe(instant),
    reopened: fc.integer({ min: 0, max: 2 }),
    followed_up: fc.constantFrom(0, 1, null),
  }),
  causes: fc.array(maybe(fc.constantFrom(...rootCauses)), { maxLength: 3 }),
  followUps: fc.array(followUp, { maxLength: 3 }),
});
const tickets = fc.array(ticket, { maxLength: 12 });

type Drawn = typeof ticket extends fc.Arbitrary<infer Value> ? Value : never;

eachDatabase((name, open) => {
  test(`the tally on ${name} gives the figures of the tickets one by one`, async () => {
    const { db } = (await open()).database;
    await fc.assert(
      fc.asyncProperty(tickets, instant, instant, async (drawn, from, to) => {
        for (const table of ['ticket', 'ticket_event', 'follow_up'] as const) await db.deleteFrom(table).execute();
        await writeTickets(db, drawn.map(rowsOf));
        const [each, tally] = [await countedTickets(db, from, to), await tallyTickets(db, from, to, asOf)];
        expect(ratesOfTally(tally)).toEqual(
          ratesOf(
            each.map((one) => one.ticket),
            asOf,
          ),
        );
        for (const key of ['unit', 'kind', 'cause'] as const)
          for (const value of new Set(each.map((one) => one[key])))
            expect([key, value, ratesOfTally(tally.filter((line) => line[key] === value))]).toEqual([
              key,
              value,
              ratesOf(
                each.filter((one) => one[key] === value).map((one) => one.ticket),
                asOf,
              ),
            ]);
      }),
      { numRuns: 60 },
    );
  });
});

function rowsOf({ row, causes, followUps }: Drawn, serial: number): TicketRows {
  const number = `2026-${serial}`;
  return {
    ticket: {
      number,
      year: 2026,
      serial,
      comment: `c-${number}`,
      version: 1,
      clock: 'standard',
      draw: 'd-2026-w39',
      diary_unit: 'lianpu',
      text: '路灯不亮',
      opened_by: 'mod-1',
      ...row,
    },
    events: causes.map((cause, n) => ({
      ticket: number,
      n,
      at: 1,
      actor: 'h-lianpu',
      part: 'desk',
      to_state: 'replied',
      public: 1,
      first_contact: 0,
      root_cause: cause,
    })),
    followUps: followUps.map((asked, n) => ({ ticket: number, n, asked_at: 1, due: 1, public: 0, ...asked })),
  };
}
