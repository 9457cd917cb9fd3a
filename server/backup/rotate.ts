/** Backups in a folder: one more under the name of its time, and the oldest go. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const isOurs = (name: string): boolean => /^sundial-\d{8}T\d{6}Z\.age$/.test(name);

/** `sundial-20261120T080000Z.age`. */
export const nameAt = (ms: number): string =>
  `sundial-${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z.age`;

/** Deletes all but the newest `keep` backups of a folder, and drafts that a killed one left; other files stay. Gives the names that went. */
export function dropOld(folder: string, keep: number): readonly string[] {
  const names = readdirSync(folder);
  const old = names.filter(isOurs).sort().reverse().slice(keep);
  const drafts = names.filter((name) => name.endsWith('.part') && isOurs(name.slice(0, -'.part'.length)));
  for (const name of [...old, ...drafts]) rmSync(join(folder, name));
  return old;
}
