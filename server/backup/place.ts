/** Files of a restored server: first in a folder below the data folder, where they are proved, then in their places. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentFile } from '../config.ts';
import { keyFolder } from '../log/key-files.ts';
import type { Loaded } from './load.ts';
import { syncFolder } from './sealed-file.ts';

export const configName = 'sundial.config.json';

/** Writes configuration and keys into `folder` and forces them to the disk. Keys are readable by the server's user only. */
export function writeFiles(folder: string, { config, environment, keys }: Loaded): void {
  writeForced(join(folder, configName), config);
  if (environment !== null) writeForced(join(folder, environmentFile), environment);
  for (const [path, bytes] of keys) {
    const target = join(keyFolder(folder), path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    writeForced(target, bytes);
  }
}

/** Moves what lies in `folder` to the data folder; `database`: where the SQLite file lies and where it goes, null for none. The database comes last: without it
 *  nothing is there that a server would begin with. */
export function putInPlace(
  folder: string,
  dataFolder: string,
  database: readonly [from: string, to: string] | null,
): void {
  if (existsSync(keyFolder(folder))) renameSync(keyFolder(folder), keyFolder(dataFolder));
  for (const name of [configName, environmentFile])
    if (existsSync(join(folder, name))) renameSync(join(folder, name), join(dataFolder, name));
  if (database !== null) {
    renameSync(...database);
    syncFolder(dirname(database[1]));
  }
  rmSync(folder, { recursive: true, force: true });
  syncFolder(dataFolder);
}

function writeForced(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  fsyncSync(file);
  closeSync(file);
}
