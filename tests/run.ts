/** Runs everything a change must pass, suite by suite, and ends with one line `N passed, N failed`.
 *  `--only <suite>` runs that suite and may stand several times; `--full` runs tests of faults with their full counts. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { clearTable, tableLines, untoldFaults } from './faults/table.ts';
import { ensureChromium } from './fixtures/chromium.ts';
import { ensureFirefox } from './fixtures/firefox.ts';

interface Result {
  readonly passed: number;
  readonly failed: number;
  /** What failed, by file and full name, said once more at the end. */
  readonly failures?: readonly string[];
}

interface Suite {
  readonly name: string;
  readonly run: () => Result;
  /** Runs only where it is named. */
  readonly apart?: boolean;
}

const root = join(import.meta.dirname, '..');
const output = join(root, 'tests', 'output');
const args = process.argv.slice(2);
const only = args.flatMap((word, at) => (args[at - 1] === '--only' ? [word] : []));
const isFull = args.includes('--full');
const environment = { ...process.env, ...(isFull ? { SUNDIAL_FULL: '1' } : {}) };

/** One command counts as one test: it passes when it exits with 0. */
function command(...words: readonly [string, ...string[]]): Suite['run'] {
  return () => {
    const done = spawnSync(words[0], words.slice(1), { cwd: root, stdio: 'inherit', env: environment });
    return done.status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };
}

/** Projects of vitest.config.ts. A file that cannot even be loaded counts as one failure. */
function projects(names: readonly string[], ...options: readonly string[]): Suite['run'] {
  return () => {
    const report = join(output, `${names.join('-')}.json`);
    rmSync(report, { force: true });
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const words = [
      vitest,
      'run',
      ...names.flatMap((name) => ['--project', name]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...options,
    ];
    const done = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit', env: environment });
    const counts = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      testResults: readonly {
        name: string;
        status: string;
        message: string;
        assertionResults: readonly { fullName: string; status: string; failureMessages: readonly string[] }[];
      }[];
    };
    const unloaded = counts.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length;
    const failed = counts.numFailedTests + unloaded;
    const failures = counts.testResults.flatMap((file) => {
      const name = relative(root, file.name);
      const tests = file.assertionResults.filter(({ status }) => status === 'failed');
      if (tests.length === 0) return file.status === 'failed' ? [`${name}: ${file.message}`] : [];
      return tests.map((test) => `${name}: ${test.fullName}\n${test.failureMessages.join('\n').slice(0, 1500)}`);
    });
    return { passed: counts.numPassedTests, failed: done.status !== 0 && failed === 0 ? 1 : failed, failures };
  };
}

const suites: readonly Suite[] = [
  { name: 'check', run: command('npm', 'run', '-s', 'check') },
  { name: 'build', run: command('npm', 'run', '-s', 'build') },
  { name: 'node', run: projects(['node', 'alone'], '--maxWorkers=2') },
  // Side by side: those compute, these wait for servers that are killed and started again.
  { name: 'random', run: projects(['property', 'faults'], '--maxWorkers=2') },
  { name: 'browser', run: projects(['browser'], '--maxWorkers=2') },
  { name: 'killed', run: projects(['killed']) },
  { name: 'property', run: projects(['property'], '--maxWorkers=2'), apart: true },
  { name: 'faults', run: projects(['faults'], '--no-file-parallelism'), apart: true },
  { name: 'engines', run: projects(['engines']), apart: true },
  { name: 'soak', run: projects(['soak']), apart: true },
  { name: 'deep', run: projects(['deep'], '--maxWorkers=2'), apart: true },
];

const unknown = only.filter((name) => suites.every((suite) => suite.name !== name));
if (unknown.length > 0) {
  process.stderr.write(`no suite ${unknown.join(', ')}; there are ${suites.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

mkdirSync(output, { recursive: true });
ensureChromium();
if (only.includes('engines')) ensureFirefox();
clearTable();
let passed = 0;
let failed = 0;
const lines: string[] = [];
const failures: string[] = [];
for (const suite of suites) {
  const isAsked = only.length === 0 ? suite.apart !== true : only.includes(suite.name) || suite.name === 'build';
  if (!isAsked) continue;
  const began = performance.now();
  const result = suite.run();
  passed += result.passed;
  failed += result.failed;
  failures.push(...(result.failures ?? []));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  lines.push(`${suite.name.padEnd(10)} ${seconds.padStart(7)} s  ${result.passed} passed, ${result.failed} failed`);
}
for (const failure of failures) console.log(`\nFAILED ${failure}`);
const table = tableLines(isFull ? 'NOT TOLD: its test did not come to its end' : 'in test:faults');
if (isFull && only.includes('faults')) failed += untoldFaults().length;
if (table.length > 0) console.log(`\n${table.join('\n')}`);
console.log(`\n${lines.join('\n')}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
