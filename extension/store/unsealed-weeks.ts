/** Weeks that are over and not sealed: what waits for a leader on this device. */
import { deadlineOf } from '../../shared/proof/list.ts';
import { instantOf, zoneOffset } from '../../shared/time/civil.ts';
import { type Week, weekBefore, weekOf, weekStart } from '../../shared/time/week.ts';
import { profileOf, type SundialDatabase } from './database.ts';
import { zoneOf } from './organisation-facts.ts';
import { standingOf, writtenIn } from './queries.ts';
import { wallClock, workingDayOf } from './today.ts';

export interface UnsealedWeek {
  readonly week: Week;
  /** Unix seconds: when it was over, and until when it may be sealed; null while no rule is known. */
  readonly since: number;
  readonly due: number | null;
}

/** Weeks before the running one that may still be sealed: an older one is looked at no more. */
const weeksBack = 4;

/** Oldest first; only weeks in which something was written, or that were opened again. `nowMs` by the server's clock. */
export async function unsealedWeeks(database: SundialDatabase, nowMs: number): Promise<readonly UnsealedWeek[]> {
  const { rule, organisation } = await profileOf(database);
  const zone = zoneOf({ organisation });
  const offset = zoneOffset(zone) ?? (() => 0);
  const running = weekOf(workingDayOf(wallClock(zone, nowMs)));
  const found: UnsealedWeek[] = [];
  for (let week = weekBefore(running), n = 0; n < weeksBack; week = weekBefore(week), n += 1) {
    const standing = await standingOf(database, week);
    const isOpen = standing === 'reopened' || (standing === 'open' && (await writtenIn(database, week)).length > 0);
    if (!isOpen) continue;
    const since = instantOf((weekStart(week) + 7) * 1440, offset);
    found.unshift({ week, since, due: rule === null ? null : deadlineOf(rule, week) });
  }
  return found;
}
