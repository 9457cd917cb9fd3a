/** A server lost after its last backup, restored, and found by the devices that wrote meanwhile: the extension's own commands and sync. */
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { signRule } from '../../extension/commands/draws.ts';
import { addEntries, changeMembers } from '../../extension/commands/journal.ts';
import { logSigner } from '../../extension/device/key.ts';
import { call } from '../../extension/remote/client.ts';
import { progressOf } from '../../extension/store/database.ts';
import { entriesOn, saveState, trayItems } from '../../extension/store/queries.ts';
import { seeHead } from '../../extension/sync/log.ts';
import { runSync } from '../../extension/sync/run.ts';
import { carryForward } from '../../server/backup/forward.ts';
import { keyHashes, readBackupRecord } from '../../server/backup/record.ts';
import { restoreBackup } from '../../server/backup/restore.ts';
import { readSeen } from '../../server/backup/seen.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { runJobs } from '../../server/jobs.ts';
import { newestHead } from '../../server/log/prove.ts';
import { organiserOf } from '../../server/organisation/read.ts';
import { folderSource } from '../../server/public/source.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { postRecord } from '../../shared/api/draws.ts';
import { parseVkey } from '../../shared/proof/checkpoint.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import { issuer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { dump } from '../fixtures/dump.ts';
import { worldOf } from '../fixtures/people.ts';
import { enrolStaff, entryOf, lastWeek, sealItems, showWeek } from '../fixtures/showing.ts';
import { hasTrace } from '../fixtures/traces.ts';
import { day, House, newFolder, passphrase, rowsOf, sealWeek, textsOn, week, written } from './lost-house.ts';

/** What a reader is shown and who vouched for it; notes are signed anew, with another signature under the same head. */
const Bundle = v.object({
  diary: v.string(),
  lock: v.object({ size: v.number(), root: v.string(), acks: v.array(v.string()) }),
});
/** An offer of an item to readers, waiting for its reviewer. */
const offered = {
  seal_hash: 'A'.repeat(43),
  item: 1,
  ground: 'privacy',
  basis: '第十五条',
  why: '当事人同意',
  author: 'p-before',
  offered_at: 1,
  encoded: 'b2ZmZXJlZA',
  images: '[]',
  state: 'offered',
};
const hours = (date: string) => ({ start: `${date}T09:00`, end: `${date}T10:00` });
const rule = {
  roll: [{ unit: 'u01', stratum: 'a' }],
  strata: [{ id: 'a', seats: 1 }],
  window: 0,
  min_acks: 1,
  close: 720,
  zone: 'Asia/Shanghai',
  sources: [{ kind: 'stage' as const, name: 'hall' }],
};

eachDatabase((kind, open) => {
  test('what was written and sealed after the backup is there again, once, under the same log', async () => {
    const house = await House.open(await open());
    const organiser = await house.organiser();
    const leader = await house.leader(organiser, 'u01');
    await addEntries([written('写在备份之前', 8)], null, leader.context);
    await runSync(true, leader.context);
    await house.backup();
    const [first] = await entriesOn(leader.context.database, day);
    if (first === undefined) throw new Error('no entry');
    await changeMembers(first, { text: '备份之后改过' }, leader.context);
    await addEntries([written('写在备份之后', 10)], null, leader.context);
    await runSync(true, leader.context);
    await signRule(rule, organiser.context);
    await sealWeek(leader);
    expect(await seeHead(leader.context)).toMatchObject({ ok: true });
    const before = await rowsOf(house.server);
    const head = await newestHead(house.server.context.database.db);
    const tree = await house.copy();

    const restored = await house.restore([tree], kind);
    expect(restored).toMatchObject({ leaves: 2, missing: 0, keys: 2 });
    expect(await newestHead(house.server.context.database.db)).toMatchObject({ size: head?.size, root: head?.root });
    await runSync(true, leader.context);

    const after = await rowsOf(house.server);
    expect(after).toEqual(before);
    expect(await textsOn(leader)).toEqual(['写在备份之后', '备份之后改过']);
    expect(await trayItems(leader.context.database)).toEqual([]);
    expect(await saveState(leader.context.database)).toMatchObject({ waiting: 0, progress: { state: 'idle' } });
    expect(await leader.context.database.seals.toArray()).toMatchObject([{ state: 'logged', refusal: null }]);
    const { database, config } = house.server.context;
    expect(await readBackupRecord(database.db)).toMatchObject({ logSize: 2, keys: keyHashes(config.dataFolder) });
    // The log goes on from where the world saw it, which the device proves for itself.
    await signRule({ ...rule, window: 1 }, organiser.context);
    expect(await seeHead(leader.context)).toMatchObject({ ok: true, value: { size: (head?.size ?? 0) + 1 } });
    expect(await progressOf(leader.context.database)).toMatchObject({ logProblem: null });
    expect(house.server.reported).toEqual([]);
  });

  test('a seal after the backup comes back without the item of a hold that its device has not heard of', async () => {
    const house = await House.open(await open());
    const leader = await house.leader(await house.organiser(), 'u01');
    await house.backup();
    await addEntries([written('留下的', 8), written('后来不公开的', 10)], null, leader.context);
    await runSync(true, leader.context);
    await sealWeek(leader);
    const signer = await logSigner('leader', leader.context);
    const [copy] = await leader.context.database.seals.toArray();
    if (signer === null || copy === undefined) throw new Error('nothing is sealed');
    const hold = { seal: copy.seal, item: 1, ground: 'privacy', basis: '第十五条' } as const;
    const signed = { iss: signer.actor, iat: Math.floor(house.server.clock.ms / 1000), ...hold };
    await call(postRecord, { body: { jws: await signRecord('wd-hold+jwt', signed, signer) } }, leader.context);
    const before = await rowsOf(house.server);
    const tree = await house.copy();
    expect(await house.restore([tree], kind)).toMatchObject({ missing: 0 });
    for (const _ of [1, 2, 3]) await runSync(true, leader.context);
    expect(await rowsOf(house.server)).toEqual(before);
    expect(hasTrace(Buffer.from(await dump(house.server.context.database)), '后来不公开的')).toBe(false);
    expect(await leader.context.database.seals.toArray()).toMatchObject([{ state: 'logged', refusal: null }]);
    expect(await saveState(leader.context.database)).toMatchObject({ waiting: 0, tray: 0 });
  });

  // What it tries is the same code on both; the other tests have the databases.
  test.runIf(kind === 'SQLite')(
    'a log that is shorter than the world saw it signs nothing until its leaves are back; drafts travel meanwhile',
    async () => {
      const house = await House.open(await open());
      const leader = await house.leader(await house.organiser(), 'u01');
      await addEntries([written('已封存', 8)], null, leader.context);
      await runSync(true, leader.context);
      await house.backup();
      await sealWeek(leader);
      const tree = await house.copy();
      const { log } = house.server.context;
      const other = join(newFolder(), 'other');
      writeFileSync(other, await log.sign({ size: 2, root: `${'A'.repeat(43)}=` }));
      await expect(house.restore([other], kind)).rejects.toMatchObject({ code: 'SEEN_OTHER' });

      const inUse = newFolder();
      writeFileSync(join(inUse, 'sundial.sqlite'), 'of somebody else');
      const environment = { SUNDIAL_DATA: inUse, SUNDIAL_ISSUER: issuer };
      const given = { file: house.file, passphrase, environment, seen: [], now: house.server.clock.ms };
      await expect(restoreBackup(given)).rejects.toMatchObject({ code: 'FOLDER_FULL' });
      expect(readFileSync(join(inUse, 'sundial.sqlite'), 'utf8')).toBe('of somebody else');
      await expectOnlyItsOwn(given);

      expect(await house.restore([join(tree, 'checkpoint')], kind)).toMatchObject({ leaves: 0, missing: 1 });
      await addEntries(
        [{ ...written('上周补记', 9), day: '2026-11-10', ...hours('2026-11-10') }],
        null,
        leader.context,
      );
      await runSync(true, leader.context);
      expect((await rowsOf(house.server)).entries).toHaveLength(2);
      expect((await rowsOf(house.server)).seals).toEqual([]);
      expect((await house.server.send('/public/checkpoint')).status).toBe(503);
      expect(await leader.context.database.seals.toArray()).toMatchObject([{ state: 'signed' }]);

      const { context } = house.server;
      const vkeys = [await parseVkey(context.log.vkey)].flatMap((key) => key ?? []);
      const seen = await readSeen(tree, context.config.origin, vkeys);
      const carried = await context.database.transaction((trx) => carryForward(trx, context, seen, tree));
      expect(carried).toEqual({ leaves: 1, missing: 0 });
      await runSync(true, leader.context);
      expect((await rowsOf(house.server)).seals).toMatchObject([{ idx: 2, week }]);
      expect(await leader.context.database.seals.toArray()).toMatchObject([{ state: 'logged', refusal: null }]);
      expect(await seeHead(leader.context)).toMatchObject({ ok: true, value: { size: 3 } });
      expect(await saveState(leader.context.database)).toMatchObject({ waiting: 0, progress: { state: 'idle' } });
    },
  );

  test('a draw after the backup is published again as it was, and what was withheld since is gone again', async () => {
    const house = await House.open(await open());
    const { clock, context } = house.server;
    const { link } = await firstInvitation(context);
    const staff = await enrolStaff(worldOf(house.server), link, ['u01', 'u02'], ['reviewer']);
    const shownWeek = lastWeek(clock.ms);
    for (const [unit, leader] of staff.leaders)
      await sealItems(leader, shownWeek, [
        [entryOf(shownWeek, 0, 9, `${unit} 例会`)],
        [entryOf(shownWeek, 1, 9, `${unit} 后来不公开的`)],
      ]);
    await context.database.db.insertInto('item_release').values(offered).execute();
    await house.backup();
    const { draw, drawn } = await showWeek(staff, shownWeek, {
      seats: 1,
      soon: () => Math.floor(clock.ms / 1000) + 3600,
      until: async (seconds) => {
        clock.ms = seconds * 1000;
      },
    });
    const unit = drawn[0] ?? '';
    const seal = await context.database.db
      .selectFrom('seal')
      .selectAll()
      .where('unit', '=', unit)
      .executeTakeFirstOrThrow();
    await staff.officials
      .get('reviewer')
      ?.record('wd-hold+jwt', 'reviewer', { seal: seal.seal_hash, item: 1, ground: 'privacy', basis: '第十五条' });
    const tree = await house.copy();
    const bundle = readFileSync(join(tree, 'draw', draw, `${unit}.json`), 'utf8');

    expect(await house.restore([tree], kind)).toMatchObject({ missing: 0 });
    await runJobs(house.server.context);
    const again = await house.copy();
    const pins = { vkey: context.log.vkey, organiser: (await organiserOf(context.database.db)) ?? '' };
    const report = await verifyTree(folderSource(again), { pins, seen: () => undefined, progress: () => undefined });
    expect(report).toMatchObject({ failures: [], diaries: 1, draws: 1 });
    const parsed = (text: string): unknown => v.parse(v.pipe(v.string(), v.parseJson(), Bundle), text);
    expect(parsed(readFileSync(join(again, 'draw', draw, `${unit}.json`), 'utf8'))).toEqual(parsed(bundle));
    const { entries } = await rowsOf(house.server);
    expect(JSON.stringify(entries)).toContain(`${unit} 例会`);
    expect(JSON.stringify(entries)).not.toContain(`${unit} 后来不公开的`);
    // Its author may have taken it back since.
    const offers = house.server.context.database.db.selectFrom('item_release').selectAll();
    expect(await offers.execute()).toMatchObject([{ state: 'withdrawn', encoded: null, decided_by: null }]);
  });
});

/** A database outside of the data folder: what a killed restore left there is thrown away, and a write-ahead log that another database left is not
 *  played into the new one. */
async function expectOnlyItsOwn(given: Parameters<typeof restoreBackup>[0]): Promise<void> {
  const address = join(newFolder(), '日晷 库.sqlite');
  const environment = { ...given.environment, SUNDIAL_DATA: join(newFolder(), '数据 夹'), DATABASE_URL: address };
  writeFileSync(`${address}-wal`, 'of another database');
  await expect(restoreBackup({ ...given, environment })).rejects.toMatchObject({
    code: 'DATABASE_FULL',
    at: `${address}-wal`,
  });
  rmSync(`${address}-wal`);
  const left = new DatabaseSync(`${address}.restoring`);
  left.exec('create table kysely_migration (name text)');
  left.close();
  // Two at once: one works, and the other does not take its working folder away.
  const both = await Promise.allSettled([0, 1].map(() => restoreBackup({ ...given, environment })));
  expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'RUNNING' } }]);
  expect(readdirSync(dirname(address))).toEqual(['日晷 库.sqlite']);
  expect(readdirSync(environment.SUNDIAL_DATA).filter((name) => name.startsWith('.'))).toEqual([]);
}
