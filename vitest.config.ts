import { defineConfig } from 'vitest/config';

const globalSetup = ['tests/fixtures/postgres.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          globalSetup,
          include: ['tests/**/*.test.ts'],
          exclude: [
            'tests/**/*.browser.test.ts',
            'tests/**/*.property.test.ts',
            'tests/**/*.faults.test.ts',
            'tests/**/*.engines.test.ts',
            'tests/**/*.deep.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'deep',
          globalSetup,
          include: ['tests/**/*.deep.test.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'property', globalSetup, include: ['tests/**/*.property.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'faults',
          globalSetup,
          include: ['tests/**/*.faults.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'engines',
          include: ['tests/**/*.engines.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // One at a time: what a killed browser may lose is measured in half seconds.
          fileParallelism: false,
        },
      },
    ],
  },
});
