import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allowedMoves, mayAskExtension, requiredFor, type Standing } from '../../shared/feedback/allowed.ts';
import { type Mover, movesFrom, type TicketState, ticketStates } from '../../shared/feedback/ticket.ts';

/** The column "next" of the table in closed-loop.md "Ticket state machine". */
const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'design', 'closed-loop.md'), 'utf8');
const rows = [...page.matchAll(/^\| \S+ \| `(\w+)`[^|]*\| ([^|]*) \| (?:open|closed) \|$/gm)];
const next = new Map(rows.map(([, id = '', cell = '']) => [id, [...cell.matchAll(/`(\w+)`/g)].map(([, to]) => to)]));
const nextOf = (state: TicketState) => next.get(state) ?? [];
const movers: readonly Mover[] = ['moderator', 'organiser', 'handler', 'reader', 'system'];
const reached = (state: TicketState, reopened: number) =>
  [...new Set(movers.flatMap((by) => movesFrom(state, by, reopened)))].sort();

test('exactly the transitions of the table exist; the third reopening is supervision instead', () => {
  expect([...next.keys()].sort()).toEqual([...ticketStates].sort());
  expect(nextOf('inProgress')).toEqual(['replied', 'extended', 'onHold']);
  for (const state of ticketStates) {
    const first = nextOf(state)
      .filter((to) => to !== 'supervised')
      .sort();
    const third = nextOf(state)
      .filter((to) => to !== 'reopened')
      .sort();
    expect({ [state]: reached(state, 0) }).toEqual({ [state]: first });
    expect({ [state]: reached(state, 2) }).toEqual({ [state]: third });
  }
});

test('a handler never closes, an organiser never closes, the clock does nothing but close', () => {
  for (const state of ticketStates)
    for (const reopened of [0, 1, 2]) {
      const shut = (by: Mover) => movesFrom(state, by, reopened).filter((to) => to.startsWith('closed'));
      expect(shut('handler')).toEqual([]);
      expect(shut('organiser')).toEqual([]);
      expect(movesFrom(state, 'system', reopened)).toEqual(state === 'replied' ? ['closedLoop'] : []);
    }
});

const standing = (over: Partial<Standing>): Standing => ({
  state: 'replied',
  reopened: 0,
  due: 1000,
  extended: false,
  extensionAsked: false,
  disputeDue: null,
  followUpDue: 2000,
  closedAt: null,
  ownTicket: false,
  ...over,
});

test('the clock closes one second after the window, never in it', () => {
  expect(allowedMoves(standing({}), 'system', 2000)).toEqual([]);
  expect(allowedMoves(standing({}), 'system', 2001)).toEqual(['closedLoop']);
});

test('an extension is asked by the handler, once, and before expiry', () => {
  const working = standing({ state: 'inProgress' });
  expect(mayAskExtension(working, 1000)).toBe(true);
  expect(mayAskExtension(working, 1001)).toBe(false);
  expect(mayAskExtension({ ...working, extended: true }, 1000)).toBe(false);
  expect(mayAskExtension({ ...working, extensionAsked: true }, 1000)).toBe(false);
  expect(mayAskExtension({ ...working, state: 'onHold' }, 1000)).toBe(false);
});

test('an extension is the consent of the organiser to what was asked, also when the consent comes late', () => {
  const working = standing({ state: 'inProgress' });
  const asked = { ...working, extensionAsked: true };
  expect(allowedMoves(working, 'organiser', 1000)).toEqual([]);
  expect(allowedMoves(asked, 'organiser', 5000)).toEqual(['extended']);
  expect(allowedMoves(asked, 'handler', 1000)).toEqual(['replied', 'onHold']);
  expect(allowedMoves({ ...asked, extended: true }, 'organiser', 1000)).toEqual([]);
});

test('a dispatch is objected to in its time or not at all', () => {
  const assigned = standing({ state: 'assigned', disputeDue: 500 });
  expect(allowedMoves(assigned, 'handler', 500)).toEqual(['accepted', 'disputed']);
  expect(allowedMoves(assigned, 'handler', 501)).toEqual(['accepted']);
});

test('who opened does not close where another could', () => {
  expect(allowedMoves(standing({ ownTicket: true }), 'moderator', 0)).toEqual(['reopened']);
  expect(allowedMoves(standing({ ownTicket: false }), 'moderator', 0)).toEqual([
    'closedLoop',
    'closedUnsolved',
    'reopened',
  ]);
});

test('a closed ticket is opened again within 30 days, to the second', () => {
  const closed = standing({ state: 'closedLoop', closedAt: 1000 });
  expect(allowedMoves(closed, 'reader', 1000 + 30 * 86400)).toEqual(['reopened']);
  expect(allowedMoves(closed, 'reader', 1001 + 30 * 86400)).toEqual([]);
});

test('first contact is what was said, never a bare tick', () => {
  expect(requiredFor('accepted', 'inProgress')).toEqual(['firstContact', 'note']);
  expect(requiredFor('onHold', 'inProgress')).toEqual([]);
});
