// Files of the tree beside the feed: threads and the closed-loop figures.
import type { PublicThread, ThreadEntry, ThreadYear } from '../../shared/api/public-lists.ts';
import type { PublicRates } from '../../shared/api/public-rates.ts';
import { array, type Guard, integer, isObject, isString, object } from '../../shared/proof/shape.ts';
import { getShared, type Kept } from './client.ts';

export const getThread = (tree: string, id: string, signal: AbortSignal): Promise<Kept<PublicThread>> =>
  getShared(`${tree}thread/${id}.json`, isThread, signal);

/** The entries of one calendar year, oldest first. */
export const getThreadYear = (tree: string, id: string, year: string, signal: AbortSignal): Promise<Kept<ThreadYear>> =>
  getShared(`${tree}thread/${id}/${year}.json`, isYear, signal);

export const getRates = (tree: string, signal: AbortSignal): Promise<Kept<PublicRates>> =>
  getShared(`${tree}rates.json`, isRates, signal);

// What is leaned on of each; everything else may come or go in later versions.
const isEntryShape = object({
  draw: isString,
  unit: isString,
  item: integer(),
  week: isString,
  day: isString,
  start: isString,
  text: isString,
});
/** Whether an entry can be shown. */
export const isEntry = (value: unknown): value is ThreadEntry => isEntryShape(value);

const isThreadShape = object({
  thread: object({ id: isString, name: isString }),
  entries: integer(),
  units: array(isString),
  years: array(object({ year: isString, entries: integer() })),
  newest: array(isObject),
});
const isThread = (value: unknown): value is PublicThread => isThreadShape(value);
const isYearShape = object({ rows: array(isObject) });
const isYear = (value: unknown): value is ThreadYear => isYearShape(value);

const isShare = object({ part: integer(), of: integer() });
const figures = {
  tickets: integer(),
  referred: integer(),
  merged: integer(),
  silent: integer(),
  responseRate: isShare,
  onTimeRate: isShare,
  resolutionRate: isShare,
  satisfactionRate: isShare,
  followUpRate: isShare,
  reopenRate: isShare,
  closureRate: isShare,
};
const isWindow = object({
  from: isString,
  to: isString,
  rejected: integer(),
  all: object(figures),
  units: array(object({ unit: isString, ...figures })),
});
const orNull =
  <T>(guard: Guard<T>): Guard<T | null> =>
  (value): value is T | null =>
    value === null || guard(value);
const isRatesShape = object({ asOf: integer(), whole: orNull(isWindow), quarters: array(isWindow) });
const isRates = (value: unknown): value is PublicRates => isRatesShape(value);
