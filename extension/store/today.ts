/** Which day it is for the one who writes: a working day begins at 05:00 (design.md 4). */
import {
  type CivilDay,
  type CivilMinute,
  civilOf,
  dayOf,
  minuteOfDay,
  type ZoneOffset,
  zoneOffset,
} from '../../shared/time/civil.ts';

/** Minutes after midnight at which a working day begins. */
export const dayStart = 300;

/** The working day of a civil minute: before 05:00 it is still yesterday's. */
export function workingDayOf(now: CivilMinute): CivilDay {
  return dayOf(now) - (minuteOfDay(now) < dayStart ? 1 : 0);
}

/** The offset of a zone; UTC where it is not known to the browser. */
export const offsetOf = (zone: string): ZoneOffset => zoneOffset(zone) ?? (() => 0);

/** The wall clock of the organisation at an instant (milliseconds since 1970); UTC where the zone is not known to the browser. */
export function wallClock(zone: string, instantMs: number): CivilMinute {
  return civilOf(instantMs / 1000, offsetOf(zone));
}
