// What a diary is shown from: the index of its tree and its bundle.
import type { PublicIndex } from '../../../shared/api/published.ts';
import { isSealed } from '../../base/links.ts';
import { digestsOf, type ReadBundle, readBundle, readImported } from '../../remote/bundle.ts';
import { getBundle, getIndex } from '../../remote/client.ts';

/** A diary that was loaded. Times in Unix seconds, `keptAt` in milliseconds. */
export interface Diary {
  readonly draw: string;
  readonly tree: string;
  readonly index: PublicIndex;
  readonly bundle: Readonly<Record<string, unknown>>;
  readonly read: ReadBundle;
  readonly publishedAt: number | null;
  readonly stale: boolean;
  readonly keptAt: number | null;
}

/** Both are asked for at once. `onIndex` is told of the index as soon as it is there. Throws `Unreachable`. */
export async function loadDiary(
  tree: string,
  { draw, unit }: { readonly draw: string; readonly unit: string },
  signal: AbortSignal,
  onIndex: (index: PublicIndex) => void,
): Promise<Diary> {
  const [index, [bundle, read]] = await Promise.all([
    getIndex(tree, signal).then(({ value }) => {
      onIndex(value);
      return value;
    }),
    getBundle(tree, draw, unit, signal).then(async (kept) => {
      const { value } = kept;
      return [kept, isSealed(draw) ? readBundle(value, await digestsOf(value)) : readImported(value)] as const;
    }),
  ]);
  const { value, stale, keptAt } = bundle;
  const publishedAt = index.draws.find((one) => one.draw === draw)?.publishedAt ?? null;
  return { draw, tree, index, bundle: value, read, publishedAt, stale, keptAt };
}
