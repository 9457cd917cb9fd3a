import { expect, test } from 'vitest';
import { randomSource } from '../../server/random.ts';

test('bytes are given in the order in which they were drawn: none twice, and none that nobody drew', () => {
  let drawn = 0;
  // 1 to 255 over and over: each byte says how far the generator was.
  const random = randomSource((bytes) => {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = 1 + (drawn++ % 255);
  });
  let next = 1;
  for (let asked = 0; asked < 30_000; asked += 12) {
    const given = random(12);
    const first = given[0] ?? 0;
    // Of 4096 bytes four are left that are too few for twelve.
    expect([0, 4]).toContain((first - next + 255) % 255);
    expect(given).toEqual(Uint8Array.from({ length: 12 }, (_, at) => 1 + ((first - 1 + at) % 255)));
    next = 1 + ((first - 1 + 12) % 255);
  }
});

test('what was given is changed by nothing that is drawn later', () => {
  const random = randomSource((bytes) => bytes.fill(7));
  const first = random(12);
  for (let n = 0; n < 1000; n += 1) random(12);
  expect(first).toEqual(new Uint8Array(12).fill(7));
});

test('more than the stock is refused', () => {
  expect(() => randomSource()(4097)).toThrow(RangeError);
});
