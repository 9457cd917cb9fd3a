/** Backup and restore over the real store: nothing doubled, nothing overwritten, nothing lost. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { makeBackup } from '../../extension/commands/backup.ts';
import { describeImage } from '../../extension/commands/images.ts';
import { addEntries, changeMembers, removeWritten } from '../../extension/commands/journal.ts';
import { readBackup, restoreBackup } from '../../extension/commands/restore.ts';
import { release, withhold } from '../../extension/commands/withhold.ts';
import { backupState } from '../../extension/store/backup-state.ts';
import { changeProfile } from '../../extension/store/database.ts';
import { entriesOn, saveState, trayItems } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { openProfile } from '../extension/profile-double.ts';
import { ServerDouble } from '../extension/server-double.ts';
import {
  alone,
  day,
  draftsOf,
  entry,
  everything,
  full,
  hold,
  nothing,
  passphrase,
  restored,
  texts,
  work,
} from './devices.ts';

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
