/** Reads a public tree as a stranger does: pages of the feed, draws, bundles and the whole log, from any source. */
import { isAscii } from 'node:buffer';
import * as v from 'valibot';
import { FeedPage, PublicDraw, PublicIndex } from '../../shared/api/published.ts';
import { type Bytes, b64, fromUtf8 } from '../../shared/base/bytes.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import { consistencyPath, type NodeReader } from '../../shared/proof/prove.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { decodeEntries, entriesPath, nodesFromTiles, tilePath } from '../../shared/proof/tiles.ts';
import type { Prover } from '../../shared/proof/verify.ts';
import { bundlePath, drawPath, feedPath, indexPath } from '../records/occurrences.ts';
import type { TreeSource } from './source.ts';

export type TreeProblem = { readonly code: 'TREE_INCOMPLETE'; readonly path: string };

/** The index; refused where it is missing or has another shape. */
export const readIndex = (source: TreeSource): Promise<Result<PublicIndex, TreeProblem>> =>
  readShape(source, indexPath, PublicIndex);

export const readFeedPage = (source: TreeSource, page: number): Promise<Result<FeedPage, TreeProblem>> =>
  readShape(source, feedPath(page), FeedPage);

export const readDraw = (source: TreeSource, draw: string): Promise<Result<PublicDraw, TreeProblem>> =>
  readShape(source, drawPath(draw), PublicDraw);

/** The text of a bundle, null where there is none. */
export const readBundle = (source: TreeSource, draw: string, unit: string): Promise<string | null> =>
  readText(source, bundlePath(draw, unit));

/** The text of a file, null where there is none or it is not UTF-8. */
export async function readText(source: TreeSource, path: string): Promise<string | null> {
  const bytes = await source.read(path);
  return bytes === null ? null : textOf(bytes);
}

/** Every leaf of a log of `size` out of its entry bundles; `progress` hears how many are here. A missing or broken bundle ends the
 *  list, and so does one with more leaves than its path says. */
export async function readLeaves(
  source: TreeSource,
  size: number,
  progress: (leaves: number) => void,
): Promise<readonly string[]> {
  const leaves: string[] = [];
  for (let n = 0; n * 256 < size; n += 1) {
    const width = Math.min(256, size - n * 256);
    // A partial bundle may be gone once it is full, so the full one serves as well (C2SP tlog-tiles).
    const exact = await source.read(entriesPath(n, width));
    const bytes = exact ?? (width < 256 ? await source.read(entriesPath(n)) : null);
    const entries = (bytes && decodeEntries(bytes)) ?? [];
    if (exact !== null && entries.length > width) return leaves;
    const texts = entries.slice(0, width).map(textOf);
    for (const text of texts) {
      if (text === null) return leaves;
      leaves.push(text);
    }
    if (texts.length < width) return leaves;
    progress(leaves.length);
  }
  return leaves;
}

/** Records and what carries them are ASCII, which needs no decoder. */
const textOf = (bytes: Bytes): string | null =>
  isAscii(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1') : fromUtf8(bytes);

/** Proves from tiles of the larger head; null where tiles are missing. Keeps the nodes of the heads that it has proved for. */
export function tileProver(source: TreeSource): Prover {
  const read = new Map<number, NodeReader>();
  return async (first: Head, second: Head) => {
    const node = read.get(second.size) ?? nodes(source, second.size);
    read.set(second.size, node);
    try {
      return (await consistencyPath(first.size, second.size, node)).map(b64);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  };
}

/** The first `width` hashes of a tile, out of the full one where the partial one is gone; null where there is neither. */
export async function readTile(source: TreeSource, level: number, n: number, width: number): Promise<Bytes | null> {
  const exact = await source.read(tilePath(level, n, width));
  if (exact !== null || width === 256) return exact;
  return (await source.read(tilePath(level, n)))?.slice(0, 32 * width) ?? null;
}

const nodes = (source: TreeSource, size: number): NodeReader =>
  nodesFromTiles(size, async (level, n, width): Promise<Bytes> => {
    const bytes = await readTile(source, level, n, width);
    if (bytes === null) throw new RangeError(`${tilePath(level, n, width)} is missing`);
    return bytes;
  });

async function readShape<S extends v.GenericSchema>(
  source: TreeSource,
  path: string,
  schema: S,
): Promise<Result<v.InferOutput<S>, TreeProblem>> {
  const text = await readText(source, path);
  const parsed = v.safeParse(schema, text === null ? undefined : parseJson(text));
  return parsed.success ? ok(parsed.output) : fail({ code: 'TREE_INCOMPLETE', path });
}
