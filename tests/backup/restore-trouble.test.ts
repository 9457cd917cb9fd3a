/** A restore that meets something: it is told, nothing is lost, and once more brings back the rest. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { makeBackup } from '../../extension/commands/backup.ts';
import { addEntries } from '../../extension/commands/journal.ts';
import { previewRestore, readBackup, restoreBackup } from '../../extension/commands/restore.ts';
import { changeProfile } from '../../extension/store/database.ts';
import { runSync } from '../../extension/sync/run.ts';
import { openProfile } from '../extension/profile-double.ts';
import { refusable } from '../extension/refusable.ts';
import { ServerDouble } from '../extension/server-double.ts';
import {
  alone,
  draftsOf,
  entry,
  everything,
  full,
  nothing,
  passphrase,
  restored,
  texts,
  week,
  work,
} from './devices.ts';

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
