/** A disk that is full, that fails, that is read-only: what was acknowledged stays, readers go on reading, and it is said. A limit of file sizes
 *  and the start on a read-only disk stand in `SUNDIAL_FULL=1` alone. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import * as v from 'valibot';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { openDesk } from '../fixtures/desk.ts';
import { sundial } from '../fixtures/served.ts';
import { type House, openHouse } from './house.ts';
import { failureOf, openFailingDisk, whyNoMount } from './mounts.ts';
import { reckon, tell } from './table.ts';

const good = [200, 200, 200];
const isFull = process.env.SUNDIAL_FULL === '1';
const english = { LC_ALL: 'en' };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const noMount = whyNoMount();
for (const fault of ['disk full: file system', 'start on a read-only disk'] as const)
  if (noMount !== null) tell({ fault, skipped: noMount });

test.skipIf(noMount !== null)('a full disk takes nothing and loses nothing; with room again it goes on', async () => {
  const disk = mkdtempSync(join(tmpdir(), 'sundial-small-'));
  failureOf('mount', '-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk);
  ends.push(() => {
    failureOf('umount', disk);
    rmSync(disk, { recursive: true });
  });
  const house = await openHouse({ parent: disk });
  ends.push(house.server.close);
  await house.write();
  const filler = join(disk, 'filler');
  fill(filler);
  await house.writeUntil('UNAVAILABLE');
  expect(await house.read()).toEqual(good);
  expect(house.reported('the disk of the database is full')).toBe(true);
  const { code, output } = await sundial({ ...house.server.environment, ...english }, ['doctor']);
  expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('The disk is nearly full') });

  // Killed in this state it comes back and is read, or says why it does not.
  await house.server.running().kill();
  await house.server.revive();
  expect(await house.read()).toEqual(good);

  rmSync(filler);
  await house.writeUntil(null);
  const { restartMs, ...reckoned } = await settled(house);
  tell({
    fault: 'disk full: file system',
    times: 2,
    ...reckoned,
    restartMs,
    said: 'clients: 503 UNAVAILABLE; report: the disk is full; doctor: exit 2; reading 200, also after a restart',
  });
  expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
});

test.runIf(isFull)('a file that may not grow takes nothing and loses nothing', async () => {
  const house = await openHouse();
  ends.push(house.server.close);
  await house.write();
  const limit = (bytes: string) =>
    failureOf('prlimit', '--pid', String(house.server.running().process.pid), `--fsize=${bytes}:unlimited`);
  const { database } = house.server;
  const why = limit(String(statSync(database).size + 100_000));
  if (why !== null) {
    tell({ fault: 'disk full: file size limit', skipped: why });
    return;
  }
  await house.writeUntil('UNAVAILABLE');
  expect(await house.read()).toEqual(good);
  expect(house.reported('the disk of the database takes no writes')).toBe(true);
  expect(limit('unlimited')).toBeNull();
  await house.writeUntil(null);
  const { restartMs, ...reckoned } = await settled(house);
  tell({
    fault: 'disk full: file size limit',
    times: 1,
    ...reckoned,
    restartMs,
    said: 'clients: 503 UNAVAILABLE; report: takes no writes; reading 200; goes on by itself',
  });
  expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
});

test('a database that may not grow refuses posts with 503, and takes them when it may', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-pages-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  ends.push(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const plenty = { count: 1_000_000, seconds: 60 };
  const desk = await openDesk({ database, address, folder }, { limits: { comments: plenty, commentsOfDiary: plenty } });
  const limit = (pages: number) => sql.raw(`pragma max_page_count=${pages}`).execute(database.db);
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.db);
  await limit((rows[0]?.page_count ?? 0) + 4);
  const [taken, statuses]: [string[], number[]] = [[], []];
  const post = async () => {
    const { status, json } = await desk.send({ text: `第 ${statuses.length} 条${'日'.repeat(400)}` });
    statuses.push(status);
    if (status === 201) taken.push(v.parse(v.object({ number: v.string() }), json).number);
    return status;
  };
  while ((await post()) === 201);
  expect(statuses.at(-1)).toBe(503);
  expect((await desk.get('/public/index.json')).status).toBe(200);
  await limit(1_000_000);
  expect(await post()).toBe(201);
  const stored = await database.db.selectFrom('comment').select('number').execute();
  const reckoned = reckon(
    taken,
    stored.map(({ number }) => number),
  );
  tell({
    fault: 'disk full: max_page_count',
    times: 1,
    ...reckoned,
    restartMs: [],
    said: 'clients: 503 UNAVAILABLE; reading 200; goes on by itself',
  });
  expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
});

test('a disk that fails and turns read-only has everything that was acknowledged, and is read on', async () => {
  const disk = openFailingDisk();
  if (typeof disk === 'string') {
    tell({ fault: 'disk turns read-only', skipped: disk });
    return;
  }
  ends.push(disk.close);
  const house = await openHouse({ parent: disk.folder });
  ends.push(house.server.close);
  // What the test itself wrote, the configuration, nobody has asked the disk to keep.
  expect(failureOf('sync', '-f', disk.folder)).toBeNull();
  for (let n = 0; n < 20; n += 1) expect(await house.write()).toBeNull();
  disk.fail();
  await house.writeUntil('UNAVAILABLE');
  expect(await house.read()).toEqual(good);
  expect(house.reported('the disk of the database takes no writes')).toBe(true);
  await house.server.running().kill();
  disk.repair();
  const { restartMs, ...reckoned } = await settled(house);
  tell({
    fault: 'disk turns read-only',
    times: 1,
    ...reckoned,
    restartMs,
    said: 'clients: 503 UNAVAILABLE; report: takes no writes; reading 200',
  });
  expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
});

test.runIf(isFull && noMount === null)('a start on a read-only disk says so and changes nothing', async () => {
  const house = await openHouse();
  ends.push(house.server.close);
  await house.write();
  await house.server.running().stop();
  const { folder, environment } = house.server;
  failureOf('mount', '--bind', folder, folder);
  failureOf('mount', '-o', 'remount,bind,ro', folder);
  const { code, output } = await sundial({ ...environment, ...english }, ['serve']);
  const trouble = failureOf('umount', folder);
  expect({ code, output, trouble }).toMatchObject({
    code: 2,
    output: expect.stringMatching(/^sundial: The disk that holds the data takes no writes \(.+\)\. What was taken/),
    trouble: null,
  });
  const { restartMs, ...reckoned } = await settled(house);
  tell({
    fault: 'start on a read-only disk',
    times: 1,
    ...reckoned,
    restartMs,
    said: 'operator: one sentence and exit 2',
  });
  expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
});

/** Writes zeros until there is no room. */
function fill(path: string): void {
  // `dd` ends with an error, as it is to.
  failureOf('dd', 'if=/dev/zero', `of=${path}`, 'bs=64k');
}

/** Starts the server (again), writes once more and reckons. */
async function settled(house: House) {
  const { server } = house;
  if (server.running().process.exitCode === null && server.running().process.signalCode === null)
    await server.running().stop();
  const began = performance.now();
  await server.revive();
  while ((await fetch(`${server.issuer}/readyz`)).status !== 200);
  const restartMs = [performance.now() - began];
  expect(await house.write()).toBeNull();
  return { restartMs, ...(await house.reckoned()) };
}
