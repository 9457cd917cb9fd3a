/** Puts the tables of a backup into an empty database of either kind, inside the caller's transaction. */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import * as v from 'valibot';
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { environmentFile } from '../config.ts';
import { isPostgres } from '../database/lock.ts';
import { migrations } from '../database/migrations.ts';
import {
  About,
  aboutName,
  configName,
  formatVersion,
  keyOfPart,
  Manifest,
  manifestName,
  tableOfPart,
} from './format.ts';
import type { Part } from './sealed-file.ts';
import type { Value } from './snapshot.ts';
import { BackupTrouble } from './trouble.ts';

export interface Loaded {
  readonly about: About;
  readonly manifest: Manifest;
  readonly config: Uint8Array;
  /** The file of addresses and secrets that lay beside it; null where none did. */
  readonly environment: Uint8Array | null;
  /** Key files by their path below `keys/`. */
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

/** Tables and columns are named by data, so no type can know them. */
type AnyDb = Kysely<Record<string, Record<string, unknown>>>;

/** What one statement may bind: SQLite takes 32,766, PostgreSQL 65,535. */
const mostBound = 30_000;

/** Creates the tables as they were (by the migrations that they had gone through) and fills them. Every file is held against the manifest:
 *  BackupTrouble DAMAGED where one is missing, surplus or another; NEWER for a backup of a later version. */
export async function loadBackup(db: AnyDb, parts: AsyncIterable<Part>, path: string): Promise<Loaded> {
  const files: Record<string, { readonly bytes: number; readonly sha256: string }> = {};
  const keys = new Map<string, Uint8Array>();
  const rows: Record<string, number> = {};
  let about: About | null = null;
  let manifest: Manifest | null = null;
  let config: Uint8Array | null = null;
  let environment: Uint8Array | null = null;
  for await (const { name, bytes } of parts) {
    if (manifest !== null) throw new BackupTrouble('DAMAGED', name);
    if (name === manifestName) {
      manifest = shaped(Manifest, bytes, name);
      continue;
    }
    files[name] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    const [table, key] = [tableOfPart(name), keyOfPart(name)];
    if (about === null) {
      if (name !== aboutName) throw new BackupTrouble('DAMAGED', name);
      about = shaped(About, bytes, path);
      await makeTables(db, about, path);
    } else if (name === configName) config = bytes;
    else if (name === environmentFile) environment = bytes;
    else if (key !== null) keys.set(key, bytes);
    else if (table === null) throw new BackupTrouble('DAMAGED', name);
    else {
      // What a migration put there stands in the backup as well, as it was.
      if (rows[table] === undefined) await db.deleteFrom(table).execute();
      rows[table] = (rows[table] ?? 0) + (await insertLines(db, table, bytes, name));
    }
  }
  if (about === null || manifest === null || config === null) throw new BackupTrouble('DAMAGED', path);
  for (const name of new Set([...Object.keys(files), ...Object.keys(manifest.files)])) {
    const [found, said] = [files[name], manifest.files[name]];
    if (found?.sha256 !== said?.sha256 || found?.bytes !== said?.bytes) throw new BackupTrouble('DAMAGED', name);
  }
  if (isPostgres(db)) await setSequences(db);
  return { about, manifest, config, environment, keys };
}

async function makeTables(db: AnyDb, about: About, path: string): Promise<void> {
  if (about.format > formatVersion) throw new BackupTrouble('NEWER', about.sundial);
  await db.schema
    .createTable('kysely_migration')
    .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
    .execute();
  for (const name of about.migrations) {
    const migration = migrations[name];
    if (migration === undefined) throw new BackupTrouble('NEWER', `${about.sundial} (${path})`);
    await migration.up(db);
  }
}

/** Brings the tables of an older backup up to date. */
export async function migrateOn(db: AnyDb, about: About, at: string): Promise<void> {
  for (const [name, migration] of Object.entries(migrations).sort()) {
    if (about.migrations.includes(name)) continue;
    await migration.up(db);
    await db.insertInto('kysely_migration').values({ name, timestamp: at }).execute();
  }
}

/** Rows of one part; gives how many. */
async function insertLines(db: AnyDb, table: string, bytes: Uint8Array, name: string): Promise<number> {
  const [first, ...lines] = (fromUtf8(bytes) ?? '').trimEnd().split('\n').map(parseJson);
  const columns = v.safeParse(v.array(v.string()), first);
  if (!columns.success) throw new BackupTrouble('DAMAGED', name);
  const most = Math.max(1, Math.min(500, Math.floor(mostBound / columns.output.length)));
  for (let from = 0; from < lines.length; from += most)
    await db
      .insertInto(table)
      .values(lines.slice(from, from + most).map((line) => rowOf(columns.output, line, name)))
      .execute();
  return lines.length;
}

function rowOf(columns: readonly string[], line: unknown, name: string): Record<string, Value> {
  if (!Array.isArray(line) || line.length !== columns.length) throw new BackupTrouble('DAMAGED', name);
  return Object.fromEntries(columns.map((column, n) => [column, line[n]]));
}

/** Numbers that PostgreSQL gives out go on behind those that are here. */
async function setSequences(db: AnyDb): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`select table_name as "table", column_name as "column"
    from information_schema.columns where table_schema = current_schema() and column_default like 'nextval(%'`.execute(
    db,
  );
  for (const { table, column } of rows)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), greatest(1, max(${sql.ref(column)})), max(${sql.ref(column)}) is not null)
      from ${sql.table(table)}`.execute(db);
}

function shaped<S extends v.GenericSchema>(schema: S, bytes: Uint8Array, at: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, parseJson(fromUtf8(bytes)));
  if (!parsed.success) throw new BackupTrouble('DAMAGED', at);
  return parsed.output;
}
