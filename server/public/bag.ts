/** A folder as a bag: payload under data/, and lists of SHA-256 that `sha256sum -c` reads as well. BagIt 1.0, RFC 8493. */
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

export type BagFailureCode = 'ARCHIVE_MALFORMED' | 'ARCHIVE_ALTERED' | 'ARCHIVE_INCOMPLETE' | 'ARCHIVE_SURPLUS';

export interface BagFailure {
  readonly code: BagFailureCode;
  /** Path in the folder. */
  readonly where: string;
}

export interface ClosedBag {
  /** Files of the payload and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** SHA-256 of `tagmanifest-sha256.txt` in hex: it stands for the whole bag. */
  readonly sum: string;
}

export interface BagReport {
  /** Files of the payload and their bytes. */
  readonly files: number;
  readonly bytes: number;
  readonly failures: readonly BagFailure[];
}

export const bagMark = 'bagit.txt';
const infoName = 'bag-info.txt';
const payloadList = 'manifest-sha256.txt';
const tagList = 'tagmanifest-sha256.txt';
const payload = 'data';
const mark = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** A bag that is being filled; what it has so far by path. */
export class BagWriter {
  readonly #folder: string;
  readonly #sums = new Map<string, string>();
  #bytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a file of the payload. Paths need no escaping: the tree has neither line feed nor percent sign in a name. */
  async add(path: string, body: Uint8Array): Promise<void> {
    await write(join(this.#folder, payload, path), body);
    this.#sums.set(`${payload}/${path}`, sha256(body));
    this.#bytes += body.length;
  }

  /** Writes what describes the payload; `bagit.txt` comes last, so that half a bag is none. `info`: elements of RFC 8493 2.2.2. `tags`: more
   *  files beside the payload. */
  async close(info: Readonly<Record<string, string>>, tags: ReadonlyMap<string, string>): Promise<ClosedBag> {
    const elements = { ...info, 'Payload-Oxum': `${this.#bytes}.${this.#sums.size}` };
    const lines = Object.entries(elements).map(([name, value]) => `${name}: ${value}\n`);
    const files = new Map([...tags, [infoName, lines.join('')], [payloadList, listOf(this.#sums)], [bagMark, mark]]);
    const sums = new Map([...files].map(([name, text]) => [name, sha256(text)]));
    for (const [name, text] of files) if (name !== bagMark) await write(join(this.#folder, name), text);
    const seal = listOf(sums);
    await write(join(this.#folder, tagList), seal);
    await write(join(this.#folder, bagMark), mark);
    return { files: this.#sums.size, bytes: this.#bytes, sum: sha256(seal) };
  }
}

/** Whether the folder says that it is a bag. */
export const isBag = async (folder: string): Promise<boolean> => (await contentOf(join(folder, bagMark))) !== null;

/** Compares every file of the payload with its list, both ways, and what describes it with the list of these. Files beside the payload that no
 *  list names are left alone: an archive may add its own. */
export async function checkBag(folder: string): Promise<BagReport> {
  const failures: BagFailure[] = [];
  const fail = (code: BagFailureCode, where: string) => failures.push({ code, where });
  if ((await contentOf(join(folder, bagMark)))?.toString('utf8') !== mark) fail('ARCHIVE_MALFORMED', bagMark);
  const tags = await readList(folder, tagList, (path) => !path.includes('/'));
  const listed = await readList(folder, payloadList, (path) => path.startsWith(`${payload}/`));
  if (!tags?.has(payloadList)) fail('ARCHIVE_MALFORMED', tagList);
  if (listed === null) fail('ARCHIVE_MALFORMED', payloadList);
  let bytes = 0;
  const present = new Set(await filesBelow(folder, payload));
  for (const [path, sum] of [...(tags ?? []), ...(listed ?? [])]) {
    const content = listed?.has(path) && !present.has(path) ? null : await contentOf(join(folder, path));
    if (content === null) fail('ARCHIVE_INCOMPLETE', path);
    else if (sha256(content) !== sum) fail('ARCHIVE_ALTERED', path);
    if (listed?.has(path)) bytes += content?.length ?? 0;
  }
  for (const path of present) if (listed !== null && !listed.has(path)) fail('ARCHIVE_SURPLUS', path);
  return { files: present.size, bytes, failures };
}

const sha256 = (body: Uint8Array | string): string => createHash('sha256').update(body).digest('hex');

const listOf = (sums: ReadonlyMap<string, string>): string =>
  [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, sum]) => `${sum}  ${path}\n`)
    .join('');

/** Sums by path; null where the list is missing, has another shape, names a path twice or one that does not belong into it. */
async function readList(
  folder: string,
  name: string,
  belongs: (path: string) => boolean,
): Promise<Map<string, string> | null> {
  const text = (await contentOf(join(folder, name)))?.toString('utf8');
  if (!text?.endsWith('\n')) return null;
  const sums = new Map<string, string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}([^\r%]+)$/.exec(line) ?? [];
    const isOdd = path === undefined || path.split('/').some((part) => part === '..' || part === '.' || part === '');
    if (sum === undefined || isOdd || !belongs(path) || sums.has(path)) return null;
    sums.set(path, sum);
  }
  return sums;
}

async function write(path: string, body: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, body, { flush: true });
}

/** Null where there is no file, and for a link or whatever else is no file: an archive carries all of itself. */
async function contentOf(path: string): Promise<Buffer | null> {
  return (await kindOf(path))?.isFile() ? readFile(path) : null;
}

/** Everything below a folder that is no folder itself, with paths from `root`; links count, so that they are noticed. */
async function filesBelow(root: string, folder: string): Promise<string[]> {
  if (!(await kindOf(join(root, folder)))?.isDirectory()) return [];
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isDirectory() ? [] : [relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')],
  );
}

async function kindOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}
