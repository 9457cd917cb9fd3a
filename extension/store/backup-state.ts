/** When the last backup was made, and whether withheld texts exist that stand in none. */
import * as v from 'valibot';
import type { SundialDatabase } from './database.ts';

export const lastBackupId = 'backup';

const LastBackup = v.object({ at: v.number(), held: v.array(v.string()) });

export interface BackupState {
  /** Milliseconds since 1970; null before the first. */
  readonly at: number | null;
  /** Withheld texts on this device that no backup has. */
  readonly unsaved: number;
}

/** What the reminder says. */
export async function backupState(database: SundialDatabase): Promise<BackupState> {
  const kept = v.safeParse(LastBackup, (await database.personal.get(lastBackupId))?.value);
  const known = new Set(kept.success ? kept.output.held : []);
  const held = await database.held.toArray();
  return {
    at: kept.success ? kept.output.at : null,
    unsaved: held.filter(({ digest }) => !known.has(digest)).length,
  };
}
