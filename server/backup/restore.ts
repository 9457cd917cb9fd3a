/** Brings a server back from a backup: everything is unpacked beside its place and proved there; only then it is put in place. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { parseVkey } from '../../shared/proof/checkpoint.ts';
import { takeAlone } from '../alone.ts';
import { type Config, loadConfig, placesOf } from '../config.ts';
import { writeAudit } from '../database/audit.ts';
import { makeFile } from '../database/open.ts';
import type { Db } from '../database/port.ts';
import { postgresDialect } from '../database/postgres.ts';
import type { Schema } from '../database/schema.ts';
import { sqliteDialect } from '../database/sqlite.ts';
import { openLogSigner } from '../log/signer.ts';
import type { Environment } from '../operation.ts';
import { takeBackAll } from '../records/releases.ts';
import { textIfThere } from '../text-if-there.ts';
import type { About } from './format.ts';
import { type Carried, carryForward } from './forward.ts';
import { loadBackup, migrateOn } from './load.ts';
import { configName, putInPlace, writeFiles } from './place.ts';
import { type Proved, prove, recount } from './prove.ts';
import { keyHashes, writeBackupRecord } from './record.ts';
import { readSealed } from './sealed-file.ts';
import { readSeen } from './seen.ts';
import { BackupTrouble } from './trouble.ts';

export interface RestoreGiven {
  readonly file: string;
  readonly passphrase: string;
  /** That of the server which will run on what is restored. */
  readonly environment: Environment;
  /** What the world has seen of the log since (seen.ts); empty where nobody can have seen more than the backup has. */
  readonly seen: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Restored extends Proved, Carried {
  readonly about: About;
  readonly rows: number;
  readonly keys: number;
  readonly epoch: number;
}

/** Folder below the data folder in which a restore works; what a killed one left there is thrown away by the next. */
const working = 'restoring';

/** Whether what a data folder holds is somebody's data. The home of the service's user has `.npm` and the like, a disk of its own `lost+found`,
 *  and a server that was started there before `compiled`. */
const isKept = (name: string): boolean => !name.startsWith('.') && !['lost+found', 'compiled'].includes(name);

/** Restores into an empty data folder and an empty database. Throws BackupTrouble and leaves both as they were. */
export async function restoreBackup(given: RestoreGiven): Promise<Restored> {
  const { dataFolder } = placesOf(given.environment);
  const lock = join(dataFolder, '.restoring.lock');
  const release = takeAlone(lock);
  if (release === null) throw new BackupTrouble('RUNNING', dataFolder);
  try {
    return await restoreAlone(given);
  } finally {
    release();
    // The folder is as it was; a third restore would have to come within this moment.
    rmSync(lock, { force: true });
  }
}

async function restoreAlone(given: RestoreGiven): Promise<Restored> {
  const { dataFolder, databaseAddress } = placesOf(given.environment);
  const isPostgres = /^postgres(ql)?:\/\//.test(databaseAddress);
  const folder = join(dataFolder, working);
  rmSync(folder, { recursive: true, force: true });
  if (readdirSync(dataFolder).some(isKept)) throw new BackupTrouble('FOLDER_FULL', dataFolder);
  // A write-ahead log without its database would be played into the one that comes under its name.
  const taken = isPostgres ? undefined : ['', '-wal', '-journal'].map((end) => databaseAddress + end).find(existsSync);
  if (taken !== undefined) throw new BackupTrouble('DATABASE_FULL', taken);
  mkdirSync(folder, { mode: 0o700 });
  // On the file system of the place that it goes to.
  const isBeside = dirname(databaseAddress) === dataFolder;
  const draft = isBeside ? join(folder, 'sundial.sqlite') : `${databaseAddress}.restoring`;
  if (!isPostgres) {
    removeDraft(draft);
    makeFile(draft);
  }
  const db: Db = new Kysely<Schema>({ dialect: isPostgres ? postgresDialect(databaseAddress) : sqliteDialect(draft) });
  try {
    const restored = await db.transaction().execute(async (trx) => {
      if (isPostgres) await requireEmptyDatabase(trx);
      return fill(trx, folder, given, isPostgres);
    });
    if (!isPostgres) await sql`pragma wal_checkpoint(truncate)`.execute(db);
    await db.destroy();
    putInPlace(folder, dataFolder, isPostgres ? null : [draft, databaseAddress]);
    return restored;
  } catch (error) {
    await db.destroy();
    if (!isPostgres) removeDraft(draft);
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** With what SQLite lays beside it. */
function removeDraft(draft: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(draft + end, { force: true });
}

async function fill(
  trx: Db,
  folder: string,
  { file, passphrase, environment, seen, now }: RestoreGiven,
  isPostgres: boolean,
): Promise<Restored> {
  const loaded = await loadBackup(trx.withTables(), readSealed(file, passphrase), file);
  const { about, manifest, keys } = loaded;
  const rows = await recount(trx, manifest);
  await migrateOn(trx.withTables(), about, new Date(now).toISOString());
  writeFiles(folder, loaded);
  const config = configOf(environment, folder);
  const log = await openLogSigner(folder, config.origin, config.logCommand);
  const proved = await prove(trx, manifest, log, config.origin);
  if (!isPostgres) await requireIntegrity(trx);
  const vkeys = (await Promise.all(log.keys.map(({ vkey }) => parseVkey(vkey)))).flatMap((key) => key ?? []);
  const context = { config, log, now: () => now };
  let carried: Carried = { leaves: 0, missing: 0 };
  for (const source of seen) {
    const { leaves, missing } = await carryForward(trx, context, await readSeen(source, config.origin, vkeys), source);
    carried = { leaves: carried.leaves + leaves, missing };
  }
  const at = Math.floor(now / 1000);
  await takeBackAll(trx, at);
  // Never one that devices have met: the same backup may be restored twice.
  const epoch = Math.max(manifest.epoch + 1, at);
  await trx.updateTable('server_value').set({ value: epoch }).where('name', '=', 'epoch').execute();
  const size = manifest.log?.size ?? 0;
  await writeBackupRecord(trx, { at: about.at, logSize: size, keys: keyHashes(folder) });
  const facts = { backup: about.at, size, carried: carried.leaves, missing: carried.missing, epoch };
  await writeAudit(trx, { at, actor: 'system', action: 'server.restore', subject: config.origin, facts });
  return { about, rows, keys: keys.size, epoch, ...proved, ...carried };
}

/** The configuration of the backup in the environment of the server to come. */
function configOf(environment: Environment, folder: string): Config {
  const loaded = loadConfig({ ...environment, SUNDIAL_CONFIG: join(folder, configName) }, textIfThere);
  if (loaded.ok) return loaded.value;
  const [problem] = loaded.problem;
  throw new BackupTrouble('CONFIG_WRONG', `${problem?.at ?? ''} ${problem?.field ?? ''} ${problem?.reason ?? ''}`);
}

async function requireEmptyDatabase(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = current_schema() limit 1`.execute(db);
  if (rows[0] !== undefined) throw new BackupTrouble('DATABASE_FULL', rows[0].name);
}

/** https://www.sqlite.org/pragma.html#pragma_integrity_check */
async function requireIntegrity(db: Db): Promise<void> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  const said = rows[0]?.integrity_check;
  if (said !== 'ok') throw new BackupTrouble('COUNT_WRONG', `integrity_check: ${said}`);
}
