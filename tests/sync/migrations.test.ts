/** A store that a released version left is opened by this one: everything is there and works, also where the upgrade was killed. */
import 'fake-indexeddb/auto';
import { IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { addEntries } from '../../extension/commands/journal.ts';
import { composeSeal } from '../../extension/commands/seals.ts';
import { deviceSigner, logSigner } from '../../extension/device/key.ts';
import { SundialDatabase } from '../../extension/store/database.ts';
import { entriesOn, saveState, standingOf, trayItems, writtenIn } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { openProfile } from '../extension/profile-double.ts';
import { ServerDouble } from '../extension/server-double.ts';
import { dumpOf, oldStore, releasedStores } from '../fixtures/old-store.ts';

const open = (indexedDB: IDBFactory) => new SundialDatabase('sundial', { indexedDB, IDBKeyRange });

for (const released of releasedStores)
  describe(`a store of ${released}`, () => {
    test('has every record that it had, and the tables of this version', async () => {
      const dump = dumpOf(released);
      const database = open(await oldStore(dump));
      for (const [name, records] of Object.entries(dump.tables)) {
        const now = await database.table(name).toArray();
        const bare = ({ privateKey: _, ...rest }: Readonly<Record<string, unknown>>) => rest;
        expect(now, name).toHaveLength(records.length);
        expect(now.map(bare), name).toEqual(expect.arrayContaining(records.map(bare)));
      }
      expect(await Promise.all(database.tables.map((table) => table.count()))).toHaveLength(database.tables.length);
    });

    test('shows what was written, waits, was refused, withheld and sealed', async () => {
      const database = open(await oldStore(dumpOf(released)));
      const texts = async (day: string) =>
        (await entriesOn(database, day)).map(({ body, held }) => body.text ?? held?.prose.text);
      expect(await texts('2026-11-10')).toEqual(['研究部署社会基层治理网格化管理工作']);
      expect(await texts('2026-11-12')).toEqual(['听取个案情况']);
      expect(await texts('2026-11-17')).toEqual(['另一台先改的']);
      expect(await texts('2026-11-18')).toEqual(['后来隐去的']);
      expect(await entriesOn(database, '2026-11-19')).toMatchObject([
        { delivered: false, body: { text: '还没送出的一条', result: '已办结' } },
      ]);
      expect((await trayItems(database)).map(({ body }) => body?.text)).toEqual(['这一台后改的']);
      expect(await saveState(database)).toMatchObject({ waiting: 3, tray: 1, enrolled: true });
      expect(await standingOf(database, '2026-W46')).toBe('sealed');
      expect((await writtenIn(database, '2026-W46')).map(({ body }) => body.kind).sort()).toEqual([
        'entry',
        'entry',
        'entry',
        'review',
        'title',
      ]);
    });

    test('delivers what waited, signs with its keys, and takes what is written next', async () => {
      const database = open(await oldStore(dumpOf(released)));
      const server = new ServerDouble();
      const context = { ...(await openProfile(server.fetch, { enrolled: false })).context, database };
      expect(await runSync(true, context)).toBe(true);
      expect(await saveState(database)).toMatchObject({ waiting: 0, progress: { state: 'idle' } });
      expect([...server.rows.values()].map(({ body }) => body?.text).sort()).toEqual(
        ['还没送出的一条', '另一条没送出的'].sort(),
      );
      for (const signer of [await deviceSigner(context), await logSigner('leader', context)])
        expect(await signer?.sign(new Uint8Array(1))).toHaveLength(64);
      const day = '2026-11-20';
      await addEntries([{ day, start: `${day}T14:00`, end: `${day}T15:00`, text: '新版本写的' }], null, context);
      const { counter } = (await saveState(database)).progress;
      expect(counter).toBe(Math.max(...(await database.log.toCollection().primaryKeys())));
      const { items } = await composeSeal('2026-W47', context);
      expect(items.filter(({ held }) => held).map(({ prose }) => prose.text)).toEqual(['后来隐去的']);
    });

    test('is whole after an upgrade that was killed, and the next one ends', async () => {
      const dump = dumpOf(released);
      const engine = await oldStore(dump);
      await expect(killedUpgrade(engine)).rejects.toThrow();
      const database = open(engine);
      expect(await database.outbox.toArray()).toEqual(dump.tables.outbox);
      expect(await saveState(database)).toMatchObject({ waiting: 3, tray: 1 });
      expect(await database.steps.count()).toBe(0);
    });
  });

/** Opens the store with the present version and takes the power away once the new tables were made. */
async function killedUpgrade(engine: IDBFactory): Promise<void> {
  const begin = engine.open.bind(engine);
  engine.open = (name, version) => {
    const request = begin(name, version);
    request.addEventListener('upgradeneeded', () => queueMicrotask(() => request.transaction?.abort()));
    return request;
  };
  try {
    await open(engine).open();
  } finally {
    engine.open = begin;
  }
}
