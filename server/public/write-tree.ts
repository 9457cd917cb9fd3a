/** Writes the public tree into a folder, as `sundial export` does: the same files that the server gives, each one whole or not at all. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { equalParts } from '../../shared/base/bytes.ts';
import type { Context } from '../context.ts';
import { requireFloor } from '../log/floor.ts';
import { newestHead } from '../log/prove.ts';
import { type DataFile, dataFile } from './data-file.ts';
import { publicFile, publicPaths } from './tree.ts';
import { treeState } from './tree-state.ts';

export interface WrittenTree {
  readonly files: number;
  /** How many were new or had changed, and how many were removed because the tree no longer has them. */
  readonly written: number;
  readonly removed: number;
}

/** Folders and files at the top of the folder that belong to the tree; whatever else lies there is left alone. */
const ownFolders = [
  'article',
  'beside',
  'blob',
  'd',
  'data',
  'draw',
  'draws',
  'facet',
  'feed',
  'fragment',
  'moderation',
  'search',
  'text',
  'theme',
  'thread',
  'tile',
  'unit',
  'witness',
];

const mostRounds = 5;

/** A folder with files of somebody else where the tree has its own, `example` among them: a portal's `data/`, or the server's own. They would be
 *  taken for what the tree has no more. */
export class ForeignFolder extends Error {
  readonly example: string;

  constructor(example: string) {
    super(`not a tree of this log: ${example}`);
    this.example = example;
  }
}

/** Writes every file that differs, then removes what the tree no longer has (a withheld image). Where something was logged, published or
 *  released meanwhile it goes round again, so that checkpoint, tiles and index fit together. A log that never rests is caught up with the next time;
 *  what was withheld meanwhile never stays in a file that was written before. Before anything is written it throws UNAVAILABLE while the log is
 *  shorter than the world has seen it, and ForeignFolder. */
export async function writeTree(
  context: Context,
  folder: string,
  progress: (files: number) => void,
): Promise<WrittenTree> {
  // A copy that has more of the log is what such a server must be carried forward from: nothing of it is written over.
  await requireFloor(context.database.db, (await newestHead(context.database.db))?.size ?? 0);
  await requireOwn(context, folder);
  let written = 0;
  for (let round = 1; ; round += 1) {
    const before = await treeState(context.database.db);
    const paths = await publicPaths(context, { isStatic: true });
    written += await writeFiles(context, folder, paths, progress);
    const after = await treeState(context.database.db);
    if (after.holds !== before.holds || (round < mostRounds && after.moved !== before.moved)) continue;
    const removed = await removeOthers(folder, new Set(paths));
    return { files: paths.length, written, removed };
  }
}

/** What bears the index of this log was written by an export; a first one that was killed left nothing but files of the tree. */
async function requireOwn(context: Context, folder: string): Promise<void> {
  const index = await contentOf(join(folder, 'index.json'));
  const parsed = v.safeParse(Index, index === null ? '' : new TextDecoder().decode(index));
  if (parsed.success && parsed.output.pins.origin === context.config.origin) return;
  const paths = new Set(await publicPaths(context, { isStatic: true }));
  const found = [...(index === null ? [] : ['index.json']), ...(await othersIn(folder, paths))];
  const foreign = found.find((path) => !paths.has(draftedAs(path)));
  if (foreign !== undefined) throw new ForeignFolder(foreign);
}

const Index = v.pipe(v.string(), v.parseJson(), v.object({ pins: v.object({ origin: v.string() }) }));

async function writeFiles(
  context: Context,
  folder: string,
  paths: readonly string[],
  progress: (files: number) => void,
): Promise<number> {
  let written = 0;
  // The index and the checkpoint come last: whoever reads the folder meanwhile finds what they name.
  const order = [...paths].sort((a, b) => Number(isHead(a)) - Number(isHead(b)));
  for (const [n, path] of order.entries()) {
    if (await writeOne(context, folder, path)) written += 1;
    progress(n + 1);
  }
  return written;
}

async function writeOne(context: Context, folder: string, path: string): Promise<boolean> {
  const data = await dataFile(context, path, { isStatic: true });
  if (data !== null) return writeParts(join(folder, path), data);
  const file = await publicFile(context, path, { isStatic: true });
  return file !== null && file !== 'gone' && writeWhole(join(folder, path), file.body);
}

const isHead = (path: string): boolean => path === 'index.json' || path === 'checkpoint';

/** Whether the file had to be written. */
async function writeWhole(path: string, body: Uint8Array): Promise<boolean> {
  const present = await contentOf(path);
  if (present !== null && equalParts(present, body)) return false;
  await mkdir(dirname(path), { recursive: true });
  const draft = draftOf(path);
  try {
    await writeFile(draft, body, { flush: true });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return true;
}

/** Whether the file had to be written. What grows with every diary is never whole in memory: it is written beside the present one first. */
async function writeParts(path: string, { parts }: DataFile): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  const draft = draftOf(path);
  const made = createHash('sha256');
  try {
    await pipeline(
      parts(),
      async function* (source: AsyncIterable<string>) {
        for await (const part of source) {
          made.update(part);
          yield part;
        }
      },
      createWriteStream(draft, { flush: true }),
    );
    const differs = (await hashOf(path)) !== made.digest('hex');
    if (differs) await rename(draft, path);
    return differs;
  } finally {
    await rm(draft, { force: true });
  }
}

/** SHA-256 in hex of a file; null where there is none. */
async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function contentOf(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** What a file is called while it is written. */
const draftOf = (path: string): string => `${path}.${randomUUID()}.tmp`;

/** The file that was being written under a name; empty where it is no such name. */
const draftedAs = (name: string): string => /^(.+)\.[\da-f-]{36}\.tmp$/.exec(name)?.[1] ?? '';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function removeOthers(folder: string, paths: ReadonlySet<string>): Promise<number> {
  // At the top other files may lie; what a run that was killed left there has the text of its time.
  const drafts = (await readdir(folder)).filter((name) => paths.has(draftedAs(name)));
  const others = [...drafts, ...(await othersIn(folder, paths))];
  for (const path of others) await rm(join(folder, path));
  return others.length;
}

/** Files in the tree's own folders that are none of these. */
async function othersIn(folder: string, paths: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  for (const own of ownFolders)
    for (const entry of await entriesOf(join(folder, own)))
      if (!paths.has(`${own}/${entry}`)) found.push(`${own}/${entry}`);
  return found;
}

/** Paths of the files below a folder, relative to it; none where it does not exist. */
async function entriesOf(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.flatMap((entry) =>
      entry.isFile()
        ? [
            join(entry.parentPath, entry.name)
              .slice(folder.length + 1)
              .replaceAll('\\', '/'),
          ]
        : [],
    );
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
