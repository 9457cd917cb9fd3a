// What the keys of the grid mean, and where a new entry goes that is begun with one.
import { describe, expect, test } from 'vitest';
import { actOf } from '../../extension/screens/week/keys.ts';
import { lineOf, withoutTime } from '../../extension/screens/week/new-panel.tsx';
import { placeAt, placeOn } from '../../extension/screens/week/new-place.ts';
import { stopsOf } from '../../extension/screens/week/walk.ts';
import { weekFacts } from '../../extension/screens/week/week-facts.ts';
import { formatMinute } from '../../shared/time/civil.ts';
import { dayNamed, journal, minute, written } from './rows.ts';

const key = (name: string, held = '') => ({
  key: name,
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
  ctrlKey: held.includes('ctrl'),
  metaKey: false,
});

describe('a key', () => {
  test.each([
    ['ArrowDown', '', { kind: 'walk', direction: 'down' }],
    ['ArrowDown', 'alt', { kind: 'move', days: 0, minutes: 5 }],
    ['ArrowLeft', 'alt', { kind: 'move', days: -1, minutes: 0 }],
    ['ArrowUp', 'shift alt', { kind: 'stretch', edge: 'end', minutes: -5 }],
    ['ArrowRight', 'shift alt', { kind: 'stretch', edge: 'start', minutes: 5 }],
    ['m', '', { kind: 'carry' }],
    ['n', '', { kind: 'draw' }],
    ['Delete', '', { kind: 'remove' }],
    ['Enter', '', null],
    ['ArrowDown', 'ctrl', null],
    ['n', 'alt', null],
  ])('%s %s', (name, held, act) => {
    expect(actOf(key(name, held), false)).toEqual(act);
  });

  test('after M the arrows move alone, Enter puts down and Escape leaves it', () => {
    expect(actOf(key('ArrowDown'), true)).toEqual({ kind: 'move', days: 0, minutes: 5 });
    expect(actOf(key('ArrowDown', 'shift'), true)).toEqual({ kind: 'stretch', edge: 'end', minutes: 5 });
    expect(actOf(key('PageUp'), true)).toEqual({ kind: 'move', days: 0, minutes: -60 });
    expect(actOf(key('Enter'), true)).toEqual({ kind: 'drop' });
    expect(actOf(key('Escape'), true)).toEqual({ kind: 'cancel' });
    expect(actOf(key('n'), true)).toBe(null);
  });
});

describe('a new entry', () => {
  const week = [
    written('a', '2026-07-20', '2026-07-20T08:00', '2026-07-20T09:00'),
    written('b', '2026-07-20', '2026-07-20T09:30', '2026-07-20T12:00'),
  ];
  const { columns } = weekFacts('2026-W30', week, journal);
  const [monday, tuesday] = columns;
  const said = ({ start, end }: { readonly start: number; readonly end: number }) =>
    `${formatMinute(start)} ${formatMinute(end)}`;

  test('goes after the block that has the focus, into the blank, after the last entry, or to 09:00 of an empty day', () => {
    if (monday === undefined || tuesday === undefined) throw new Error('no week');
    const [head, block, blank] = stopsOf(columns, true);
    if (head === undefined || block === undefined || blank === undefined) throw new Error('no stops');
    expect(said(placeAt(block, monday))).toBe('2026-07-20T09:00 2026-07-20T09:30');
    expect(said(placeAt(blank, monday))).toBe('2026-07-20T09:00 2026-07-20T09:30');
    expect(said(placeAt(head, monday))).toBe('2026-07-20T12:00 2026-07-20T13:00');
    expect(said(placeOn(tuesday))).toBe('2026-07-21T09:00 2026-07-21T10:00');
  });

  test('is typed with its time; after midnight with the date, because 1:00 alone is the night before', () => {
    const day = dayNamed('2026-07-20');
    const place = (start: string, end: string) => ({ day, start: minute(start), end: minute(end) });
    expect(lineOf(place('2026-07-20T23:00', '2026-07-21T01:00'))).toBe('23:00-01:00');
    expect(lineOf(place('2026-07-21T01:00', '2026-07-21T02:30'))).toBe('2026-7-21 01:00-02:30');
  });

  test('keeps the words that were begun at another place', () => {
    expect(withoutTime('09:00-10:00 写了一半')).toBe('写了一半');
    expect(withoutTime('2026-7-21 01:00-02:30 巡堤')).toBe('巡堤');
    expect(withoutTime('写了一半')).toBe('写了一半');
  });
});
