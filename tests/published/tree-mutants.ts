/** Mutants of an exported public tree: each file removed, cut off, put in the place of its neighbour, its bytes flipped, its JSON changed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { TreeSource } from '../../server/public/source.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { type Bytes, fromUtf8, utf8 } from '../../shared/base/bytes.ts';
import { parseNote } from '../../shared/proof/checkpoint.ts';
import { loadedBls } from '../../shared/proof/load-drand.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { type Pins, verifyBundle } from '../../shared/proof/verify.ts';
import { shown } from '../proof/mutant-hunt.ts';
import { byteMutants as flippedBytes, jsonByteMutants, structureMutants } from '../proof/mutate.ts';

/** Files of a tree by their path. */
export type Files = ReadonlyMap<string, Bytes>;

/** One file changed; null: it is taken away. `path`: kind of file, and in JSON the path of what was changed. */
export interface TreeMutant {
  readonly file: string;
  readonly path: string;
  readonly by: string;
  readonly body: () => Bytes | null;
}

/** Every file below a folder. */
export function filesOf(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  return new Map(paths.sort().map((path) => [path, new Uint8Array(readFileSync(join(folder, path)))]));
}

/** Mutants of whole files: away, cut off, another file in its place. */
export function* fileMutants(files: Files): Generator<TreeMutant> {
  const all = [...files];
  for (const [n, [file, bytes]] of all.entries()) {
    const path = kindOf(file);
    yield { file, path, by: 'removed', body: () => null };
    for (const part of [0, 0.5, 0.9])
      yield { file, path, by: 'cut off', body: () => bytes.slice(0, Math.floor(bytes.length * part)) };
    yield { file, path, by: 'cut off', body: () => bytes.slice(0, -1) };
    for (const [, other] of [all.at(n - 1), all[(n + 1) % all.length]].flatMap((one) => (one ? [one] : [])))
      yield { file, path, by: 'swapped', body: () => other };
  }
}

/** Mutants of the JSON of the files that are JSON. */
export function* jsonMutants(files: Files): Generator<TreeMutant> {
  for (const [file, bytes] of files) {
    if (!file.endsWith('.json')) continue;
    for (const { path, by, text } of structureMutants(textOf(bytes), '', ['null', '1e400']))
      yield { file, path: placeIn(file, path), by, body: () => utf8(text()) };
  }
}

/** Mutants of single bytes. */
export function* byteMutants(files: Files): Generator<TreeMutant> {
  for (const [file, bytes] of files) {
    const mutants = file.endsWith('.json') ? jsonByteMutants(textOf(bytes)) : flippedBytes(bytes, '');
    for (const { path, by, bytes: body } of mutants) yield { file, path: placeIn(file, path), by, body };
  }
}

/** Verifies a tree with one file changed. Null: the check finds it, or the file says the same. Otherwise the path of what survived. */
export async function survives(files: Files, pins: Pins, { file, path, by, body }: TreeMutant): Promise<string | null> {
  const changed = body();
  const source: TreeSource = {
    read: async (asked) => (asked === file ? changed : (files.get(asked) ?? null)),
  };
  const check = { pins, seen: () => undefined, progress: () => undefined, bls: loadedBls };
  const report = await verifyTree(source, check).catch((error: Error) => {
    throw new Error(`${by} ${path} of ${file}: the check itself fails`, { cause: error });
  });
  if (report.failures.length > 0) return null;
  return (await saysTheSame(file, files.get(file), changed, pins)) ? null : path;
}

/** By path, with all units, draws, hashes, names and numbers as `*`. */
const kindOf = (file: string): string =>
  file
    .replace(/d-\d{4}-w\d\d(-r\d)?/, '*')
    .replace(/^(draw|d|beside|fragment\/diary)\/\*\/[a-z0-9-]+/, '$1/*/*')
    .replace(/^(feed|draws|text|theme|unit|thread)\/[^./]+/, '$1/*')
    .replace(
      /^(thread\/\*\/)\d+|^(blob\/)[0-9a-f]{64}|^(facet\/[^/]+\/|search\/|tile\/(?:entries\/)?|witness\/).*/,
      '$1$2$3*',
    );

const placeIn = (file: string, path: string): string => (path === '' ? kindOf(file) : `${kindOf(file)} ${path}`);

async function saysTheSame(file: string, before: Bytes | undefined, after: Bytes | null, pins: Pins): Promise<boolean> {
  if (before === undefined || after === null) return before === undefined && after === null;
  if (file === 'checkpoint') return parseNote(textOf(before))?.body === parseNote(textOf(after))?.body;
  if (!file.endsWith('.json')) return isDeepStrictEqual(before, after);
  const said = [before, after].map((bytes) => parseJson(fromUtf8(bytes)));
  if (isDeepStrictEqual(said[0], said[1])) return true;
  if (!/^draw\/[^/]+\/[^/]+$/.test(file)) return false;
  const verdicts = await Promise.all(said.map((bundle) => verifyBundle(bundle, pins, {}, { bls: loadedBls })));
  const [first = null, second = null] = verdicts.map(shown);
  return first !== null && isDeepStrictEqual(first, second);
}

const textOf = (bytes: Bytes): string => fromUtf8(bytes) ?? '';

/** Why a file or a part of it is not for the check. A path that ends with `**` covers all that begins like it. */
const groups: readonly { readonly reason: string; readonly paths: readonly string[] }[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'tree-survivors.json'), 'utf8'),
);
const listed = groups.flatMap(({ paths }) => paths);

/** The listed paths that cover none of what survived, and what survived without being listed. */
export function compared(survivors: ReadonlySet<string>): { readonly idle: string[]; readonly unlisted: string[] } {
  return {
    idle: listed.filter((path) => ![...survivors].some((survivor) => covers(path, survivor))),
    unlisted: [...survivors].filter((survivor) => !listed.some((path) => covers(path, survivor))).sort(),
  };
}

const covers = (path: string, survivor: string): boolean =>
  path.endsWith('**') ? survivor.startsWith(path.slice(0, -2)) : survivor === path;
