/** Lanes side by side for what overlaps: each group of blocks that hang together shares the width; pure. */
import { leastMinutes } from './band.ts';

export interface Lane {
  readonly lane: number;
  readonly lanes: number;
}

/** Gives every block its lane, in order of time. Blocks shorter than can be read count as long as they are drawn. */
export function inLanes<T extends { readonly from: number; readonly to: number }>(
  blocks: readonly T[],
): readonly (T & Lane)[] {
  const placed: (T & Lane)[] = [];
  let group: { readonly block: T; readonly till: number; readonly lane: number }[] = [];
  let groupEnd = Number.NEGATIVE_INFINITY;
  const close = () => {
    const lanes = Math.max(0, ...group.map(({ lane }) => lane)) + 1;
    for (const { block, lane } of group) placed.push({ ...block, lane, lanes });
    group = [];
  };
  for (const block of [...blocks].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (block.from >= groupEnd) close();
    const busy = new Set(group.filter(({ till }) => till > block.from).map(({ lane }) => lane));
    let lane = 0;
    while (busy.has(lane)) lane += 1;
    const till = Math.max(block.to, block.from + leastMinutes);
    groupEnd = group.length === 0 ? till : Math.max(groupEnd, till);
    group.push({ block, till, lane });
  }
  close();
  return placed;
}
