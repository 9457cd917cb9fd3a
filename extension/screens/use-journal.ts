/** What every writing screen needs to know: who writes, the categories, the clock of the organisation. */
import { useEffect, useState } from 'preact/hooks';
import type { Category } from '../../shared/diary/category.ts';
import type { KnownThread } from '../../shared/diary/quick-entry/marks.ts';
import { type CivilMinute, formatDay, type ZoneOffset } from '../../shared/time/civil.ts';
import { weekOf } from '../../shared/time/week.ts';
import { here } from '../device/context.ts';
import type { Profile } from '../store/database.ts';
import { useLive } from '../store/live.ts';
import { tableOf, zoneOf } from '../store/organisation-facts.ts';
import { knownThreads, signingProfile } from '../store/queries.ts';
import { offsetOf, wallClock, workingDayOf } from '../store/today.ts';

export interface Journal {
  readonly profile: Profile;
  /** Whether this device may withhold and seal. */
  readonly signs: boolean;
  readonly table: readonly Category[];
  readonly threads: readonly KnownThread[];
  readonly zone: string;
  /** Its offset from UTC: in a night in which the clock changes, hours are what passed. */
  readonly offset: ZoneOffset;
  /** The wall clock in the organisation's zone, and the instant in milliseconds. */
  readonly now: CivilMinute;
  readonly nowMs: number;
  /** The working day, `2026-07-21`, and its week. */
  readonly today: string;
  readonly week: string;
}

const none: readonly KnownThread[] = [];

/** Undefined until the first read; the clock moves every twenty seconds. */
export function useJournal(): Journal | undefined {
  const known = useLive(() => signingProfile(here.database), []);
  // The line is there before the threads are: it reads again when they come.
  const isShown = useShown();
  const threads = useLive(async () => (isShown ? knownThreads(here.database) : none), [isShown]) ?? none;
  const nowMs = useNow();
  if (known === undefined) return undefined;
  const { profile, signs } = known;
  const zone = zoneOf(profile);
  const now = wallClock(zone, nowMs);
  const day = workingDayOf(now);
  return {
    profile,
    signs,
    table: tableOf(profile),
    threads,
    zone,
    offset: offsetOf(zone),
    now,
    nowMs,
    today: formatDay(day),
    week: weekOf(day),
  };
}

/** True once the page was shown and rests. */
function useShown(): boolean {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const waiting = requestIdleCallback(() => setShown(true), { timeout: 500 });
    return () => cancelIdleCallback(waiting);
  }, []);
  return isShown;
}

function useNow(): number {
  const [nowMs, setNow] = useState(() => here.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(here.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
