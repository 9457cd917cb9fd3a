// The grid's geometry by hand: 2026-07-20 is a Monday, a column runs from 05:00 to 05:00, an hour has 30 px.
import { describe, expect, test } from 'vitest';
import {
  bandOf,
  changeTo,
  dragged,
  drawn,
  freeFrom,
  moved,
  type Place,
  piecesOf,
  spotAt,
  stretched,
} from '../../extension/screens/week/band.ts';
import { formatDay, formatMinute } from '../../shared/time/civil.ts';
import { dayNamed, minute } from './rows.ts';

const days = [20, 21, 22, 23, 24, 25, 26].map((day) => dayNamed(`2026-07-${day}`));
const monday = dayNamed('2026-07-20');
const place = (start: string, end: string, day = '2026-07-20'): Place => ({
  day: dayNamed(day),
  start: minute(start),
  end: minute(end),
});
const said = ({ day, start, end }: Place) => `${formatDay(day)} ${formatMinute(start)} ${formatMinute(end)}`;
const meeting = place('2026-07-20T08:30', '2026-07-20T10:00');

test('a point of the page is a column and a minute after 05:00', () => {
  // 105 px into columns of 100 px; 45 px below the top is 90 minutes: 06:30.
  expect(spotAt({ x: 205, y: 145 }, { left: 100, top: 100, width: 700 })).toEqual({ column: 1, minute: 90 });
  expect(spotAt({ x: 99, y: 100 }, { left: 100, top: 100, width: 700 }).column).toBe(0);
  expect(spotAt({ x: 900, y: 100 }, { left: 100, top: 100, width: 700 }).column).toBe(6);
});

describe('moving', () => {
  test.each([
    ['a day later keeps the clock', 1, 0, '2026-07-21 2026-07-21T08:30 2026-07-21T10:00'],
    ['a quarter later', 0, 15, '2026-07-20 2026-07-20T08:45 2026-07-20T10:15'],
    ['17 minutes are three lines', 0, 17, '2026-07-20 2026-07-20T08:45 2026-07-20T10:15'],
    ['two minutes are nothing', 0, 2, '2026-07-20 2026-07-20T08:30 2026-07-20T10:00'],
    ['above 05:00 stops at 05:00', 0, -600, '2026-07-20 2026-07-20T05:00 2026-07-20T06:30'],
    ['below the grid the start stops at 04:55', 0, 2000, '2026-07-20 2026-07-21T04:55 2026-07-21T06:25'],
  ])('%s', (_, byDays, minutes, expected) => {
    expect(said(moved(meeting, byDays, minutes))).toBe(expected);
  });

  test('a start between lines goes to a line as soon as it is moved', () => {
    const odd = place('2026-07-20T08:33', '2026-07-20T09:10');
    expect(said(moved(odd, 0, -5))).toBe('2026-07-20 2026-07-20T08:30 2026-07-20T09:07');
    expect(said(moved(odd, 1, 0))).toBe('2026-07-21 2026-07-21T08:33 2026-07-21T09:10');
  });

  test('what begins before 05:00 of its day by its author’s will may stay there', () => {
    const early = place('2026-07-20T03:00', '2026-07-20T04:30');
    expect(said(moved(early, 2, 0))).toBe('2026-07-22 2026-07-22T03:00 2026-07-22T04:30');
    expect(said(moved(early, 0, -60))).toBe(said(early));
    expect(said(moved(early, 0, 60))).toBe('2026-07-20 2026-07-20T04:00 2026-07-20T05:30');
  });

  test('a drag leaves neither the week nor, over the edge, the last day', () => {
    const aim = { kind: 'move' as const, id: 'x', place: meeting, spot: { column: 0, minute: 240 } };
    expect(said(dragged(aim, { column: 6, minute: 240 }, days))).toBe('2026-07-26 2026-07-26T08:30 2026-07-26T10:00');
    const tail = { ...aim, place: place('2026-07-26T23:00', '2026-07-27T06:00', '2026-07-26') };
    expect(dragged(tail, { column: 5, minute: 240 }, days).day).toBe(dayNamed('2026-07-26'));
  });
});

describe('stretching', () => {
  test.each([
    ['the end later', 'end', 30, '2026-07-20T08:30 2026-07-20T10:30'],
    ['the end past 05:00', 'end', 1200, '2026-07-20T08:30 2026-07-21T06:00'],
    ['the end to a day at most', 'end', 3000, '2026-07-20T08:30 2026-07-21T08:30'],
    ['the end to one line after the start', 'end', -600, '2026-07-20T08:30 2026-07-20T08:35'],
    ['the start earlier', 'start', -30, '2026-07-20T08:00 2026-07-20T10:00'],
    ['the start to 05:00 at most', 'start', -600, '2026-07-20T05:00 2026-07-20T10:00'],
    ['the start to one line before the end', 'start', 600, '2026-07-20T09:55 2026-07-20T10:00'],
  ] as const)('%s', (_, edge, minutes, expected) => {
    expect(said(stretched(meeting, edge, minutes))).toBe(`2026-07-20 ${expected}`);
  });

  test('a point in time becomes a span at either end', () => {
    const point = place('2026-07-20T12:00', '2026-07-20T12:00');
    expect(said(stretched(point, 'end', 10))).toBe('2026-07-20 2026-07-20T12:00 2026-07-20T12:10');
    expect(said(stretched(point, 'start', -10))).toBe('2026-07-20 2026-07-20T11:50 2026-07-20T12:00');
    expect(said(stretched(point, 'end', -10))).toBe(said(point));
  });
});

describe('drawing', () => {
  test.each([
    ['downward', 180, 238, '2026-07-20T08:00 2026-07-20T09:00'],
    ['upward', 238, 180, '2026-07-20T08:00 2026-07-20T09:00'],
    ['after midnight', 1200, 1260, '2026-07-21T01:00 2026-07-21T02:00'],
    ['to beyond the grid', 1380, 1600, '2026-07-21T04:00 2026-07-21T05:00'],
    ['hardly at all', 180, 181, '2026-07-20T08:00 2026-07-20T08:05'],
  ])('%s', (_, from, to, expected) => {
    expect(said(drawn(monday, from, to))).toBe(`2026-07-20 ${expected}`);
  });

  test('a new entry by key takes the first free hour, or what there is of it', () => {
    const taken = [place('2026-07-20T08:30', '2026-07-20T10:00'), place('2026-07-20T10:20', '2026-07-20T12:00')];
    expect(said(freeFrom(monday, 210, taken))).toBe('2026-07-20 2026-07-20T10:00 2026-07-20T10:20');
    expect(said(freeFrom(monday, 420, taken))).toBe('2026-07-20 2026-07-20T12:00 2026-07-20T13:00');
    const all = [bandOf(monday)];
    expect(said(freeFrom(monday, 240, all))).toBe('2026-07-20 2026-07-20T09:00 2026-07-20T10:00');
  });
});

describe('pieces', () => {
  test('an entry over 05:00 is drawn on both days, cut at the edge', () => {
    const night = place('2026-07-22T23:00', '2026-07-23T06:00', '2026-07-22');
    expect(piecesOf(night, days)).toEqual([
      { column: 2, from: 1080, to: 1440, before: false, after: true },
      { column: 3, from: 0, to: 60, before: true, after: false },
    ]);
  });

  test('the Sunday before shows in the week only what runs over its Monday 05:00', () => {
    const sunday = place('2026-07-19T23:00', '2026-07-20T06:30', '2026-07-19');
    expect(piecesOf(sunday, days)).toEqual([{ column: 0, from: 0, to: 90, before: true, after: false }]);
    expect(piecesOf(place('2026-07-19T09:00', '2026-07-19T10:00', '2026-07-19'), days)).toEqual([]);
  });

  test('a point and an entry outside its own column still have a block', () => {
    expect(piecesOf(place('2026-07-20T12:00', '2026-07-20T12:00'), days)).toEqual([
      { column: 0, from: 420, to: 420, before: false, after: false },
    ]);
    expect(piecesOf(place('2026-07-20T03:00', '2026-07-20T04:30'), days)).toEqual([
      { column: 0, from: 0, to: 0, before: true, after: false },
    ]);
  });
});

test('a change of place names only the members that change', () => {
  expect(changeTo(meeting, stretched(meeting, 'end', 30))).toEqual({ end: '2026-07-20T10:30' });
  expect(changeTo(meeting, moved(meeting, 1, 0))).toEqual({
    day: '2026-07-21',
    start: '2026-07-21T08:30',
    end: '2026-07-21T10:00',
  });
  expect(changeTo(meeting, meeting)).toEqual({});
});
