/** What is withheld stays on its signing device: in no request, nowhere on the server, in no replay. */
import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { addEntries, changeMembers, removeWritten } from '../../extension/commands/journal.ts';
import { enterParked, release, withhold } from '../../extension/commands/withhold.ts';
import { keepKey, makeKey } from '../../extension/device/key.ts';
import { entriesOn, saveState } from '../../extension/store/queries.ts';
import { takeSavedLine } from '../../extension/store/saved-line.ts';
import { runSync } from '../../extension/sync/run.ts';
import { day, hold, meeting, only } from './one-entry.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

test('text withheld from the start is in no request and nowhere on the server', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([{ ...meeting, text: '不能出去的话', place: '不能出去的地方' }], hold, context);
  await runSync(true, context);
  expect(server.rows.size).toBe(1);
  expect(server.heard.join('\n')).not.toContain('不能出去');
  expect(server.stored()).not.toContain('不能出去');
  const written = await only(context);
  expect(written.body).toMatchObject({ hold, start: meeting.start });
  expect(written.held?.prose).toMatchObject({ text: '不能出去的话' });
});

test.each([
  ['signs', true],
  ['only writes', false],
])('several lines withheld together are kept all or none, on a device that %s', async (_, signs) => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch, { signs });
  const { held, outbox } = context.database;
  const lines = [meeting, { ...meeting, start: `${day}T14:00`, end: `${day}T15:00` }];
  const typed = { surface: 'popup', line: '两行' };
  let kept = 0;
  const full = () => {
    kept += 1;
    if (kept === 2) throw new Error('the disk is full');
  };
  held.hook('creating', full);
  await expect(addEntries(lines, hold, context, typed)).rejects.toThrow();
  expect([await held.count(), await outbox.count()]).toEqual([0, 0]);
  expect(await takeSavedLine(context.database, 'popup')).toBeNull();
  held.hook('creating').unsubscribe(full);
  await addEntries(lines, hold, context, typed);
  expect([await held.count(), await outbox.count()]).toEqual([2, signs ? 2 : 0]);
  expect(await takeSavedLine(context.database, 'popup')).toBe('两行');
});

test('text withheld before it was sent is in no request', async () => {
  const server = new ServerDouble();
  const { context, network } = await openProfile(server.fetch);
  network.on = false;
  await addEntries([{ ...meeting, text: '不能出去的话' }], null, context);
  await changeMembers(await only(context), { result: '不能出去的成果' }, context);
  await withhold(await only(context), hold, context);
  network.on = true;
  await runSync(true, context);
  expect(server.heard.join('\n')).not.toContain('不能出去');
  expect([...server.rows.values()][0]?.body).toMatchObject({ hold });
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
});
test('text withheld while its first answer is lost is not sent a second time', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([{ ...meeting, text: '已经出去的话' }], null, context);
  server.onAnswer = (path) => {
    if (path.endsWith('/push')) throw new TypeError('connection reset');
  };
  await runSync(true, context);
  server.onAnswer = () => {};
  await withhold(await only(context), hold, context);
  const heard = server.heard.length;
  await runSync(true, context);
  expect(server.heard.slice(heard).join('\n')).not.toContain('已经出去');
  expect(JSON.stringify([...server.rows.values()])).not.toContain('已经出去');
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
  expect((await only(context)).held?.prose).toMatchObject({ text: '已经出去的话' });
});

test('a withheld text is not sent by a replay after the server was restored', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  const restoreEmpty = server.backup();
  await addEntries([{ ...meeting, text: '后来不公开的话' }], null, context);
  await runSync(true, context);
  await withhold(await only(context), hold, context);
  await runSync(true, context);
  const heard = server.heard.length;
  restoreEmpty();
  await runSync(true, context);
  await runSync(true, context);
  expect(server.heard.slice(heard).join('\n')).not.toContain('后来不公开');
  expect([...server.rows.values()][0]?.body).toMatchObject({ hold });
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
});

test('a text that a restored server has from before it was withheld is taken from it by the replay', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([{ ...meeting, text: '后来不公开的话' }], null, context);
  await runSync(true, context);
  const restore = server.backup();
  await withhold(await only(context), hold, context);
  await runSync(true, context);
  const heard = server.heard.length;
  restore();
  expect(server.stored()).toContain('后来不公开');
  for (const _ of [1, 2, 3]) await runSync(true, context);
  expect(server.heard.slice(heard).join('\n')).not.toContain('后来不公开');
  expect(server.stored()).not.toContain('后来不公开');
  expect([...server.rows.values()][0]?.body).toMatchObject({ hold });
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
});

test('a withheld item can be made public again before the seal', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([meeting], hold, context);
  await runSync(true, context);
  await release(await only(context), context);
  await runSync(true, context);
  expect([...server.rows.values()][0]?.body).toMatchObject({ text: meeting.text });
  expect([...server.rows.values()][0]?.body).not.toHaveProperty('hold');
});

test('a device that does not sign keeps a withheld line to itself', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch, { signs: false });
  await addEntries([{ ...meeting, text: '不能出去的话' }], hold, context);
  await runSync(true, context);
  expect(server.rows.size).toBe(0);
  expect((await only(context)).held?.parked).not.toBeNull();
  const sent = { ...meeting, day: '2026-11-19', start: '2026-11-19T08:30', end: '2026-11-19T09:00' };
  await addEntries([sent], null, context);
  await runSync(true, context);
  const [written] = await entriesOn(context.database, '2026-11-19');
  if (written === undefined) throw new Error('no entry');
  await expect(withhold(written, hold, context)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
});

test('a withheld line that is changed while it waits for the signing device is withheld as it reads last', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch, { signs: false });
  await addEntries([{ ...meeting, text: '先写的' }], hold, context);
  const before = await only(context);
  await changeMembers(before, { text: '改过的' }, context);
  const { held } = await only(context);
  expect(held).toMatchObject({ prose: { text: '改过的' }, parked: { text: '改过的' } });
  expect(held?.digest).not.toBe(before.held?.digest);
  expect(JSON.stringify(held)).not.toContain('先写的');
});

test.each([
  ['changed', { text: '改过的' }],
  ['deleted', null],
])(
  'a line that waits for the signing key and is %s while it is entered is entered as it reads last, or not',
  async (_, change) => {
    const server = new ServerDouble();
    const { context } = await openProfile(server.fetch, { signs: false });
    const { held } = context.database;
    await addEntries([{ ...meeting, text: '先写的' }], hold, context);
    await keepKey(await makeKey('leader', 'u01', context), context);
    const read = held.toArray.bind(held);
    vi.spyOn(held, 'toArray').mockImplementationOnce(() =>
      read().then(async (items) => {
        const seen = await only(context);
        await (change === null ? removeWritten(seen, context) : changeMembers(seen, change, context));
        return items;
      }),
    );
    await enterParked(context);
    await runSync(true, context);
    const written = await entriesOn(context.database, day);
    expect(written.map((each) => each.held?.prose.text)).toEqual(change === null ? [] : ['改过的']);
    expect(written.map((each) => each.body.digest)).toEqual(written.map((each) => each.held?.digest));
    expect(server.rows.size).toBe(change === null ? 0 : 1);
  },
);
