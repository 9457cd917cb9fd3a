import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { reopenWithinDays } from '../../shared/feedback/allowed.ts';
import { type TicketState, ticketStates } from '../../shared/feedback/ticket.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

/** closed-loop.md's table, from state to state, with who may: m moderator, o organiser, h handler of the unit, r reader. */
const listed: Readonly<Record<TicketState, Readonly<Partial<Record<TicketState, string>>>>> = {
  registered: { assigned: 'o', referred: 'o', merged: 'o' },
  assigned: { accepted: 'h', disputed: 'h' },
  disputed: { assigned: 'o' },
  accepted: { inProgress: 'h' },
  inProgress: { replied: 'h', extended: 'h', onHold: 'h' },
  extended: { inProgress: 'h', replied: 'h' },
  onHold: { inProgress: 'h', replied: 'h' },
  replied: { closedLoop: 'mr', closedUnsolved: 'm', reopened: 'mr', supervised: 'mor' },
  reopened: { assigned: 'o' },
  supervised: { inProgress: 'ho' },
  closedLoop: { reopened: 'mr' },
  closedUnsolved: { reopened: 'mr' },
  referred: {},
  merged: {},
};
const who = { 'mod-1': 'm', 'mod-2': 'm', 'org-1': 'o', 'h-lianpu': 'h', 'h-cgj': 'x', 'aud-1': 'a' } as const;
type Person = keyof typeof who;

type Act =
  | { readonly kind: 'move'; readonly as: Person; readonly to: TicketState }
  | { readonly kind: 'next'; readonly pick: number }
  | { readonly kind: 'answer'; readonly solved: boolean }
  | { readonly kind: 'wait'; readonly hours: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      as: fc.constantFrom(...(Object.keys(who) as Person[])),
      to: fc.constantFrom(...ticketStates),
    }),
  },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('next' as const), pick: fc.nat(11) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('answer' as const), solved: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(1, 30, 200, 800) }) },
);

const letters: Readonly<Record<string, Person>> = { m: 'mod-2', o: 'org-1', h: 'h-lianpu' };

/** One of the listed next steps with somebody who may make it, so that histories get long. */
function step(state: TicketState, pick: number): { as: Person; to: TicketState } | null {
  const ways = ticketStates.flatMap((to) =>
    [...(listed[state][to] ?? '')].flatMap((letter) => {
      const as = letters[letter];
      return as === undefined ? [] : [{ as, to }];
    }),
  );
  return ways[pick % Math.max(ways.length, 1)] ?? null;
}

/** A body with every member that any move could want. */
const bodyFor = (to: TicketState, other: string, date: string) => ({
  to,
  note: '说明',
  public: true,
  unit: 'lianpu',
  date,
  into: other,
  resolutionKind: 'fixed' as const,
  rootCause: 'workGap' as const,
  ...(to === 'closedLoop' ? { followUp: { solved: true, rating: null, words: null } } : {}),
  ...(to === 'closedUnsolved' ? { followUp: { solved: false, rating: null, words: null } } : {}),
});

eachDatabase((name, open) => {
  let desk: Desk;
  let other: string;
  beforeAll(async () => {
    desk = await openDesk(await open());
    other = (await desk.ticket({ kind: 'report' })).ticket;
  }, 60_000);

  test(`on ${name} random people trying random moves make only the moves of the table`, async () => {
    let moved = 0;
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
    console.log(`random moves on ${name}: seed ${seed}`);
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 30, maxLength: 60 }), async (acts) => {
        const opened = await desk.ticket({ kind: 'report' });
        const row = () =>
          desk.db.selectFrom('ticket').selectAll().where('number', '=', opened.ticket).executeTakeFirstOrThrow();
        const nextWeek = async () =>
          new Date((Math.max((await row()).due, desk.now()) + 6 * 86400) * 1000).toISOString().slice(0, 10);
        let state: TicketState = 'registered';
        let reopened = 0;
        let closedAt = 0;
        for (const each of acts) {
          const before: TicketState = state;
          let as: Person | null = null;
          if (each.kind === 'wait') {
            desk.advance(each.hours * 3600);
            await desk.runJobs();
          } else if (each.kind === 'answer') {
            await desk.post(
              '/api/v1/receipt/follow-up',
              { solved: each.solved, rating: null, words: null },
              { receipt: opened },
            );
          } else {
            const wish = each.kind === 'next' ? step(before, each.pick) : each;
            if (wish === null) break;
            as = wish.as;
            await desk.tryMove(opened.ticket, as, bodyFor(wish.to, other, await nextWeek()));
          }
          state = (await row()).state;
          if (state === before) continue;
          moved += 1;
          const by = as === null ? (each.kind === 'wait' ? 's' : 'r') : who[as];
          const may = by === 's' ? before === 'replied' && state === 'closedLoop' : listed[before][state]?.includes(by);
          expect([before, state, by, may]).toEqual([before, state, by, true]);
          if (by === 'm' && state.startsWith('closed')) expect(as).toBe('mod-2');
          if (state === 'reopened') {
            expect(reopened).toBeLessThan(2);
            if (before.startsWith('closed'))
              expect(desk.now() - closedAt).toBeLessThanOrEqual(reopenWithinDays * 86400);
            reopened += 1;
          }
          if (state === 'supervised') expect(reopened).toBe(2);
          if (state.startsWith('closed')) closedAt = desk.now();
        }
        const events = await desk.db
          .selectFrom('ticket_event')
          .selectAll()
          .where('ticket', '=', opened.ticket)
          .orderBy('n')
          .execute();
        expect(events.map((event) => event.from_state)).toEqual([
          null,
          ...events.slice(0, -1).map((event) => event.to_state),
        ]);
        expect(events.at(-1)?.to_state).toBe(state);
      }),
      { seed, numRuns: 1000, interruptAfterTimeLimit: 7000, markInterruptAsFailure: false },
    );
    expect(moved).toBeGreaterThan(50);
  });
});
