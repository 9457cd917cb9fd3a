/** A week has one title, a day and a week one review, also where two windows or two devices write it at once. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { setReview, setTitle } from '../../extension/commands/journal.ts';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import { keepMine } from '../../extension/commands/tray.ts';
import type { Context } from '../../extension/device/context.ts';
import { reviewOf, saveState, titleOf, trayItems, writtenIn } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const week = '2026-W47';
const day = '2026-11-20';

const places = [
  [
    'title of a week',
    (context: Context, text: string, seen: string) => setTitle(week, text, seen, context),
    (context: Context) => titleOf(context.database, week),
  ],
  [
    'review of a week',
    (context: Context, text: string, seen: string) => setReview(week, null, text, seen, context),
    (context: Context) => reviewOf(context.database, week, null),
  ],
  [
    'review of a day',
    (context: Context, text: string, seen: string) => setReview(week, day, text, seen, context),
    (context: Context) => reviewOf(context.database, week, day),
  ],
] as const;

test.each(places)('of two windows that write the %s at once one is told that the other has', async (_, write, read) => {
  const { context } = await openProfile(new ServerDouble().fetch);
  const [first, second] = await Promise.allSettled([write(context, '甲', ''), write(context, '乙', '')]);
  expect([first?.status, second?.status].sort()).toEqual(['fulfilled', 'rejected']);
  const refused = [first, second].find((each) => each?.status === 'rejected');
  expect(refused).toMatchObject({ reason: { code: 'VERSION_STALE' } });
  expect(await writtenIn(context.database, week)).toHaveLength(1);
  expect(['甲', '乙']).toContain((await read(context))?.body.text);
});

test.each(places)(
  'of two devices that write the %s without the network the second one has its text in the tray',
  async (_, write, read) => {
    const server = new ServerDouble();
    const mine = (await openProfile(server.fetch)).context;
    const other = (await openProfile(server.fetch, { signs: false })).context;
    await write(mine, '甲', '');
    await write(other, '乙', '');
    for (const context of [other, mine, other]) await runSync(true, context);
    for (const context of [mine, other]) {
      expect(await writtenIn(context.database, week)).toHaveLength(1);
      expect((await read(context))?.body.text).toBe('乙');
    }
    const [item] = await trayItems(mine.database);
    expect(item).toMatchObject({ reason: 'CONFLICT', body: { text: '甲' }, current: { body: { text: '乙' } } });
    const copy = await signSeal(await composeSeal(week, mine), mine);
    expect(copy).toMatchObject({ state: 'logged', items: [(await read(mine))?.id] });
  },
);

test.each(places)(
  'the %s is written again after it was taken away, on the other device too',
  async (_, write, read) => {
    const server = new ServerDouble();
    const mine = (await openProfile(server.fetch)).context;
    const other = (await openProfile(server.fetch, { signs: false })).context;
    await write(mine, '甲', '');
    await write(mine, '', '甲');
    await write(mine, '甲又', '');
    for (const context of [mine, other]) await runSync(true, context);
    expect((await read(other))?.body.text).toBe('甲又');
    await write(other, '', '甲又');
    await runSync(true, other);
    await write(other, '乙', '');
    await write(mine, '', '甲又');
    await write(mine, '甲再', '');
    for (const context of [other, mine, other]) await runSync(true, context);
    expect((await read(other))?.body.text).toBe('乙');
    for (const item of await trayItems(mine.database)) if (item.body?.text === '甲再') await keepMine(item, mine);
    for (const context of [mine, other]) await runSync(true, context);
    expect((await read(other))?.body.text).toBe('甲再');
    expect(await saveState(mine.database)).toMatchObject({ waiting: 0 });
  },
);
