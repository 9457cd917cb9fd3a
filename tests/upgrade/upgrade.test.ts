/** A newer program on an older database, and an older program on a newer one; both databases, real older tables. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { takeAlone } from '../../server/alone.ts';
import { configFrom } from '../../server/config.ts';
import { copiesOf, forgetCopies } from '../../server/database/copies.ts';
import { migrations } from '../../server/database/migrations.ts';
import { openDatabase, servedLock } from '../../server/database/open.ts';
import type { Db } from '../../server/database/port.ts';
import type { Upgraded } from '../../server/database/upgrade.ts';
import { sundial } from '../fixtures/served.ts';
import { hadBy, newest, olderDatabase, withHandle } from './older.ts';

const older = '0008-sign-in';
const all = Object.keys(migrations).sort();
const settings = { name: { zh: '试验区', en: 'Test Area' }, origin: 'diary.example/log1' };
const opener = join(import.meta.dirname, '..', '..', 'server', 'database', 'open.ts');
const ends: (() => void)[] = [];
afterAll(() => {
  for (const end of ends) end();
});

const made = async (name: 'SQLite' | 'PostgreSQL', migration = older) => {
  const database = await olderDatabase(name, migration);
  ends.push(database.close);
  return database;
};

/** What the command line needs beside the database; the language of the sentences is Chinese. */
function environmentOf(folder: string, address: string): Readonly<Record<string, string>> {
  writeFileSync(join(folder, 'sundial.config.json'), JSON.stringify(settings));
  return { SUNDIAL_DATA: folder, DATABASE_URL: address, LC_ALL: 'zh_CN.UTF-8', PORT: '0' };
}

describe.each(['SQLite', 'PostgreSQL'] as const)('%s', (name) => {
  test('an upgrade keeps every leaf, head and audit row, and is told once', async () => {
    const { address } = await made(name);
    const told: Upgraded[] = [];
    const opening = { migrate: true, told: (done: Upgraded) => told.push(done) };
    await (await openDatabase(address, opening)).close();
    expect(await hadBy(address)).toEqual(all);
    expect(told).toMatchObject([{ from: older, to: newest, leaves: 3, audited: 3 }]);
    await (await openDatabase(address, opening)).close();
    expect(told).toHaveLength(1);
    const notes = await withHandle(address, (db) => db.selectFrom('log_head').select('note').orderBy('size').execute());
    expect(notes.map(({ note }) => note)).toEqual(['note 0', 'note 1', 'note 2']);
  });

  test('three processes that begin at once upgrade it once, and the copy is from before', async () => {
    const { address } = await made(name);
    const script = `(await (await import(${JSON.stringify(opener)})).openDatabase(${JSON.stringify(address)}, { migrate: true })).close()`;
    const begun = Array.from({ length: 3 }, () => spawn(process.execPath, ['--input-type=module', '-e', script]));
    expect(await Promise.all(begun.map(async (child) => (await once(child, 'close'))[0]))).toEqual([0, 0, 0]);
    expect(await hadBy(address)).toEqual(all);
    for (const { path } of copiesOf(address)) expect(await hadBy(path)).not.toEqual(all);
  });

  test('an upgrade that breaks off leaves the older tables as they were', async () => {
    const { address } = await made(name);
    // A table of a later migration is in the way: the migrations before it ran well, and must be taken back too.
    await withHandle(address, (db) => sql`create table notice_mail (x text)`.execute(db));
    await expect(openDatabase(address, { migrate: true })).rejects.toMatchObject({
      problem: { code: 'UPGRADE_FAILED', at: older },
    });
    expect(await hadBy(address)).toEqual(all.filter((migration) => migration <= older));
    await withHandle(address, (db) => sql`drop table notice_mail`.execute(db));
    await (await openDatabase(address, { migrate: true })).close();
    expect(await hadBy(address)).toEqual(all);
  });

  test('an upgrade after which an audit row is missing is taken back, and the start says so', async () => {
    const { address, folder } = await made(name);
    await withHandle(address, (db) => loseAuditRow(db, name));
    const { code, output } = await sundial(environmentOf(folder, address), ['upgrade', '--without-backup']);
    const copy = name === 'SQLite' ? `；另有升级前的副本：${copiesOf(address)[0]?.path}` : '';
    expect({ code, output: output.split('\n').at(-2) }).toEqual({
      code: 2,
      output: `sundial: 从 ${older} 升级后检查不符（audit），已全部撤回，数据仍是升级前的样子${copy}。请换回旧版程序，并把这句话告诉开发者。`,
    });
    expect(await hadBy(address)).toEqual(all.filter((migration) => migration <= older));
    const audited = await withHandle(address, (db) =>
      db.selectFrom('audit').select('subject').orderBy('subject').execute(),
    );
    expect(audited.map(({ subject }) => subject)).toEqual(['s0', 's1', 's2']);
    if (name === 'SQLite')
      expect(await hadBy(copiesOf(address)[0]?.path ?? '')).toEqual(all.filter((migration) => migration <= older));
  });

  test('a program older than the database does not begin, and names both versions', async () => {
    const { address, folder } = await made(name, newest);
    await withHandle(address, (db) =>
      sql`insert into kysely_migration (name, timestamp) values ('9001-future', '2030-01-01T00:00:00.000Z')`.execute(
        db,
      ),
    );
    const zh = environmentOf(folder, address);
    expect(await sundial(zh, ['serve'])).toEqual({
      code: 2,
      output: `sundial: 数据库是更新的版本（9001-future），本程序只到 ${newest}，不能降级运行。请换回新版程序，或恢复升级前的备份。\n`,
    });
  });
});

test('SQLite keeps the last three copies from before, for the server’s user alone, and they open as they were', async () => {
  const { address } = await made('SQLite');
  writeFileSync(`${address}.before-0001-foundation.1700000000001`, 'oldest');
  writeFileSync(`${address}.before-0001-foundation.1700000000002`, 'older');
  writeFileSync(`${address}.before-0001-foundation.1700000000003`, 'old');
  await (await openDatabase(address)).close();
  const [copy, ...others] = copiesOf(address);
  expect(others.map(({ at }) => at)).toEqual([1_700_000_000_003, 1_700_000_000_002]);
  expect(statSync(copy?.path ?? '').mode & 0o777).toBe(0o600);
  expect(await hadBy(copy?.path ?? '')).toEqual(all.filter((migration) => migration <= older));
  expect(forgetCopies(address, 1_700_000_000_003)).toBe(1);
  expect(forgetCopies(address, Date.now() + 1000)).toBe(2);
});

test('an embedded database is upgraded by the start itself, which says so in one line', async () => {
  const { address, folder } = await made('SQLite');
  const environment = environmentOf(folder, address);
  const { code, output } = await sundial(environment, ['notices']);
  const copy = copiesOf(address)[0]?.path;
  expect({ code, output }).toEqual({
    code: 0,
    output: `sundial: 数据库已从 ${older} 升级到 ${newest}，检查无误：日志3条、审计3条都在；升级前的副本：${copy}。\n没有设置邮件和回调（SUNDIAL_SMTP_URL、webhooks）。\n`,
  });
  expect(
    readFileSync(copy ?? '')
      .subarray(0, 15)
      .toString(),
  ).toBe('SQLite format 3');
});

test('no command of a newer program upgrades an embedded database below a server that runs on it', async () => {
  const { address, folder } = await made('SQLite');
  const release = takeAlone(servedLock(address));
  expect(await sundial(environmentOf(folder, address), ['notices'])).toEqual({
    code: 2,
    output: expect.stringContaining(`另一个 sundial serve 正在 ${address} 上运行`),
  });
  expect(await hadBy(address)).toEqual(all.filter((migration) => migration <= older));
  release?.();
});

test('PostgreSQL is upgraded only on purpose: after a backup of the last day, or without one when that is said', async () => {
  const { address, folder } = await made('PostgreSQL');
  const environment = environmentOf(folder, address);
  expect(await sundial(environment, ['serve'])).toEqual({
    code: 2,
    output: `sundial: 数据库还在 ${older}，本程序需要 ${newest}。请停掉所有服务进程，做好备份（sundial backup），再运行 sundial upgrade。\n`,
  });
  const stamp = (hours: number) =>
    withHandle(address, (db) =>
      sql`insert into server_value (name, value) values ('backup', ${Math.floor(Date.now() / 1000) - hours * 3600})
        on conflict (name) do update set value = excluded.value`.execute(db),
    );
  // The second was dated by a clock that was a month ahead.
  for (const hours of [25, -24 * 30]) {
    await stamp(hours);
    expect(await sundial(environment, ['upgrade'])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/不在这24小时之内/),
    });
  }
  await stamp(1);
  expect(await sundial(environment, ['upgrade'])).toMatchObject({
    code: 0,
    output: expect.stringMatching(/日志3条、审计3条都在。/),
  });
  expect(await hadBy(address)).toEqual(all);
});

test('SUNDIAL_MIGRATE lets a start upgrade PostgreSQL, or forbids it for a file', () => {
  const migrateOf = (value: string) => configFrom(settings, { SUNDIAL_MIGRATE: value }).migrate;
  expect([migrateOf('1'), migrateOf('0'), configFrom(settings).migrate]).toEqual([true, false, undefined]);
  expect(() => migrateOf('yes')).toThrow('SUNDIAL_MIGRATE: 0_OR_1');
});

/** From now on a migration that is noted takes an audit row with it, as one would that makes the table anew and copies too little. */
async function loseAuditRow(db: Db, name: 'SQLite' | 'PostgreSQL'): Promise<void> {
  const lose = sql`delete from audit where subject = 's1';`;
  if (name === 'SQLite') {
    await sql`drop trigger audit_no_delete`.execute(db);
    await sql`create trigger lose after insert on kysely_migration begin ${lose} end`.execute(db);
    return;
  }
  await sql`drop trigger audit_append_only on audit`.execute(db);
  await sql`create function lose() returns trigger language plpgsql as $$ begin ${lose} return new; end $$`.execute(db);
  await sql`create trigger lose after insert on kysely_migration for each row execute function lose()`.execute(db);
}
