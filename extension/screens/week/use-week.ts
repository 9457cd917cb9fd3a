/** A week as state: what the store has of it, its figures, and how it stands. */
import { useMemo } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { formatDay } from '../../../shared/time/civil.ts';
import { weekStart } from '../../../shared/time/week.ts';
import { isShut } from '../../commands/judge.ts';
import { here } from '../../device/context.ts';
import { useLive } from '../../store/live.ts';
import {
  entriesCountedIn,
  entriesOn,
  lateEntriesIn,
  standingOf,
  titleOf,
  type WeekStanding,
  type Written,
} from '../../store/queries.ts';
import type { Journal } from '../use-journal.ts';
import { type WeekFacts, weekFacts } from './week-facts.ts';

export interface WeekState {
  readonly standing: WeekStanding;
  readonly shut: boolean;
  readonly facts: WeekFacts;
  /** Entries that count in the week, by day and time. */
  readonly counted: readonly Written<EntryBody>[];
  /** Late entries and corrections that the week carries for earlier ones. */
  readonly late: readonly Written<EntryBody>[];
  readonly isEmpty: boolean;
}

/** Undefined until everything was read. `facts` stay the same object until the store has something new. */
export function useWeek(week: string, journal: Journal): WeekState | undefined {
  const { database } = here;
  const counted = useLive(() => entriesCountedIn(database, week), [week]);
  const before = useLive(() => entriesOn(database, formatDay(weekStart(week) - 1)), [week]);
  const late = useLive(() => lateEntriesIn(database, week), [week]);
  const standing = useLive(() => standingOf(database, week), [week]);
  const title = useLive(() => titleOf(database, week), [week]);
  const facts = useMemo(
    () => (counted === undefined || before === undefined ? undefined : weekFacts(week, counted, journal, before)),
    [week, counted, before, journal.profile],
  );
  if (counted === undefined || facts === undefined) return undefined;
  if (late === undefined || standing === undefined || title === undefined) return undefined;
  const isEmpty = counted.length + late.length === 0 && title === null;
  return { standing, shut: isShut(standing), facts, counted, late, isEmpty };
}
