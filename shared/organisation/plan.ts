/** The showing plan: who writes in which week. Everybody each week, or in rotation by group. Pure. */
import { type Week, weeksBetween } from '../time/week.ts';

/** A unit and the group in which it writes, 1 to `mostGroups`. A unit that is not listed writes each week. */
export interface Turn {
  readonly id: string;
  readonly group: number;
}

export const mostGroups = 12;

/** Counting begins here, so that a plan needs no date of its own: in this week it is the first group's turn. */
const firstWeek: Week = '2026-W01';

/** How many groups take turns: the highest number given; 0 where everybody writes each week. */
export const groupsOf = (plan: readonly Turn[]): number => Math.max(0, ...plan.map(({ group }) => group));

/** The group whose turn a week is, null where nobody takes turns. A number that no unit has leaves its week to those who write each week. */
export function groupIn(plan: readonly Turn[], week: Week): number | null {
  const groups = groupsOf(plan);
  if (groups === 0) return null;
  const turn = weeksBetween(firstWeek, week) % groups;
  return (turn < 0 ? turn + groups : turn) + 1;
}

/** Whether a unit writes in a week. */
export function writesIn(plan: readonly Turn[], unit: string, week: Week): boolean {
  const own = plan.find(({ id }) => id === unit);
  return own === undefined || own.group === groupIn(plan, week);
}

/** How a unit stands in a week: `sealed` in time, `late`, still `open`, `missing` after the deadline, `resting`: nobody asked for it, `leave`. What
 *  was written though nobody had to counts as sealed. `due`: Unix seconds of the deadline, null where no rule has set one. */
export const standings = ['sealed', 'late', 'open', 'missing', 'resting', 'leave'] as const;
export type Standing = (typeof standings)[number];

export function standingIn({
  sealedAt,
  writes,
  onLeave,
  due,
  now,
}: {
  readonly sealedAt: number | null;
  readonly writes: boolean;
  readonly onLeave: boolean;
  readonly due: number | null;
  readonly now: number;
}): Standing {
  if (sealedAt !== null) return due !== null && sealedAt > due ? 'late' : 'sealed';
  if (onLeave) return 'leave';
  if (!writes) return 'resting';
  return due !== null && now > due ? 'missing' : 'open';
}
