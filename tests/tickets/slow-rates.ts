/** The figures worked out ticket by ticket over its events and what its reader answered, from the page alone: knows nothing of the code under test
 *  but the dates of the row, which the model has compared with a slow computation of their own. */
import { expect } from 'vitest';
import type { Desk } from '../fixtures/desk.ts';
import { dayName } from './slow-deadlines.ts';

const closed = ['closedLoop', 'closedUnsolved'];

/** The desk's figures of the last eight years, all units together, are those that the events of its tickets give; gives how many count. */
export async function requireRates(desk: Desk): Promise<number> {
  const now = desk.now();
  const [from, to] = [dayName(now - 8 * 365 * 86_400), dayName(now)];
  const { status, json } = await desk.get(`/api/v1/rates?from=${from}&to=${to}`, { as: 'org-1' });
  expect(status).toBe(200);
  const slow = await slowRates(desk, Date.parse(`${from}T00:00:00+08:00`) / 1000, json.asOf);
  expect(json.all).toEqual(slow);
  return slow.tickets;
}

async function slowRates(desk: Desk, from: number, asOf: number) {
  const tally = {
    tickets: 0,
    referred: 0,
    merged: 0,
    silent: 0,
    responseRate: { part: 0, of: 0 },
    onTimeRate: { part: 0, of: 0 },
    resolutionRate: { part: 0, of: 0 },
    satisfactionRate: { part: 0, of: 0 },
    followUpRate: { part: 0, of: 0 },
    reopenRate: { part: 0, of: 0 },
    closureRate: { part: 0, of: 0 },
  };
  const count = (share: { part: number; of: number }, isIn: boolean, isPart: boolean) => {
    if (isIn) share.of += 1;
    if (isIn && isPart) share.part += 1;
  };
  for (const row of await desk.db.selectFrom('ticket').selectAll().execute()) {
    const of = <Name extends 'ticket_event' | 'follow_up'>(table: Name) =>
      desk.db.selectFrom<'ticket_event' | 'follow_up'>(table).where('ticket', '=', row.number).orderBy('n');
    const events = await of('ticket_event').select(['at', 'from_state', 'to_state', 'actor']).execute();
    const asked = await of('follow_up').select(['answered_at', 'solved', 'rating']).execute();
    if ((events[0]?.at ?? 0) < from) continue;
    const last = events.at(-1);
    if (last?.to_state === 'referred' || last?.to_state === 'merged') {
      tally[last.to_state] += 1;
      continue;
    }
    tally.tickets += 1;
    const contact = events.find((event) => event.from_state === 'accepted')?.at;
    const reply = events.find((event) => event.to_state === 'replied')?.at;
    const due = row.extended_due ?? row.due;
    // Answered, or opened again after closing, whichever was last.
    const answer = asked.findLast((each) => each.answered_at !== null);
    const place = events.findLastIndex(
      (event) => event.to_state === 'reopened' && closed.includes(event.from_state ?? ''),
    );
    const returned = events[place];
    // In one second all may have happened once more: replied after it, and answered.
    const isRepliedSince = events.slice(place + 1).some((event) => event.to_state === 'replied');
    const isReturned =
      returned !== undefined &&
      (returned.at > (answer?.answered_at ?? 0) || (returned.at === answer?.answered_at && !isRepliedSince));
    const isAnswered = answer !== undefined || isReturned;
    if (last?.to_state === 'closedLoop' && last.actor === 'system') tally.silent += 1;
    count(tally.responseRate, contact !== undefined || asOf > row.contact_due, (contact ?? asOf) <= row.contact_due);
    count(tally.onTimeRate, reply !== undefined || asOf > due, (reply ?? asOf) <= due);
    count(tally.resolutionRate, isAnswered, !isReturned && answer?.solved === 1);
    count(tally.satisfactionRate, typeof answer?.rating === 'number', (answer?.rating ?? 0) >= 4);
    count(tally.followUpRate, reply !== undefined, isAnswered);
    count(
      tally.reopenRate,
      reply !== undefined,
      events.some((event) => event.to_state === 'reopened'),
    );
    count(tally.closureRate, asOf > due, last?.to_state === 'closedLoop');
  }
  return tally;
}
