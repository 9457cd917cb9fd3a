/** The clock of the machine is set while the extension runs: what it signs, and where it writes, goes by the server's. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { addEntries } from '../../extension/commands/journal.ts';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import type { Context } from '../../extension/device/context.ts';
import { changeProfile } from '../../extension/store/database.ts';
import { entriesOn, saveState } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { openJws } from '../../shared/proof/signature.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const hour = 3_600_000;
const year = 365 * 24 * hour;
const week = '2026-W47';
const day = '2026-11-17';
const entry = (clock: string) => ({
  day,
  start: `${day}T${clock}:00`,
  end: `${day}T${clock}:50`,
  text: `${clock}点的事`,
});

const jumps = [
  ['an hour back', -hour],
  ['an hour ahead', hour],
  ['a year back', -year],
  ['a year ahead', year],
  ['ten years ahead', 10 * year],
] as const;

/** A device whose clock was right at its first sync and is set then. It is Tuesday 1 December, 09:00 in Shanghai. */
async function set(jump: number): Promise<{ context: Context; now: number }> {
  const now = Date.UTC(2026, 11, 1, 1);
  let shift = 0;
  const server = new ServerDouble();
  server.now = () => now;
  const { context } = await openProfile(server.fetch, { now: () => now + shift });
  await addEntries([entry('08')], null, context);
  expect(await runSync(true, context)).toBe(true);
  shift = jump;
  return { context, now };
}

test.each(jumps)(
  'a seal carries the time of the server although the clock was set %s since it was learnt',
  async (_, jump) => {
    const { context, now } = await set(jump);
    await addEntries([entry('09')], null, context);
    const { jws } = await signSeal(await composeSeal(week, context), context);
    expect(openJws(jws)?.payload.iat).toBe(now / 1000);
    expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0, progress: { offsetMs: -jump } });
  },
);

test.each(jumps)('a late entry goes into the week that is open by the server, with a clock set %s', async (_, jump) => {
  const { context } = await set(jump);
  // Monday 21:00 in Shanghai ended week 48 yesterday; week 49 can be sealed.
  await changeProfile(context.database, { rule: { close: 21 * 60, zone: 'Asia/Shanghai' } });
  await signSeal(await composeSeal(week, context), context);
  await addEntries([entry('10')], null, context);
  const written = (await entriesOn(context.database, day)).find(({ body }) => body.text === '10点的事');
  expect(written?.body).toMatchObject({ week: '2026-W49', lateFor: week });
});
