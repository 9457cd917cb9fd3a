/** Random lives of tickets, lived beside each other on a desk: what was done and succeeded is all that is written down of them. */
import fc from 'fast-check';
import { closeUnanswered } from '../../server/jobs/close-unanswered.ts';
import { commentKinds } from '../../shared/feedback/comment.ts';
import { rootCauses, type TicketState, ticketClocks } from '../../shared/feedback/ticket.ts';
import type { Desk, MoveWish, Receipt } from '../fixtures/desk.ts';
import { type Days, dayName, slowDeadlines } from '../tickets/slow-deadlines.ts';
import type { Deed, Life } from './naive-rates.ts';

const units = ['lianpu', 'cgj'] as const;
type Unit = (typeof units)[number];

/** What somebody does next, of what can be done then, and so many minutes later. */
const step = fc.record({
  choice: fc.nat(9),
  minutes: fc.constantFrom(0, 1, 30, 400, 1440, 4000, 12_000),
  unit: fc.constantFrom(...units),
  cause: fc.constantFrom(...rootCauses),
  rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

export const plannedLife = fc.record({
  kind: fc.constantFrom(...commentKinds.filter((kind) => kind !== 'sympathy')),
  clock: fc.constantFrom(...ticketClocks),
  /** Minutes after the one before. */
  after: fc.constantFrom(0, 5, 700, 3000, 20_000),
  steps: fc.array(step, { minLength: 4, maxLength: 25 }),
});
export type PlannedLife = typeof plannedLife extends fc.Arbitrary<infer Value> ? Value : never;

interface Living extends Life {
  readonly deeds: Deed[];
  readonly receipt: Receipt & { readonly ticket: string };
  state: TicketState;
  unit: Unit;
  /** The day that the unit asks for. */
  wish: string | null;
}

/** Lives them to their ends; gives them with what happened. `other`: a ticket to merge into. */
export async function live(
  desk: Desk,
  other: string,
  days: Days,
  planned: readonly PlannedLife[],
): Promise<readonly Life[]> {
  const all: Living[] = [];
  let due = desk.now();
  const agenda = planned.map((plan) => {
    due += plan.after * 60;
    return { at: due, plan, left: [...plan.steps], one: null as Living | null };
  });
  for (;;) {
    const [next] = agenda.filter(({ one, left }) => one === null || left.length > 0).toSorted((a, b) => a.at - b.at);
    if (next === undefined) return all;
    desk.set(Math.max(next.at, desk.now()));
    await closeByClock(desk, days, all);
    if (next.one === null) {
      next.one = await register(desk, next.plan);
      all.push(next.one);
    }
    const [todo] = next.left.splice(0, 1);
    if (todo === undefined) continue;
    await act(desk, other, next.one, todo);
    next.at = desk.now() + todo.minutes * 60;
  }
}

/** Lets so many minutes pass in which nobody does anything. */
export async function pass(desk: Desk, days: Days, lives: readonly Life[], minutes: number): Promise<void> {
  desk.set((Math.floor(desk.now() / 60) + minutes) * 60);
  await closeByClock(desk, days, lives.filter(isLiving));
}

const isLiving = (life: Life): life is Living => 'receipt' in life;

async function register(desk: Desk, { kind, clock }: PlannedLife): Promise<Living> {
  const receipt = await desk.ticket({ kind }, clock);
  const life = { kind, clock, registeredAt: desk.now(), deeds: [], receipt };
  return { ...life, state: 'registered', unit: 'lianpu', wish: null };
}

/** Whom nobody has answered in five working days is closed by the clock. */
async function closeByClock(desk: Desk, days: Days, all: readonly Living[]): Promise<void> {
  const at = desk.now();
  await closeUnanswered(desk.context);
  for (const one of all) {
    if (one.state !== 'replied') continue;
    const replied = one.deeds.findLast(({ what }) => what === 'replied')?.at ?? at;
    const happened = [
      { at: one.registeredAt, what: 'registered' },
      { at: replied, what: 'replied' },
    ] as const;
    const window = slowDeadlines(one.kind, happened, days).followUpDue ?? at;
    if (at <= window) continue;
    one.state = 'closedLoop';
    one.deeds.push({ at, what: 'closed', as: 'closedLoop', byClock: true });
  }
}

type New<D> = D extends Deed ? Omit<D, 'at'> : never;

async function act(desk: Desk, other: string, one: Living, { choice, unit, cause, rating }: Step): Promise<void> {
  const { ticket } = one.receipt;
  const handler = `h-${one.unit}`;
  const done = (state: TicketState, ...deeds: New<Deed>[]) => {
    one.state = state;
    one.deeds.push(...deeds.map((deed) => ({ at: desk.now(), ...deed })));
  };
  const move = async (as: string, wish: MoveWish, ...deeds: New<Deed>[]) => {
    const { status } = await desk.tryMove(ticket, as, { note: '说明', public: true, ...wish });
    if (status === 200) done(wish.to, ...deeds);
    return status === 200;
  };
  const assign = async () => {
    if (await move('org-1', { to: 'assigned', unit }, { what: 'assigned', unit })) one.unit = unit;
  };
  const reply = async () => {
    const wish = { to: 'replied', resolutionKind: 'fixed', rootCause: cause } as const;
    if (await move(handler, wish, { what: 'replied', cause })) one.wish = null;
  };
  const answer = async (solved: boolean) => {
    const sent = { solved, rating, words: null };
    const { status } = await desk.post('/api/v1/receipt/follow-up', sent, { receipt: one.receipt });
    if (status !== 200) return;
    const heard = { what: 'answered', solved, rating } as const;
    if (solved) done('closedLoop', heard, { what: 'closed', as: 'closedLoop', byClock: false });
    else if (one.deeds.filter(({ what }) => what === 'reopened').length === 2) done('supervised', heard);
    else done('reopened', heard, { what: 'reopened' });
  };
  switch (one.state) {
    case 'registered':
      if (choice === 0) await move('org-1', { to: 'referred' }, { what: 'referred' });
      else if (choice === 1) await move('org-1', { to: 'merged', into: other }, { what: 'merged' });
      else await assign();
      break;
    case 'assigned':
      await move(handler, { to: choice === 0 ? 'disputed' : 'accepted' });
      break;
    case 'disputed':
    case 'reopened':
      await assign();
      break;
    case 'accepted':
      await move(handler, { to: 'inProgress' }, { what: 'contacted' });
      break;
    case 'inProgress':
      if (one.wish !== null && choice < 6) {
        const date = one.wish;
        if (await move('org-1', { to: 'extended', note: null }, { what: 'extended', date })) one.wish = null;
      } else if (choice < 3) {
        const date = dayName(desk.now() + 15 * 86_400);
        if ((await desk.askExtension(ticket, handler, date, '等材料')).status === 200) one.wish = date;
      } else if (choice === 3) await move(handler, { to: 'onHold', date: dayName(desk.now() + 9 * 86_400) });
      else await reply();
      break;
    case 'extended':
    case 'onHold':
      if (choice < 4) await move(handler, { to: 'inProgress' });
      else await reply();
      break;
    case 'supervised':
      await move('org-1', { to: 'inProgress' });
      break;
    case 'replied':
      if (choice < 6) await answer(choice < 3);
      else if (choice < 8) await heardByTelephone(move, choice === 6, rating);
      break;
    case 'closedLoop':
    case 'closedUnsolved':
      if (choice < 5) await answer(false);
      break;
    case 'referred':
    case 'merged':
      break;
  }
}

/** A moderator who has not opened the ticket writes down what the reader said. */
const heardByTelephone = (
  move: (as: string, wish: MoveWish, ...deeds: New<Deed>[]) => Promise<boolean>,
  solved: boolean,
  rating: number | null,
) => {
  const as = solved ? 'closedLoop' : 'closedUnsolved';
  const wish = { to: as, followUp: { solved, rating, words: null } } as const;
  return move('mod-2', wish, { what: 'answered', solved, rating }, { what: 'closed', as, byClock: false });
};
