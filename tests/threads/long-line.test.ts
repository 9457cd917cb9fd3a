/** Years, weeks, figures and names of a thread. ISO weeks by ISO 8601: 2027-01-01 is a Friday in 2026-W53, 2026-07-20 a Monday in W30. */
import { expect, test } from 'vitest';
import {
  figuresOf,
  longLine,
  namedThreads,
  quartersOf,
  relinked,
  standsFor,
  type ThreadSaying,
} from '../../shared/diary/thread-line.ts';

const entry = (day: string, from: string, to: string, more: { lateFor?: string } = {}) => ({
  day,
  start: `${day}T${from}`,
  end: `${day}T${to}`,
  ...more,
});

const saying = (id: string, said: Partial<ThreadSaying> = {}): [string, ThreadSaying] => [
  id,
  { id, name: null, aliases: [], mergedInto: null, ...said },
];

test('the line goes by year and week, the oldest first, and New Year stands in the week that it is part of', () => {
  const monday = entry('2026-07-20', '08:30', '09:00');
  const earlier = entry('2026-07-20', '08:00', '08:30');
  const friday = entry('2027-01-01', '10:00', '11:00');
  const next = entry('2027-01-04', '10:00', '11:00');
  expect(longLine([next, friday, monday, earlier])).toEqual([
    {
      year: '2026',
      weeks: [
        { week: '2026-W30', entries: [earlier, monday] },
        { week: '2026-W53', entries: [friday] },
      ],
    },
    { year: '2027', weeks: [{ week: '2027-W01', entries: [next] }] },
  ]);
});

test('a late entry stands in the week that it tells of', () => {
  const late = entry('2026-07-21', '08:00', '09:00', { lateFor: '2026-W30' });
  expect(longLine([late])[0]?.weeks[0]?.week).toBe('2026-W30');
});

const shanghai = () => 480;

test('the figures count overlaps once: 8:00 to 10:00 and 9:30 to 11:00 are three hours', () => {
  expect(figuresOf([entry('2026-07-21', '09:30', '11:00'), entry('2026-07-21', '08:00', '10:00')], shanghai)).toEqual({
    entries: 2,
    minutes: 180,
    from: '2026-07-21',
    to: '2026-07-21',
  });
});

test('a thread without entries has no days and no hours', () => {
  expect(figuresOf([], shanghai)).toEqual({ entries: 0, minutes: 0, from: '', to: '' });
  expect(quartersOf([], shanghai)).toEqual([]);
});

test('hours stand in the quarter of their day, and a quarter without any is there with none', () => {
  const night = { day: '2026-09-30', start: '2026-09-30T23:30', end: '2026-10-01T01:00' };
  expect(quartersOf([entry('2027-03-31', '08:00', '08:45'), night], shanghai)).toEqual([
    { quarter: '2026-Q3', minutes: 90 },
    { quarter: '2026-Q4', minutes: 0 },
    { quarter: '2027-Q1', minutes: 45 },
  ]);
});

test('a thread stands for the last one of a chain of merges, and a circle has one that stands', () => {
  const chain = new Map([saying('a', { mergedInto: 'b' }), saying('b', { mergedInto: 'c' })]);
  expect(['a', 'b', 'c', 'd'].map((id) => standsFor(id, chain))).toEqual(['c', 'c', 'c', 'd']);
  const circle = new Map([saying('y', { mergedInto: 'x' }), saying('x', { mergedInto: 'y' })]);
  expect(['x', 'y'].map((id) => standsFor(id, circle))).toEqual(['x', 'x']);
});

test('# completes a new name first, and old names, aliases and names of merged threads still mean the thread', () => {
  const known = [
    { id: 'sheds', name: '充电棚整治', aliases: ['充电棚'] },
    { id: 'wires', name: '飞线治理', aliases: [] },
    { id: 'other', name: '夜市疏导', aliases: [] },
  ];
  const said = new Map([
    saying('sheds', { name: '电动自行车充电棚', aliases: ['车棚'] }),
    saying('wires', { mergedInto: 'sheds' }),
  ]);
  expect(namedThreads(known, said)).toEqual([
    { id: 'sheds', name: '电动自行车充电棚', aliases: ['充电棚整治', '充电棚', '车棚', '飞线治理'] },
    { id: 'other', name: '夜市疏导', aliases: [] },
  ]);
});

test('a thread merged into one that is not known here keeps its own name', () => {
  const said = new Map([saying('wires', { mergedInto: 'elsewhere' })]);
  expect(namedThreads([{ id: 'wires', name: '飞线治理', aliases: [] }], said)).toHaveLength(1);
});

test('links to a merged thread become links to the other, each thread once and in its place', () => {
  const [a, b, c] = [
    { id: 'a', name: '甲' },
    { id: 'b', name: '乙' },
    { id: 'c', name: '丙' },
  ];
  expect(relinked([a, c], 'a', b)).toEqual([b, c]);
  expect(relinked([b, a, c], 'a', b)).toEqual([b, c]);
  expect(relinked([c], 'a', b)).toEqual([c]);
});
