/** Backups in a folder: one more under the name of its time, and the oldest go. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const isOurs = (name: string): boolean => /^sundial-\d{8}T\d{6}Z\.age$/.test(name);

/** `sundial-20261120T080000Z.age`. */
export const nameAt = (ms: number): string =>
  `sundial-${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z.age`;

/** How long a draft may stand still before it is one that a killed backup left: that of another which is being made grows all the time. */
const draftMs = 86_400_000;

/** Deletes all but the newest `keep` backups of a folder, and drafts that a killed one left; other files stay. Gives the names that went.
 *  `made`: that which was written just now, which is the newest even where the clock was ahead when the others were; `now` in milliseconds. */
export function dropOld(folder: string, keep: number, made: string, now: number): readonly string[] {
  const names = readdirSync(folder);
  const others = names.filter((name) => isOurs(name) && name !== made);
  const old = others
    .sort()
    .reverse()
    .slice(keep - 1);
  const drafts = names.filter((name) => name.endsWith('.part') && isOurs(name.slice(0, -'.part'.length)));
  const left = drafts.filter((name) => now - (writtenAt(join(folder, name)) ?? now) > draftMs);
  for (const name of [...old, ...left]) rmSync(join(folder, name), { force: true });
  return old;
}

/** Milliseconds; null where the file is gone by now. */
const writtenAt = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
