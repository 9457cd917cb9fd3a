/** A clock that is set back a day: in the process, and under it by libfaketime. Needs `SUNDIAL_FULL=1`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, expect, test } from 'vitest';
import { startServer, sundial } from '../fixtures/served.ts';
import { lastWeek } from '../fixtures/showing.ts';
import { type House, openHouse } from './house.ts';
import { tell } from './table.ts';

const isFull = process.env.SUNDIAL_FULL === '1';
const dayMs = 86_400_000;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A house whose people set their clocks by the server's, as devices do. */
async function openTimed(environment: Readonly<Record<string, string>> = {}) {
  const shift = { ms: 0 };
  const house = await openHouse({ environment, now: () => Date.now() + shift.ms });
  ends.push(house.server.close);
  await house.write();
  return { house, shift };
}

/** By how many seconds the server's clock is ahead of this one. */
async function serverAhead({ server }: House): Promise<number> {
  const answer = await fetch(`${server.issuer}/api/v1/time`);
  return (v.parse(v.object({ now: v.number() }), await answer.json()).now - Date.now()) / 1000;
}

test.runIf(isFull)('a clock that jumps back a day loses nothing, and the log goes on', async () => {
  const { house, shift } = await openTimed({
    NODE_OPTIONS: `--import=${join(import.meta.dirname, '..', 'fixtures', 'clock-ahead.ts')}`,
    CLOCK_AHEAD_MS: String(-dayMs),
  });
  house.server.running().process.kill('SIGUSR2');
  await expect.poll(() => serverAhead(house), { timeout: 10_000 }).toBeLessThan(-86_000);
  shift.ms = -dayMs;
  for (let n = 0; n < 5; n += 1) expect(await house.write()).toBeNull();
  await house.leader.seal(lastWeek(Date.now()));
  expect(await house.read()).toEqual([200, 200, 200]);
  const doctor = await sundial({ ...house.server.environment, LC_ALL: 'en' }, ['doctor', '--whole']);
  expect(doctor.output).toContain('computed anew from the first');
  const reckoned = await house.reckoned();
  const said = 'written and sealed on; doctor --whole: the log is whole';
  tell({ fault: 'clock set back a day', times: 1, ...reckoned, restartMs: [], said });
  expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
});

const triple = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].find((name) => existsSync(`/usr/lib/${name}/faketime`));
const library = triple === undefined ? null : `/usr/lib/${triple}/faketime/libfaketime.so.1`;
if (library === null || !existsSync(library))
  tell({ fault: 'clock a day behind, libfaketime', skipped: 'libfaketime is not installed (apt install faketime)' });

test.runIf(isFull && library !== null && existsSync(library))(
  'a server whose machine is a day behind says so, and loses nothing',
  async () => {
    const { house, shift } = await openTimed();
    const { server } = house;
    await server.running().stop();
    const behind = { ...server.environment, LD_PRELOAD: library ?? '', FAKETIME: '-1d', LC_ALL: 'en' };
    const began = performance.now();
    const late = await startServer(behind);
    const restartMs = [performance.now() - began];
    expect(await serverAhead(house)).toBeLessThan(-86_000);
    shift.ms = -dayMs;
    for (let n = 0; n < 5; n += 1) expect(await house.write()).toBeNull();
    const doctor = await sundial(behind, ['doctor']);
    expect(doctor).toMatchObject({ code: 2, output: expect.stringMatching(/clock.*\d{5} seconds/) });
    await late.stop();
    await server.revive();
    shift.ms = 0;
    expect(await house.write()).toBeNull();
    const reckoned = await house.reckoned();
    const said = 'doctor: the clock is behind the log, exit 2; written on, also after it is right again';
    tell({ fault: 'clock a day behind, libfaketime', times: 1, ...reckoned, restartMs, said });
    expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
  },
);
