/** A database that is gone, slow, silent, or a file that is damaged. `SUNDIAL_FULL=1` does all of it, else what is short. */
import { copyFileSync, openSync, statSync, writeSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { newPostgres } from '../fixtures/databases.ts';
import { sundial } from '../fixtures/served.ts';
import { openHouse } from './house.ts';
import { openOwnPostgres } from './own-postgres.ts';
import { openSlowLine } from './slow-line.ts';
import { tell } from './table.ts';

const isFull = process.env.SUNDIAL_FULL === '1';
const rounds = isFull ? 5 : 1;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const statusOf = async (address: string): Promise<number> => (await fetch(address)).status;

test(`a database that goes away ${rounds} times is said, and the server goes on when it is back`, async () => {
  const postgres = await openOwnPostgres();
  ends.push(postgres.close);
  const house = await openHouse({ database: postgres.address });
  ends.push(house.server.close);
  const { issuer } = house.server;
  const backMs: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    for (let m = 0; m < 5; m += 1) expect(await house.write()).toBeNull();
    await postgres.kill();
    expect(await house.write()).toBe('UNAVAILABLE');
    expect(await Promise.all([statusOf(`${issuer}/healthz`), statusOf(`${issuer}/readyz`)])).toEqual([200, 503]);
    await postgres.revive();
    const began = performance.now();
    while ((await statusOf(`${issuer}/readyz`)) !== 200);
    backMs.push(performance.now() - began);
    expect(await house.write()).toBeNull();
    expect(await house.read()).toEqual([200, 200, 200]);
  }
  expect(house.reported('the database does not answer')).toBe(true);
  await postgres.kill();
  await house.server.running().stop();
  const { code, output } = await sundial({ ...house.server.environment, LC_ALL: 'en' }, ['serve']);
  expect({ code, output }).toEqual({
    code: 2,
    output: expect.stringMatching(/^sundial: The database does not answer \(.+\)\. See whether it runs/),
  });
  await postgres.revive();
  await house.server.revive();
  const reckoned = await house.reckoned();
  const said = 'clients: 503 UNAVAILABLE; /readyz 503; report: does not answer; a start says so, exit 2';
  tell({ fault: 'database gone and back', times: rounds + 1, ...reckoned, restartMs: backMs, said });
  expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
});

test.runIf(isFull)('a slow database is waited for; a silent one keeps nobody waiting without end', async () => {
  const direct = new URL(await newPostgres());
  const line = await openSlowLine(Number(direct.port));
  ends.push(line.close);
  direct.port = String(line.port);
  const house = await openHouse({ database: direct.href });
  ends.push(house.server.close);
  line.set(100);
  for (let n = 0; n < 3; n += 1) expect(await house.write()).toBeNull();
  line.set('silent');
  const silent = performance.now();
  const asked = Array.from({ length: 30 }, () => statusOf(`${house.server.issuer}/public/index.json`));
  const refused = await Promise.any(asked.map(async (each) => ((await each) === 503 ? 503 : Promise.reject(each))));
  const refusedMs = performance.now() - silent;
  expect(refused).toBe(503);
  expect(await statusOf(`${house.server.issuer}/healthz`)).toBe(200);
  line.set(0);
  const statuses = await Promise.all(asked);
  expect([200, 503]).toEqual(expect.arrayContaining(statuses));
  await house.writeUntil(null);
  const reckoned = await house.reckoned();
  const said = `slow: waited for; silent: 503 after ${Math.round(refusedMs / 1000)} s; goes on by itself`;
  tell({ fault: 'database slow, then silent', times: 2, ...reckoned, restartMs: [], said });
  expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
});

test.runIf(isFull)('a damaged database file is said by doctor and by a start, and is left as it is', async () => {
  const house = await openHouse();
  ends.push(house.server.close);
  await house.write();
  await house.server.running().stop();
  const { database, environment } = house.server;
  copyFileSync(database, `${database}.whole`);
  const file = openSync(database, 'r+');
  // From the second page on: the header of the file still says that it is a database.
  writeSync(file, Buffer.alloc(statSync(database).size - 4096, 0xa5), 0, undefined, 4096);
  const english = { ...environment, LC_ALL: 'en' };
  const doctor = await sundial(english, ['doctor']);
  expect(doctor).toEqual({ code: 2, output: expect.stringContaining('The database file is damaged') });
  const started = await sundial(english, ['serve']);
  expect(started).toEqual({
    code: 2,
    output: expect.stringMatching(/^sundial: The database file is damaged \(.+\)\./),
  });
  copyFileSync(`${database}.whole`, database);
  await house.server.revive();
  const reckoned = await house.reckoned();
  const said = 'doctor and start: the file is damaged, exit 2; what lay beside it is whole';
  tell({ fault: 'database file damaged', times: 1, ...reckoned, restartMs: [], said });
  expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
});
