import { expect, test } from 'vitest';
import { eachOf } from '../../server/jobs/each.ts';

const act = (failing: readonly number[]) => async (n: number) => {
  if (failing.includes(n)) throw new Error(`${n} cannot be done`);
  tried.push(n);
  return n % 2 === 0;
};
let tried: number[] = [];

test('what fails holds up none behind it, and each failure is told', async () => {
  tried = [];
  expect(await eachOf([1, 2, 3, 4], act([]))).toBe(2);
  await expect(eachOf([1, 2, 3, 4], act([2]))).rejects.toThrow('2 cannot be done');
  await expect(eachOf([1, 2, 3, 4], act([1, 3]))).rejects.toMatchObject({
    message: '2 of 4 failed',
    errors: [{ message: '1 cannot be done' }, { message: '3 cannot be done' }],
  });
  expect(tried).toEqual([1, 2, 3, 4, 1, 3, 4, 2, 4]);
});
