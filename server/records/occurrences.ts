/** The files of the public tree in which an item of a published diary occurs. A hold changes exactly these (design.md 5). */
import { feedPageSize } from '../../shared/api/published.ts';

export interface Occurrence {
  readonly draw: string;
  readonly unit: string;
  /** Position of the publication, and how many there are. */
  readonly position: number;
  readonly total: number;
  /** Images of the item that no other disclosed item names. */
  readonly images: readonly string[];
}

export const indexPath = 'index.json';
export const atomPath = 'feed.atom';
export const dataJsonPath = 'data/diaries.json';
export const dataCsvPath = 'data/diaries.csv';
export const feedPath = (page: number): string => `feed/${page}.json`;
export const drawPath = (draw: string): string => `draw/${draw}.json`;
export const bundlePath = (draw: string, unit: string): string => `draw/${draw}/${unit}.json`;
export const pagePath = (draw: string, unit: string): string => `d/${draw}/${unit}.html`;
export const blobPath = (sha256: string): string => `blob/${sha256}`;

/** Paths in which the item's text, or the card made of it, stands; sorted. */
export const filesOfItem = ({ draw, unit, position, total, images }: Occurrence): string[] =>
  [
    bundlePath(draw, unit),
    pagePath(draw, unit),
    feedPath(Math.floor(position / feedPageSize)),
    ...(position >= total - feedPageSize ? [indexPath, atomPath] : []),
    dataJsonPath,
    dataCsvPath,
    ...images.map(blobPath),
  ].sort();
