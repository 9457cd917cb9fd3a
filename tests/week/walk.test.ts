// Blocks, lanes and where the arrow keys lead. 2026-W30 is 20 to 26 July.
import { expect, test } from 'vitest';
import { inLanes } from '../../extension/screens/week/lanes.ts';
import { blankKey, blockKey, dayKey, entryStop, stopsOf, walk } from '../../extension/screens/week/walk.ts';
import { weekFacts } from '../../extension/screens/week/week-facts.ts';
import { journal, written } from './rows.ts';

const week = [
  written('a', '2026-07-20', '2026-07-20T08:00', '2026-07-20T09:00'),
  written('b', '2026-07-20', '2026-07-20T14:00', '2026-07-20T15:00'),
  written('c', '2026-07-21', '2026-07-21T13:00', '2026-07-21T13:30'),
  written('d', '2026-07-21', '2026-07-21T22:00', '2026-07-22T06:00'),
];
const { columns } = weekFacts('2026-W30', week, journal);
const stops = stopsOf(columns, true);

test('up and down go by time through the head of the day, blocks and blanks', () => {
  const keys = [dayKey(0), blockKey(0, 'a'), blankKey(0, 240), blockKey(0, 'b')];
  expect(stops.filter(({ column }) => column === 0).map(({ key }) => key)).toEqual(keys);
  expect(walk(stops, blockKey(0, 'a'), 'down')).toBe(blankKey(0, 240));
  expect(walk(stops, blockKey(0, 'a'), 'up')).toBe(dayKey(0));
  expect(walk(stops, blockKey(0, 'b'), 'down')).toBe(blockKey(0, 'b'));
  expect(walk(stops, dayKey(0), 'last')).toBe(blockKey(0, 'b'));
});

test('sideways goes to what is nearest in time, and to the head of an empty day', () => {
  expect(walk(stops, blockKey(0, 'b'), 'right')).toBe(blockKey(1, 'c'));
  expect(walk(stops, blockKey(1, 'c'), 'left')).toBe(blockKey(0, 'b'));
  expect(walk(stops, blockKey(2, 'd'), 'right')).toBe(dayKey(3));
  expect(walk(stops, dayKey(3), 'right')).toBe(dayKey(4));
  expect(walk(stops, blockKey(0, 'a'), 'left')).toBe(blockKey(0, 'a'));
});

test('a night over 05:00 has a block in both days, reported under the first and counted there once', () => {
  expect(columns[1]?.blocks.map(({ entry, from, to, own }) => [entry.id, from, to, own])).toEqual([
    ['c', 480, 510, true],
    ['d', 1020, 1440, true],
  ]);
  expect(columns[2]?.blocks.map(({ entry, from, to, own }) => [entry.id, from, to, own])).toEqual([
    ['d', 0, 60, false],
  ]);
  expect(columns[1]?.hours.unionMinutes).toBe(30 + 480);
  expect(columns[2]?.hours.unionMinutes).toBe(0);
});

test('a night of the week before is drawn on Monday and counts nowhere in this week', () => {
  const night = written('n', '2026-07-19', '2026-07-19T22:00', '2026-07-20T06:00');
  const facts = weekFacts('2026-W30', week, journal, [night]);
  expect(facts.columns[0]?.blocks[0]).toMatchObject({ from: 0, to: 60, own: false, before: true });
  expect(facts.entries).toBe(4);
  expect(facts.hours.unionMinutes).toBe(60 + 60 + 30 + 480);
});

test('a night that runs into a blank leaves of it only what is blank', () => {
  const entries = [
    written('n', '2026-07-20', '2026-07-20T23:00', '2026-07-21T08:00'),
    written('e', '2026-07-21', '2026-07-21T05:00', '2026-07-21T05:30'),
    written('f', '2026-07-21', '2026-07-21T10:00', '2026-07-21T11:00'),
  ];
  const tuesday = weekFacts('2026-W30', entries, journal).columns[1];
  expect(tuesday?.blanks.map(({ from, to }) => [from, to])).toEqual([[180, 300]]);
});

test('the keyboard enters at the first block of the day, else at its head', () => {
  expect(entryStop(stops, 1)).toBe(blockKey(1, 'c'));
  expect(entryStop(stops, 5)).toBe(dayKey(5));
});

test('what shares time stands side by side, what follows takes the whole width again', () => {
  const blocks = [
    { id: 'long', from: 0, to: 300 },
    { id: 'first', from: 0, to: 60 },
    { id: 'second', from: 60, to: 120 },
    { id: 'alone', from: 300, to: 360 },
  ];
  expect(inLanes(blocks).map(({ id, lane, lanes }) => [id, lane, lanes])).toEqual([
    ['long', 0, 2],
    ['first', 1, 2],
    ['second', 1, 2],
    ['alone', 0, 1],
  ]);
});

test('a short block and what follows within its drawn height do not lie on each other', () => {
  const blocks = [
    { id: 'point', from: 100, to: 100 },
    { id: 'next', from: 110, to: 200 },
    { id: 'half', from: 200, to: 230 },
    { id: 'after', from: 230, to: 300 },
  ];
  expect(inLanes(blocks).map(({ id, lanes }) => [id, lanes])).toEqual([
    ['point', 2],
    ['next', 2],
    ['half', 1],
    ['after', 1],
  ]);
});
