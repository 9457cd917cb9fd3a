import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { addEntries, changeMembers, removeWritten, setReview, setTitle } from '../../extension/commands/journal.ts';
import { keepMine } from '../../extension/commands/tray.ts';
import type { Context } from '../../extension/device/context.ts';
import { changeProgress, progressOf } from '../../extension/store/database.ts';
import { entriesOn, saveState, trayItems, writtenIn } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { day, meeting, only } from './one-entry.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

test('an entry written offline stays on the screen and is delivered when the network is back', async () => {
  const server = new ServerDouble();
  const { context, network } = await openProfile(server.fetch);
  network.on = false;
  await addEntries([meeting], null, context);
  expect(await runSync(true, context)).toBe(false);
  expect((await only(context)).body.text).toBe(meeting.text);
  expect(await saveState(context.database)).toMatchObject({ waiting: 1, progress: { state: 'unreachable' } });
  network.on = true;
  expect(await runSync(true, context)).toBe(true);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, progress: { state: 'idle' } });
  expect([...server.rows.values()].map(({ body }) => body?.text)).toEqual([meeting.text]);
});

test('after a failure nothing is tried before its time unless a person waits', async () => {
  const server = new ServerDouble();
  const { context, network } = await openProfile(server.fetch);
  network.on = false;
  await addEntries([meeting], null, context);
  await runSync(true, context);
  const { backoffMs, nextTryAt } = await progressOf(context.database);
  expect(backoffMs).toBe(30_000);
  expect(nextTryAt).toBeLessThanOrEqual(Date.now() + 30_000);
  network.on = true;
  const heard = server.heard.length;
  if (nextTryAt > Date.now()) expect(await runSync(false, context)).toBe(false);
  expect(server.heard.length).toBe(heard);
  expect(await runSync(true, context)).toBe(true);
});

test('a pause that was noted before the clock was set back holds nothing up', async () => {
  const server = new ServerDouble();
  const clock = { ms: Date.now() + 86_400_000 };
  const { context, network } = await openProfile(server.fetch, { now: () => clock.ms });
  network.on = false;
  await addEntries([meeting], null, context);
  await runSync(true, context);
  await changeProgress(context.database, { nextTryAt: clock.ms + 20_000 });
  network.on = true;
  expect(await runSync(false, context)).toBe(false);
  clock.ms -= 86_400_000;
  expect(await runSync(false, context)).toBe(true);
  expect(server.rows.size).toBe(1);
});

test('a lost answer leads to no second entry: the same op takes effect once', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([meeting], null, context);
  server.onAnswer = (path) => {
    if (path.endsWith('/push')) throw new TypeError('connection reset');
  };
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ waiting: 1 });
  server.onAnswer = () => {};
  await runSync(true, context);
  expect(server.rows.size).toBe(1);
  expect(server.results.map(({ status }) => status)).toEqual(['APPLIED', 'REPLAYED']);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0 });
});

test('edits of one entry made offline arrive in their order', async () => {
  const server = new ServerDouble();
  const { context, network } = await openProfile(server.fetch);
  network.on = false;
  await addEntries([meeting], null, context);
  await changeMembers(await only(context), { text: '第二稿' }, context);
  await changeMembers(await only(context), { thinking: '当时怎么想的' }, context);
  network.on = true;
  await runSync(true, context);
  expect(server.results.map(({ status }) => status)).toEqual(['APPLIED', 'APPLIED', 'APPLIED']);
  expect([...server.rows.values()][0]?.body).toMatchObject({ text: '第二稿', thinking: '当时怎么想的' });
});

test('what another device changed first goes to the tray with both texts, and "keep mine" settles it', async () => {
  const server = new ServerDouble();
  const one = await openProfile(server.fetch);
  const two = await openProfile(server.fetch);
  await addEntries([meeting], null, one.context);
  await runSync(true, one.context);
  await runSync(true, two.context);
  await changeMembers(await only(one.context), { text: '甲写的' }, one.context);
  await runSync(true, one.context);
  await changeMembers(await only(two.context), { text: '乙写的' }, two.context);
  await runSync(true, two.context);
  const [item] = await trayItems(two.context.database);
  expect(item).toMatchObject({ reason: 'CONFLICT', body: { text: '乙写的' }, current: { body: { text: '甲写的' } } });
  expect((await only(two.context)).body.text).toBe('甲写的');
  if (item !== undefined) await keepMine(item, two.context);
  await runSync(true, two.context);
  await runSync(true, one.context);
  expect((await only(one.context)).body.text).toBe('乙写的');
  expect(await trayItems(two.context.database)).toEqual([]);
});

test('the same text on both sides is no conflict', async () => {
  const server = new ServerDouble();
  const one = await openProfile(server.fetch);
  const two = await openProfile(server.fetch);
  await addEntries([meeting], null, one.context);
  await runSync(true, one.context);
  await runSync(true, two.context);
  await changeMembers(await only(one.context), { text: '一样的话' }, one.context);
  await changeMembers(await only(two.context), { text: '一样的话' }, two.context);
  await changeMembers(await only(two.context), { result: '成果' }, two.context);
  await runSync(true, one.context);
  await runSync(true, two.context);
  expect(await trayItems(two.context.database)).toEqual([]);
  expect([...server.rows.values()][0]?.body).toMatchObject({ text: '一样的话', result: '成果' });
});

test('one refused op does not hold up the others, and its text is in the tray', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  server.shut.add('2026-W46');
  const earlier = { ...meeting, day: '2026-11-13', start: '2026-11-13T08:30', end: '2026-11-13T10:00', text: '上周的' };
  await addEntries([earlier, meeting], null, context);
  await runSync(true, context);
  expect((await trayItems(context.database)).map(({ reason, body }) => [reason, body?.text])).toEqual([
    ['SEALED', '上周的'],
  ]);
  expect([...server.rows.values()].map(({ body }) => body?.text)).toEqual([meeting.text]);
});

test('a batch that is too big is halved until it fits', async () => {
  const server = new ServerDouble();
  server.mostOps = 3;
  const { context } = await openProfile(server.fetch);
  const many = Array.from({ length: 10 }, (_, at) => ({ ...meeting, text: `第${at}条` }));
  await addEntries(many, null, context);
  await runSync(true, context);
  expect(server.rows.size).toBe(10);
});

test('more rows than a page all arrive', async () => {
  const server = new ServerDouble();
  const one = await openProfile(server.fetch);
  const two = await openProfile(server.fetch);
  await addEntries(
    Array.from({ length: 450 }, (_, at) => ({ ...meeting, text: `第${at}条` })),
    null,
    one.context,
  );
  await runSync(true, one.context);
  await runSync(true, two.context);
  expect((await entriesOn(two.context.database, day)).length).toBe(450);
});

test('after a restore from a backup every own text is there again', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([meeting], null, context);
  await runSync(true, context);
  const restore = server.backup();
  await changeMembers(await only(context), { text: '备份之后写的' }, context);
  await addEntries([{ ...meeting, text: '备份之后加的' }], null, context);
  await runSync(true, context);
  restore();
  await runSync(true, context);
  expect([...server.rows.values()].map(({ body }) => body?.text).sort()).toEqual(
    ['备份之后写的', '备份之后加的'].sort(),
  );
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
});

test('what another device wrote and a restored server lost is offered from the tray', async () => {
  const server = new ServerDouble();
  const one = await openProfile(server.fetch);
  const two = await openProfile(server.fetch);
  const restoreEmpty = server.backup();
  await addEntries([meeting], null, one.context);
  await runSync(true, one.context);
  await runSync(true, two.context);
  restoreEmpty();
  await runSync(true, two.context);
  const [item] = await trayItems(two.context.database);
  expect(item).toMatchObject({ reason: 'LOST', body: { text: meeting.text } });
  if (item !== undefined) await keepMine(item, two.context);
  await runSync(true, two.context);
  expect([...server.rows.values()].map(({ body }) => body?.text)).toEqual([meeting.text]);
});

test('an op id that the server knows with other content is issued anew', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([meeting], null, context);
  const [op] = await context.database.outbox.toArray();
  if (op === undefined) throw new Error('no op');
  server.ops.set(op.op, { result: { op: op.op, status: 'APPLIED', seq: 1 }, content: 'another text' });
  await runSync(true, context);
  expect([...server.rows.values()].map(({ body }) => body?.text)).toEqual([meeting.text]);
  expect(await progressOf(context.database)).toMatchObject({ copied: true });
});

test('a revoked device keeps its text and stops', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([meeting], null, context);
  server.refusals.set('/journal/', 'DEVICE_REVOKED');
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ waiting: 1, progress: { state: 'revoked' } });
});

test('an ended token is fetched anew once, without a person', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await context.token.write({ token: 'old', expiresAt: Math.floor(Date.now() / 1000) + 3600 });
  const renewing: Context = {
    ...context,
    fetch: (address, init) => {
      const bearer = new Headers(init.headers).get('authorization');
      if (bearer === 'Bearer old')
        return Promise.resolve(
          Response.json(
            { type: 'about:blank', title: 'TOKEN_EXPIRED', status: 401, code: 'TOKEN_EXPIRED' },
            { status: 401 },
          ),
        );
      return context.fetch(address, init);
    },
  };
  await addEntries([meeting], null, renewing);
  expect(await runSync(true, renewing)).toBe(true);
  expect(server.rows.size).toBe(1);
});

test('a deleted entry is gone on every device', async () => {
  const server = new ServerDouble();
  const one = await openProfile(server.fetch);
  const two = await openProfile(server.fetch);
  await addEntries([meeting], null, one.context);
  await runSync(true, one.context);
  await runSync(true, two.context);
  await removeWritten(await only(one.context), one.context);
  await runSync(true, one.context);
  await runSync(true, two.context);
  expect(await entriesOn(two.context.database, day)).toEqual([]);
});

test('title and reviews are one each, and an emptied one is taken away', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await setTitle('2026-W47', '有“风”度', '', context);
  await setTitle('2026-W47', '有“风”度，有“气”质', '有“风”度', context);
  await setReview('2026-W47', day, '喇叭的事没办好', '', context);
  await setReview('2026-W47', null, '一周', '', context);
  await setReview('2026-W47', null, '', '一周', context);
  await runSync(true, context);
  const texts = (await writtenIn(context.database, '2026-W47')).map(({ body }) => body.text);
  expect(texts.sort()).toEqual(['喇叭的事没办好', '有“风”度，有“气”质'].sort());
});

test('an edit made from an old look is refused and leaves the newer text alone', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([meeting], null, context);
  const seen = await only(context);
  await changeMembers(seen, { text: '新的' }, context);
  await expect(changeMembers(seen, { text: '照旧样子改的' }, context)).rejects.toMatchObject({ code: 'VERSION_STALE' });
  expect((await only(context)).body.text).toBe('新的');
});

test('a span of the wrong order is refused before it is stored', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  const wrong = { ...meeting, start: `${day}T10:00`, end: `${day}T08:00` };
  await expect(addEntries([meeting, wrong], null, context)).rejects.toMatchObject({
    code: 'FIELD_INVALID',
    facts: { reason: 'SPAN_INVALID' },
  });
  expect(await entriesOn(context.database, day)).toEqual([]);
});

test('a line for a sealed week goes into the open week as a late entry', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await context.database.weeks.put({ week: '2026-W47', seal: 's', rev: 1, index: 3, open: false, frozen: false });
  await addEntries([meeting], null, context);
  expect((await only(context)).body).toMatchObject({ week: '2026-W48', lateFor: '2026-W47', day });
});
