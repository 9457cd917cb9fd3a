import { expect, test } from 'vitest';
import { periodAfter, periodBefore, periodNamed, periodOfDay } from '../../shared/diary/period.ts';
import { parseDay } from '../../shared/time/civil.ts';

const day = (text: string) => parseDay(text) ?? Number.NaN;
const ends = (weeks: readonly string[]) => [weeks[0], weeks.at(-1), weeks.length];

test('a quarter has the weeks whose Thursday lies in it', () => {
  // Thursdays: 2 July is in W27, 24 September in W39, 1 October in W40.
  expect(ends(periodNamed('quarter', '2026-Q3')?.weeks ?? [])).toEqual(['2026-W27', '2026-W39', 13]);
  // The first Thursday of 2026 is 1 January; 2026 has 53 weeks, so its last quarter has 14.
  expect(ends(periodNamed('quarter', '2026-Q1')?.weeks ?? [])).toEqual(['2026-W01', '2026-W13', 13]);
  expect(ends(periodNamed('quarter', '2026-Q4')?.weeks ?? [])).toEqual(['2026-W40', '2026-W53', 14]);
});

test('a year has 52 or 53 weeks, and 1 January 2027 still belongs to 2026', () => {
  expect(ends(periodNamed('year', '2026')?.weeks ?? [])).toEqual(['2026-W01', '2026-W53', 53]);
  expect(periodNamed('year', '2025')?.weeks.length).toBe(52);
  expect(periodOfDay('year', day('2027-01-01')).id).toBe('2026');
  expect(periodOfDay('quarter', day('2027-01-01')).id).toBe('2026-Q4');
});

test('before and after go on without a gap', () => {
  const quarter = periodOfDay('quarter', day('2026-07-21'));
  expect([periodBefore(quarter).id, periodAfter(quarter).id]).toEqual(['2026-Q2', '2026-Q4']);
  expect(periodAfter(periodOfDay('week', day('2026-12-31'))).id).toBe('2027-W01');
  expect(periodBefore(periodOfDay('year', day('2026-07-21'))).id).toBe('2025');
});

test('what names no period is none', () => {
  for (const [kind, id] of [
    ['quarter', '2026-Q5'],
    ['quarter', '2026'],
    ['year', '26'],
    ['week', '2025-W53'],
    ['month', '2026-07'],
  ] as const)
    expect(periodNamed(kind, id)).toBeNull();
});
