import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import type { Db } from '../../server/database/port.ts';
import { eachDatabase } from '../fixtures/databases.ts';

const tables = async (db: Db): Promise<void> => {
  await sql`create table parent (id integer primary key)`.execute(db);
  await sql`create table child (parent integer references parent (id) deferrable initially deferred)`.execute(db);
};
const write = (trx: Db, id: number) => sql`insert into parent (id) values (${id})`.execute(trx);
/** Only the commit finds out that there is no such parent. */
const writeOrphan = (trx: Db) => sql`insert into child (parent) values (404)`.execute(trx);
const written = async (db: Db): Promise<number[]> =>
  (await sql<{ id: number }>`select id from parent order by id`.execute(db)).rows.map(({ id }) => id);

eachDatabase((name, open) => {
  test('of transactions that come together one that throws is undone alone', async () => {
    const { database } = await open();
    await tables(database.db);
    const ended = await Promise.allSettled(
      Array.from({ length: 150 }, (_, n) =>
        database.transaction(async (trx) => {
          await write(trx, n);
          if (n % 3 === 0) throw new Error(`refused ${n}`);
          return n;
        }),
      ),
    );
    for (const [n, { status, ...how }] of ended.entries())
      expect([status, Object.values(how).map(String)]).toEqual(
        n % 3 === 0 ? ['rejected', [`Error: refused ${n}`]] : ['fulfilled', [String(n)]],
      );
    expect(await written(database.db)).toEqual(Array.from({ length: 150 }, (_, n) => n).filter((n) => n % 3 !== 0));
  });

  test('nobody hears that it is done before it can be read by another process', async () => {
    const { database, address } = await open();
    await tables(database.db);
    const other = await openDatabase(address);
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        await database.transaction((trx) => write(trx, n));
        expect(await written(other.db)).toContain(n);
      }),
    );
    await other.close();
  });

  test('a transaction that begins while others end is not forgotten', async () => {
    const { database } = await open();
    await tables(database.db);
    const follow = async (n: number): Promise<void> => {
      await database.transaction((trx) => write(trx, n));
      if (n < 900) await follow(n + 100);
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => follow(n)));
    expect(await written(database.db)).toHaveLength(200);
  });

  if (name === 'SQLite')
    test('where the disk does not take them all of them hear it, the refused ones too, and nothing is kept', async () => {
      const { database } = await open();
      await tables(database.db);
      const refused = async (trx: Db): Promise<never> => {
        await write(trx, 2);
        throw new Error('DONE_BEFORE, as the first one says');
      };
      const ended = await Promise.allSettled([
        database.transaction((trx) => write(trx, 1)),
        database.transaction(writeOrphan),
        database.transaction(refused),
      ]);
      expect(ended.map((each) => each.status === 'rejected' && String(each.reason))).toEqual(
        Array(3).fill('Error: FOREIGN KEY constraint failed'),
      );
      expect(await written(database.db)).toEqual([]);
      await database.transaction((trx) => write(trx, 3));
      expect(await written(database.db)).toEqual([3]);
    });
});
