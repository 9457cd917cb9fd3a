/** Makes a backup while servers run: tables of one moment, keys, configuration, sealed in one file. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { utf8 } from '../../shared/base/bytes.ts';
import { environmentFile } from '../config.ts';
import { readVersion } from '../embed/built-widget.ts';
import { keyFolder } from '../log/key-files.ts';
import { type About, aboutName, configName, formatVersion, type Manifest, manifestName, tablePart } from './format.ts';
import { type BackupRecord, keyPaths } from './record.ts';
import { type Part, writeSealed } from './sealed-file.ts';
import { type Row, type Snapshot, withSnapshot } from './snapshot.ts';

export interface BackupGiven {
  readonly databaseAddress: string;
  readonly dataFolder: string;
  readonly origin: string;
  /** Path of the configuration file. */
  readonly configPath: string;
  readonly passphrase: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Base-2 logarithm of the scrypt work factor; tests lower it. */
  readonly cost?: number | undefined;
  readonly progress?: (table: string, rows: number) => void;
}

export interface BackupMade {
  readonly bytes: number;
  readonly rows: number;
  readonly record: BackupRecord;
}

/** Kysely's own lock is no content. */
const left = 'kysely_migration_lock';

/** Writes the backup; the file appears whole. The caller notes `record` in the database. */
export async function writeBackup(path: string, given: BackupGiven): Promise<BackupMade> {
  const manifest: Writable = { files: {}, tables: {}, log: null, epoch: 0 };
  const keys: Record<string, string> = {};
  const bytes = await withSnapshot(given.databaseAddress, (snapshot) =>
    writeSealed(path, given.passphrase, noted(partsOf(snapshot, given, manifest, keys), manifest), given.cost),
  );
  const rows = Object.values(manifest.tables).reduce((sum, count) => sum + count, 0);
  const record = { at: Math.floor(given.now / 1000), logSize: manifest.log?.size ?? 0, keys };
  return { bytes, rows, record };
}

type Writable = { -readonly [M in keyof Manifest]: Manifest[M] };

async function* partsOf(
  snapshot: Snapshot,
  given: BackupGiven,
  manifest: Writable,
  keys: Record<string, string>,
): AsyncGenerator<Part> {
  const tables = (await snapshot.tables()).filter((table) => table !== left);
  const migrations: string[] = [];
  for await (const rows of snapshot.rows('kysely_migration')) migrations.push(...rows.map(({ name }) => String(name)));
  const about: About = {
    format: formatVersion,
    sundial: readVersion(),
    database: snapshot.kind,
    at: Math.floor(given.now / 1000),
    origin: given.origin,
    migrations: migrations.sort(),
  };
  yield textPart(aboutName, `${JSON.stringify(about, null, 2)}\n`);
  yield { name: configName, bytes: readFileSync(given.configPath) };
  const beside = join(dirname(given.configPath), environmentFile);
  if (existsSync(beside)) yield { name: environmentFile, bytes: readFileSync(beside) };
  // After the snapshot began: a key that came since only is one too many, one that signed before is surely there.
  for (const key of keyPaths(given.dataFolder)) {
    const bytes = readFileSync(join(keyFolder(given.dataFolder), key));
    keys[key] = hashOf(bytes);
    yield { name: `keys/${key}`, bytes };
  }
  for (const table of tables) {
    let part = 0;
    manifest.tables[table] = 0;
    for await (const rows of snapshot.rows(table)) {
      if (rows.length === 0) continue;
      part += 1;
      manifest.tables[table] += rows.length;
      learn(manifest, table, rows);
      yield textPart(tablePart(table, part), linesOf(rows));
      given.progress?.(table, manifest.tables[table]);
    }
  }
  yield textPart(manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Notes each file as it goes by. */
async function* noted(parts: AsyncIterable<Part>, manifest: Writable): AsyncGenerator<Part> {
  for await (const part of parts) {
    manifest.files[part.name] = { bytes: part.bytes.length, sha256: hashOf(part.bytes) };
    yield part;
  }
}

/** What the manifest says of rows: the newest head, and the epoch. */
function learn(manifest: Writable, table: string, rows: readonly Row[]): void {
  for (const row of rows) {
    if (table === 'log_head' && Number(row.size) > (manifest.log?.size ?? 0))
      manifest.log = { size: Number(row.size), root: String(row.root) };
    if (table === 'server_value' && row.name === 'epoch') manifest.epoch = Number(row.value);
  }
}

function linesOf(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => JSON.stringify(columns.map((column) => row[column] ?? null)));
  return `${[JSON.stringify(columns), ...lines].join('\n')}\n`;
}

const textPart = (name: string, text: string): Part => ({ name, bytes: utf8(text) });

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
