/** 100,000 requests leave nothing behind in memory; the same reckoning finds 100 bytes kept of each. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { growth, mostGrowth } from './flat.ts';

const seed = Number(process.env.SUNDIAL_SEED ?? Math.floor(Math.random() * 1e9));
const samples = 20;
const each = 5000;

async function sizesOf(leak: '0' | '1'): Promise<number[]> {
  const words = ['--expose-gc', join(import.meta.dirname, 'memory-server.ts'), `${seed}`, `${samples}`, `${each}`];
  const { stdout } = await promisify(execFile)(process.execPath, words, { env: { ...process.env, LEAK: leak } });
  return v.parse(v.pipe(v.string(), v.parseJson(), v.array(v.number())), stdout.trim().split('\n').at(-1));
}

const shown = (sizes: readonly number[]) =>
  `${sizes.length} × ${each} requests, ${sizes.map((size) => (size / 1e6).toFixed(1)).join(' ')} MB, ${(growth(sizes) * 100).toFixed(2)} %`;

test('memory stays flat over 100,000 requests of every kind', async () => {
  const sizes = await sizesOf('0');
  console.info(`memory: SUNDIAL_SEED=${seed}, ${shown(sizes)}`);
  expect(growth(sizes)).toBeLessThan(mostGrowth);
});

test('the same reckoning finds 100 bytes that stay of every request', async () => {
  const sizes = await sizesOf('1');
  console.info(`memory with a leak: SUNDIAL_SEED=${seed}, ${shown(sizes)}`);
  expect(growth(sizes)).toBeGreaterThan(mostGrowth);
});
