import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deployed } from '../fixtures/nginx.ts';

const root = join(import.meta.dirname, '..', '..');

const analyzer = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!analyzer) console.log('skipped: systemd-analyze is missing');

test.skipIf(!analyzer)('systemd takes the units as they are, and finds the server well shut in', () => {
  const units = mkdtempSync(join(tmpdir(), 'sundial-unit-'));
  const paths = ['sundial.service', 'sundial-backup.service', 'sundial-backup.timer'].map((name) => {
    writeFileSync(join(units, name), deployed(name, name.endsWith('.timer') ? {} : { '/opt/sundial': root }));
    return join(units, name);
  });
  const verified = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
  expect([verified.status, verified.stderr]).toEqual([0, '']);
  const [server = ''] = paths;
  // Its exposure in tenths: 96 for a unit without any of it.
  const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', '--no-pager', server]);
  expect(judged.status).toBe(0);
  rmSync(units, { recursive: true });
});
