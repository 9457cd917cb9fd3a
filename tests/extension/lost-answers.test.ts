/** Of every call in the life of a week the answer is lost once, the server having done its work: the same is asked again, and comes to the same. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { addEntries, changeMembers, setTitle } from '../../extension/commands/journal.ts';
import { composeSeal, reopenWeek, signSeal } from '../../extension/commands/seals.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { Unreachable } from '../../extension/remote/client.ts';
import { saveState, standingOf } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { day, hold, meeting, only } from './one-entry.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const week = '2026-W47';
const picture = { sha256: 'a'.repeat(64), type: 'image/png' as const, width: 1, height: 1 };
const afternoon = { ...meeting, start: `${day}T14:00`, end: `${day}T15:00`, images: [{ ...picture, alt: '桥' }] };

/** A week that is written, withheld in part, sealed, reopened, changed and sealed again, while answer `lost` is lost. Gives what it came to. */
async function life(lost: number) {
  const server = new ServerDouble();
  let answers = 0;
  const { context } = await openProfile(async (address, init) => {
    const answer = /\/blobs\/|\/reopen$/.test(address)
      ? new Response(null, { status: 204 })
      : await server.fetch(address, init);
    answers += 1;
    if (answers === lost) throw new TypeError('connection reset');
    return answer;
  });
  await context.database.images.add({ ...picture, bytes: new Uint8Array(1), sent: false, addedAt: 0 });
  await addEntries([{ ...meeting, text: '后来不公开的' }, afternoon], null, context);
  await setTitle(week, '题', '', context);
  await delivered(context);
  await withhold(await only(context), hold, context);
  await delivered(context);
  await sealed(context);
  await again(() => reopenWeek(week, context));
  await setTitle(week, '新题', '题', context);
  await changeMembers(await only(context), { category: 'planning' }, context);
  await sealed(context);
  const { waiting, tray } = await saveState(context.database);
  const copies = await context.database.seals.orderBy('seal').toArray();
  const last = [...server.seals.values()].at(-1)?.request;
  return {
    answers,
    came: {
      waiting,
      tray,
      standing: await standingOf(context.database, week),
      bodies: [...server.rows.values()].map(({ body }) => ({ ...body, digest: body?.digest !== undefined })),
      took: server.history.length,
      seals: server.seals.size,
      logged: copies.filter(({ state, receipt }) => state === 'logged' && receipt !== null).length,
      copies: copies.length,
      disclosed: last?.disclosures.length,
      manifest: last?.manifest.length,
    },
  };
}

/** Tries until the server was heard. */
async function again(act: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    const [outcome] = await Promise.allSettled([act()]);
    if (outcome?.status !== 'rejected') return;
    const { reason }: { reason: unknown } = outcome;
    if (!(reason instanceof Unreachable) && !(reason instanceof Refusal && reason.code === 'SEAL_STALE')) throw reason;
  }
  throw new Error('never heard');
}

const delivered = (context: Context) =>
  again(async () => {
    if (!(await runSync(true, context))) throw new Unreachable(null);
  });

/** A seal whose answer was lost is settled by the next run. */
const sealed = (context: Context) =>
  again(async () => {
    if ((await standingOf(context.database, week)) === 'sealing') await runSync(true, context);
    if ((await standingOf(context.database, week)) === 'sealed') return;
    await signSeal(await composeSeal(week, context), context);
  });

test('whichever answer in the life of a week is lost, the week comes to the same', async () => {
  const { answers, came } = await life(0);
  expect(came).toMatchObject({ waiting: 0, tray: 0, standing: 'sealed', took: 6, seals: 2, logged: 2, copies: 2 });
  // Cover, title and the entry that is public; the withheld one stays.
  expect(came).toMatchObject({ disclosed: 3, manifest: 3 });
  expect(answers).toBeGreaterThan(15);
  for (let lost = 1; lost <= answers; lost += 1) expect((await life(lost)).came, `answer ${lost}`).toEqual(came);
});

test('a seal that a restored server has at another place of its log is an alarm for the auditor', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([meeting], null, context);
  const { seal, receipt } = await signSeal(await composeSeal(week, context), context);
  const kept = async () => (await context.database.seals.get(seal))?.confirmed;
  const restore = async (index: number) => {
    server.backup()();
    const known = server.seals.get(seal);
    if (known !== undefined) server.seals.set(seal, { ...known, index });
    expect(await runSync(true, context)).toBe(true);
  };
  await restore(receipt?.index ?? 0);
  expect(await kept()).toBeNull();
  await restore((receipt?.index ?? 0) + 1);
  expect(await kept()).toBe(false);
});
