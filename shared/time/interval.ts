// Half-open intervals of minutes `[start, end)` (design.md 4): touching is not overlapping, an empty one covers nothing.

import type { CivilMinute } from './civil.ts';

/** From `start`, included, to `end`, excluded. With `end` not after `start` it is empty: a point in time. */
export type Interval = { readonly start: CivilMinute; readonly end: CivilMinute };

/** Minutes covered by at least one interval; overlaps count once. Method: union of intervals, design.md 4. */
export function unionMinutes(intervals: Iterable<Interval>): number {
  return sumMinutes(merged(intervals));
}

/** Minutes of all intervals added up; overlaps count as often as they occur. */
export function sumMinutes(intervals: Iterable<Interval>): number {
  let minutes = 0;
  for (const interval of intervals) minutes += lengthOf(interval);
  return minutes;
}

/** Minutes of one interval, 0 when it is empty. */
export function lengthOf(interval: Interval): number {
  return Math.max(0, interval.end - interval.start);
}

/** The same ground covered by the fewest intervals, in order: overlapping and touching ones are joined, empty ones gone. */
export function merged(intervals: Iterable<Interval>): readonly Interval[] {
  const ordered = [...intervals].filter((interval) => lengthOf(interval) > 0).sort((a, b) => a.start - b.start);
  const joined: Interval[] = [];
  for (const interval of ordered) {
    const last = joined.at(-1);
    if (last === undefined || interval.start > last.end) joined.push(interval);
    else if (interval.end > last.end) joined[joined.length - 1] = { start: last.start, end: interval.end };
  }
  return joined;
}

/** The uncovered parts of `span` that are at least `atLeastMinutes` long, in order. */
export function gaps(intervals: Iterable<Interval>, span: Interval, atLeastMinutes = 1): readonly Interval[] {
  const free: Interval[] = [];
  let from = span.start;
  for (const covered of merged(intervals)) {
    if (covered.start >= span.end) break;
    if (covered.start > from) free.push({ start: from, end: covered.start });
    from = Math.max(from, covered.end);
  }
  free.push({ start: from, end: span.end });
  return free.filter((gap) => lengthOf(gap) >= Math.max(1, atLeastMinutes));
}

/** The part of `interval` inside `span`, or `null` when they share no minute. For drawing only: hours are never clipped. */
export function clip(interval: Interval, span: Interval): Interval | null {
  const start = Math.max(interval.start, span.start);
  const end = Math.min(interval.end, span.end);
  return end > start ? { start, end } : null;
}

/** Do the two share at least one minute? 09:00–10:00 and 10:00–11:00 do not. */
export function overlaps(a: Interval, b: Interval): boolean {
  return clip(a, b) !== null;
}
