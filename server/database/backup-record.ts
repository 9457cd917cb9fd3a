/** When a backup last succeeded and which keys were in it: `sundial backup` writes it, `sundial doctor` judges by it, `sundial upgrade` asks
 *  for it. Rows of `server_value`, which holds integers: `backup`, `backup size`, and `backup key <id>` for each key. */
import type { Db } from './port.ts';

const time = 'backup';
const size = 'backup size';
const key = 'backup key ';

export interface BackupRecord {
  /** When it ended well, in Unix seconds. */
  readonly at: number;
  /** Leaves of the log in it. */
  readonly size: number;
  /** Ids of keys (`SigningKey.id`; of the identity key `identityKey().id`), and when a backup last held each. */
  readonly keys: ReadonlyMap<string, number>;
}

/** Remembers a backup that has succeeded. `keys`: the ids of those whose files are in it. Call it once the file is whole and on the disk. */
export async function recordBackup(
  db: Db,
  backup: { readonly at: number; readonly size: number; readonly keys: readonly string[] },
): Promise<void> {
  await db
    .insertInto('server_value')
    .values([
      { name: time, value: backup.at },
      { name: size, value: backup.size },
      ...backup.keys.map((id) => ({ name: `${key}${id}`, value: backup.at })),
    ])
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })))
    .execute();
}

/** The last backup, null where none has ever succeeded. Primary key. */
export async function lastBackup(db: Db): Promise<BackupRecord | null> {
  const rows = await db.selectFrom('server_value').selectAll().where('name', 'like', `${time}%`).execute();
  const values = new Map(rows.map(({ name, value }) => [name, value] as const));
  const at = values.get(time);
  if (at === undefined) return null;
  const keys = rows.flatMap(({ name, value }) =>
    name.startsWith(key) ? [[name.slice(key.length), value] as const] : [],
  );
  return { at, size: values.get(size) ?? 0, keys: new Map(keys) };
}
