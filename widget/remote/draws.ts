// Files of the tree about draws.
import type { DrawHistory } from '../../shared/api/published.ts';
import { array, isString, object } from '../../shared/proof/shape.ts';
import { type DrawFile, isDrawFile } from '../../shared/proof/verify-draw.ts';
import { getFile, type Kept } from './client.ts';

export const getDraw = (tree: string, draw: string, signal: AbortSignal): Promise<Kept<DrawFile>> =>
  getFile(`${tree}draw/${draw}.json`, isDrawFile, signal);

/** Who was in the pool, from the first list on. */
export const getHistory = (tree: string, signal: AbortSignal): Promise<Kept<DrawHistory>> =>
  getFile(`${tree}draw/history.json`, isHistory, signal);

const isHistoryShape = object({
  units: array(isString),
  draws: array(object({ draw: isString, week: isString, stage: isString, marks: isString })),
});
const isHistory = (value: unknown): value is DrawHistory => isHistoryShape(value);
