import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { endsGroup } from '../../server/database/grouped.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database, Db } from '../../server/database/port.ts';
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

/** What each database says of a child without its parent. */
const orphaned = {
  SQLite: 'Error: FOREIGN KEY constraint failed',
  PostgreSQL: 'error: insert or update on table "child" violates foreign key constraint "child_parent_fkey"',
};
const kinds = ['transaction', 'grouped'] as const;

eachDatabase((name, open) => {
  test.each(kinds)('of those that come together one that throws is undone alone: %s', async (kind) => {
    const { database } = await open();
    await tables(database.db);
    const ended = await Promise.allSettled(
      Array.from({ length: 150 }, (_, n) =>
        database[kind](async (trx) => {
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

  test.each(kinds)('nobody hears that it is done before it can be read by another process: %s', async (kind) => {
    const { database, address } = await open();
    await tables(database.db);
    const other = await openDatabase(address);
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        await database[kind]((trx) => write(trx, n));
        expect(await written(other.db)).toContain(n);
      }),
    );
    await other.close();
  });

  test.each(kinds)('one that begins while others end is not forgotten: %s', async (kind) => {
    const { database } = await open();
    await tables(database.db);
    const follow = async (n: number): Promise<void> => {
      await database[kind]((trx) => write(trx, n));
      if (n < 900) await follow(n + 100);
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => follow(n)));
    expect(await written(database.db)).toHaveLength(200);
  });

  test('where the disk does not take them all of them hear it, the refused ones too, and nothing is kept', async () => {
    const { database } = await open();
    await tables(database.db);
    const refused = async (trx: Db): Promise<never> => {
      await write(trx, 2);
      throw new Error('DONE_BEFORE, as the first one says');
    };
    const ended = await Promise.allSettled([
      database.grouped((trx) => write(trx, 1)),
      database.grouped(writeOrphan),
      database.grouped(refused),
    ]);
    expect(ended.map((each) => each.status === 'rejected' && String(each.reason))).toEqual(
      Array(3).fill(orphaned[name]),
    );
    expect(await written(database.db)).toEqual([]);
    await database.grouped((trx) => write(trx, 3));
    expect(await written(database.db)).toEqual([3]);
  });

  // As it does by itself where the disk is full or fails; https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
  test.runIf(name === 'SQLite').each(kinds)(
    'where SQLite has undone a transaction by itself the error that made it so is heard, and the next one goes well: %s',
    async (kind) => {
      const { database } = await open();
      await tables(database.db);
      const again = (trx: Db) => sql`insert or rollback into parent (id) values (1)`.execute(trx);
      await database[kind](again);
      const ended = await Promise.allSettled([database[kind](again), database[kind]((trx) => again(trx))]);
      expect(ended.map((each) => each.status === 'rejected' && String(each.reason))).toEqual(
        Array(2).fill('Error: UNIQUE constraint failed: parent.id'),
      );
      await database[kind]((trx) => write(trx, 2));
      expect(await written(database.db)).toEqual([1, 2]);
    },
  );

  test('what locks as others do ends its group; the rest goes with the next', async () => {
    const { database, address } = await open();
    await tables(database.db);
    const other = await openDatabase(address);
    const seen = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        database.grouped(async (trx) => {
          if (n % 2 === 0) endsGroup(trx);
          await write(trx, n);
          return (await written(other.db)).length;
        }),
      ),
    );
    expect(seen).toEqual([0, 1, 1, 3, 3, 5]);
    expect(await written(other.db)).toEqual([0, 1, 2, 3, 4, 5]);
    await other.close();
  });

  test('two processes whose groups lock the same rows in different orders wait for one another in turn', async () => {
    const { database, address } = await open();
    await tables(database.db);
    await write(database.db, 0);
    await write(database.db, 1);
    const other = await openDatabase(address);
    const touch = (from: Database, id: number) =>
      from.grouped((trx) => sql`update parent set id = id where id = ${id}`.execute(trx));
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => touch(n % 2 === 0 ? database : other, (n % 2) ^ ((n >> 1) % 2))),
    );
    await other.close();
  });
});

eachDatabase((name, open) => {
  test.runIf(name === 'SQLite')('what was acknowledged is on the disk, and what was deleted is not', async () => {
    const { database } = await open();
    const told = async (pragma: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(pragma)}`.execute(database.db);
      return Object.values(rows[0] ?? {})[0];
    };
    // FULL: the journal is synced with each commit (sqlite.org/pragma.html#pragma_synchronous); NORMAL would lose the last on a power cut.
    expect([await told('journal_mode'), await told('synchronous')]).toEqual(['wal', 2]);
    expect([await told('secure_delete'), await told('foreign_keys')]).toEqual([1, 1]);
  });
});
