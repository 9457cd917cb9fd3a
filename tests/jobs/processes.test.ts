import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '../../server/database/port.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';

interface Ran {
  readonly job: string;
  readonly due: number;
  readonly pid: number;
  readonly what: string;
}

const ran = async ({ db }: Database): Promise<readonly Ran[]> =>
  (await sql<Ran>`select job, due, pid, what from ran`.execute(db)).rows;

/** A process that runs jobs, once it is ready. */
async function worker(address: string, folder: string, mood: 'hang' | 'go'): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), address, folder, mood], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout ?? child, 'data');
  return child;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

eachDatabase((name, open) => {
  const processes = name === 'PostgreSQL' ? 4 : 2;
  test(`${processes} processes on one ${name} run each job once in its time, and take over what one was killed at`, async () => {
    const opened = await open();
    const { database, address, folder } = opened;
    // Makes the keys that all four share.
    await openServer(opened);
    await sql`create table ran (job text not null, due bigint not null, pid integer not null, what text not null)`.execute(
      database.db,
    );
    const first = await worker(address, folder, 'hang');
    await expect.poll(async () => (await ran(database)).filter(({ job }) => job === 'slow').length).toBe(1);
    const others = await Promise.all(Array.from({ length: processes - 1 }, () => worker(address, folder, 'go')));
    const ticks = async () => (await ran(database)).filter(({ job }) => job === 'tick');
    const before = (await ticks()).length;
    // The one that hangs gives signs of life, so for longer than its claim nobody takes its job.
    await expect.poll(async () => (await ticks()).length).toBeGreaterThanOrEqual(before + 4);
    expect((await ran(database)).filter(({ job }) => job === 'slow')).toHaveLength(1);
    await end(first, 'SIGKILL');
    const slow = async () => (await ran(database)).filter(({ job }) => job === 'slow').map(({ what }) => what);
    await expect.poll(slow).toEqual(['begun', 'begun', 'done']);
    await expect.poll(async () => (await ticks()).length).toBeGreaterThanOrEqual(before + 6);
    await Promise.all(others.map((child) => end(child, 'SIGTERM')));
    const dues = (await ticks()).map(({ due }) => due);
    expect(new Set(dues).size).toBe(dues.length);
    const [row] = await database.db.selectFrom('job').selectAll().where('name', '=', 'slow').execute();
    expect(row).toMatchObject({ attempts: 0, claim: null, claimed_until: null, last_error: null });
    expect(row?.last_ok).toBeGreaterThan(0);
  });
});
