import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deployed } from '../fixtures/nginx.ts';

const root = join(import.meta.dirname, '..', '..');

const analyzer = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!analyzer) console.log('skipped: systemd-analyze is missing');

test.skipIf(!analyzer)(
  'systemd takes the units as they are, and finds the server, its backup and a witness well shut in',
  () => {
    const units = mkdtempSync(join(tmpdir(), 'sundial-unit-'));
    const paths = ['sundial.service', 'sundial-backup.service', 'sundial-backup.timer'].map((name) => {
      writeFileSync(join(units, name), deployed(name, name.endsWith('.timer') ? {} : { '/opt/sundial': root }));
      return join(units, name);
    });
    const witness = join(units, 'sundial-witness.service');
    const guide = readFileSync(join(root, 'docs', 'for-witnesses.md'), 'utf8');
    const [, unit = ''] = /```ini\n(.*?)```/s.exec(guide) ?? [];
    writeFileSync(witness, unit.replaceAll('/opt/sundial', root));
    paths.push(witness);
    const verified = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
    expect([verified.status, verified.stderr]).toEqual([0, '']);
    // Its exposure in tenths: 96 for a unit without any of it.
    for (const service of paths.filter((path) => path.endsWith('.service'))) {
      const words = ['security', '--offline=true', '--threshold=20', '--no-pager', service];
      expect([service, spawnSync('systemd-analyze', words).status]).toEqual([service, 0]);
    }
    rmSync(units, { recursive: true });
  },
);

test('the backup may write the data, and the folders that its commands name, and is shut in by the same lines as the server', () => {
  const [server, backup] = [deployed('sundial.service', {}), deployed('sundial-backup.service', {})];
  const [, writable = ''] = /^ReadWritePaths=(.*)$/m.exec(backup) ?? [];
  const named = [...backup.matchAll(/(?<=[ =])\/var\/\S+$/gm)].map(([path]) => path);
  expect(named.toSorted()).toEqual(['/var/backups/sundial', '/var/backups/sundial-public']);
  expect(writable.split(' ').toSorted()).toEqual([...named, '/var/lib/sundial'].map((path) => `-${path}`).toSorted());
  const shut = (unit: string) => /^NoNewPrivileges[^[]*/m.exec(unit)?.[0].match(/^\w+=.*$/gm);
  // The server of the same user runs on when the backup ends.
  expect(shut(backup)).toEqual(shut(server)?.filter((line) => line !== 'RemoveIPC=yes'));
  expect(shut(server)?.length).toBeGreaterThan(20);
});
