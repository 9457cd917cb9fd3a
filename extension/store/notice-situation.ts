/** What this device knows that notices follow from: the last days and weeks, own draws, what is wrong, and the last full weeks. */
import * as v from 'valibot';
import { blanksOf } from '../../shared/diary/hours.ts';
import { timeOfWeeks } from '../../shared/diary/my-time.ts';
import type { Notice, NoticePlan } from '../../shared/diary/notice.ts';
import { type DayWritten, dueNotices, type Situation, type WeekStanding } from '../../shared/diary/reminder.ts';
import { lastFullWeeks, looksBackOver, totalOf } from '../../shared/diary/time-total.ts';
import { writesIn } from '../../shared/organisation/plan.ts';
import { deadlineOf } from '../../shared/proof/list.ts';
import { type CivilDay, formatDay, zoneOffset } from '../../shared/time/civil.ts';
import { daysOf, type Week, weekBefore, weekOf } from '../../shared/time/week.ts';
import { isWorkday, plainCalendar } from '../../shared/time/workdays.ts';
import { entriesCountedFrom } from './counted-entries.ts';
import { type Profile, profileOf, progressOf, type SundialDatabase } from './database.ts';
import { calendarOf, readingOf, zoneOf } from './organisation-facts.ts';
import { focusedTarget, kept, noticeMemory, noticePlan, personalId } from './private-settings.ts';
import { standingOf, type Written, writtenIn } from './queries.ts';
import { wallClock, workingDayOf } from './today.ts';

/** How many weeks are looked at: this one and those before whose matters may still be open. */
const weeksBack = 4;
/** Days whose evening may still be called for lie in this week and the one before. */
const weeksOfDays = 2;

/** Own draws as they are kept between two readings. */
const KeptDraws = v.array(
  v.object({ draw: v.string(), unit: v.string(), week: v.string(), publishedAt: v.nullable(v.number()) }),
);

/** What stands in the list at `nowMs` of the server's clock: due and not ticked off, newest first. */
export async function noticesNow(database: SundialDatabase, nowMs: number): Promise<readonly Notice[]> {
  const [plan, memory] = await Promise.all([noticePlan(database), noticeMemory(database)]);
  const due = dueNotices(plan, await situationOf(database, plan, nowMs), memory, nowMs);
  return due.filter(({ id }) => !Object.hasOwn(memory.ticked, id));
}

/** Everything that notices follow from. The last full weeks are read only where a target is set and their notice is on. */
export async function situationOf(database: SundialDatabase, plan: NoticePlan, nowMs: number): Promise<Situation> {
  const profile = await profileOf(database);
  const { ackProblem, logProblem, auditProblems = [] } = await progressOf(database);
  const zone = zoneOf(profile);
  const today = workingDayOf(wallClock(zone, nowMs));
  const weeks = await Promise.all(lastWeeks(weekOf(today)).map((week) => weekNow(database, profile, week)));
  const tray = await database.tray.orderBy('key').last();
  const oldest = await database.outbox.orderBy('n').first();
  return {
    zone: zoneOffset(zone) ?? (() => 0),
    // In a week out of turn nobody asks for a day either.
    days: weeks
      .slice(0, weeksOfDays)
      .flatMap(({ standing, written }) => (standing.resting ? [] : daysIn(standing, written, today, profile))),
    weeks: weeks.map(({ standing, written }) => ({ ...standing, written: written.length > 0 })),
    draws: await kept(database, personalId.draws, KeptDraws, []),
    // Without the network nothing is refused: the state of sync says that. A key that is too new is no fault: the settings say it.
    ackProblem: ackProblem === 'UNREACHABLE' || ackProblem === 'KEY_TOO_NEW' ? null : ackProblem,
    // That a key has ended is no fault of the log: the desk says it.
    logProblem: logProblem ?? auditProblems.find((code) => code !== 'KEY_ENDED') ?? null,
    tray: tray === undefined ? null : { key: tray.key, at: tray.at },
    unsentSince: oldest === undefined || profile.device === null ? null : Date.parse(oldest.at),
    lookBack: plan.off.includes('nudge') ? null : await lookBack(database, profile, weekOf(today)),
  };
}

interface WeekNow {
  readonly standing: Omit<WeekStanding, 'written'>;
  readonly written: readonly Written[];
}

function lastWeeks(running: Week): readonly Week[] {
  const weeks = [running];
  while (weeks.length <= weeksBack) weeks.push(weekBefore(weeks.at(-1) ?? running));
  return weeks;
}

async function weekNow(database: SundialDatabase, profile: Profile, week: Week): Promise<WeekNow> {
  const { rule } = profile;
  const [standing, written] = await Promise.all([standingOf(database, week), writtenIn(database, week)]);
  const deadline = rule === null ? null : deadlineOf(rule, week) * 1000;
  return { standing: { week, standing, deadline, resting: isResting(profile, week) }, written };
}

/** Whether by the plan no unit that is led from this device writes in a week. */
function isResting({ organisation, grants }: Profile, week: Week): boolean {
  const led = grants.flatMap(({ role, unit }) => (role === 'leader' && unit !== null ? [unit] : []));
  return led.length > 0 && led.every((unit) => !writesIn(organisation?.plan ?? [], unit, week));
}

/** The days of a week up to today, as they are written. */
function daysIn(
  { week, standing }: Omit<WeekStanding, 'written'>,
  written: readonly Written[],
  today: CivilDay,
  profile: Profile,
): readonly DayWritten[] {
  const calendar = { ...plainCalendar, ...calendarOf(profile) };
  return daysOf(week).flatMap((day) => {
    if (day > today) return [];
    const name = formatDay(day);
    const entries = written.flatMap(({ body }) => (body.kind === 'entry' && body.day === name ? [body] : []));
    return [
      {
        day,
        entries: entries.length,
        blanks: blanksOf(entries).length,
        reviewed: written.some(({ body }) => body.kind === 'review' && body.day === name),
        leave: entries.some(({ category }) => category === 'leave'),
        expected: isWorkday(day, calendar),
        shut: standing !== 'open' && standing !== 'reopened',
      },
    ];
  });
}

/** Focused share of the last four full weeks beside the own target. */
async function lookBack(database: SundialDatabase, profile: Profile, running: Week): Promise<Situation['lookBack']> {
  const target = await focusedTarget(database);
  if (target === null) return null;
  const full = await lastFullWeeksOf(database, profile, running);
  const share = full === null ? null : totalOf(full, running).focusedShare;
  return share === null ? null : { share, target: target / 100 };
}

/** The last four full weeks before the running one, null where there are fewer. */
export async function lastFullWeeksOf(database: SundialDatabase, profile: Profile, running: Week) {
  const weeks = [weekBefore(running)];
  while (weeks.length < looksBackOver) weeks.unshift(weekBefore(weeks[0] ?? running));
  const entries = await entriesCountedFrom(database, weeks[0] ?? running, weeks.at(-1) ?? running);
  return lastFullWeeks(timeOfWeeks(weeks, entries, readingOf(profile)), running);
}
