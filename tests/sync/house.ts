/** The real server of the model on an SQLite in memory, and what a test may do to it from outside: back up, restore, freeze, look. */
import { type KyselyPlugin, sql } from 'kysely';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/port.ts';
import { freezeWeek } from '../../server/records/freeze-week.ts';
import { setAwaited } from '../../server/records/relog.ts';
import { issuer, openServer, type TestServer } from '../fixtures/app.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];
/** Every row of every table. */
export type Backup = ReadonlyMap<string, Rows>;

export interface House {
  readonly server: TestServer;
  readonly database: Database;
  /** Asks as a device does, by whole address. */
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  readonly backup: () => Promise<Backup>;
  /** Puts every table back. `anew`: as an operator restores, in a new epoch; `carried`: with the leaves that the log has had since, as they come
   *  out of a copy of the public tree. */
  readonly restore: (backup: Backup, anew: boolean, carried?: boolean) => Promise<void>;
  /** Logs no list: shuts the week as the list's transaction does. */
  readonly freeze: (week: string) => Promise<void>;
  /** Plugin of a variant: rewrites what the server's queries give. None in the product's own runs. */
  plugin: KyselyPlugin | null;
}

const plenty = { count: 1_000_000_000, seconds: 3600 };

/** Opens it at 2026-11-20T08:00Z, a Friday of week 2026-W47. */
export async function openHouse(folder: string): Promise<House> {
  const own = await openDatabase(':memory:');
  const house: { plugin: KyselyPlugin | null } = { plugin: null };
  const database: Database = {
    ...own,
    get db() {
      return house.plugin === null ? own.db : own.db.withPlugin(house.plugin);
    },
    transaction: (act) => own.transaction((trx) => act(house.plugin === null ? trx : trx.withPlugin(house.plugin))),
  };
  const more = { limits: { push: plenty, token: plenty, invitation: plenty } };
  const server = await openServer({ database, address: ':memory:', folder }, { more });
  const names = await tablesOf(own);
  let epoch = 1;
  return Object.assign(house, {
    server,
    database: own,
    fetch: async (address: string, init: RequestInit) => server.send(address.slice(issuer.length), init),
    backup: async () => {
      const kept = new Map<string, Rows>();
      for (const name of names)
        kept.set(name, (await sql<Rows[number]>`select * from ${sql.table(name)}`.execute(own.db)).rows);
      return kept;
    },
    restore: async (backup: Backup, anew: boolean, carried = false) => {
      epoch = anew ? epoch + 1 : 1;
      const size = backup.get('log_leaf')?.length ?? 0;
      await putBack(own, carried ? new Map([...backup].filter(([name]) => !name.startsWith('log_'))) : backup);
      if (carried) await awaitSeals(own, size);
      await own.db.updateTable('server_value').set({ value: epoch }).where('name', '=', 'epoch').execute();
    },
    freeze: async (week: string) => {
      await database.transaction((trx) => freezeWeek(trx, week, `d-${week.toLowerCase()}`, ['u01']));
    },
  });
}

/** What a restore does to the weeks of seals whose leaves came back. */
async function awaitSeals(database: Database, from: number): Promise<void> {
  await database.transaction(async (trx) => {
    const leaves = await trx.selectFrom('log_leaf').select('jws').where('idx', '>=', from).execute();
    await setAwaited(
      trx,
      leaves.map(({ jws }) => jws),
      1,
    );
  });
}

async function tablesOf({ db }: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`.execute(db);
  return rows.map(({ name }) => name);
}

/** The log's triggers let nobody change it; an operator who restores replaces the whole file, and with it what they would guard. Tables
 *  that read as in the backup stay as they are. */
async function putBack({ db }: Database, backup: Backup): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`pragma defer_foreign_keys = on`.execute(trx);
    for (const [name, rows] of backup) {
      const now = await sql<Rows[number]>`select * from ${sql.table(name)}`.execute(trx);
      if (JSON.stringify(now.rows) === JSON.stringify(rows)) continue;
      const { rows: triggers } = await sql<{ name: string; sql: string }>`
        select name, sql from sqlite_master where type = 'trigger' and tbl_name = ${name}`.execute(trx);
      for (const trigger of triggers) await sql`drop trigger ${sql.id(trigger.name)}`.execute(trx);
      await sql`delete from ${sql.table(name)}`.execute(trx);
      for (const row of rows) {
        const columns = Object.keys(row).map((column) => sql.id(column));
        const values = Object.values(row).map((value) => sql`${value}`);
        await sql`insert into ${sql.table(name)} (${sql.join(columns)}) values (${sql.join(values)})`.execute(trx);
      }
      for (const trigger of triggers) await sql.raw(trigger.sql).execute(trx);
    }
  });
}
