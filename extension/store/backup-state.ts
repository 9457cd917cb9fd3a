/** When the last backup was made, and whether withheld texts exist that stand in none. */
import * as v from 'valibot';
import type { HeldItem, SundialDatabase } from './database.ts';
import { heldTexts } from './held.ts';
import { writtenByIds } from './written.ts';

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
  const held = (await heldDigests(database)).filter(({ digest }) => !known.has(digest));
  // Of what was made public since, nothing is lost.
  const written = await writtenByIds(
    database,
    held.map(({ id }) => id),
  );
  const standing = new Set([...written, ...(await database.tray.toArray())].map((each) => each.held?.digest));
  return {
    at: kept.success ? kept.output.at : null,
    unsaved: held.filter(({ digest }) => standing.has(digest)).length,
  };
}

/** The withheld texts of this device, those that wait in the tray too. */
export async function heldDigests({ held, tray }: SundialDatabase): Promise<Pick<HeldItem, 'id' | 'digest'>[]> {
  const refused = (await tray.toArray()).flatMap((item) => item.held ?? []);
  const all = [...(await held.toArray()), ...refused].flatMap(heldTexts);
  return [...new Map(all.map(({ id, digest }) => [digest, { id, digest }])).values()];
}
