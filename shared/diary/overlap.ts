// Entries that share time, and how either could be shortened so that they no longer do. Proposals only: parallel work is allowed.

import { clip, type Interval, lengthOf } from '../time/interval.ts';

/** One overlap of an entry with another. */
export interface Overlap<T> {
  readonly other: T;
  /** Minutes that both cover, at least 1. */
  readonly minutes: number;
  /** The entry's own span beside the other; `null` where the other covers it wholly. */
  readonly own: Interval | null;
  /** The other's span beside the entry; `null` where the entry covers it wholly. */
  readonly others: Interval | null;
}

/** Every overlap of `span` with `among`, the longest first. Touching is no overlap, a point in time has none. */
export function overlapsWith<T>(
  span: Interval,
  among: readonly T[],
  spanOf: (one: T) => Interval,
): readonly Overlap<T>[] {
  return among
    .flatMap((other) => {
      const theirs = spanOf(other);
      const shared = clip(span, theirs);
      if (shared === null) return [];
      return [{ other, minutes: lengthOf(shared), own: beside(span, theirs), others: beside(theirs, span) }];
    })
    .sort((a, b) => b.minutes - a.minutes);
}

/** The longest part of `span` outside `taken`, the earlier one of two equal ones; `null` where nothing is left. */
export function beside(span: Interval, taken: Interval): Interval | null {
  const before = { start: span.start, end: Math.min(span.end, taken.start) };
  const after = { start: Math.max(span.start, taken.end), end: span.end };
  const longer = lengthOf(after) > lengthOf(before) ? after : before;
  return lengthOf(longer) > 0 ? longer : null;
}
