/** What the database counts and lists is what the pure core says ticket by ticket, over tickets of every kind of standing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countBehind, pageBehind } from '../../server/features/rates/behind.ts';
import { countedTickets } from '../../server/feedback/counted-tickets.ts';
import { tallyTickets } from '../../server/feedback/tally.ts';
import { type ListedFigure, listedFigures } from '../../shared/api/rates.ts';
import { commentKinds } from '../../shared/feedback/comment.ts';
import {
  type CountedTicket,
  isCounted,
  isSilent,
  ratesOf,
  ratesOfTally,
  standsIn,
} from '../../shared/feedback/rates.ts';
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

  test(`the lists behind the figures on ${name} are those of the tickets one by one, page after page`, async () => {
    const { db } = (await open()).database;
    const wish = fc.record({
      unit: fc.constantFrom('lianpu', null, undefined),
      cause: fc.constantFrom('workGap' as const, null, undefined),
      units: fc.constantFrom<readonly string[] | null>(['cgj'], ['cgj', 'lianpu'], [], null),
    });
    await fc.assert(
      fc.asyncProperty(tickets, instant, instant, wish, async (drawn, from, to, { unit, cause, units }) => {
        for (const table of ['ticket', 'ticket_event', 'follow_up'] as const) await db.deleteFrom(table).execute();
        await writeTickets(db, drawn.map(rowsOf));
        const each = (await countedTickets(db, from, to)).filter(
          (one) => (unit === undefined || one.unit === unit) && (cause === undefined || one.cause === cause),
        );
        for (const figure of listedFigures)
          for (const part of ['part', 'rest'] as const) {
            const asked = {
              ...{ from, to, asOf, figure, part },
              ...(unit === undefined ? {} : { unit }),
              ...(cause === undefined ? {} : { cause }),
            };
            const all = each.filter(({ ticket: one }) => isBehind(one, figure, part));
            const own = all.filter((one) => units === null || (one.unit !== null && units.includes(one.unit)));
            expect(await countBehind(db, asked, units)).toEqual({ total: all.length, seen: own.length });
            if (own.length === 0) continue;
            const first = await pageBehind(db, asked, { units, after: null, limit: 2 });
            const last = first.at(-1);
            const after = last === undefined ? null : { at: last.registeredAt, id: last.number };
            const rest = await pageBehind(db, asked, { units, after, limit: 100 });
            expect([...first, ...rest].map(({ clock: _, ...one }) => one)).toEqual(own);
          }
      }),
      { numRuns: 20 },
    );
  });
});

function isBehind(one: CountedTicket, figure: ListedFigure, part: 'part' | 'rest'): boolean {
  switch (figure) {
    case 'referred':
    case 'merged':
      return part === 'part' && one.state === figure;
    case 'tickets':
      return part === 'part' && isCounted(one);
    case 'silent':
      return part === 'part' && isSilent(one);
    default:
      return isCounted(one) && standsIn(one, figure, asOf) === part;
  }
}

function rowsOf({ row, causes, followUps }: Drawn, serial: number): TicketRows {
  const number = `2026-${serial}`;
  const answered = followUps.findLast(({ answered_at }) => answered_at !== null);
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
      root_cause: causes.findLast((cause) => cause !== null) ?? null,
      asked: followUps.length > 0 ? 1 : 0,
      solved: answered?.solved ?? null,
      rating: answered?.rating ?? null,
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
