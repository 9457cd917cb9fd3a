import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gathered } from '../../server/gathered.ts';
import { openReport } from '../../server/report.ts';

/** A report whose writes are kept, each as the sentences of its lines. */
function kept() {
  const writes: string[][] = [];
  const write = (lines: string): void => {
    const whole = lines.trimEnd().split('\n');
    writes.push(whole.map((line) => JSON.parse(line).msg));
  };
  return { report: openReport('info', gathered({ write, flushSync: () => undefined })), writes };
}

test('lines of one moment are written together, in the order in which they came', async () => {
  const { report, writes } = kept();
  for (const what of ['one', 'two', 'three']) report.info(what);
  expect(writes).toEqual([]);
  await expect.poll(() => writes).toEqual([['one', 'two', 'three']]);
  report.info('four');
  await expect.poll(() => writes).toEqual([['one', 'two', 'three'], ['four']]);
});

test('what an operator should look at is written at once, with all that came before it', async () => {
  const { report, writes } = kept();
  report.info('one');
  report.warn('two');
  expect(writes).toEqual([['one', 'two']]);
  report.error('three', new Error('a bug'));
  expect(writes).toEqual([['one', 'two'], ['three']]);
  await sleep(30);
  expect(writes).toHaveLength(2);
});

test.each(['process.exit(3)', 'throw new Error("a bug")', 'undefined'])(
  'a process that ends by %s has written every line',
  (end) => {
    const report = join(import.meta.dirname, '..', '..', 'server', 'report.ts');
    const code = `import { openReport } from ${JSON.stringify(report)};
      const report = openReport('info');
      for (let n = 0; n < 3; n += 1) report.info('line ' + n);
      ${end};`;
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(stderr.match(/line \d/g)).toEqual(['line 0', 'line 1', 'line 2']);
  },
);
