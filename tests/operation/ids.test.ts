import { expect, test } from 'vitest';
import { newId, randomLetters } from '../../server/ids.ts';

const bytes =
  (...values: number[]) =>
  (n: number) =>
    Uint8Array.from({ length: n }, (_, at) => values[at % values.length] ?? 0);

// https://github.com/ulid/spec and its README: 1469918176385 is 01ARYZ6S41; the last moment of a ULID is 7ZZZZZZZZZ.
test.each([
  [1_469_918_176_385, '01aryz6s41'],
  [0, '0000000000'],
  [2 ** 48 - 1, '7zzzzzzzzz'],
])('the id of a moment %i begins with it as a ULID does', (at, time) => {
  expect(newId({ now: () => at, random: bytes(0) })).toBe(`${time}0000000000000000`);
  expect(newId({ now: () => at, random: bytes(255) })).toBe(`${time}zzzzzzzzzzzzzzzz`);
});

// Bits 00000 00001 00010 00011 00100 00101 00110 00111 are these five bytes.
test('letters are five bits each, the highest first', () => {
  const random = bytes(0b00000000, 0b01000100, 0b00110010, 0b00010100, 0b11000111);
  expect(randomLetters({ random }, 8)).toBe('01234567');
  expect(randomLetters({ random }, 16)).toBe('0123456701234567');
});
