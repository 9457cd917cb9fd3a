/** What a witness remembers: of each log the head that it signed last. It is on the disk before the line leaves. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { integer, isObject, isRoot, isString, object } from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { textIfThere } from '../text-if-there.ts';

const isSigned = object({ size: integer(), root: isRoot, note: isString, line: isString });

/** A head that was signed: the note as it was fetched, and the witness's own line. */
export interface SignedHead {
  readonly size: number;
  readonly root: string;
  readonly note: string;
  readonly line: string;
}

/** Heads by log origin; null where the file is another one or damaged. No file: nothing signed yet. */
export function readState(path: string): ReadonlyMap<string, SignedHead> | null {
  const text = textIfThere(path);
  if (text === null) return new Map();
  const parsed = parseJson(text);
  if (!isObject(parsed)) return null;
  const heads = new Map<string, SignedHead>();
  for (const [origin, head] of Object.entries(parsed)) {
    if (!isSigned(head)) return null;
    heads.set(origin, head);
  }
  return heads;
}

/** Replaces the file; after it the disk has the new text whole, or the old one. */
export function writeState(path: string, heads: ReadonlyMap<string, SignedHead>): void {
  writeWhole(path, `${JSON.stringify(Object.fromEntries(heads), null, 2)}\n`);
}

/** Writes a file beside its place, forces it to the disk, and puts it there by a rename, which is forced too. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    // All of it: a full disk may take a part and say nothing.
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  if (process.platform === 'win32') return; // a folder cannot be opened there
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
