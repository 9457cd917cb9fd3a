/** What is withheld survives whatever is refused, restored or set back, beside the entry that it belongs to. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { makeBackup } from '../../extension/commands/backup.ts';
import { addEntries, changeEntry, changeMembers, removeWritten } from '../../extension/commands/journal.ts';
import { previewRestore, readBackup, restoreBackup } from '../../extension/commands/restore.ts';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import { dismiss, keepAsCorrection, keepMine } from '../../extension/commands/tray.ts';
import { release, withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { entriesOn, saveState, trayItems } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { day, hold, meeting, only } from './one-entry.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const secret = '不能出去的话';

/** The signing device and one that only writes; both know the entry that the signing one withheld. */
async function twoDevices() {
  const server = new ServerDouble();
  const mine = (await openProfile(server.fetch)).context;
  const other = (await openProfile(server.fetch, { signs: false })).context;
  await addEntries([{ ...meeting, text: secret }], hold, mine);
  await runSync(true, mine);
  await runSync(true, other);
  return { server, mine, other };
}

/** A text withheld on `mine` that was refused, since another device had changed the entry first. */
async function refusedWithheld() {
  const server = new ServerDouble();
  const mine = (await openProfile(server.fetch)).context;
  const other = (await openProfile(server.fetch, { signs: false })).context;
  await addEntries([meeting], null, mine);
  await runSync(true, mine);
  await runSync(true, other);
  await changeMembers(await only(mine), { text: '不能出去的话' }, mine);
  await withhold(await only(mine), hold, mine);
  await changeMembers(await only(other), { text: '另一台写的' }, other);
  await runSync(true, other);
  await runSync(true, mine);
  expect((await only(mine)).body.text).toBe('另一台写的');
  const [item] = await trayItems(mine.database);
  if (item === undefined) throw new Error('nothing was refused');
  expect(item).toMatchObject({ reason: 'CONFLICT', body: { hold }, held: { prose: { text: '不能出去的话' } } });
  return { server, mine, other, item };
}

test.each([
  ['deletes', async (mine: Context) => removeWritten(await only(mine), mine)],
  ['withholds', async (mine: Context) => withhold(await only(mine), hold, mine)],
])('a withheld text that was refused survives that its author %s what the other device wrote', async (_, act) => {
  const { server, mine, item } = await refusedWithheld();
  await act(mine);
  await runSync(true, mine);
  const [left] = await trayItems(mine.database);
  expect(left).toMatchObject({ key: item.key, body: item.body, held: item.held });
  if (left !== undefined) await keepMine(left, mine);
  await runSync(true, mine);
  expect((await only(mine)).held?.prose).toMatchObject({ text: '不能出去的话' });
  expect(server.heard.join('\n')).not.toContain('不能出去');
  expect(await saveState(mine.database)).toMatchObject({ waiting: 0, tray: 0 });
});

test('a withheld text goes out of the tray into the open week in one step, or stays there', async () => {
  const { mine, item } = await refusedWithheld();
  const { tray, held, outbox } = mine.database;
  const before = await held.count();
  const full = () => {
    throw new Error('the disk is full');
  };
  tray.hook('deleting', full);
  await expect(keepAsCorrection(item, mine)).rejects.toThrow();
  expect([await tray.count(), await held.count(), await outbox.count()]).toEqual([1, before, 0]);
  tray.hook('deleting').unsubscribe(full);
  await keepAsCorrection(item, mine);
  expect([await tray.count(), await held.count(), await outbox.count()]).toEqual([0, before + 1, 1]);
});

test('a withheld text that its author gives up in the tray is gone from the device', async () => {
  const { mine, item } = await refusedWithheld();
  await dismiss(item, mine);
  expect(await trayItems(mine.database)).toEqual([]);
  expect(await mine.database.held.toArray()).toEqual([]);
});

test('a withheld entry keeps its text where its deletion is refused, and loses it where it is taken', async () => {
  const server = new ServerDouble();
  const mine = (await openProfile(server.fetch)).context;
  const other = (await openProfile(server.fetch, { signs: false })).context;
  await addEntries([{ ...meeting, text: '不能出去的话' }], hold, mine);
  await runSync(true, mine);
  await runSync(true, other);
  await removeWritten(await only(mine), mine);
  await changeMembers(await only(other), { end: `${day}T10:30` }, other);
  await runSync(true, other);
  await runSync(true, mine);
  const [item] = await trayItems(mine.database);
  expect(item).toMatchObject({ reason: 'CONFLICT', body: null });
  expect(await only(mine)).toMatchObject({ body: { end: `${day}T10:30` }, held: { prose: { text: '不能出去的话' } } });
  if (item !== undefined) await keepMine(item, mine);
  await runSync(true, mine);
  expect(await entriesOn(mine.database, day)).toEqual([]);
  expect(await mine.database.held.toArray()).toEqual([]);
});

const later = { end: `${day}T10:30` };

test('a withheld text stays with its entry where making it public is refused', async () => {
  const { mine, other } = await twoDevices();
  await release(await only(mine), mine);
  await changeMembers(await only(other), later, other);
  await runSync(true, other);
  await runSync(true, mine);
  const [item] = await trayItems(mine.database);
  expect(item).toMatchObject({ reason: 'CONFLICT', body: { text: secret } });
  if (item !== undefined) await dismiss(item, mine);
  expect(await only(mine)).toMatchObject({ body: { hold, ...later }, held: { prose: { text: secret } } });
});

test('a text withheld again where that is refused leaves the one that stands withheld', async () => {
  const { mine, other } = await twoDevices();
  await release(await only(mine), mine);
  await changeMembers(await only(mine), { text: '改过的话' }, mine);
  await withhold(await only(mine), hold, mine);
  await changeMembers(await only(other), later, other);
  await runSync(true, other);
  await runSync(true, mine);
  const [item] = await trayItems(mine.database);
  expect(item).toMatchObject({ reason: 'CONFLICT', held: { prose: { text: '改过的话' } } });
  expect((await only(mine)).held?.prose).toMatchObject({ text: secret });
  if (item !== undefined) await dismiss(item, mine);
  expect((await only(mine)).held?.prose).toMatchObject({ text: secret });
});

test('a withheld text given up in the tray stays with its entry where a deletion that waits is refused', async () => {
  const { mine, other } = await twoDevices();
  await changeMembers(await only(other), later, other);
  await runSync(true, other);
  await changeMembers(await only(mine), { end: `${day}T11:00` }, mine);
  await runSync(true, mine);
  const [item] = await trayItems(mine.database);
  await changeMembers(await only(other), { end: `${day}T11:30` }, other);
  await runSync(true, other);
  await removeWritten(await only(mine), mine);
  if (item !== undefined) await dismiss(item, mine);
  await runSync(true, mine);
  expect((await only(mine)).held?.prose).toMatchObject({ text: secret });
});

test('"keep mine" of a withheld entry that was moved leaves it the words that its signing device has', async () => {
  const { mine, other } = await twoDevices();
  await release(await only(mine), mine);
  await changeMembers(await only(mine), { text: '改过的话' }, mine);
  await withhold(await only(mine), hold, mine);
  await runSync(true, mine);
  await changeMembers(await only(other), later, other);
  await runSync(true, other);
  const [item] = await trayItems(other.database);
  if (item !== undefined) await keepMine(item, other);
  await runSync(true, other);
  await runSync(true, mine);
  expect(await only(mine)).toMatchObject({ body: { hold, ...later }, held: { prose: { text: '改过的话' } } });
});

test('what stands in the tray can be kept after the server has changed once more', async () => {
  const server = new ServerDouble();
  const mine = (await openProfile(server.fetch)).context;
  const other = (await openProfile(server.fetch)).context;
  await addEntries([meeting], null, mine);
  await runSync(true, mine);
  await runSync(true, other);
  await changeMembers(await only(mine), { text: '甲写的' }, mine);
  for (const text of ['乙写的', '乙又写的']) {
    await changeMembers(await only(other), { text }, other);
    await runSync(true, other);
    await runSync(true, mine);
  }
  const [item] = await trayItems(mine.database);
  expect(item).toMatchObject({ body: { text: '甲写的' }, current: { body: { text: '乙又写的' } } });
  if (item !== undefined) await keepMine(item, mine);
  await runSync(true, mine);
  expect([...server.rows.values()].map(({ body }) => body?.text)).toEqual(['甲写的']);
});

test.each([
  ['withheld from the start', 'parked'],
  ['written as any other', 'plain'],
])('a line %s on a device that does not sign is changed by nobody who saw an older one', async (_, how) => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch, { signs: false });
  await addEntries([meeting], how === 'parked' ? hold : null, context);
  const old = await only(context);
  await changeMembers(old, { text: '新的话' }, context);
  const stale = { code: 'VERSION_STALE' };
  await expect(changeEntry(old, { text: '按旧的改' }, context)).rejects.toMatchObject(stale);
  await expect(withhold(old, hold, context)).rejects.toMatchObject(stale);
  await expect(removeWritten(old, context)).rejects.toMatchObject(stale);
  if (how === 'parked') await expect(release(old, context)).rejects.toMatchObject(stale);
  const { body, held } = await only(context);
  expect(held?.prose.text ?? body.text).toBe('新的话');
});

test.each([
  ['the signing device', true],
  ['a device that only writes', false],
])(
  'a line withheld on %s while an image of another travels is not in the batch, nor is its image',
  async (_, signs) => {
    const server = new ServerDouble();
    const first = { ...image, sha256: 'a'.repeat(64) };
    const own = { ...image, sha256: 'b'.repeat(64) };
    const sent: string[] = [];
    let seen: Awaited<ReturnType<typeof only>> | undefined;
    const { context } = await openProfile(
      async (address, init) => {
        if (!address.includes('/blobs/')) return server.fetch(address, init);
        sent.push(address);
        if (seen !== undefined) await withhold(seen, hold, context).catch(refusedOnly);
        seen = undefined;
        return new Response(null, { status: 204 });
      },
      { signs },
    );
    for (const each of [first, own])
      await context.database.images.add({ ...each, bytes: new Uint8Array(1), sent: false, addedAt: 0 });
    const before = { ...meeting, start: `${day}T07:30`, end: `${day}T08:00`, images: [{ ...first, alt: '甲' }] };
    await addEntries([before, { ...meeting, text: secret, images: [{ ...own, alt: '乙' }] }], null, context);
    [, seen] = await entriesOn(context.database, day);
    await runSync(true, context);
    const [, line] = await entriesOn(context.database, day);
    const isWithheld = line?.held != null;
    // What may have left the device of one that only writes is not withheld there.
    expect(isWithheld).toBe(signs);
    expect(server.heard.join('\n').includes(secret)).toBe(!isWithheld);
    expect(sent.some((address) => address.includes(own.sha256))).toBe(!isWithheld);
  },
);

const image = { type: 'image/png' as const, width: 1, height: 1 };

function refusedOnly(error: unknown): void {
  if (!(error instanceof Refusal) || error.code !== 'NOT_ALLOWED') throw error;
}

test('what a later version knows of an entry stays here with its prose, and comes back with it', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  const { database } = context;
  await addEntries([meeting], null, context);
  await runSync(true, context);
  await database.rows.toCollection().modify((row) => {
    if (row.body !== null) Object.assign(row.body, { feeling: secret });
  });
  const heard = server.heard.length;
  await withhold(await only(context), hold, context);
  await runSync(true, context);
  expect(server.heard.slice(heard).join('\n')).not.toContain(secret);
  expect((await only(context)).body).not.toHaveProperty('feeling');
  await release(await only(context), context);
  expect((await only(context)).body).toMatchObject({ text: meeting.text, feeling: secret });
});

test.each([
  ['made public', async (mine: Context) => release(await only(mine), mine)],
  ['deleted', async (mine: Context) => removeWritten(await only(mine), mine)],
  ['entered', async () => undefined],
])(
  'a withheld line that was changed where it waits is not lost when it was %s on the signing device',
  async (_, act) => {
    const server = new ServerDouble();
    const mine = (await openProfile(server.fetch)).context;
    const other = (await openProfile(server.fetch, { signs: false })).context;
    await addEntries([{ ...meeting, text: secret }], hold, other);
    await moved(other, mine);
    await runSync(true, mine);
    await act(mine);
    await changeMembers(await only(other), { text: '又想了想的话' }, other);
    await runSync(true, mine);
    await runSync(true, other);
    const [item] = await trayItems(other.database);
    expect(item).toMatchObject({ reason: 'CONFLICT', held: { prose: { text: '又想了想的话' } } });
    if (item !== undefined) await keepMine(item, other);
    expect((await only(other)).held).toMatchObject({ parked: { text: '又想了想的话' } });
    await runSync(true, other);
    for (const expected of [1, 0]) expect(await moved(other, mine)).toMatchObject({ tray: expected });
    const [refused] = await trayItems(mine.database);
    if (refused !== undefined) await keepMine(refused, mine);
    await runSync(true, mine);
    expect(await only(mine)).toMatchObject({ body: { hold }, held: { prose: { text: '又想了想的话' }, parked: null } });
    expect(server.heard.join('\n')).not.toContain('又想了想');
    await runSync(true, other);
    expect((await only(other)).held).toMatchObject({ prose: { text: '又想了想的话' }, parked: null });
  },
);

test('a text withheld in a reopened week is not sent again with the seal of before when the server was restored', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  const restoreEmpty = server.backup();
  await addEntries([{ ...meeting, text: secret }], null, context);
  await signSeal(await composeSeal('2026-W47', context), context);
  await context.database.weeks.update('2026-W47', { open: true });
  await withhold(await only(context), hold, context);
  await runSync(true, context);
  const heard = server.heard.length;
  restoreEmpty();
  for (let run = 0; run < 3; run += 1) await runSync(true, context);
  const later = server.heard.slice(heard).flatMap((line) => [line, ...disclosedIn(line)]);
  expect(later.some((line) => line.includes('/seals {'))).toBe(true);
  expect(later.join('\n')).not.toContain(secret);
});

test('a text withheld while its week is being signed is not in the seal', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([{ ...meeting, text: secret }], null, context);
  const draft = await composeSeal('2026-W47', context);
  const seen = await only(context);
  const marked: Promise<void>[] = [];
  const random = (length: number) => {
    if (marked.length === 0) marked.push(withhold(seen, hold, context));
    return context.random(length);
  };
  await expect(signSeal(draft, { ...context, random })).rejects.toMatchObject({ code: 'SEAL_STALE' });
  await Promise.all(marked);
  await runSync(true, context);
  const sealed = server.heard.filter((line) => line.includes('/seals {')).flatMap(disclosedIn);
  expect(sealed.join('\n')).not.toContain(secret);
  expect((await only(context)).held?.prose).toMatchObject({ text: secret });
});

/** What the disclosures of a request say in the clear. */
function disclosedIn(line: string): readonly string[] {
  return [...line.matchAll(/"([\w-]{40,})"/g)].map(([, each]) => Buffer.from(each ?? '', 'base64url').toString('utf8'));
}

test('what was written over another device’s words since a week was reopened is offered when the freeze sets it back', async () => {
  const server = new ServerDouble();
  const mine = (await openProfile(server.fetch)).context;
  const other = (await openProfile(server.fetch)).context;
  await addEntries([meeting], null, other);
  await runSync(true, other);
  await runSync(true, mine);
  const [sealed] = server.rows.values();
  await changeMembers(await only(mine), { text: '封存后改的' }, mine);
  await runSync(true, mine);
  server.seq += 1;
  if (sealed !== undefined) server.rows.set(sealed.id, { ...sealed, seq: server.seq });
  await runSync(true, mine);
  expect((await only(mine)).body.text).toBe(meeting.text);
  expect(await trayItems(mine.database)).toMatchObject([{ reason: 'SEALED', body: { text: '封存后改的' } }]);
  await runSync(true, other);
  expect(await trayItems(other.database)).toEqual([]);
});

/** Carries a backup from one device to another. */
async function moved(from: Context, to: Context) {
  const work = { progress: () => undefined, signal: new AbortController().signal };
  const drafts = { all: async () => new Map<string, string>(), read: async () => null, keep: async () => undefined };
  const passphrase = '四个 词的 通关 口令';
  const read = await readBackup(await makeBackup(passphrase, work, from, drafts), passphrase, work);
  if (!read.ok) throw new Error(read.problem);
  const preview = await previewRestore(read.value, to);
  await restoreBackup(read.value, work, to, drafts);
  return preview;
}
