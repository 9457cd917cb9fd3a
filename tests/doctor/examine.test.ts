/** Real faults on a real house: what the doctor finds of them. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { keyHashes, writeBackupRecord } from '../../server/backup/record.ts';
import { start } from '../../server/commands/serve.ts';
import type { Config } from '../../server/config.ts';
import type { Db } from '../../server/database/port.ts';
import { examine, examineJobs } from '../../server/doctor/examine.ts';
import type { Finding } from '../../server/doctor/finding.ts';
import { certificateOf } from '../../server/doctor/probe.ts';
import { examineWidget } from '../../server/doctor/shown.ts';
import { addJobs } from '../../server/jobs/claim.ts';
import { allJobs } from '../../server/jobs.ts';
import { doctor as en } from '../../server/locales/en/doctor.ts';
import { setLogFloor } from '../../server/log/floor.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { must, openHouse } from '../draws/house.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';
import { freePort } from '../fixtures/served.ts';

/** The codes of what is not well. */
const troubles = async (config: Config, now: number, whole = false): Promise<readonly string[]> =>
  (await examine(config, { whole, now })).flatMap(({ level, code }) => (level === 'ok' ? [] : [code]));

/** What is so in every test here: nobody serves the address, and no job has run. */
const away = ['JOBS_NONE', 'CLOCK_ALONE', 'ADDRESS_AWAY'];

const isOfShown = ({ check }: Finding): boolean => check === 'shown';
const newest = (db: Db) => db.selectFrom('log_head').selectAll().orderBy('size', 'desc').executeTakeFirstOrThrow();

async function openSubject(opened: OpenedDatabase) {
  const house = await openHouse(opened);
  const { context } = house;
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const config: Config = { ...context.config, databaseAddress: opened.address, issuer };
  const now = house.now();
  await writeBackupRecord(context.database.db, { at: now, logSize: 1, keys: keyHashes(config.dataFolder) });
  return { house, config, now, db: context.database.db, keys: join(config.dataFolder, 'keys') };
}

eachDatabase((name, open) => {
  test(`a house in order on ${name} has nothing but that it is not served; its log holds from the first record`, async () => {
    const { config, now } = await openSubject(await open());
    expect(await troubles(config, now, true)).toEqual(away);
  });

  test(`a record that was altered on ${name} is found with the whole look, a missing one at once`, async () => {
    const { config, now, db } = await openSubject(await open());
    const lift = name === 'SQLite' ? null : sql`alter table log_leaf disable trigger all`;
    if (lift === null) {
      const { rows } = await sql<{
        name: string;
      }>`select name from sqlite_master where type = 'trigger' and tbl_name = 'log_leaf'`.execute(db);
      for (const row of rows) await sql`drop trigger ${sql.ref(row.name)}`.execute(db);
    } else await lift.execute(db);
    const { jws } = await db.selectFrom('log_leaf').select('jws').where('idx', '=', 1).executeTakeFirstOrThrow();
    await db
      .updateTable('log_leaf')
      .set({ jws: `${jws.slice(0, -1)}${jws.endsWith('A') ? 'B' : 'A'}` })
      .where('idx', '=', 1)
      .execute();
    expect(await troubles(config, now)).toEqual(away);
    expect(await troubles(config, now, true)).toEqual(['LOG_WRONG', ...away]);
    await db.deleteFrom('log_leaf').where('idx', '=', 1).execute();
    expect(await troubles(config, now)).toEqual(['LOG_WRONG', ...away]);
  });

  test(`on ${name} a log that is shorter than the world saw it is no log in order, and a longer copy of it is not written over`, async () => {
    const { config, now, db, house } = await openSubject(await open());
    const copy = mkdtempSync(join(tmpdir(), 'sundial-copy-'));
    const { size, root } = await db
      .selectFrom('log_head')
      .selectAll()
      .orderBy('size', 'desc')
      .executeTakeFirstOrThrow();
    await setLogFloor(db, { size, root });
    expect(await troubles(config, now, true)).toEqual(away);
    await setLogFloor(db, { size: size + 1, root });
    expect(await troubles(config, now, true)).toEqual(['LOG_BEHIND', ...away]);
    await expect(writeTree(house.context, copy, () => undefined)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      facts: { reason: 'LOG_BEHIND' },
    });
    expect(readdirSync(copy)).toEqual([]);
    rmSync(copy, { recursive: true });
  });

  test(`a clock behind the log, a backup without a key and a database of a newer program are found on ${name}`, async () => {
    const { config, now, db, keys } = await openSubject(await open());
    expect(await troubles(config, now - 86_400)).toEqual(['BACKUP_AHEAD', 'JOBS_NONE', 'CLOCK_BEHIND', 'ADDRESS_AWAY']);
    expect(await troubles(config, now + 9 * 86_400)).toEqual(['BACKUP_OLD', ...away]);
    renameSync(join(keys, 'checkpoint-ed25519.pem'), join(keys, 'kept.pem'));
    expect(await troubles(config, now)).toEqual(['KEYS_WRONG', 'BACKUP_KEYS', ...away]);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(db);
    expect(await troubles(config, now)).toEqual(['TABLES_NEWER', 'CLOCK_ALONE', 'ADDRESS_AWAY']);
  });

  test(`a published picture that is gone from ${name} is found at once, an altered one with the whole look`, async () => {
    const { config, now, db, house } = await openSubject(await open());
    await must(house.setRule());
    await house.wholeDraw();
    const shown = await db.selectFrom('public_image').select('sha256').distinct().orderBy('sha256').execute();
    const [altered = '', gone = ''] = shown.map(({ sha256 }) => sha256);
    await db.updateTable('blob').set({ bytes: 'AAAA' }).where('sha256', '=', altered).execute();
    const imagesOf = async (whole: boolean) =>
      (await examine(config, { whole, now })).find(({ check }) => check === 'images');
    expect(await imagesOf(false)).toMatchObject({ level: 'ok', facts: [shown.length] });
    expect(await imagesOf(true)).toMatchObject({ level: 'fail', code: 'IMAGES_WRONG', facts: [1, altered] });
    await db.deleteFrom('blob').where('sha256', '=', gone).execute();
    expect(await imagesOf(false)).toMatchObject({ level: 'fail', facts: [1, gone] });
    expect(await imagesOf(true)).toMatchObject({ level: 'fail', facts: [2, `${altered}, ${gone}`] });
  });

  if (name === 'PostgreSQL') {
    test('a database that is not there and a user whom PostgreSQL refuses are told apart from one that is away', async () => {
      const { config, now } = await openSubject(await open());
      const first = async (change: Partial<URL>) => {
        const address = Object.assign(new URL(config.databaseAddress), change);
        return (await troubles({ ...config, databaseAddress: address.href }, now))[0];
      };
      expect(await first({ pathname: '/nobody-made-this' })).toBe('DATABASE_UNKNOWN');
      expect(await first({ password: 'wrong' })).toBe('DATABASE_REFUSED');
      expect(await first({ port: String(await freePort()) })).toBe('DATABASE_AWAY');
    });
  }

  if (name !== 'SQLite') return;
  test('keys that others can read or that are gone are found, and none is made', async () => {
    const { config, now, keys } = await openSubject(await open());
    const path = join(keys, 'checkpoint-p256.pem');
    chmodSync(path, 0o644);
    const [found] = (await examine(config, { whole: false, now })).filter(({ check }) => check === 'keys');
    expect(found).toMatchObject({ level: 'fail', key: { code: 'FILE_OPEN', at: path, more: '644' } });
    chmodSync(path, 0o600);
    rmSync(path);
    expect(await troubles(config, now)).toEqual(['KEYS_NONE', ...away]);
    expect(() => readFileSync(path)).toThrow('ENOENT');
  });

  test('a damaged file and a missing one are found, and none is made', async () => {
    const opened = await open();
    const { config, now, house } = await openSubject(opened);
    await sql`pragma wal_checkpoint(truncate)`.execute(house.context.database.db);
    await house.context.database.close();
    const file = openSync(opened.address, 'r+');
    for (let page = 2; page < 40; page += 1) writeSync(file, Buffer.alloc(64, 0xff), 0, 64, page * 4096);
    closeSync(file);
    const [damaged] = await troubles(config, now);
    expect(['DATABASE_DAMAGED', 'DATABASE_AWAY']).toContain(damaged);
    rmSync(opened.address);
    expect((await troubles(config, now))[0]).toBe('DATABASE_MISSING');
    expect(() => readFileSync(opened.address)).toThrow('ENOENT');
  });

  test('the jobs are told one by one: what is due, what fails, how often and since when', async () => {
    const opened = await open();
    const { config, now, house } = await openSubject(opened);
    const { db } = house.context.database;
    expect((await examineJobs(config, now))?.every(({ state }) => state === 'new')).toBe(true);
    await addJobs(db, allJobs, now);
    const row = (name: string, values: Readonly<Record<string, number | string>>) =>
      db.updateTable('job').set(values).where('name', '=', name).execute();
    await db
      .updateTable('job')
      .set({ due: now + 5, last_ok: now - 55 })
      .execute();
    await row('anchorAudit', { due: now - 900 });
    await row('notices', { attempts: 7, last_ok: now - 7200, last_error: 'ECONNREFUSED', last_error_at: now - 60 });
    const states = new Map((await examineJobs(config, now))?.map((state) => [state.name, state]));
    expect(states.get('closeUnanswered')).toMatchObject({ state: 'ok', due: now + 5, lastOk: now - 55 });
    expect(states.get('anchorAudit')).toMatchObject({ state: 'late', due: now - 900 });
    const failing = states.get('notices');
    expect(failing).toMatchObject({ state: 'failing', attempts: 7, lastOk: now - 7200 });
    const line =
      failing === undefined
        ? ''
        : en.job({ ...failing, due: 1_800_000_000, lastOk: 1_799_990_000, lastErrorAt: 1_799_999_000 });
    expect(line).toBe(
      'failing notices: every 10 s, due 2027-01-15T08:00:00Z, last ended well 2027-01-15T05:13:20Z, 7 tries since, last failed 2027-01-15T07:43:20Z (ECONNREFUSED)',
    );
  });

  test('a server that runs answers for clock, address and jobs; another log at the address is told', async () => {
    const { config, house } = await openSubject(await open());
    const port = Number(new URL(config.issuer).port);
    const running = await start({ ...house.context, now: Date.now, config: { ...config, port } });
    const now = Math.floor(Date.now() / 1000);
    await writeBackupRecord(house.context.database.db, {
      at: now,
      logSize: 1,
      keys: keyHashes(config.dataFolder),
    });
    await expect.poll(() => troubles(config, now)).toEqual([]);
    expect(await troubles({ ...config, origin: 'other.example/log1' }, now)).toContain('ADDRESS_OTHER');
    await running.close();
  });

  test('a mirror that shows an old log, one that is not here, or none is told', async () => {
    const { config, house, db, now } = await openSubject(await open());
    const copy = mkdtempSync(join(tmpdir(), 'sundial-mirror-'));
    const mirror = createPlainServer((request, response) => {
      const path = join(copy, String(request.url).replace('/public/', '/'));
      response.writeHead(existsSync(path) ? 200 : 404).end(existsSync(path) ? readFileSync(path) : '');
    });
    mirror.listen(Number(new URL(config.issuer).port), '127.0.0.1');
    await once(mirror, 'listening');
    const shown = async (at: number) => (await examine(config, { whole: false, now: at })).find(isOfShown);
    await writeTree(house.context, copy, () => undefined);
    const { size: before } = await newest(db);
    expect(await shown(now)).toMatchObject({ code: 'SHOWN_OK', facts: [before] });
    await must(house.setRule());
    const { size, at } = await newest(db);
    const grown = Date.parse(at) / 1000;
    expect(await shown(grown + 600)).toMatchObject({ code: 'SHOWN_OK', facts: [before] });
    expect(await shown(grown + 660)).toMatchObject({ level: 'fail', code: 'SHOWN_OLD', facts: [before, size, 11] });
    await writeTree(house.context, copy, () => undefined);
    expect(await shown(grown + 660)).toMatchObject({ code: 'SHOWN_OK', facts: [size] });
    const note = readFileSync(join(copy, 'checkpoint'), 'utf8');
    writeFileSync(join(copy, 'checkpoint'), note.replace(`\n${size}\n`, `\n${size + 3}\n`));
    expect(await shown(now)).toMatchObject({ level: 'fail', code: 'SHOWN_OTHER', facts: [size + 3, size] });
    rmSync(join(copy, 'checkpoint'));
    expect(await shown(now)).toMatchObject({ level: 'fail', code: 'SHOWN_NONE' });
    await new Promise((resolve) => mirror.close(resolve));
    rmSync(copy, { recursive: true });
  });

  test('a script that is not the one that was built here is told', async () => {
    const mirror = createPlainServer((request, response) => {
      response.writeHead(request.url === '/sundial-1.js' ? 200 : 404).end('let old;');
    });
    const port = await freePort();
    mirror.listen(port, '127.0.0.1');
    await once(mirror, 'listening');
    const codes = async (name: string, script: string | null) =>
      (await examineWidget(`http://127.0.0.1:${port}`, name, script === null ? null : Buffer.from(script))).map(
        ({ level, code }) => [level, code],
      );
    expect(await codes('sundial-1.js', 'let old;')).toEqual([['ok', 'WIDGET_OK']]);
    expect(await codes('sundial-1.js', 'let new;')).toEqual([['fail', 'WIDGET_OTHER']]);
    expect(await codes('sundial-2.js', 'let new;')).toEqual([['fail', 'WIDGET_AWAY']]);
    expect(await codes('sundial-1.js', null)).toEqual([]);
    await new Promise((resolve) => mirror.close(resolve));
    expect(await codes('sundial-1.js', 'let old;')).toEqual([['fail', 'WIDGET_AWAY']]);
  });
});

describe('a certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-certificate-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is looked at even where a browser would refuse it; where nobody listens there is none', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '10'];
    execFileSync('openssl', [...made, '-subj', '/CN=localhost', '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
    const port = await freePort();
    await new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
    const address = new URL(`https://127.0.0.1:${port}`);
    const seen = await certificateOf(address);
    expect(seen?.refused).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(Math.round(((seen?.ends ?? 0) - Date.now() / 1000) / 86_400)).toBe(10);
    await new Promise((resolve) => server.close(resolve));
    expect(await certificateOf(address)).toBeNull();
  });
});
