/** The ticket machine against a model: random people try random things on one ticket; whatever happens must stand in the table of the page, the
 *  deadlines must be those of a slow computation over what happened, and nothing closes without a public reply and a follow-up. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { type TicketState, ticketClocks, ticketStates } from '../../shared/feedback/ticket.ts';
import type { Desk } from '../fixtures/desk.ts';
import { type Days, dayName, type Happened, lastDayToAsk, slowDeadlines } from './slow-deadlines.ts';

/** closed-loop.md's table, from state to state, with who may: m moderator, o organiser, h handler of the unit, r reader, s the clock. */
const listed: Readonly<Record<TicketState, Readonly<Partial<Record<TicketState, string>>>>> = {
  registered: { assigned: 'o', referred: 'o', merged: 'o' },
  assigned: { accepted: 'h', disputed: 'h' },
  disputed: { assigned: 'o' },
  accepted: { inProgress: 'h' },
  inProgress: { replied: 'h', extended: 'o', onHold: 'h' },
  extended: { inProgress: 'h', replied: 'h' },
  onHold: { inProgress: 'h', replied: 'h' },
  replied: { closedLoop: 'mrs', closedUnsolved: 'm', reopened: 'mr', supervised: 'mor' },
  reopened: { assigned: 'o' },
  supervised: { inProgress: 'ho' },
  closedLoop: { reopened: 'mr' },
  closedUnsolved: { reopened: 'mr' },
  referred: {},
  merged: {},
};
const who = { 'mod-1': 'm', 'mod-2': 'm', 'org-1': 'o', 'h-lianpu': 'h', 'h-cgj': 'x', 'aud-1': 'a' } as const;
type Person = keyof typeof who;
const people: readonly Person[] = ['mod-1', 'mod-2', 'org-1', 'h-lianpu', 'h-cgj', 'aud-1'];
const letters: Readonly<Record<string, Person>> = { m: 'mod-2', o: 'org-1', h: 'h-lianpu' };

/** The calendar of the tests' desk: National Day of 2026 and the Saturday made up for it. */
export const daysOf2026: Days = {
  off: [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`),
  madeUp: ['2026-10-10'],
};

const pick = <Kind extends string>(kind: Kind) => fc.constant(kind);
const act = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: pick('move'),
      as: fc.constantFrom(...people),
      to: fc.constantFrom(...ticketStates),
      bare: fc.boolean(),
    }),
  },
  { weight: 12, arbitrary: fc.record({ kind: pick('next'), nth: fc.nat(11) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: pick('ask'), as: fc.constantFrom(...people), days: fc.integer({ min: -3, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: pick('refuse'), as: fc.constantFrom(...people) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: pick('clock'),
      as: fc.constantFrom(...people),
      clock: fc.constantFrom(...ticketClocks),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: pick('answer'),
      solved: fc.boolean(),
      rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: pick('wait'), minutes: fc.constantFrom(1, 90, 1800, 12_000, 48_000) }) },
);
/** One case: what kind of ticket, registered when, and what is tried. */
export const ticketCase = fc.record({
  kind: fc.constantFrom('question' as const, 'complaint' as const, 'report' as const),
  clock: fc.constantFrom(...ticketClocks),
  /** Minutes after what was before, so that tickets begin at any hour, on holidays and days made up. */
  later: fc.integer({ min: 1, max: 20_000 }),
  acts: fc.array(act, { minLength: 30, maxLength: 60 }),
});

/** Plays one case on a desk; gives how many moves happened. `other` is a ticket to merge into. */
export async function playTicket(
  desk: Desk,
  other: string,
  days: Days,
  { kind, clock, later, acts }: typeof ticketCase extends fc.Arbitrary<infer T> ? T : never,
): Promise<number> {
  desk.advance(later * 60);
  const opened = await desk.ticket({ kind }, clock);
  const at = `/api/v1/tickets/${opened.ticket}`;
  const happened: Happened[] = [{ at: desk.now(), what: 'registered', value: clock }];
  const row = () =>
    desk.db.selectFrom('ticket').selectAll().where('number', '=', opened.ticket).executeTakeFirstOrThrow();
  let state: TicketState = 'registered';
  let [moved, reopened, closedAt, replies] = [0, 0, 0, 0];
  let wish: string | null = null;

  for (const each of acts) {
    const before: TicketState = state;
    const was = await row();
    let as: string | null = null;
    let followUp = false;
    switch (each.kind) {
      case 'wait':
        desk.advance(each.minutes * 60);
        await desk.runJobs();
        as = 's';
        break;
      case 'answer':
        await desk.post(
          '/api/v1/receipt/follow-up',
          { ...unsaid, solved: each.solved, rating: each.rating },
          { receipt: opened },
        );
        [as, followUp] = ['r', true];
        break;
      case 'ask': {
        const date = dayName(was.due + each.days * 86_400);
        const { status } = await desk.askExtension(opened.ticket, each.as, date, '第三方检测排队');
        const may =
          each.as === 'h-lianpu' &&
          before === 'inProgress' &&
          was.extended_due === null &&
          wish === null &&
          desk.now() <= was.due &&
          date > dayName(was.due) &&
          date <= lastDayToAsk(was.due, days);
        expect([each, before, status === 200]).toEqual([each, before, may]);
        if (may) wish = date;
        continue;
      }
      case 'refuse': {
        const sent = { version: was.version, note: '能按期' };
        const { status } = await desk.post(`${at}/extension/refusal`, sent, { as: each.as });
        expect(status === 200).toBe(each.as === 'org-1' && wish !== null);
        if (status === 200) wish = null;
        continue;
      }
      case 'clock': {
        const sent = { version: was.version, clock: each.clock };
        const { status } = await desk.post(`${at}/clock`, sent, { as: each.as });
        const ended = before.startsWith('closed') || before === 'referred' || before === 'merged';
        expect(status === 200).toBe(who[each.as] === 'm' && !ended && was.clock !== each.clock);
        if (status === 200) happened.push({ at: desk.now(), what: 'clock', value: each.clock });
        continue;
      }
      default: {
        const way = each.kind === 'next' ? step(before, each.nth) : each;
        if (way === null) break;
        const body = each.kind === 'move' && each.bare ? { to: way.to } : bodyFor(way.to, other, desk.now());
        const tried = await desk.tryMove(opened.ticket, way.as, body);
        as = way.as;
        followUp = tried.status === 200 && who[way.as] === 'm';
        if (tried.status === 409) {
          expect(tried.json).toMatchObject({ code: 'MOVE_NOT_ALLOWED', facts: { allowed: expect.any(Array) } });
          for (const to of tried.json.facts.allowed) expect(listed[before][nameOf(to)]).toContain(who[way.as]);
        }
      }
    }
    const now = await row();
    state = now.state;
    if (state === before) continue;
    moved += 1;
    const letter = as === 's' || as === 'r' ? as : letterOf(as);
    expect([before, state, letter, listed[before][state]?.includes(letter)]).toEqual([before, state, letter, true]);
    if (letter === 'm' && state.startsWith('closed')) expect(as).toBe('mod-2');
    if (state === 'extended') {
      expect(wish).not.toBeNull();
      happened.push({ at: desk.now(), what: 'extended', value: wish ?? '' });
      wish = null;
    }
    if (before === 'accepted') happened.push({ at: desk.now(), what: 'contacted' });
    if (state === 'assigned') happened.push({ at: desk.now(), what: 'assigned' });
    if (state === 'replied') {
      replies += 1;
      wish = null;
      happened.push({ at: desk.now(), what: 'replied' });
    }
    if (state === 'reopened') {
      expect(reopened).toBeLessThan(2);
      if (before.startsWith('closed')) expect(desk.now() - closedAt).toBeLessThanOrEqual(30 * 86_400);
      reopened += 1;
    }
    if (state === 'supervised') expect(reopened).toBe(2);
    if (state === 'closedLoop' || state === 'closedUnsolved') {
      closedAt = desk.now();
      expect(replies).toBeGreaterThan(0);
      const window = slowDeadlines(kind, happened, days).followUpDue ?? Number.POSITIVE_INFINITY;
      expect(followUp || desk.now() > window).toBe(true);
    }
  }
  await requireAsTold(desk, opened.ticket, state, slowDeadlines(kind, happened, days));
  return moved;
}

/** The row and the events at the end: deadlines as computed, events a chain, a public reply and a follow-up before every closing. */
async function requireAsTold(desk: Desk, number: string, state: TicketState, slow: ReturnType<typeof slowDeadlines>) {
  const of = <Name extends 'ticket_event' | 'follow_up'>(table: Name) =>
    desk.db.selectFrom<'ticket_event' | 'follow_up'>(table).where('ticket', '=', number);
  const row = await desk.db.selectFrom('ticket').selectAll().where('number', '=', number).executeTakeFirstOrThrow();
  // A reopening and a supervision end the window that a reply opened.
  const window = row.follow_up_due === null ? null : slow.followUpDue;
  expect({
    contactDue: row.contact_due,
    due: row.due,
    extendedDue: row.extended_due,
    disputeDue: row.dispute_due,
    followUpDue: row.follow_up_due,
  }).toEqual({ ...slow, followUpDue: window });
  const events = await of('ticket_event').select(['from_state', 'to_state', 'public', 'note']).orderBy('n').execute();
  expect(events.map((event) => event.from_state)).toEqual([
    null,
    ...events.slice(0, -1).map((event) => event.to_state),
  ]);
  expect(events.at(-1)?.to_state).toBe(state);
  const replied = events.findIndex(
    (event) => event.to_state === 'replied' && event.public === 1 && event.note !== null,
  );
  const closed = events.findIndex((event) => event.to_state === 'closedLoop' || event.to_state === 'closedUnsolved');
  if (closed === -1) return;
  expect(replied).toBeGreaterThan(-1);
  expect(replied).toBeLessThan(closed);
  expect((await of('follow_up').select('n').execute()).length).toBeGreaterThan(0);
}

const unsaid = { solved: false, rating: null, words: null };

/** One of the listed next steps with somebody who may make it, so that histories get long. */
function step(state: TicketState, nth: number): { readonly as: Person; readonly to: TicketState } | null {
  const ways = ticketStates.flatMap((to) =>
    [...(listed[state][to] ?? '')].flatMap((letter) => {
      const as = letters[letter];
      return as === undefined ? [] : [{ as, to }];
    }),
  );
  return ways[nth % Math.max(ways.length, 1)] ?? null;
}

/** A body with every member that any move could want. */
const bodyFor = (to: TicketState, other: string, now: number) => ({
  to,
  note: to === 'extended' ? null : '说明',
  public: true,
  unit: 'lianpu',
  date: dayName(now + 6 * 86_400),
  into: other,
  resolutionKind: 'fixed' as const,
  rootCause: 'workGap' as const,
  ...(to === 'closedLoop' ? { followUp: { ...unsaid, solved: true } } : {}),
  ...(to === 'closedUnsolved' ? { followUp: unsaid } : {}),
});

const nameOf = (to: unknown): TicketState => ticketStates.find((state) => state === to) ?? 'merged';
const letterOf = (as: string | null): string => Object.entries(who).find(([person]) => person === as)?.[1] ?? '-';
