/** A server whose clock cannot be right says so, and what it would publish or erase by it waits. */
import { expect, test } from 'vitest';
import { clockGuard, waitAfterPauseMs } from '../../server/clock.ts';
import { start } from '../../server/commands/serve.ts';
import { addJobs } from '../../server/jobs/claim.ts';
import { startJobs } from '../../server/jobs/run.ts';
import { allJobs } from '../../server/jobs.ts';
import type { Report } from '../../server/report.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';
import { freePort } from '../fixtures/served.ts';

const day = 86_400;
/** What the clocks of this machine and of its database show. */
const now = Math.floor(Date.now() / 1000);

async function openClock(opened: OpenedDatabase) {
  const server = await openServer(opened, { ms: now * 1000 });
  const warned: string[] = [];
  const quiet = () => undefined;
  const report: Report = { debug: quiet, info: quiet, error: quiet, warn: (what) => warned.push(what) };
  const context = { ...server.context, report };
  const { db } = context.database;
  await addJobs(db, allJobs, now);
  const lastWork = (at: number) => db.updateTable('job').set({ last_ok: at, due: at }).execute();
  const signed = (at: number) => {
    const row = { size: 1, root: 'r', edge: 'e', note: 'n', at: new Date(at * 1000).toISOString() };
    return db.insertInto('log_head').values(row).execute();
  };
  return { ...server, context, warned, lastWork, signed };
}

eachDatabase((name, open) => {
  test(`on ${name} a clock that is right lets everything run, and so does one that is behind the log, which is told once`, async () => {
    const { context, warned, lastWork, signed } = await openClock(await open());
    const mayRun = clockGuard(context);
    expect([await mayRun(), warned]).toEqual([true, []]);
    await lastWork(now - 29 * day);
    expect([await mayRun(), warned]).toEqual([true, []]);
    await signed(now + day);
    expect([await mayRun(), await mayRun()]).toEqual([true, true]);
    expect(warned).toEqual([expect.stringContaining('behind the newest head')]);
  });

  test(`on ${name} what is due after a month without work waits for an hour, in which a wrong clock is set right`, async () => {
    const { context, warned, lastWork, clock } = await openClock(await open());
    let passedMs = 0;
    const mayRun = clockGuard(context, () => passedMs);
    await lastWork(now - 31 * day);
    expect(await mayRun()).toBe(false);
    passedMs = waitAfterPauseMs - 1;
    expect(await mayRun()).toBe(false);
    // Set right, and wrong again: the hour begins anew.
    clock.ms = (now - 2 * day) * 1000;
    expect(await mayRun()).toBe(true);
    clock.ms = now * 1000;
    expect(await mayRun()).toBe(false);
    passedMs += waitAfterPauseMs;
    expect(await mayRun()).toBe(true);
    expect(warned).toEqual(Array(2).fill(expect.stringContaining('erased in an hour')));
  });

  test(`on ${name} nothing runs while the clock is ahead of the database's, where that has its own`, async () => {
    const { context, warned, clock } = await openClock(await open());
    const mayRun = clockGuard(context);
    clock.ms = Date.now() + 540_000;
    expect(await mayRun()).toBe(true);
    clock.ms = Date.now() + 660_000;
    const hasOwn = name === 'PostgreSQL';
    expect([await mayRun(), await mayRun()]).toEqual([!hasOwn, !hasOwn]);
    expect(warned).toEqual(hasOwn ? [expect.stringContaining('ahead of the database’s')] : []);
    clock.ms = Date.now();
    expect(await mayRun()).toBe(true);
  });

  test(`on ${name} a job that is due is not taken while the clock is doubted, and is once it is not`, async () => {
    const { context, lastWork } = await openClock(await open());
    await lastWork(now - day);
    const asked: boolean[] = [];
    let ran = 0;
    const job = { name: 'forget', everySeconds: 60, run: async () => (ran += 1) };
    const mayRun = async () => {
      asked.push(ran > 0);
      return asked.length > 3;
    };
    const stop = startJobs(context, [job], { everyMs: 1, mayRun }, (error) => {
      throw error;
    });
    await expect.poll(() => ran, { interval: 1 }).toBe(1);
    await stop();
    expect(asked.slice(0, 4)).toEqual([false, false, false, false]);
  });

  test(`on ${name} a server that begins after a month says so and runs no job yet`, async () => {
    const { context, warned, lastWork } = await openClock(await open());
    const before = now - 31 * day;
    await lastWork(before);
    let asked = 0;
    const running = await start({
      ...context,
      config: { ...context.config, port: await freePort() },
      database: { ...context.database, close: async () => undefined },
      now: () => {
        asked += 1;
        return now * 1000;
      },
    });
    // Once by the start, and three times by each of the two that run jobs: for new rows, for what is due, for the doubt.
    await expect.poll(() => asked, { interval: 5 }).toBeGreaterThanOrEqual(7);
    await running.close();
    const rows = await context.database.db.selectFrom('job').select(['last_ok', 'attempts']).execute();
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
      new Set([JSON.stringify({ last_ok: before, attempts: 0 })]),
    );
    expect(warned).toEqual([expect.stringContaining('nothing was done here for so long')]);
  });
});
