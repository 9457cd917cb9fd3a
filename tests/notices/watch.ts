/** A device that looks at its notices whenever an alarm happens to come, and what a test says of its diary. */
import {
  conditionOf,
  type NoticeMemory,
  type NoticePlan,
  noMemory,
  noted,
  withConditions,
} from '../../shared/diary/notice.ts';
import { conditionsOf, type DayWritten, dueNotices, type Situation, toShow } from '../../shared/diary/reminder.ts';
import { instantOf, parseDay, parseMinute, zoneOffset } from '../../shared/time/civil.ts';

export const zone = zoneOffset('Asia/Shanghai') ?? (() => 0);

/** The instant at which the wall in Shanghai shows `2026-07-20T21:00`. */
export const at = (wall: string): number => instantOf(parseMinute(wall) ?? Number.NaN, zone) * 1000;

export const hour = 3_600_000;

/** A working day on which five things are written and a review is missing; say what differs. */
export const day = (name: string, more: Partial<DayWritten> = {}): DayWritten => ({
  day: parseDay(name) ?? Number.NaN,
  entries: 5,
  blanks: 0,
  reviewed: false,
  leave: false,
  expected: true,
  shut: false,
  ...more,
});

/** Nothing is known and nothing is wrong; say what differs. */
export const situation = (more: Partial<Situation> = {}): Situation => ({
  zone,
  days: [],
  weeks: [],
  draws: [],
  ackProblem: null,
  logProblem: null,
  tray: null,
  unsentSince: null,
  lookBack: null,
  ...more,
});

/** Looks at instants; gives the ids that the browser shows, and keeps the memory between two looks as the device does. It has looked since
 *  the beginning of July. */
export function watch(plan: NoticePlan) {
  let memory: NoticeMemory = { ...noMemory, since: { [conditionOf.begun]: at('2026-07-01T09:00') } };
  return {
    look(now: number, seen: Situation): readonly string[] {
      memory = withConditions(memory, conditionsOf(seen, memory.since), now);
      const ids = toShow(dueNotices(plan, seen, memory, now), memory, now).map(({ id }) => id);
      memory = noted(memory, 'shown', ids, now);
      return ids;
    },
    list: (now: number, seen: Situation): readonly string[] =>
      dueNotices(plan, seen, memory, now)
        .filter(({ id }) => !Object.hasOwn(memory.ticked, id))
        .map(({ id }) => id),
    tick(now: number, ...ids: readonly string[]) {
      memory = noted(memory, 'ticked', ids, now);
    },
  };
}
