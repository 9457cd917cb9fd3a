/** Reading the comments of a diary: a page that stands ready, and one that is made anew. */
import { openFloor } from './floor.ts';
import { figuresOf, median, race, rounded } from './load.ts';
import { hotPath } from './seed.ts';
import { openStand, settings } from './stand.ts';

/** 10,000 stored comments. */
export const stored = 10_000;

export async function measureReads(): Promise<object> {
  const stand = await openStand(stored);
  const floor = await openFloor(stand.server.folder, stand.server.database, settings, hotPath);
  const hot = await race({ ...stand.ours, path: hotPath }, { ...floor, path: '/stored' });
  const cold = await stand.cold();
  const anew = await race({ ...cold, path: hotPath }, { ...floor, path: '/same' });
  await cold.stop();
  await floor.stop();
  await stand.close();
  const p99 = hot.ours.map(({ p99Ms }) => p99Ms);
  return {
    ...figuresOf('commentsRead', hot),
    ...figuresOf('commentsReadCold', anew),
    commentsReadStatements: floor.statements,
    p99ReadVsFloor: rounded(median(p99.map((ms, n) => ms / (hot.floor[n]?.p99Ms ?? Number.NaN)))),
    p99ReadMs: rounded(median(p99)),
  };
}
