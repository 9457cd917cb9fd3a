/** Renaming, merging and parting of threads: open entries follow, what is sealed stays as it was signed. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { addEntries, changeMembers } from '../../extension/commands/journal.ts';
import {
  mergeThread,
  renameThread,
  setAliases,
  setThreadState,
  unmergeThread,
} from '../../extension/commands/threads.ts';
import { changeProfile } from '../../extension/store/database.ts';
import { knownThreads } from '../../extension/store/queries.ts';
import { threadNamesOf } from '../../extension/store/thread-names.ts';
import { neighboursIn } from '../../extension/store/threads.ts';
import { entriesAmong, writtenByIds } from '../../extension/store/written.ts';
import { openProfile } from '../extension/profile-double.ts';
import { demoOrganisation } from './organisation.ts';

const a = { id: 'wires', name: '飞线治理' };
const b = { id: 'sheds', name: '充电棚整治' };
const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };
const offline = () => openProfile(() => Promise.reject(new TypeError('Failed to fetch')));

const entry = (day: string, clock: string, threads: readonly { id: string; name: string }[]) => ({
  day,
  start: `${day}T${clock}`,
  end: `${day}T${clock.slice(0, 3)}45`,
  text: `${day} ${clock}`,
  threads: [...threads],
});

async function withEntries() {
  const { context } = await offline();
  const { database } = context;
  const ids = await addEntries(
    [entry('2026-07-13', '09:00', [a]), entry('2026-07-20', '09:00', [a, b]), entry('2026-07-27', '09:00', [b])],
    null,
    context,
  );
  const links = async () =>
    entriesAmong(await writtenByIds(database, ids)).map(({ body }) =>
      body.threads?.map(({ id, name }) => `${id} ${name}`),
    );
  const seal = (week: string) => database.weeks.put({ week, seal: 's', rev: 0, index: 7, open: false, frozen: false });
  return { context, database, ids, links, seal };
}

test('a merge links every open entry to the other thread once, and taking it back gives each its own links again', async () => {
  const { context, links } = await withEntries();
  const before = await links();
  await mergeThread(a, b, context);
  expect(await links()).toEqual([['sheds 充电棚整治'], ['sheds 充电棚整治'], ['sheds 充电棚整治']]);
  await unmergeThread(a.id, context);
  expect(await links()).toEqual(before);
});

test('a sealed entry keeps the link it was signed with, and stands in the line of the thread it was merged into', async () => {
  const { context, database, ids, links, seal } = await withEntries();
  await seal('2026-W29');
  await mergeThread(a, b, context);
  expect((await links())[0]).toEqual(['wires 飞线治理']);
  const [, middle] = entriesAmong(await writtenByIds(database, ids));
  if (middle === undefined) throw new Error('the entry is gone');
  const { before, after } = await neighboursIn(database, middle, b.id);
  expect([before?.id, after?.id]).toEqual([ids[0], ids[2]]);
});

test('a merge cannot be taken back once an entry was sealed with the new link', async () => {
  const { context, links, seal } = await withEntries();
  await mergeThread(a, b, context);
  await seal('2026-W29');
  await expect(unmergeThread(a.id, context)).rejects.toMatchObject({ code: 'WEEK_SEALED' });
  expect((await links())[0]).toEqual(['sheds 充电棚整治']);
});

test('an entry whose links were changed after the merge is left as it is', async () => {
  const { context, database, ids, links } = await withEntries();
  await mergeThread(a, b, context);
  const [first] = entriesAmong(await writtenByIds(database, ids));
  if (first === undefined) throw new Error('the entry is gone');
  await changeMembers(first, { threads: [b, { id: 'c', name: '夜市' }] }, context);
  await unmergeThread(a.id, context);
  expect((await links())[0]).toEqual(['sheds 充电棚整治', 'c 夜市']);
});

test('a withheld entry keeps its committed prose when its thread is merged', async () => {
  const { context } = await offline();
  const { database } = context;
  const [id = ''] = await addEntries([entry('2026-07-20', '10:00', [a])], hold, context);
  const digest = (await database.held.get(id))?.digest;
  const ops = await database.outbox.count();
  await mergeThread(a, b, context);
  expect((await database.held.get(id))?.digest).toBe(digest);
  expect(await database.outbox.count()).toBe(ops);
});

test('a new name is carried by open entries and not by sealed ones', async () => {
  const { context, links, seal } = await withEntries();
  await seal('2026-W29');
  await renameThread(a.id, ' 飞线清零 ', context);
  expect(await links()).toEqual([['wires 飞线治理'], ['wires 飞线清零', 'sheds 充电棚整治'], ['sheds 充电棚整治']]);
});

test('a thread of the organisation is neither renamed nor merged away, but others may be merged into it', async () => {
  const { context, database } = await withEntries();
  await changeProfile(database, { organisation: demoOrganisation([{ ...a, aliases: [] }]) });
  await expect(renameThread(a.id, '别的', context)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  await expect(mergeThread(a, b, context)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  await mergeThread(b, a, context);
  expect((await threadNamesOf(database)).get(b.id)?.mergedInto).toBe(a.id);
});

test('a thread is not merged into itself, nor into one that was merged away', async () => {
  const { context } = await withEntries();
  await expect(mergeThread(a, a, context)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  await mergeThread(a, b, context);
  await expect(mergeThread({ id: 'c', name: '夜市' }, a, context)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
});

test('# finds a thread by new names and aliases, and by the names of threads merged into it', async () => {
  const { context, database } = await withEntries();
  await setAliases(b.id, ['车棚', ' ', '车棚'], context);
  await mergeThread(a, b, context);
  const known = (await knownThreads(database)).find(({ id }) => id === b.id);
  expect(known?.aliases).toEqual(['车棚', '飞线治理']);
});

test('how far it has come is kept unless it was changed elsewhere meanwhile', async () => {
  const { context, database } = await withEntries();
  await setThreadState(b.id, '东门棚通电', '', context);
  await expect(setThreadState(b.id, '别的', '', context)).rejects.toMatchObject({ code: 'VERSION_STALE' });
  expect((await threadNamesOf(database)).get(b.id)?.state).toBe('东门棚通电');
});

test('the ends of a line have no neighbour beyond them', async () => {
  const { database, ids } = await withEntries();
  const [first] = entriesAmong(await writtenByIds(database, ids));
  if (first === undefined) throw new Error('the entry is gone');
  const { before, after } = await neighboursIn(database, first, a.id);
  expect([before, after?.id]).toEqual([null, ids[1]]);
});
