/** What a witness remembers survives a disk that takes only a part of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readState, writeState } from '../../server/witness/state.ts';

const module = join(import.meta.dirname, '..', '..', 'server', 'witness', 'state.ts');
const head = (size: number) => ({ size, root: `${'A'.repeat(43)}=`, note: 'n'.repeat(3000), line: 'l\n' });

test.runIf(process.platform === 'linux')('a full disk leaves the state of before, whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-witness-'));
  const path = join(folder, '旁证 1.json');
  writeState(path, new Map([['diary.example/log1', head(1)]]));
  const before = readFileSync(path, 'utf8');
  const act = `const { writeState } = await import(${JSON.stringify(module)});
    writeState(${JSON.stringify(path)}, new Map([['diary.example/log1', ${JSON.stringify(head(2))}]]));`;
  // 2 KiB of a file of 3: the system takes these and says nothing, and refuses the rest.
  const limited = ['-c', 'ulimit -f 2; exec "$0" --input-type=module -e "$1"', process.execPath, act];
  const { status } = spawnSync('bash', limited, { env: { ...process.env, NODE_COMPILE_CACHE: '' } });
  expect(status).not.toBe(0);
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect(readState(path)?.get('diary.example/log1')?.size).toBe(1);
  rmSync(folder, { recursive: true });
});
