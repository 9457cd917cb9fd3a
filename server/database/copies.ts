/** Copies of an SQLite file beside it, each made before an upgrade: `<file>.before-<migration>.<moment>`, for the server's own user alone. */
import { closeSync, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { DatabaseTrouble } from './trouble.ts';

/** Copies that stay when another is made. */
const copiesKept = 3;

interface Copy {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Copies a file whole while others may write to it (SQLite's online backup), checks the copy, and lets go of all but the newest
 *  `copiesKept`. Gives its path. Throws DatabaseTrouble where there is no room or the copy is not sound. `at` in milliseconds. */
export async function copyBeside(file: string, migration: string, at: number): Promise<string> {
  const path = newFile(file, migration, at);
  const source = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  try {
    await backup(source, path);
    const said = integrityOf(path);
    if (said !== 'ok') throw new Error(said);
  } catch (error) {
    rmSync(path, { force: true });
    throw failed(path, error);
  } finally {
    source.close();
  }
  for (const { path: old } of copiesOf(file).slice(copiesKept)) rmSync(old, { force: true });
  return path;
}

/** An empty file of a name that no other process has taken. */
function newFile(file: string, migration: string, at: number): string {
  const path = `${file}.before-${migration}.${at}`;
  try {
    closeSync(openSync(path, 'wx', 0o600));
    return path;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return newFile(file, migration, at + 1);
    throw failed(path, error);
  }
}

const failed = (path: string, error: unknown): DatabaseTrouble =>
  new DatabaseTrouble({ code: 'COPY_FAILED', copy: path, why: String(error) }, error);

/** Removes the copies of before a moment (milliseconds): what was erased since is in them. Gives how many. */
export function forgetCopies(file: string, before: number): number {
  const old = copiesOf(file).filter(({ at }) => at < before);
  for (const { path } of old) rmSync(path, { force: true });
  return old.length;
}

/** The copies of a file, newest first. */
export function copiesOf(file: string): readonly Copy[] {
  const [folder, prefix] = [dirname(file), `${basename(file)}.before-`];
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const stamp = /\.(\d{13,})$/.exec(name)?.[1];
      return name.startsWith(prefix) && stamp !== undefined ? [{ path: join(folder, name), at: Number(stamp) }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

function integrityOf(path: string): string {
  const copy = new DatabaseSync(path, { readOnly: true });
  try {
    return String(copy.prepare('pragma integrity_check(1)').get()?.integrity_check);
  } finally {
    copy.close();
  }
}
