/** A running timer: when it was started, and what stopping it means: no end is ever invented. */
import * as v from 'valibot';
import { Minute } from '../api/field.ts';
import { type CivilDay, type CivilMinute, dayOf, minuteOfDay } from '../time/civil.ts';

/** What is kept while it runs: the civil minute in the organisation's zone, and the words typed at its start. */
export const Timer = v.object({ startedAt: Minute, text: v.string() });
export type Timer = v.InferOutput<typeof Timer>;

/** What a stop means. `short`: under a minute, nothing to write. `forgotten`: it ran for more than 12 hours or past the beginning of another
 *  working day, or the clock was set back: only its author knows when it ended. */
export type Stop =
  | { readonly kind: 'entry'; readonly start: CivilMinute; readonly end: CivilMinute }
  | { readonly kind: 'short' }
  | { readonly kind: 'forgotten' };

/** What stopping now means. */
export function stopAt(startedAt: CivilMinute, now: CivilMinute, dayStart = 300): Stop {
  const isOtherDay = workingDay(startedAt, dayStart) !== workingDay(now, dayStart);
  if (now < startedAt || now - startedAt > 720 || isOtherDay) return { kind: 'forgotten' };
  return now === startedAt ? { kind: 'short' } : { kind: 'entry', start: startedAt, end: now };
}

/** Ends to choose from where it was forgotten, each once and in order: where the next entry begins, and after the usual length. Those
 *  that have not come yet or lie beyond 12 hours are left out. */
export function endsProposed(
  startedAt: CivilMinute,
  now: CivilMinute,
  { nextStart, usualMinutes }: { readonly nextStart: CivilMinute | null; readonly usualMinutes: number | undefined },
): readonly CivilMinute[] {
  const ends = [nextStart ?? 0, startedAt + (usualMinutes ?? 60)];
  const possible = ends.filter((end) => end > startedAt && end <= Math.max(now, startedAt) && end - startedAt <= 720);
  return [...new Set(possible)].sort((a, b) => a - b);
}

function workingDay(at: CivilMinute, dayStart: number): CivilDay {
  return dayOf(at) - (minuteOfDay(at) < dayStart ? 1 : 0);
}
