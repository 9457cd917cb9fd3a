/** Backup and restore over the real store: nothing doubled, nothing overwritten, nothing lost. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { type Drafts, makeBackup, type Work } from '../../extension/commands/backup.ts';
import { addImage, describeImage } from '../../extension/commands/images.ts';
import { addEntries, changeMembers, removeWritten, setReview, setTitle } from '../../extension/commands/journal.ts';
import { previewRestore, readBackup, restoreBackup } from '../../extension/commands/restore.ts';
import { release, withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { backupState } from '../../extension/store/backup-state.ts';
import { changeProfile } from '../../extension/store/database.ts';
import { entriesOn, saveState, trayItems, writtenIn } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { openProfile } from '../extension/profile-double.ts';
import { refusable } from '../extension/refusable.ts';
import { ServerDouble } from '../extension/server-double.ts';
import { pngOfShade } from '../images/pictures.ts';

const day = '2026-11-20';
const week = '2026-W47';
const passphrase = '四个 词的 通关 口令';
const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };
const entry = (hour: number, text: string) => ({
  day,
  start: `${day}T${String(hour).padStart(2, '0')}:00`,
  end: `${day}T${String(hour).padStart(2, '0')}:45`,
  text,
});

const work: Work = { progress: () => undefined, signal: new AbortController().signal };

/** Drafts in memory. */
function draftsOf(texts: Record<string, string> = {}): Drafts & { readonly texts: Map<string, string> } {
  const kept = new Map(Object.entries(texts));
  return {
    texts: kept,
    all: async () => kept,
    read: async (surface) => kept.get(surface) ?? null,
    keep: async (surface, text) => void kept.set(surface, text),
  };
}

const alone = async (): Promise<Context> => {
  const { context } = await openProfile(async () => Promise.reject(new TypeError('no network')), { enrolled: false });
  return context;
};

/** What a preview says where the backup has nothing more to give. */
const nothing = { back: 0, tray: 0, held: 0, apart: 0, images: 0, drafts: 0, otherDrafts: 0 };

async function restored(file: Blob, context: Context, drafts = draftsOf()) {
  const read = await readBackup(file, passphrase, work);
  if (!read.ok) throw new Error(read.problem);
  const preview = await previewRestore(read.value, context, drafts);
  await restoreBackup(read.value, work, context, drafts);
  return preview;
}

/** Everything that a person wrote, without the numbers of this device. */
async function everything({ database }: Context) {
  const rows = (await database.rows.toArray()).map(({ epoch: _, ...row }) => row);
  const personal = (await database.personal.toArray()).filter(({ id }) => id !== 'backup' && id !== 'restored');
  return {
    rows,
    personal,
    waiting: (await database.outbox.toArray()).map(({ sent: _, ...op }) => op),
    log: await database.log.toArray(),
    tray: await database.tray.toArray(),
    held: await database.held.toArray(),
    nonces: await database.nonces.toArray(),
    seals: await database.seals.toArray(),
    templates: await database.templates.toArray(),
    threads: await database.threadNames.toArray(),
    images: (await database.images.toArray()).map(({ sent: _, ...image }) => image),
  };
}

const texts = async (context: Context) =>
  (await writtenIn(context.database, week)).map(({ body, held }) => body.text ?? held?.prose.text).sort();

/** A device with something of every kind: delivered, waiting, withheld, refused, named, drawn. */
async function full(server = new ServerDouble()) {
  const { context, network } = await openProfile(server.fetch);
  const { database } = context;
  await addEntries([entry(8, '送达的'), entry(9, '送达后改的')], null, context);
  await addEntries([entry(10, '不能出去的话')], hold, context);
  await setTitle(week, '有“风”度', '', context);
  await runSync(true, context);
  network.on = false;
  const [, second] = await entriesOn(database, day);
  if (second === undefined) throw new Error('no entry');
  await changeMembers(second, { text: '改了还没送' }, context);
  await addEntries([entry(11, '还没送的')], null, context);
  await setReview(week, null, '本周复盘', '', context);
  const [first] = await entriesOn(database, day);
  if (first === undefined) throw new Error('no entry');
  const bytes = pngOfShade(3);
  const name = hex(await sha256(bytes));
  await addImage(
    first.id,
    { sha256: name, type: 'image/png', width: 2, height: 2, bytes, sent: false, addedAt: 5 },
    context,
  );
  await database.tray.add({
    id: first.id,
    body: { ...first.body, text: '没送进去的' },
    reason: 'CONFLICT',
    field: null,
    detail: null,
    current: null,
    at: 7,
  });
  await database.templates.add({ id: 't', line: '8:30-9:30 班子例会', weekdays: [1], usedAt: 3 });
  await database.personal.put({ id: 'focusedTarget', value: 30 });
  await database.personal.put({ id: 'personCheck', value: { kind: 'pin', hash: 'never in a backup' } });
  return { server, context, network, name };
}

test('on an empty device everything is there again as it was, own ops under their own names', async () => {
  const { context } = await full();
  const drafts = draftsOf({ 'popup:line': '写了一半\ud83d' });
  const file = await makeBackup(passphrase, work, context, drafts);
  const empty = await alone();
  const back = draftsOf();
  await restored(file, empty, back);
  const before = await everything(context);
  const personal = before.personal.filter(({ id }) => id !== 'personCheck');
  expect(await everything(empty)).toEqual({ ...before, personal });
  expect(await texts(empty)).toEqual(await texts(context));
  expect(back.texts).toEqual(drafts.texts);
});

test('a backup holds no key, no token and not how the device asks for its person', async () => {
  const { context } = await full();
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const read = await readBackup(file, passphrase, work);
  if (!read.ok) throw new Error(read.problem);
  const lines: string[] = [];
  for await (const line of read.value.file.lines()) lines.push(line);
  const text = lines.join('\n');
  expect(text).not.toMatch(/privateKey|never in a backup|"token"/);
  expect(new Set(lines.map((line) => JSON.parse(line).kind))).not.toContain('key');
  expect(text).toContain('不能出去的话');
});

test('restoring twice changes nothing more, on an empty device and on the one it was made on', async () => {
  const { context } = await full();
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const empty = await alone();
  for (const device of [empty, context]) {
    await restored(file, device);
    const once = await everything(device);
    expect(await restored(file, device)).toMatchObject(nothing);
    expect(await everything(device)).toEqual(once);
  }
});

test('a restored device delivers what the lost one had not, and nothing twice', async () => {
  const { server, context } = await full();
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const { context: next } = await openProfile(server.fetch);
  await restored(file, next);
  await next.database.tray.clear();
  await runSync(true, next);
  expect(await saveState(next.database)).toMatchObject({ waiting: 0, tray: 0 });
  const live = [...server.rows.values()].flatMap(({ body, del }) => (del ? [] : [body?.text ?? body?.hold?.ground]));
  expect(live.sort()).toEqual(['送达的', '改了还没送', '还没送的', '有“风”度', '本周复盘', 'privacy'].sort());
  expect(server.heard.join('\n')).not.toContain('不能出去');
});

test('on a device that works on, what is newer here stays, and an unsent text of the backup goes to the tray once', async () => {
  const { server, context, network } = await full();
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const { context: other } = await openProfile(server.fetch);
  await runSync(true, other);
  await addEntries([entry(15, '另一台写的')], null, other);
  const second = (await entriesOn(other.database, day))[1];
  if (second === undefined) throw new Error('no entry');
  await changeMembers(second, { text: '另一台改的' }, other);
  await runSync(true, other);
  expect(await restored(file, other)).toMatchObject({ tray: 2, held: 1 });
  expect(await texts(other)).toContain('另一台改的');
  expect((await trayItems(other.database)).map(({ body }) => body?.text).sort()).toEqual(['改了还没送', '没送进去的']);
  await other.database.tray.clear();
  expect(await restored(file, other)).toMatchObject({ back: 0, tray: 0 });
  expect(await trayItems(other.database)).toEqual([]);
  await runSync(true, other);
  expect(await texts(other)).toContain('还没送的');
  network.on = true;
  await runSync(true, context);
  const live = [...server.rows.values()].filter(({ del }) => !del);
  expect(new Set(live.map(({ body }) => body?.text)).size).toBe(live.length);
});

test('an entry that was deleted since, and one that was withheld since, stay so', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([entry(8, '后来删的'), entry(9, '后来暂不公开的')], null, context);
  await runSync(true, context);
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const [first, second] = await entriesOn(context.database, day);
  if (first === undefined || second === undefined) throw new Error('no entries');
  await removeWritten(first, context);
  await withhold(second, hold, context);
  await runSync(true, context);
  expect(await restored(file, context)).toEqual({
    entries: 2,
    known: 2,
    back: 0,
    tray: 0,
    held: 0,
    apart: 0,
    images: 0,
    drafts: 0,
    otherDrafts: 0,
    otherPerson: false,
  });
  await runSync(true, context);
  expect(server.stored()).not.toContain('后来删的"');
  expect((await entriesOn(context.database, day)).map(({ body }) => body.hold?.ground)).toEqual(['privacy']);
});

test('a line withheld on a writing device moves to the signing device by the file', async () => {
  const server = new ServerDouble();
  const { context: writing } = await openProfile(server.fetch, { signs: false });
  await addEntries([entry(8, '只在本机的话')], hold, writing);
  const file = await makeBackup(passphrase, work, writing, draftsOf());
  const { context: signing } = await openProfile(server.fetch);
  await runSync(true, signing);
  await restored(file, signing);
  await runSync(true, signing);
  const [row] = [...server.rows.values()];
  const [item] = await signing.database.held.toArray();
  expect(row?.body).toMatchObject({ hold, digest: item?.digest });
  expect(item).toMatchObject({ parked: null, prose: { text: '只在本机的话' } });
  expect(server.heard.join('\n')).not.toContain('只在本机');
  await runSync(true, writing);
  expect((await entriesOn(writing.database, day)).map(({ delivered, held }) => [delivered, held?.prose.text])).toEqual([
    [true, '只在本机的话'],
  ]);
  expect(await restored(file, signing)).toMatchObject({ back: 0, held: 0, tray: 0 });
});

test('a text that was made public after the backup is public on the restored device', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([entry(8, '先不公开的')], hold, context);
  await runSync(true, context);
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const [item] = await entriesOn(context.database, day);
  if (item === undefined) throw new Error('no entry');
  await release(item, context);
  await runSync(true, context);
  const { context: next } = await openProfile(server.fetch);
  await restored(file, next);
  expect((await entriesOn(next.database, day)).map(({ held }) => held?.prose.text)).toEqual(['先不公开的']);
  await runSync(true, next);
  const shown = await entriesOn(next.database, day);
  expect(shown.map(({ body, held }) => [body.text, held])).toEqual([['先不公开的', null]]);
});

test('what a restored server no longer has comes back as the author’s own entry', async () => {
  const server = new ServerDouble();
  const restore = server.backup();
  const { context } = await openProfile(server.fetch);
  await addEntries([entry(8, '只在备份里')], null, context);
  await runSync(true, context);
  const file = await makeBackup(passphrase, work, context, draftsOf());
  restore();
  const { context: other } = await openProfile(server.fetch);
  await runSync(true, other);
  expect(await restored(file, other)).toMatchObject({ back: 1 });
  await runSync(true, other);
  expect([...server.rows.values()].map(({ body }) => body?.text)).toEqual(['只在备份里']);
});

test('a wrong passphrase and another person’s backup change nothing', async () => {
  const { context } = await full();
  await changeProfile(context.database, { person: { id: 'p1', name: '甲' } });
  const file = await makeBackup(passphrase, work, context, draftsOf());
  expect(await readBackup(file, `${passphrase}。`, work)).toEqual({ ok: false, problem: 'PASSPHRASE' });
  const other = await alone();
  await changeProfile(other.database, { person: { id: 'p2', name: '乙' } });
  await expect(restored(file, other)).rejects.toMatchObject({ code: 'NOT_ALLOWED', facts: { reason: 'OTHER_PERSON' } });
  expect(await other.database.rows.count()).toBe(0);
  await expect(makeBackup('short', work, context, draftsOf())).rejects.toMatchObject({ facts: { reason: 'SHORT' } });
});

test('the reminder counts withheld texts that no backup has', async () => {
  const context = await alone();
  expect(await backupState(context.database)).toEqual({ at: null, unsaved: 0 });
  await addEntries([entry(8, '一')], hold, context);
  expect((await backupState(context.database)).unsaved).toBe(1);
  await makeBackup(passphrase, work, { ...context, now: () => 1234 }, draftsOf());
  expect(await backupState(context.database)).toEqual({ at: 1234, unsaved: 0 });
  await addEntries([entry(9, '二')], hold, context);
  expect((await backupState(context.database)).unsaved).toBe(1);
});

test('an image that waits for its words waits on the restored device too', async () => {
  const { context, name } = await full();
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const empty = await alone();
  await restored(file, empty);
  const [first] = await entriesOn(empty.database, day);
  if (first === undefined) throw new Error('no entry');
  await describeImage(first.id, name, '便桥', '', empty);
  expect((await entriesOn(empty.database, day))[0]?.body.images).toMatchObject([{ sha256: name, alt: '便桥' }]);
});

test('a backup of three thousand entries reports how far it is and can be stopped', async () => {
  const context = await alone();
  const many = Array.from({ length: 3000 }, (_, n) => entry(8 + (n % 10), `第${n}条`));
  await addEntries(many, null, context);
  const stop = new AbortController();
  const stopping = { progress: () => stop.abort(), signal: stop.signal };
  await expect(makeBackup(passphrase, stopping, context, draftsOf())).rejects.toThrow();
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const empty = await alone();
  const shares: number[] = [];
  const read = await readBackup(file, passphrase, work);
  if (!read.ok) throw new Error(read.problem);
  await restoreBackup(read.value, { ...work, progress: (share) => shares.push(share) }, empty, draftsOf());
  expect(await texts(empty)).toEqual(await texts(context));
  expect(shares.length).toBeGreaterThanOrEqual(6);
});

test('a computer that got everything from the server still lacks what only the backup has, and is told so', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([entry(8, '送达的')], null, context);
  await runSync(true, context);
  await context.database.templates.add({ id: 't', line: '8:30-9:30 班子例会', weekdays: [1], usedAt: 3 });
  await context.database.personal.put({ id: 'focusedTarget', value: 30 });
  await context.database.nonces.add({ week, nonce: 'A'.repeat(22) });
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const { context: next } = await openProfile(server.fetch);
  await runSync(true, next);
  expect(await restored(file, next)).toEqual({ ...nothing, entries: 1, known: 1, apart: 3, otherPerson: false });
  expect(await next.database.templates.count()).toBe(1);
  expect(await restored(file, next)).toMatchObject(nothing);
});

test('where the disk fills up at any write, what is left to do is told, and once more brings back all of it, once', async () => {
  const { context } = await full();
  const drafts = { 'popup:line': '写了一半' };
  const file = await makeBackup(passphrase, work, context, draftsOf(drafts));
  const read = await readBackup(file, passphrase, work);
  if (!read.ok) throw new Error(read.problem);
  const undisturbed = await alone();
  await restoreBackup(read.value, work, undisturbed, draftsOf());
  const wanted = await everything(undisturbed);
  for (let failed = 0; ; failed += 1) {
    const device = await alone();
    const back = draftsOf();
    const writes = refusable(device);
    writes.refuseAfter(failed);
    const [outcome] = await Promise.allSettled([restoreBackup(read.value, work, device, back)]);
    writes.refuseAfter(Number.POSITIVE_INFINITY);
    if (outcome?.status === 'fulfilled') return expect(failed).toBeGreaterThan(8);
    const left = await previewRestore(read.value, device, back);
    expect(Object.entries(nothing).some(([name]) => Reflect.get(left, name) > 0)).toBe(true);
    await restoreBackup(read.value, work, device, back);
    expect(await everything(device)).toEqual(wanted);
    expect(await previewRestore(read.value, device, back)).toMatchObject(nothing);
    expect(failed).toBeLessThan(60);
  }
});

test('a backup of a device that was only restored stays that of its person', async () => {
  const { context } = await full();
  await changeProfile(context.database, { person: { id: 'p1', name: '甲' } });
  const first = await makeBackup(passphrase, work, context, draftsOf());
  const between = await alone();
  await restored(first, between);
  const second = await makeBackup(passphrase, work, between, draftsOf());
  const other = await alone();
  await changeProfile(other.database, { person: { id: 'p2', name: '乙' } });
  await expect(restored(second, other)).rejects.toMatchObject({ facts: { reason: 'OTHER_PERSON' } });
});

test('on another server, where the same person has another id, their own backup comes back', async () => {
  const { context } = await full();
  const person = { id: 'p1', name: '张 三' };
  await changeProfile(context.database, { person, writer: person });
  const file = await makeBackup(passphrase, work, context, draftsOf());
  const next = await alone();
  await changeProfile(next.database, { person: { id: 'p9', name: '张三' } });
  expect(await restored(file, next)).toMatchObject({ otherPerson: false });
  expect(await next.database.held.count()).toBe(1);
});

test('a draft where something else is being written here is named, and comes back once that is empty', async () => {
  const file = await makeBackup(
    passphrase,
    work,
    await alone(),
    draftsOf({ 'popup:line': '备份里的', week: '同样的' }),
  );
  const device = await alone();
  const here = draftsOf({ 'popup:line': '正在写的', week: '同样的' });
  expect(await restored(file, device, here)).toMatchObject({ drafts: 0, otherDrafts: 1 });
  expect(here.texts.get('popup:line')).toBe('正在写的');
  here.texts.delete('popup:line');
  expect(await restored(file, device, here)).toMatchObject({ drafts: 1, otherDrafts: 0 });
  expect(here.texts.get('popup:line')).toBe('备份里的');
});

test('a file that goes away while it is read is told as one, also in the midst of restoring', async () => {
  const { context } = await full();
  const file = await makeBackup(passphrase, work, context, draftsOf());
  let isThere = true;
  // What a browser does once the stick was pulled.
  const onStick = new Proxy(file, {
    get: (blob, name) =>
      name === 'slice'
        ? (from: number, to: number) =>
            isThere
              ? blob.slice(from, to)
              : { arrayBuffer: async () => Promise.reject(new DOMException('gone', 'NotReadableError')) }
        : Reflect.get(blob, name),
  });
  const gone = { code: 'FIELD_INVALID', facts: { reason: 'FILE_GONE' } };
  const read = await readBackup(onStick, passphrase, work);
  if (!read.ok) throw new Error(read.problem);
  isThere = false;
  await expect(readBackup(onStick, passphrase, work)).rejects.toMatchObject(gone);
  const device = await alone();
  await expect(restoreBackup(read.value, work, device, draftsOf())).rejects.toMatchObject(gone);
  isThere = true;
  await restoreBackup(read.value, work, device, draftsOf());
  expect(await texts(device)).toEqual(await texts(context));
  expect(await device.database.images.count()).toBe(1);
});
