import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

const Lock = v.object({
  packages: v.record(
    v.string(),
    v.object({
      license: v.optional(v.string()),
      dev: v.optional(v.boolean()),
      resolved: v.optional(v.string()),
      integrity: v.optional(v.string()),
      hasInstallScript: v.optional(v.boolean()),
    }),
  ),
});
const { packages } = v.parse(Lock, JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);

/** Permissive, and one library (libvips, linked when it runs, as LGPL 4 allows). */
const allowed = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0', 'MPL-2.0', 'Unlicense'];
const apart = (path: string, license: string) =>
  /^node_modules\/@img\/sharp-/.test(path) &&
  license.split(' AND ').every((each) => each === 'LGPL-3.0-or-later' || allowed.includes(each));

test('what is installed to run has a licence that lets anybody run and change it', () => {
  expect(installed.length).toBeGreaterThan(30);
  const refused = installed.filter(
    ([path, { license = 'none' }]) => !allowed.includes(license) && !apart(path, license),
  );
  expect(refused.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
});

test('every package is held to its bytes, and none comes from elsewhere than the registry', () => {
  const loose = installed.filter(
    ([, { integrity, resolved }]) =>
      integrity?.startsWith('sha512-') !== true || /^(git|http:|file:)/.test(resolved ?? ''),
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

const Report = v.object({
  metadata: v.object({ vulnerabilities: v.object({ high: v.number(), critical: v.number() }) }),
});

test('nothing that runs has a known hole of weight, where the registry can be asked', () => {
  const done = spawnSync('npm', ['audit', '--omit=dev', '--json', '--package-lock-only'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 15_000,
    env: { ...process.env, npm_config_fetch_retries: '0', npm_config_fetch_timeout: '15000' },
  });
  const report = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), done.stdout);
  if (!report.success) {
    console.info(
      `skipped: npm audit. The registry does not answer it: ${(done.stdout || done.stderr || String(done.error)).replaceAll(/\s+/g, ' ').slice(0, 200)}`,
    );
    return;
  }
  expect(report.output.metadata.vulnerabilities).toMatchObject({ high: 0, critical: 0 });
});
