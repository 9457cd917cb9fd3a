// What holds of the closed-loop figures whatever the tickets are (closed-loop.md "Rates").
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CountedTicket,
  isCounted,
  percentOf,
  type RateFigure,
  rateFigures,
  ratesOf,
  standsIn,
} from '../../shared/feedback/rates.ts';
import { ticketStates } from '../../shared/feedback/ticket.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`rates/rates.property seed ${seed}`);

/** The moment of the figures, and instants about it; what has been done was done before it. */
const asOf = 100;
const date = fc.integer({ min: 80, max: 120 });
const done = fc.option(fc.integer({ min: 80, max: asOf }), { nil: null });
const ticket: fc.Arbitrary<CountedTicket & { unit: number }> = fc
  .record({
    unit: fc.nat(3),
    state: fc.constantFrom(...ticketStates),
    contactDue: date,
    contactedAt: done,
    due: date,
    repliedAt: done,
    reopened: fc.nat(2),
    answer: fc.option(
      fc.record({ solved: fc.boolean(), rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }) }),
      { nil: null },
    ),
    followedUp: fc.option(fc.boolean(), { nil: null }),
  })
  // Whoever was replied to was asked; nobody else has answered or opened it again.
  .map((one) => {
    const isAsked = one.repliedAt !== null;
    return { ...one, isAsked, answer: isAsked ? one.answer : null, reopened: isAsked ? one.reopened : 0 };
  });
const tickets = fc.array(ticket, { maxLength: 60 });

const sum = (values: readonly number[]): number => values.reduce((so, value) => so + value, 0);

test('a part is never more than its whole, nor a whole more than the tickets that count; each ticket is counted once or stands beside', () => {
  fc.assert(
    fc.property(tickets, (all) => {
      const rates = ratesOf(all, asOf);
      expect(rates.tickets + rates.referred + rates.merged).toBe(all.length);
      expect(rates.silent).toBeLessThanOrEqual(rates.tickets);
      for (const figure of rateFigures) {
        const { part, of } = rates[figure];
        expect([figure, 0 <= part, part <= of, of <= rates.tickets]).toEqual([figure, true, true, true]);
        const behind = (place: 'part' | 'rest') =>
          all.filter((one) => isCounted(one) && standsIn(one, figure, asOf) === place).length;
        expect([figure, behind('part'), behind('rest')]).toEqual([figure, part, of - part]);
      }
    }),
    { seed, numRuns: 300 },
  );
});

test('the figures of units add up to those of all, in whatever order the tickets come', () => {
  fc.assert(
    fc.property(tickets, fc.infiniteStream(fc.double({ noNaN: true })), (all, chance) => {
      const whole = ratesOf(all, asOf);
      const ranks = new Map(all.map((one) => [one, chance.next().value ?? 0]));
      expect(
        ratesOf(
          all.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)),
          asOf,
        ),
      ).toEqual(whole);
      const units = [0, 1, 2, 3].map((unit) =>
        ratesOf(
          all.filter((one) => one.unit === unit),
          asOf,
        ),
      );
      for (const count of ['tickets', 'referred', 'merged', 'silent'] as const)
        expect([count, sum(units.map((unit) => unit[count]))]).toEqual([count, whole[count]]);
      for (const figure of rateFigures)
        expect([
          figure,
          sum(units.map((unit) => unit[figure].part)),
          sum(units.map((unit) => unit[figure].of)),
        ]).toEqual([figure, whole[figure].part, whole[figure].of]);
    }),
    { seed, numRuns: 300 },
  );
});

test('a percentage is hidden below five cases, else between 0 and 100, whole only where nothing is missing, and grows with its part', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.nat(5000), (one, other) => {
      const share = { part: Math.min(one, other), of: Math.max(one, other) };
      const percent = percentOf(share);
      expect(percent === null).toBe(share.of < 5);
      if (percent === null) return;
      expect(percent).toBeGreaterThanOrEqual(0);
      expect(percent).toBeLessThanOrEqual(100);
      // To one place, and never further from the share than half of it.
      expect(Math.abs(percent * 10 - Math.round(percent * 10))).toBeLessThan(1e-6);
      expect(Math.abs(percent - (100 * share.part) / share.of)).toBeLessThanOrEqual(0.05 + 1e-9);
      if (share.part < share.of) expect(percentOf({ ...share, part: share.part + 1 })).toBeGreaterThanOrEqual(percent);
    }),
    { seed, numRuns: 2000 },
  );
});

/** Whether a share is no better than another; one without cases is neither. */
function isNoBetter(all: readonly CountedTicket[], instead: readonly CountedTicket[], figure: RateFigure, at = asOf) {
  const [was, is] = [ratesOf(all, asOf)[figure], ratesOf(instead, at)[figure]];
  return was.of === 0 || is.part * was.of <= was.part * is.of;
}

test('what is done later or never, is not solved or is rated worse makes no rate better', () => {
  const later = (at: number | null, by: number): number | null => (at === null || at + by > asOf ? null : at + by);
  fc.assert(
    fc.property(fc.array(ticket, { minLength: 1, maxLength: 30 }), fc.nat(29), fc.nat(25), (all, which, by) => {
      const place = which % all.length;
      const instead = (change: (one: CountedTicket) => Partial<CountedTicket>) =>
        all.map((one, n) => (n === place ? { ...one, ...change(one) } : one));
      const contact = instead(({ contactedAt }) => ({ contactedAt: later(contactedAt, by) }));
      expect(isNoBetter(all, contact, 'responseRate')).toBe(true);
      const reply = instead(({ repliedAt }) => ({ repliedAt: later(repliedAt, by) }));
      expect(isNoBetter(all, reply, 'onTimeRate')).toBe(true);
      const unsolved = instead(({ answer }) => ({ answer: answer && { ...answer, solved: false } }));
      expect(isNoBetter(all, unsolved, 'resolutionRate')).toBe(true);
      const worse = instead(({ answer }) => ({
        answer: answer && { ...answer, rating: answer.rating && Math.max(1, answer.rating - 1) },
      }));
      expect(isNoBetter(all, worse, 'satisfactionRate')).toBe(true);
      expect(
        isNoBetter(
          all,
          instead(() => ({ answer: null })),
          'followUpRate',
        ),
      ).toBe(true);
      const closed = instead(({ state }) => (state === 'closedLoop' ? { state: 'closedUnsolved' } : {}));
      expect(isNoBetter(all, closed, 'closureRate')).toBe(true);
      // Opened again, it is no better: a share of reopened ones can only grow.
      const again = instead(({ isAsked }) => (isAsked ? { reopened: 1 } : {}));
      expect(isNoBetter(again, all, 'reopenRate')).toBe(true);
    }),
    { seed, numRuns: 600 },
  );
});

test('while nothing is done no time makes the answers come sooner', () => {
  fc.assert(
    fc.property(tickets, fc.nat(40), (all, by) => {
      for (const figure of ['responseRate', 'onTimeRate'] as const) {
        expect([figure, isNoBetter(all, all, figure, asOf + by)]).toEqual([figure, true]);
        expect(ratesOf(all, asOf + by)[figure].part).toBe(ratesOf(all, asOf)[figure].part);
      }
    }),
    { seed, numRuns: 300 },
  );
});
