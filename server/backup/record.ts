/** What is known of the last backup: the row `backup` of `server_value`, which `doctor` reads. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Db } from '../database/port.ts';
import { keyFolder } from '../log/key-files.ts';

const BackupRecord = v.object({
  /** Unix seconds. */
  at: v.number(),
  /** Leaves of the log in it. */
  logSize: v.number(),
  /** SHA-256 in hex of each key file by its path below `keys/`, with `/` between. */
  keys: v.record(v.string(), v.string()),
});
export type BackupRecord = v.InferOutput<typeof BackupRecord>;

const name = 'backup';

/** The last backup that was made whole; null where there is none. Primary key. */
export async function readBackupRecord(db: Db): Promise<BackupRecord | null> {
  const row = await db.selectFrom('server_value').select('detail').where('name', '=', name).executeTakeFirst();
  return row?.detail == null ? null : v.parse(v.pipe(v.string(), v.parseJson(), BackupRecord), row.detail);
}

/** Notes a backup that lies whole on the disk. */
export async function writeBackupRecord(db: Db, record: BackupRecord): Promise<void> {
  const values = { value: record.at, detail: JSON.stringify(record) };
  await db
    .insertInto('server_value')
    .values({ name, ...values })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
    .execute();
}

/** Hashes of the key files that lie in the data folder now: what differs from the record's `keys` has no backup. */
export const keyHashes = (dataFolder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    keyPaths(dataFolder).map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(keyFolder(dataFolder), path)))
        .digest('hex'),
    ]),
  );

/** The key files below `keys/`: in use, to come (`next/`) and retired. Drafts of a key that is just being written are left out. */
export function keyPaths(dataFolder: string): readonly string[] {
  const folder = keyFolder(dataFolder);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((one) => one.isFile() && /\.(pem|key)$/.test(one.name))
    .map((one) =>
      join(one.parentPath, one.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
