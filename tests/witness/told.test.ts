import { expect, test } from 'vitest';
import { isTold, type Told } from '../../server/witness/told.ts';

/** The lines that are told of looks that came one after another. */
function toldOf(looks: readonly Told[]): readonly string[] {
  let last: Told | null = null;
  const lines: string[] = [];
  for (const each of looks)
    if (isTold(each, last)) {
      lines.push(`${each.at} ${each.line}`);
      last = each;
    }
  return lines;
}
const signed = (at: number, size: number): Told => ({ is: 'signed', line: `signed ${size}`, at });
const known = (at: number, size: number): Told => ({ is: 'known', line: `known ${size}`, at });
const away = (at: number, wait: number): Told => ({ is: 'away', line: `away ${wait}`, at });
const day = 86_400;

test('a witness tells its first look and what it signs, and not that nothing is new after that', () => {
  expect(toldOf([known(0, 7), known(60, 7), signed(120, 8), known(180, 8), signed(240, 9)])).toEqual([
    '0 known 7',
    '120 signed 8',
    '240 signed 9',
  ]);
});

test('once a day it tells that it lives, also while the same thing goes wrong', () => {
  expect(toldOf([signed(0, 8), known(60, 8), known(day - 1, 8), known(day, 8), known(day + 60, 8)])).toEqual([
    '0 signed 8',
    `${day} known 8`,
  ]);
  expect(toldOf([away(0, 900), away(900, 900), away(day, 900)])).toEqual(['0 away 900', `${day} away 900`]);
});

test('where the log answers again after a failure it tells that, and the next failure too', () => {
  expect(toldOf([known(0, 8), away(60, 5), away(65, 10), known(75, 8), known(135, 8), away(195, 5)])).toEqual([
    '0 known 8',
    '60 away 5',
    '65 away 10',
    '75 known 8',
    '195 away 5',
  ]);
});
