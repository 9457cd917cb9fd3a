/** What is withheld on the signing device leaves the other devices of its author as well, but for what was typed there and never sent. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { addEntries, changeMembers } from '../../extension/commands/journal.ts';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import { mergeThread } from '../../extension/commands/threads.ts';
import { keepAsCorrection, keepMine } from '../../extension/commands/tray.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { gatheredThreads, gatherThreads } from '../../extension/store/gathered-threads.ts';
import { entriesOn, saveState, trayItems } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { day, hold, meeting, only } from './one-entry.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const secret = '密';
const picture = (letter: string) => ({
  sha256: letter.repeat(64),
  type: 'image/png' as const,
  width: 1,
  height: 1,
  alt: `${letter}图`,
});
const [own, shared] = [picture('a'), picture('b')];
const thread = { id: '01kt0000000000000000000000', name: '密访' };
const into = { id: '01kt0000000000000000000001', name: '走访' };
const told = {
  ...meeting,
  text: '密谈',
  place: '密室',
  detail: '密况',
  thinking: '密思',
  result: '密果',
  next: '密行',
  threads: [thread],
  images: [own, shared],
};
const afternoon = { ...meeting, start: `${day}T14:00`, end: `${day}T15:00`, images: [shared] };

/** The signing device, and one that writes; both know two entries. */
async function twoDevices() {
  const server = new ServerDouble();
  const fetch: Context['fetch'] = async (address, init) =>
    address.includes('/blobs/') ? new Response(null, { status: 204 }) : server.fetch(address, init);
  const mine = (await openProfile(fetch)).context;
  const other = (await openProfile(fetch, { signs: false })).context;
  await addEntries([told, afternoon], null, mine);
  await runSync(true, mine);
  await runSync(true, other);
  for (const { database } of [mine, other])
    for (const { alt: _, ...image } of [own, shared])
      await database.images.put({ ...image, bytes: new Uint8Array(1), sent: true, addedAt: 0 });
  return { server, mine, other };
}

/** All that lies in a store, as text. */
async function everything({ database }: Context): Promise<string> {
  const tables = database.tables.filter(({ name }) => name !== 'keys');
  return JSON.stringify(await Promise.all(tables.map((table) => table.toArray())));
}

test('of an entry withheld on the signing device no word and no picture stays on another one', async () => {
  const { mine, other } = await twoDevices();
  await gatherThreads(other.database, async () => true);
  await changeMembers(await only(other), { category: 'planning' }, other);
  await mergeThread(thread, into, other);
  await other.database.drafts.put({ surface: 'entry:x:text', text: '没写完', seen: told.text });
  await runSync(true, other);
  await changeMembers(await only(other), { place: '别处' }, other);
  await runSync(true, mine);
  await changeMembers(await only(mine), { next: '密行二' }, mine);
  await runSync(true, mine);
  await runSync(true, other);
  const [refused] = await trayItems(other.database);
  expect(refused?.body).toMatchObject({ place: '别处', text: '密谈' });
  expect(refused?.current?.body).toMatchObject({ next: '密行二' });
  await withhold(await only(mine), hold, mine);
  await runSync(true, mine);
  await runSync(true, other);
  // What it typed over the words waits for its author; nothing else has them.
  const [kept] = await other.database.tray.toArray();
  expect(kept?.body).toMatchObject({ place: '别处', text: '密谈' });
  expect(kept?.current?.body).toMatchObject({ hold });
  await other.database.tray.clear();
  const said = await other.database.threadNames.toArray();
  expect(said).toMatchObject([{ id: thread.id, mergedInto: into.id, moved: [] }]);
  await other.database.threadNames.clear();
  expect(await everything(other)).not.toContain(secret);
  expect(await other.database.drafts.toArray()).toEqual([{ surface: 'entry:x:text', text: '没写完', seen: '' }]);
  // The tray named the picture while its entry was withheld, so it stayed.
  expect(await other.database.images.toCollection().primaryKeys()).toEqual([own.sha256, shared.sha256]);
  expect((await only(mine)).held?.prose).toMatchObject({ text: told.text, images: [own, shared] });
});

test('the picture of an entry withheld elsewhere goes, that of another entry stays, and the signing device keeps both', async () => {
  const { mine, other } = await twoDevices();
  await withhold(await only(mine), hold, mine);
  for (const context of [mine, other, mine]) await runSync(true, context);
  expect(await everything(other)).not.toContain(secret);
  expect(await other.database.images.toCollection().primaryKeys()).toEqual([shared.sha256]);
  expect(await mine.database.images.toCollection().primaryKeys()).toEqual([own.sha256, shared.sha256]);
  expect((await entriesOn(other.database, day)).map(({ body }) => body.images)).toEqual([undefined, [shared]]);
});

test('a walk over the threads that an entry leaves by being withheld begins anew and loses none of the others', async () => {
  const { mine, other } = await twoDevices();
  await addEntries([{ ...afternoon, images: [], threads: [into] }], null, mine);
  await runSync(true, mine);
  await runSync(true, other);
  const [row] = await other.database.rows.where('week').equals('2026-W47').toArray();
  const old = {
    ...meeting,
    kind: 'entry' as const,
    week: '2016-W01',
    threads: [{ id: into.id.replace('01', '02'), name: '老路' }],
  };
  if (row !== undefined) await other.database.rows.put({ ...row, id: '01b00000000000000000000000', body: old });
  await gatherThreads(other.database, async () => true);
  expect((await gatheredThreads(other.database)).map(({ name }) => name)).toEqual(['老路', '密访', '走访']);
  await withhold(await only(mine), hold, mine);
  await runSync(true, mine);
  let steps = 0;
  await gatherThreads(other.database, async () => {
    steps += 1;
    if (steps === 1) await runSync(true, other);
    return steps < 5;
  });
  expect((await gatheredThreads(other.database)).map(({ name }) => name)).toEqual(['老路', '走访']);
});

test('what a reviewer withholds after the seal stays with who sealed it, and leaves the other device', async () => {
  const { server, mine, other } = await twoDevices();
  await signSeal(await composeSeal('2026-W47', mine), mine);
  const { id } = await only(mine);
  const row = server.rows.get(id);
  if (row?.body?.kind !== 'entry') throw new Error('no entry');
  const { kind, week, start, end } = row.body;
  server.seq += 1;
  server.rows.set(id, { ...row, seq: server.seq, body: { kind, week, day, start, end, hold, digest: 'A'.repeat(43) } });
  for (const context of [mine, other]) await runSync(true, context);
  expect((await mine.database.seals.toArray()).map(({ items }) => items.includes(id))).toEqual([true]);
  expect(await mine.database.images.toCollection().primaryKeys()).toEqual([own.sha256, shared.sha256]);
  expect(await other.database.images.toCollection().primaryKeys()).toEqual([shared.sha256]);
  expect(await everything(other)).not.toContain(secret);
});

test.each([
  ['the signing device', true],
  ['a device that only writes', false],
])('a text in the tray of %s whose entry was withheld meanwhile is not made public by keeping it', async (_, signs) => {
  const { server, mine, other } = await twoDevices();
  const [keeps, first] = signs ? [mine, other] : [other, mine];
  await changeMembers(await only(keeps), { text: '密约' }, keeps);
  await changeMembers(await only(first), { category: 'planning' }, first);
  for (const context of [first, keeps, mine]) await runSync(true, context);
  await withhold(await only(mine), hold, mine);
  for (const context of [mine, keeps]) await runSync(true, context);
  const [item] = await trayItems(keeps.database);
  expect(item).toMatchObject({ body: { text: '密约' }, current: { body: { hold } } });
  const heard = server.heard.length;
  if (item !== undefined) await keepMine(item, keeps);
  for (const context of [keeps, mine]) await runSync(true, context);
  expect(server.heard.slice(heard).join('\n')).not.toContain(secret);
  expect((await only(keeps)).held).toMatchObject({ prose: { text: '密约' }, hold });
  expect(server.rows.get((await only(mine)).id)?.body).toMatchObject({ hold });
  expect(await saveState(keeps.database)).toMatchObject({ waiting: 0, tray: 0 });
});

test.each([
  ['the signing device', true],
  ['a device that only writes', false],
])('a correction that %s keeps of an entry withheld meanwhile is withheld like it', async (_, signs) => {
  const { server, mine, other } = await twoDevices();
  const keeps = signs ? mine : other;
  const { id, body } = await only(keeps);
  await changeMembers(await only(keeps), { text: '密约' }, keeps);
  server.shut.add(body.week);
  await runSync(true, keeps);
  const row = server.rows.get(id);
  const { week, start, end } = body;
  server.seq += 1;
  if (row !== undefined)
    server.rows.set(id, {
      ...row,
      seq: server.seq,
      body: { kind: 'entry', week, day, start, end, hold, digest: 'A'.repeat(43) },
    });
  await runSync(true, keeps);
  await keeps.database.weeks.put({ week, seal: 's', rev: 1, index: 3, open: false, frozen: false });
  const [item] = await trayItems(keeps.database);
  expect(item).toMatchObject({ reason: 'SEALED', body: { text: '密约' }, current: { body: { hold } } });
  const heard = server.heard.length;
  if (item !== undefined) await keepAsCorrection(item, keeps);
  await runSync(true, keeps);
  expect(server.heard.slice(heard).join('\n')).not.toContain(secret);
  const kept = (await entriesOn(keeps.database, day)).find((each) => each.held?.prose.text === '密约');
  expect(kept?.body).toMatchObject({ week: '2026-W48', lateFor: week });
  expect(kept?.held).toMatchObject({ hold });
});
