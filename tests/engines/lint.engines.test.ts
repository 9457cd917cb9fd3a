/** What Mozilla's own checker says of the build for Firefox. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { firefoxFolder } from '../fixtures/firefox.ts';

const linter = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'addons-linter');
const Report = v.object({
  errors: v.array(v.unknown()),
  warnings: v.array(v.object({ code: v.string(), file: v.optional(v.string()) })),
});

test('the build for Firefox has no error, and no warning but those of the framework', () => {
  const { stdout } = spawnSync(linter, ['--output', 'json', firefoxFolder], { encoding: 'utf8' });
  const { errors, warnings } = v.parse(Report, JSON.parse(stdout));
  expect(errors).toEqual([]);
  // Preact can set innerHTML for those who ask; nobody here does.
  expect(warnings.filter(({ code }) => code !== 'UNSAFE_VAR_ASSIGNMENT')).toEqual([]);
});
