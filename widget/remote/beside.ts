// What lies beside a diary: the ones before and after it, and what corrects it (shared/api/public-lists.ts).
import type { Beside } from '../../shared/api/public-lists.ts';
import { array, type Guard, isObject, isString, object } from '../../shared/proof/shape.ts';
import { getShared, type Kept } from './client.ts';

export const getBeside = (tree: string, draw: string, unit: string, signal: AbortSignal): Promise<Kept<Beside>> =>
  getShared(`${tree}beside/${draw}/${unit}.json`, isBeside, signal);

// What is leaned on; everything else may come or go in later versions.
const isWay = object({ draw: isString, unit: isString, week: isString });
const orNull: Guard<unknown> = (value): value is unknown => value === null || isWay(value);
const isBesideShape = object(
  { previous: orNull, next: orNull, threads: array(object({ thread: isString, previous: orNull, next: orNull })) },
  { related: array(object({ as: isString, at: isWay })), released: array(object({ why: isString })) },
);
const isBeside = (value: unknown): value is Beside => isObject(value) && isBesideShape(value);
