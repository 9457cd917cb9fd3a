import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { useTemporaryFolder } from './tests/fixtures/temporary.ts';

useTemporaryFolder();

/** Files that take far longer than their length tells. */
const long = [
  'tests/journey/journey.browser.test.ts',
  'tests/extension/accessibility.browser.test.ts',
  'tests/moderation/keyboard.browser.test.ts',
  'tests/faults/killed.faults.test.ts',
];

/** Begins with the long files, so that at the end no worker waits for the other; the rest by size, as without it. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** Files that put another module or environment in place: they have a process of their own. The others share theirs, as most of what a small
 *  file took was loading the same modules again. */
const alone = globSync('tests/**/*.test.ts').filter((name) =>
  /^\/\/ @vitest-environment|^vi\.mock\(/m.test(readFileSync(name, 'utf8')),
);

const killed = 'tests/extension/killed.browser.test.ts';
const globalSetup = ['tests/fixtures/postgres.ts'];
/** What comes about by itself may take its time on a crowded machine; a second is the default. */
const patient = { poll: { timeout: 15_000 } };

const ofOtherSuites = [
  // A benchmark brings packages of its own, with their tests.
  '**/node_modules/**',
  'tests/**/*.browser.test.ts',
  'tests/**/*.property.test.ts',
  'tests/**/*.faults.test.ts',
  'tests/**/*.engines.test.ts',
  'tests/**/*.deep.test.ts',
  'tests/**/*.soak.test.ts',
];
const plain = {
  globalSetup,
  include: ['tests/**/*.test.ts'],
  testTimeout: 120_000,
  hookTimeout: 60_000,
  expect: patient,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      { test: { name: 'node', ...plain, exclude: [...ofOtherSuites, ...alone], isolate: false } },
      { test: { name: 'alone', ...plain, include: alone, exclude: ofOtherSuites } },
      {
        test: {
          name: 'deep',
          globalSetup,
          include: ['tests/**/*.deep.test.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { name: 'soak', include: ['tests/**/*.soak.test.ts'], testTimeout: 1_800_000, hookTimeout: 60_000 },
      },
      {
        test: {
          name: 'property',
          globalSetup,
          include: ['tests/**/*.property.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          globalSetup,
          include: ['tests/**/*.faults.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'engines',
          include: ['tests/**/*.engines.test.ts'],
          // A browser that the machine does not let work in time, once; what fails twice is told.
          retry: 1,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          expect: patient,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.ts'],
          exclude: [killed],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          expect: patient,
          // A browser that shares two cores with another loses a key press now and then; what needed a second run is printed as such.
          retry: 1,
        },
      },
      {
        // Alone: what a killed browser may lose is measured in half seconds.
        test: { name: 'killed', include: [killed], hookTimeout: 120_000, expect: patient },
      },
    ],
  },
});
