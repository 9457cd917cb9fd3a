/** Whether the tiles of a tree are those of its log: from them readers and witnesses prove that nothing was rewritten (verification.md 6). */
import { equalParts } from '../../shared/base/bytes.ts';
import type { NodeReader } from '../../shared/proof/prove.ts';
import { tileOf, tilePath, tileWidth } from '../../shared/proof/tiles.ts';
import { readTile } from './read-tree.ts';
import type { TreeSource } from './source.ts';

export type TileFailure = { readonly code: 'LOG_INCOMPLETE'; readonly where: string };

/** Compares every tile of a log of `size` with the nodes over its leaves; each that is missing or different is a failure. */
export async function checkTiles(source: TreeSource, size: number, node: NodeReader): Promise<readonly TileFailure[]> {
  const failures: TileFailure[] = [];
  for (let level = 0; tileWidth(level, 0, size) > 0; level += 1)
    for (let n = 0; tileWidth(level, n, size) > 0; n += 1) {
      const width = tileWidth(level, n, size);
      const found = await readTile(source, level, n, width);
      const isRight = found !== null && equalParts(found, await tileOf(level, n, width, node));
      if (!isRight) failures.push({ code: 'LOG_INCOMPLETE', where: tilePath(level, n, width) });
    }
  return failures;
}
