/** A week that was sealed after the backup: once its signing device has met the restored server the texts that it sealed are there again, whatever
 *  its author had withheld, changed or written on another device, and whatever was withheld since. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { addImage, describeImage } from '../../extension/commands/images.ts';
import { importEntries } from '../../extension/commands/import.ts';
import { addEntries, changeMembers, removeWritten } from '../../extension/commands/journal.ts';
import { composeSeal, reopenWeek, signSeal } from '../../extension/commands/seals.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import { logSigner } from '../../extension/device/key.ts';
import { call } from '../../extension/remote/client.ts';
import { entriesOn, saveState, trayItems } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { freezeWeek } from '../../server/records/freeze-week.ts';
import { postRecord } from '../../shared/api/draws.ts';
import { hex, textFromB64u } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import { hold } from '../extension/one-entry.ts';
import type { ProfileDouble } from '../extension/profile-double.ts';
import type { TestServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { dump } from '../fixtures/dump.ts';
import { hasTrace } from '../fixtures/traces.ts';
import { pngOfShade } from '../images/pictures.ts';
import { day, House, sealWeek, textsOn, week, written } from './lost-house.ts';

/** What the seal that counts discloses, cover left out; null of what is withheld. */
async function sealedTexts({ context: { database } }: TestServer) {
  const { db } = database;
  const { sealed_seal_hash } = await db
    .selectFrom('week_state')
    .select('sealed_seal_hash')
    .where('week', '=', week)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('disclosure')
    .select('encoded')
    .where('seal_hash', '=', sealed_seal_hash)
    .where('item', '>=', 0)
    .orderBy('item')
    .execute();
  return rows.map(({ encoded }) => (encoded === null ? null : JSON.parse(textFromB64u(encoded) ?? '')[2].text));
}

async function entryAt({ context }: ProfileDouble, n: number) {
  const entry = (await entriesOn(context.database, day))[n];
  if (entry === undefined) throw new Error('no entry');
  return entry;
}

/** A reviewer's word, here said by the leader's own key: an item of the newest seal is withheld. */
async function holdItem({ context }: ProfileDouble, house: House, item: number): Promise<void> {
  const signer = await logSigner('leader', context);
  const copy = (await context.database.seals.toArray()).at(-1);
  if (signer === null || copy === undefined) throw new Error('nothing is sealed');
  const iat = Math.floor(house.server.clock.ms / 1000);
  const said = { iss: signer.actor, iat, seal: copy.seal, item, ground: 'privacy', basis: '第十五条' } as const;
  await call(postRecord, { body: { jws: await signRecord('wd-hold+jwt', said, signer) } }, context);
}

/** Nothing waits, nothing was refused, no question is asked. */
async function expectPeace({ context }: ProfileDouble): Promise<void> {
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0, progress: { state: 'idle' } });
  const seals = await context.database.seals.toArray();
  expect(seals.map(({ state, refusal }) => [state, refusal])).toEqual(seals.map(() => ['logged', null]));
}

eachDatabase((kind, open) => {
  // What differs between the databases is in one of each.
  const once = test.runIf(kind === 'SQLite');
  const some = <T>(all: readonly T[]) => (kind === 'SQLite' ? all : all.slice(0, 1));

  once('with a line that was saved first and withheld then', async () => {
    const house = await House.open(await open());
    const leader = await house.leader(await house.organiser(), 'u01');
    await house.backup();
    await addEntries([written('公开的', 8), written('先保存后不公开的', 10)], null, leader.context);
    await runSync(true, leader.context);
    await withhold(await entryAt(leader, 1), hold, leader.context);
    await runSync(true, leader.context);
    await sealWeek(leader);
    expect(await sealedTexts(house.server)).toEqual(['公开的', null]);
    await house.restore([await house.copy()], kind);
    for (const _ of [1, 2]) await runSync(true, leader.context);
    expect(await sealedTexts(house.server)).toEqual(['公开的', null]);
    await expectPeace(leader);
    expect(hasTrace(Buffer.from(await dump(house.server.context.database)), '先保存后不公开的')).toBe(false);
  });

  once.each(['before the entry', 'before the seal', 'before the hold'])(
    'with an item that was withheld since, which the device has heard of; backup %s',
    async (when) => {
      const house = await House.open(await open());
      const leader = await house.leader(await house.organiser(), 'u01');
      if (when === 'before the entry') await house.backup();
      await addEntries([written('公开的', 8), written('封存后不公开的', 10)], null, leader.context);
      await runSync(true, leader.context);
      if (when === 'before the seal') await house.backup();
      await sealWeek(leader);
      if (when === 'before the hold') await house.backup();
      await holdItem(leader, house, 1);
      await runSync(true, leader.context);
      expect(await textsOn(leader)).toEqual(['', '公开的']);
      await house.restore([await house.copy()], kind);
      for (const _ of [1, 2]) await runSync(true, leader.context);
      expect(await sealedTexts(house.server)).toEqual(['公开的', null]);
      await expectPeace(leader);
      expect(hasTrace(Buffer.from(await dump(house.server.context.database)), '封存后不公开的')).toBe(false);
    },
  );

  test.each(some(['mine', 'other']))(
    'with lines of another device, changed on the one that signs; %s comes first',
    async (first) => {
      const house = await House.open(await open());
      const organiser = await house.organiser();
      const mine = await house.leader(organiser, 'u01');
      const other = await house.leader(organiser, 'u01', false);
      await addEntries([written('备份里有的', 7)], null, other.context);
      await runSync(true, other.context);
      await house.backup();
      await addEntries([written('另一台写的', 8), written('要改的', 10), written('要藏的', 12)], null, other.context);
      await runSync(true, other.context);
      await runSync(true, mine.context);
      await changeMembers(await entryAt(mine, 0), { text: '备份里有的改过' }, mine.context);
      await changeMembers(await entryAt(mine, 2), { text: '改过的' }, mine.context);
      await withhold(await entryAt(mine, 3), hold, mine.context);
      await sealWeek(mine);
      await runSync(true, other.context);
      const sealed = ['备份里有的改过', '另一台写的', '改过的', null];
      expect(await sealedTexts(house.server)).toEqual(sealed);
      await house.restore([await house.copy()], kind);
      const order = first === 'mine' ? [mine, other, mine, other] : [other, mine, other, mine];
      for (const { context } of order) await runSync(true, context);
      expect(await sealedTexts(house.server)).toEqual(sealed);
      for (const device of [mine, other]) await expectPeace(device);
      expect(await textsOn(other)).toEqual(await textsOn(mine));
      expect(hasTrace(Buffer.from(await dump(house.server.context.database)), '要藏的')).toBe(false);
    },
  );

  once(
    'with lines of a device that never comes: another one that comes first asks nothing once they are there',
    async () => {
      const house = await House.open(await open());
      const organiser = await house.organiser();
      const mine = await house.leader(organiser, 'u01');
      const other = await house.leader(organiser, 'u01', false);
      const lost = await house.leader(organiser, 'u01', false);
      await house.backup();
      const imported = { entry: written('导入的', 8), source: { kind: 'ics' as const, key: 'k' }, filed: null };
      await importEntries([imported], lost.context);
      await addEntries([written('签名设备写的', 10)], null, mine.context);
      for (const { context } of [lost, mine]) await runSync(true, context);
      await sealWeek(mine);
      await runSync(true, other.context);
      await house.restore([await house.copy()], kind);
      await runSync(true, other.context);
      expect(await saveState(other.context.database)).toMatchObject({ tray: 2 });
      for (const { context } of [mine, other]) await runSync(true, context);
      expect(await sealedTexts(house.server)).toEqual(['导入的', '签名设备写的']);
      for (const device of [mine, other]) await expectPeace(device);
    },
  );

  once('with an image of another device: it is there again once that device has come', async () => {
    const house = await House.open(await open());
    const organiser = await house.organiser();
    const mine = await house.leader(organiser, 'u01');
    const other = await house.leader(organiser, 'u01', false);
    await house.backup();
    await addEntries([written('有照片的', 8)], null, other.context);
    const bytes = pngOfShade(7);
    const name = hex(await sha256(bytes));
    const { id } = await entryAt(other, 0);
    const image = { sha256: name, type: 'image/png' as const, width: 2, height: 2, bytes, sent: false, addedAt: 0 };
    await addImage(id, image, other.context);
    await describeImage(id, name, '便桥', '', other.context);
    await runSync(true, other.context);
    await runSync(true, mine.context);
    await sealWeek(mine);
    await runSync(true, other.context);
    await house.restore([await house.copy()], kind);
    await runSync(true, mine.context);
    expect(await sealedTexts(house.server)).toEqual(['有照片的']);
    const blobs = () => house.server.context.database.db.selectFrom('blob').select('sha256').execute();
    expect(await blobs()).toEqual([]);
    await runSync(true, other.context);
    expect(await blobs()).toEqual([{ sha256: name }]);
    for (const device of [mine, other]) await expectPeace(device);
  });

  once('twice: the newer seal counts, and a line that was deleted between them does not come back', async () => {
    const house = await House.open(await open());
    const organiser = await house.organiser();
    const mine = await house.leader(organiser, 'u01');
    const other = await house.leader(organiser, 'u01', false);
    await house.backup();
    await addEntries([written('留下的', 8), written('后来删掉的', 10)], null, other.context);
    await runSync(true, other.context);
    await sealWeek(mine);
    await reopenWeek(week, mine.context);
    await removeWritten(await entryAt(mine, 1), mine.context);
    await sealWeek(mine);
    await runSync(true, other.context);
    expect(await sealedTexts(house.server)).toEqual(['留下的']);
    await house.restore([await house.copy()], kind);
    for (const { context } of [mine, other, mine, other]) await runSync(true, context);
    expect(await sealedTexts(house.server)).toEqual(['留下的']);
    expect(await textsOn(mine)).toEqual(['留下的']);
    expect(hasTrace(Buffer.from(await dump(house.server.context.database)), '后来删掉的')).toBe(false);
    for (const device of [mine, other]) await expectPeace(device);
  });

  test.each(some([true, false]))(
    'that was reopened since and changed: the last seal goes on counting, and the next one is its successor; frozen meanwhile: %s',
    async (isFrozen) => {
      const house = await House.open(await open());
      const leader = await house.leader(await house.organiser(), 'u01');
      await house.backup();
      await addEntries([written('第一稿', 8)], null, leader.context);
      await runSync(true, leader.context);
      await sealWeek(leader);
      await reopenWeek(week, leader.context);
      await changeMembers(await entryAt(leader, 0), { text: '第二稿' }, leader.context);
      await runSync(true, leader.context);
      await house.restore([await house.copy()], kind);
      if (isFrozen) await house.server.context.database.transaction((trx) => freezeWeek(trx, week, 'd-1', ['u01']));
      for (const _ of [1, 2]) await runSync(true, leader.context);
      expect(await sealedTexts(house.server)).toEqual(['第一稿']);
      if (isFrozen) {
        expect(await textsOn(leader)).toEqual(['第一稿']);
        expect(await trayItems(leader.context.database)).toMatchObject([
          { reason: 'SEALED', body: { text: '第二稿' } },
        ]);
        return;
      }
      expect(await textsOn(leader)).toEqual(['第二稿']);
      await expectPeace(leader);
      await sealWeek(leader);
      expect(await sealedTexts(house.server)).toEqual(['第二稿']);
      expect(await leader.context.database.seals.toCollection().sortBy('rev')).toMatchObject([{ rev: 1 }, { rev: 2 }]);
    },
  );

  once('beside others that are refused', async () => {
    const house = await House.open(await open());
    const leader = await house.leader(await house.organiser(), 'u01');
    const { context } = leader;
    await house.backup();
    const before = ['2026-11-03', '2026-11-10'];
    const early = before.map((date) => ({ day: date, start: `${date}T08:00`, end: `${date}T09:00`, text: '以前的' }));
    await addEntries([written('这一周的', 8), ...early], null, context);
    await runSync(true, context);
    for (const earlier of ['2026-W45', '2026-W46']) {
      const { seal } = await signSeal(await composeSeal(earlier, context), context);
      // What a bad disk did to the copy.
      await context.database.seals.update(seal, { items: [] });
    }
    await sealWeek(leader);
    await house.restore([await house.copy()], kind);
    await runSync(true, context);
    expect(await sealedTexts(house.server)).toEqual(['这一周的']);
    expect(await saveState(context.database)).toMatchObject({ progress: { state: 'idle' } });
    const copies = await context.database.seals.orderBy('week').toArray();
    expect(copies.map(({ refusal }) => refusal)).toEqual(['RECORD_REFUSED', 'RECORD_REFUSED', null]);
  });

  once(
    'with an imported line: where it came from is there again once the device that imported it has come',
    async () => {
      const house = await House.open(await open());
      const organiser = await house.organiser();
      const mine = await house.leader(organiser, 'u01');
      const other = await house.leader(organiser, 'u01', false);
      await house.backup();
      const source = { kind: 'ics' as const, key: '例会@日历' };
      await importEntries([{ entry: written('导入的', 8), source, filed: null }], other.context);
      await runSync(true, other.context);
      await runSync(true, mine.context);
      await sealWeek(mine);
      await house.restore([await house.copy()], kind);
      const sources = async (device: ProfileDouble) =>
        (await entriesOn(device.context.database, day)).map(({ body }) => body.source);
      for (const _ of [1, 2]) await runSync(true, mine.context);
      expect(await sources(mine)).toEqual([undefined]);
      for (const { context } of [other, mine, other]) await runSync(true, context);
      for (const device of [mine, other]) {
        expect(await sources(device)).toEqual([source]);
        await expectPeace(device);
      }
      expect(await sealedTexts(house.server)).toEqual(['导入的']);
    },
  );

  once.each(['writer', 'signer'])(
    'twice, and a line that another device deleted between them, which never comes, does not come back; %s first',
    async (first) => {
      const house = await House.open(await open());
      const organiser = await house.organiser();
      const signer = await house.leader(organiser, 'u01');
      const writer = await house.leader(organiser, 'u01', false);
      const deleter = await house.leader(organiser, 'u01', false);
      await house.backup();
      await addEntries([written('留下的', 8), written('后来删掉的', 10)], null, writer.context);
      for (const { context } of [writer, signer]) await runSync(true, context);
      await sealWeek(signer);
      await reopenWeek(week, signer.context);
      await runSync(true, deleter.context);
      await removeWritten(await entryAt(deleter, 1), deleter.context);
      await runSync(true, deleter.context);
      await runSync(true, signer.context);
      await sealWeek(signer);
      await reopenWeek(week, signer.context);
      await changeMembers(await entryAt(signer, 0), { text: '又改过的' }, signer.context);
      for (const { context } of [signer, writer]) await runSync(true, context);
      await house.restore([await house.copy()], kind);
      const order = first === 'writer' ? [writer, signer, writer, signer] : [signer, writer, signer, writer];
      for (const { context } of order) await runSync(true, context);
      for (const device of [writer, signer]) {
        expect(await textsOn(device)).toEqual(['又改过的']);
        await expectPeace(device);
      }
      // And once it does come, it has nothing to ask either.
      for (const { context } of [deleter, writer, signer]) await runSync(true, context);
      for (const device of [deleter, writer, signer]) {
        expect(await textsOn(device)).toEqual(['又改过的']);
        await expectPeace(device);
      }
    },
  );
});
