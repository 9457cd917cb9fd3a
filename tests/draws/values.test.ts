import { expect, it } from 'vitest';
import { fetchRound, isProven, proveRound } from '../../extension/commands/drand.ts';
import { roundFrom } from '../../extension/commands/draws.ts';
import { readNumbers } from '../../extension/commands/lottery.ts';
import { round1000 } from '../fixtures/drand-season.ts';

const ball = { kind: 'lottery', name: '双色球' } as const;

// 双色球: six of 1 to 33, one of 1 to 16, which may be one of the six.
it.each([
  ['02 05 08 10 12 30 14', [2, 5, 8, 10, 12, 30, 14]],
  ['02050810123014', [2, 5, 8, 10, 12, 30, 14]],
  ['1，2，3，4，5，6+6', [1, 2, 3, 4, 5, 6, 6]],
])('%s are numbers of a 双色球', (typed, value) => {
  expect(readNumbers(ball, typed)).toEqual({ ok: true, value });
});

it.each([
  ['02 05 08 10 12 30', { code: 'COUNT', want: 7, have: 6 }],
  ['020508101230', { code: 'COUNT', want: 7, have: 6 }],
  ['7', { code: 'COUNT', want: 7, have: 1 }],
  ['02 05 08 10 12 34 14', { code: 'RANGE', number: 34, from: 1, to: 33 }],
  ['02 05 08 10 12 30 17', { code: 'RANGE', number: 17, from: 1, to: 16 }],
  ['02 05 08 10 12 00 14', { code: 'RANGE', number: 0, from: 1, to: 33 }],
  ['02 05 05 10 12 30 14', { code: 'TWICE', number: 5 }],
  ['', { code: 'VALUE_MISSING' }],
  ['二 五', { code: 'VALUE_UNREADABLE' }],
])('%j cannot be what a 双色球 drew', (typed, problem) => {
  expect(readNumbers(ball, typed)).toEqual({ ok: false, problem });
});

it('digits whose order counts are read with and without blanks, and must be as many as the game draws', () => {
  const digits = { kind: 'lottery', name: '福彩3D' } as const;
  expect(readNumbers(digits, '3 5 7')).toEqual({ ok: true, value: '357' });
  expect(readNumbers(digits, '007')).toEqual({ ok: true, value: '007' });
  expect(readNumbers(digits, '3577')).toEqual({ ok: false, problem: { code: 'DIGITS', want: 3, have: 4 } });
});

it('of a lottery or a draw on site that is not known nothing is presumed', () => {
  const stage = { kind: 'stage', name: '双色球' } as const;
  expect(readNumbers(stage, '40 40')).toEqual({ ok: true, value: [40, 40] });
  expect(readNumbers({ kind: 'lottery', name: '本地彩' }, '99 1')).toEqual({ ok: true, value: [99, 1] });
});

// Round n of quicknet comes out at 1692803367 + 3 (n - 1).
it.each([
  [1_692_803_367, '1'],
  [1_692_803_368, '2'],
  [1_692_806_364, '1000'],
  [1_692_806_365, '1001'],
  [1_692_803_366, ''],
])('at %i the next round is number %j', (instant, round) => {
  expect(roundFrom('quicknet', instant)).toBe(round);
});

const source = { name: 'quicknet', issue: '1000' };
const whole = { round: 1000, randomness: round1000.randomness, signature: round1000.signature };
const value = { kind: 'drand', ...source, value: round1000.randomness, sig: round1000.signature };

it('a pasted round is proven on this device, with and without its random value', async () => {
  expect(await proveRound(source, JSON.stringify(whole))).toEqual({ ok: true, value });
  const { round, signature } = whole;
  expect(await proveRound(source, ` ${JSON.stringify({ round, signature: signature.toUpperCase() })}\n`)).toEqual({
    ok: true,
    value,
  });
});

const flipped = `${round1000.signature.slice(0, -1)}${round1000.signature.endsWith('0') ? '1' : '0'}`;

it.each([
  ['', 'ROUND_MISSING'],
  ['1000', 'ROUND_UNREADABLE'],
  [JSON.stringify({ ...whole, signature: 'xyz' }), 'ROUND_UNREADABLE'],
  [JSON.stringify({ ...whole, round: 1001 }), 'ROUND_OTHER'],
  [JSON.stringify({ ...whole, randomness: '00'.repeat(32) }), 'ROUND_HASH'],
  [JSON.stringify({ round: 1000, signature: flipped }), 'ROUND_UNSIGNED'],
])('the round %j is refused: %s', async (text, problem) => {
  expect(await proveRound(source, text)).toEqual({ ok: false, problem });
});

it('a true signature of another round is no proof of this one', async () => {
  const other = { name: 'quicknet', issue: '1001' };
  expect(await proveRound(other, JSON.stringify({ ...whole, round: 1001 }))).toEqual({
    ok: false,
    problem: 'ROUND_UNSIGNED',
  });
  expect(await isProven({ ...value, kind: 'drand', issue: '1001' })).toBe(false);
  expect(await isProven({ ...value, kind: 'drand' })).toBe(true);
});

it('a round is fetched from the relay that was configured and from nowhere else, by the hash of its chain', async () => {
  const asked: string[] = [];
  const fetched = {
    fetch: async (address: string) => {
      asked.push(address);
      return new Response(JSON.stringify(whole));
    },
  };
  const text = await fetchRound('https://relay.example', source, fetched);
  expect(await proveRound(source, text)).toMatchObject({ ok: true });
  const quicknet = '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971';
  expect(asked).toEqual([`https://relay.example/${quicknet}/public/1000`]);
});
