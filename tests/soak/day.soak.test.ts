/** A day in ten minutes (`SUNDIAL_SOAK_MINUTES`: as many minutes of it) on a real server whose clock runs fast: readers read and post, leaders push and seal, jobs run.
 *  Memory stays flat, and the same reckoning finds 100 bytes kept of every request. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Device } from '../../server/demo/device.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { type Week, weekBefore } from '../../shared/time/week.ts';
import { comment, newLedger } from '../faults/ledger.ts';
import { openRealServer, type RealServer, realWorld } from '../fixtures/real-server.ts';
import { enrolStaff, entryOf, lastWeek, sealItems, showWeek } from '../fixtures/showing.ts';
import { growth, mostGrowth } from '../fuzz/flat.ts';
import { fastClock } from './fast-clock.ts';

const minutes = Number(process.env.SUNDIAL_SOAK_MINUTES ?? 10);
const samples = 20;
/** Of the run, before the first sample. */
const warmUp = 0.15;
/** 24 hours in ten minutes. */
const factor = 144;
/** How long people may take to enrol before the clock runs. */
const setUpMs = 40_000;
const units = ['u01', 'u02', 'u03', 'u04'];
const plenty = { count: 1_000_000, seconds: 60 };
const settings: SettingsInput = {
  deadlines: { reviewWorkingDays: 0 },
  name: { zh: '试验区', en: 'Test Area' },
  origin: 'soak.example/log1',
  units: units.map((id) => ({ id, kind: 'department', name: { zh: id, en: id } })),
  moderation: { reviewFirst: false },
  proofOfWork: { hashes: 0 },
  limits: { push: plenty, comments: plenty, commentsOfDiary: plenty, token: plenty },
};
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test(`${minutes} minutes of a day that runs ${factor} times as fast leave nothing behind in memory`, async () => {
  const { sizes, requests } = await soak('0');
  console.info(said(sizes, requests));
  expect(growth(sizes)).toBeLessThan(mostGrowth);
});

test('the same reckoning finds 100 bytes that stay of every request', async () => {
  const { sizes, requests } = await soak('1');
  console.info(said(sizes, requests));
  expect(growth(sizes)).toBeGreaterThan(mostGrowth);
});

const said = (sizes: readonly number[], requests: number): string =>
  `soak: ${requests} requests in ${minutes} minutes, heap ${sizes.map((size) => (size / 1e6).toFixed(1)).join(' ')} MB, ${(growth(sizes) * 100).toFixed(2)} %`;

async function soak(leak: '0' | '1'): Promise<{ readonly sizes: number[]; readonly requests: number }> {
  const base = Date.now() + setUpMs;
  const now = fastClock(Date.now, base, factor);
  const server = await openRealServer(settings, undefined, undefined, {
    NODE_OPTIONS: `--expose-gc --import=${join(import.meta.dirname, 'probe.ts')}`,
    CLOCK_BASE: String(base),
    CLOCK_FACTOR: String(factor),
    SUNDIAL_LOG_LEVEL: 'warn',
    LEAK: leak,
  });
  ends.push(server.close);
  let requests = 0;
  const send = async (request: Request): Promise<Response> => {
    requests += 1;
    return fetch(request);
  };
  const world = { ...realWorld(server.issuer, send), now };
  const staff = await enrolStaff(world, server.invitation, units);
  const week = lastWeek(now());
  for (const [unit, leader] of staff.leaders) await sealItems(leader, week, [[entryOf(week, 0, 9, `${unit} shown`)]]);
  const { draw, drawn } = await showWeek(staff, week, {
    seats: 1,
    soon: () => Math.floor(now() / 1000) + 6,
    until: async (seconds) => {
      while (now() < seconds * 1000 + 1000) await sleep(20);
    },
  });
  const diary = { draw, unit: drawn[0] ?? '' };
  await sleep(Math.max(0, base - Date.now()));

  const began = performance.now();
  const length = minutes * 60_000;
  const isOver = () => performance.now() - began > length;
  const paced = { ledger: newLedger(units), below: (n: number) => Math.floor(Math.random() * n), isOver };
  const slow = { ...world, send: async (request: Request) => sleep(200).then(() => send(request)) };
  const working = Promise.all([
    ...[...staff.leaders.values()].map((leader) => leadSlowly(leader, weekBefore(week), isOver)),
    ...['reader-a', 'reader-b'].map((reader) => comment(slow, reader, diary, paced)),
    ...Array.from({ length: 6 }, () => read(server, diary, send, isOver, leak === '1' ? 0 : 20)),
  ]);
  const failed = working.then(() => new Promise<never>(() => undefined));
  const sizes: number[] = [];
  for (let n = 0; n < samples; n += 1) {
    const at = length * (warmUp + ((1 - warmUp) * n) / samples);
    await Promise.race([failed, sleep(Math.max(0, at - (performance.now() - began)))]);
    sizes.push(await heapOf(server));
  }
  await working;
  return { sizes, requests };
}

/** A leader who writes an entry each second and seals a week after ten. */
async function leadSlowly(device: Device, from: Week, isOver: () => boolean): Promise<void> {
  for (let week = from; !isOver(); week = weekBefore(week)) {
    for (let n = 0; n < 10 && !isOver(); n += 1) {
      await device.put(entryOf(week, n % 7, 8 + n, `${week} ${n}`));
      await inTime(() => device.push());
      await sleep(1000);
    }
    await inTime(() => device.seal(week));
  }
}

/** A signature is good for a minute and a token for ten, which are short here: what came too late is done again. */
async function inTime(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const isLate = error instanceof Refusal && ['ASSERTION_INVALID', 'TOKEN_EXPIRED'].includes(error.code);
    if (!isLate) throw error;
    await inTime(act);
  }
}

/** A reader who goes from page to page and rests between two; without a rest a small leak is found sooner. */
async function read(
  { issuer }: RealServer,
  { draw, unit }: { readonly draw: string; readonly unit: string },
  send: (request: Request) => Promise<Response>,
  isOver: () => boolean,
  restMs: number,
): Promise<void> {
  const paths = [
    '/public/index.json',
    '/public/feed/1.json',
    `/public/draw/${draw}/${unit}.json`,
    `/public/d/${draw}/${unit}.html`,
    `/api/v1/comments?draw=${draw}&unit=${unit}`,
    '/public/checkpoint',
    '/public/nowhere.json',
  ];
  for (let n = 0; !isOver(); n += 1) {
    const answer = await send(new Request(`${issuer}${paths[n % paths.length]}`));
    await answer.arrayBuffer();
    if (answer.status >= 500) throw new Error(`${paths[n % paths.length]}: ${answer.status}`);
    await sleep(restMs);
  }
}

/** Bytes that the server holds after it has collected its garbage. */
async function heapOf({ running }: RealServer): Promise<number> {
  const heaps = () =>
    [
      ...running()
        .printed()
        .matchAll(/^heap (\d+)$/gm),
    ].map(([, size]) => Number(size));
  const before = heaps().length;
  running().process.kill('SIGUSR2');
  while (heaps().length === before) await sleep(20);
  return heaps().at(-1) ?? Number.NaN;
}
