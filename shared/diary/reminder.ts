// Which notices are due, computed from what is stored and the time alone: an alarm that comes late, twice, or not at all for days changes
// nothing but the moment of looking (sync.md, pitfall 3). Each notice has a stable id, so that it is shown once.

import { grouped } from '../base/grouped.ts';
import {
  type CivilDay,
  type CivilMinute,
  civilAt,
  civilOf,
  dayOf,
  formatDay,
  instantOf,
  weekday,
  type ZoneOffset,
} from '../time/civil.ts';
import { type Week, weekOf, weekStart } from '../time/week.ts';
import {
  aboutDraw,
  conditionOf,
  type Notice,
  type NoticeKind,
  type NoticeMemory,
  type NoticePlan,
  type OwnDraw,
} from './notice.ts';

/** One day as it is written. `expected`: a working day. `shut`: sealed or frozen. */
export interface DayWritten {
  readonly day: CivilDay;
  readonly entries: number;
  readonly blanks: number;
  readonly reviewed: boolean;
  readonly leave: boolean;
  readonly expected: boolean;
  readonly shut: boolean;
}

/** One week as it stands. `deadline`: of its seal, milliseconds since 1970, null where no rule is known. `resting`: by the plan it is another
 *  group's turn. */
export interface WeekStanding {
  readonly week: Week;
  readonly resting: boolean;
  readonly standing: 'open' | 'sealing' | 'sealed' | 'reopened' | 'frozen';
  readonly written: boolean;
  readonly deadline: number | null;
}

/** What this device knows now. Instants are milliseconds since 1970. */
export interface Situation {
  readonly zone: ZoneOffset;
  readonly days: readonly DayWritten[];
  readonly weeks: readonly WeekStanding[];
  readonly draws: readonly OwnDraw[];
  readonly ackProblem: string | null;
  readonly logProblem: string | null;
  readonly tray: { readonly key: number; readonly at: number } | null;
  /** When the oldest unsent edit was made. */
  readonly unsentSince: number | null;
  /** Focused share of the last four full weeks and the own target, both 0 to 1; null where either is missing. */
  readonly lookBack: { readonly share: number; readonly target: number } | null;
}

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** A notice that was missed for longer is no longer shown by the browser; it stands in the list. */
export const showWithinMs = 18 * hourMs;
/** How long the list keeps what has no end of its own. */
const keepMs = 14 * dayMs;
const keepEveningMs = 7 * dayMs;
/** A day with fewer entries is not written yet. */
const fewEntries = 3;
/** A week's last day begins at 05:00; nobody is called before this hour. */
const morning = 8 * 60;
const nudgeHour = 9 * 60;
const workingDayFrom = 5 * 60;
const unsentAfterMs = dayMs;
const releaseAfterMs = hourMs;

/** Kinds of one family tell of the same thing: the newest says all that the earlier ones said. */
const familyOf: Readonly<Record<NoticeKind, string>> = {
  evening: 'evening',
  lastDay: 'sealing',
  sealDay: 'sealing',
  sealHour: 'sealing',
  reopenedHour: 'reopening',
  reopenedShut: 'reopening',
  ack: 'ack',
  drawn: 'showing',
  release: 'showing',
  published: 'showing',
  log: 'log',
  tray: 'tray',
  unsent: 'unsent',
  nudge: 'nudge',
};

/** Families in which each week has a notice of its own. */
const byWeek: ReadonlySet<string> = new Set(['sealing', 'reopening', 'showing']);

/** Everything that is due at `now`, newest first: of each family, or of each week in it, the newest. */
export function dueNotices(
  plan: NoticePlan,
  situation: Situation,
  { since }: Pick<NoticeMemory, 'since'>,
  now: number,
): readonly Notice[] {
  const due = [
    ...evenings(plan, situation, since, now),
    ...sealings(situation, now),
    ...reopenings(situation, since),
    ...showings(situation, since, now),
    ...conditions(situation, since, now),
    ...nudges(situation, now),
  ].filter(({ kind, at }) => at <= now && !plan.off.includes(kind));
  return newestOf(due, ({ kind, about }) => {
    const family = familyOf[kind];
    return byWeek.has(family) ? `${family} ${about}` : family;
  });
}

/** Those of them that the browser should show now: the newest of each family, where it was not shown or ticked off before and is not
 *  missed for too long. */
export function toShow(due: readonly Notice[], { shown, ticked }: NoticeMemory, now: number): readonly Notice[] {
  return newestOf(due, ({ kind }) => familyOf[kind]).filter(
    ({ id, at }) => !Object.hasOwn(shown, id) && !Object.hasOwn(ticked, id) && now - at <= showWithinMs,
  );
}

/** The conditions that hold now, by which `since` is kept. A frozen week is one where it was seen reopened before. */
export function conditionsOf(situation: Situation, since: NoticeMemory['since']): readonly string[] {
  const { ackProblem, logProblem, weeks, draws } = situation;
  const reopened = weeks.flatMap(({ week, standing }) => {
    const before = [conditionOf.reopened(week), conditionOf.shut(week)];
    if (standing === 'reopened') return [conditionOf.reopened(week)];
    return standing === 'frozen' && before.some((name) => Object.hasOwn(since, name)) ? [conditionOf.shut(week)] : [];
  });
  return [
    conditionOf.begun,
    ...(ackProblem === null ? [] : [conditionOf.ack(ackProblem)]),
    ...(logProblem === null ? [] : [conditionOf.log(logProblem)]),
    ...reopened,
    ...draws.flatMap((own) => (own.publishedAt === null ? [conditionOf.drawn(own)] : [])),
  ];
}

/** The hour of a day's reminder has come since this device began to look, and the day lacks something: entries, a blank's filling, or its
 *  review. */
function evenings(
  { evening }: NoticePlan,
  { days, zone }: Situation,
  since: NoticeMemory['since'],
  now: number,
): readonly Notice[] {
  const from = Math.max(now - keepEveningMs, since[conditionOf.begun] ?? now);
  return days.flatMap(({ day, entries, blanks, reviewed, leave, expected, shut }) => {
    const hour = evening[weekday(day) - 1] ?? null;
    const isDone = entries >= fewEntries && blanks === 0 && reviewed;
    if (hour === null || leave || shut || isDone || (!expected && entries === 0)) return [];
    const at = onWall(civilAt(day, hour < workingDayFrom ? hour + 1440 : hour), zone);
    return at < from ? [] : [notice('evening', formatDay(day), at)];
  });
}

function sealings({ weeks, zone }: Situation, now: number): readonly Notice[] {
  return weeks.flatMap(({ week, standing, written, deadline, resting }) => {
    // Nobody asked for a week out of turn; who writes in it seals it or not.
    if (resting || standing !== 'open' || (!written && now > (deadline ?? endOf(week, zone)))) return [];
    const lastDay = onWall(civilAt(weekStart(week) + 6, morning), zone);
    const all = [notice('lastDay', week, lastDay, deadline)];
    if (deadline !== null)
      all.push(
        notice('sealDay', week, deadline - dayMs, deadline),
        notice('sealHour', week, deadline - hourMs, deadline),
      );
    return all.filter(({ at }) => now - at <= keepMs);
  });
}

/** The freeze comes after the deadline at the earliest; who reopens later than an hour before it is told at once (sync.md j). */
function reopenings({ weeks }: Situation, since: NoticeMemory['since']): readonly Notice[] {
  return weeks.flatMap(({ week, standing, deadline }) => {
    const reopened = since[conditionOf.reopened(week)];
    const shut = since[conditionOf.shut(week)];
    if (standing === 'frozen' && shut !== undefined) return [notice('reopenedShut', week, shut)];
    if (standing !== 'reopened' || reopened === undefined || deadline === null) return [];
    return [notice('reopenedHour', week, Math.max(reopened, deadline - hourMs), deadline)];
  });
}

function showings({ draws }: Situation, since: NoticeMemory['since'], now: number): readonly Notice[] {
  return draws.flatMap((own) => {
    const about = aboutDraw(own);
    if (own.publishedAt !== null)
      return now - own.publishedAt > keepMs ? [] : [notice('published', about, own.publishedAt)];
    const drawn = since[conditionOf.drawn(own)];
    if (drawn === undefined) return [];
    return [notice('drawn', about, drawn), notice('release', about, drawn + releaseAfterMs)];
  });
}

function conditions(situation: Situation, since: NoticeMemory['since'], now: number): readonly Notice[] {
  const { ackProblem, logProblem, tray, unsentSince } = situation;
  const held = (kind: 'ack' | 'log', code: string | null) => {
    const at = code === null ? undefined : since[conditionOf[kind](code)];
    return at === undefined ? [] : [notice(kind, `${code}/${at}`, at)];
  };
  return [
    ...held('ack', ackProblem),
    ...held('log', logProblem),
    ...(tray === null ? [] : [notice('tray', String(tray.key), Math.min(tray.at, now))]),
    ...(unsentSince === null ? [] : [notice('unsent', String(unsentSince), unsentSince + unsentAfterMs)]),
  ];
}

/** At most once a week: on its Monday, while the last four full weeks have a smaller share than the own target. */
function nudges({ lookBack, zone }: Situation, now: number): readonly Notice[] {
  if (lookBack === null || lookBack.share >= lookBack.target) return [];
  const week = weekOf(dayOf(civilOf(now / 1000, zone) - workingDayFrom));
  return [notice('nudge', week, onWall(civilAt(weekStart(week), nudgeHour), zone))];
}

function notice(kind: NoticeKind, about: string, at: number, until: number | null = null): Notice {
  return { id: `${kind}:${about}`, kind, about, at, until };
}

function newestOf(all: readonly Notice[], keyOf: (notice: Notice) => string): readonly Notice[] {
  const newest = [...grouped(all, keyOf).values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [rest.reduce((a, b) => (b.at > a.at ? b : a), first)],
  );
  return newest.sort((a, b) => b.at - a.at);
}

function onWall(wall: CivilMinute, zone: ZoneOffset): number {
  return instantOf(wall, zone) * 1000;
}

function endOf(week: Week, zone: ZoneOffset): number {
  return onWall(civilAt(weekStart(week) + 7, workingDayFrom), zone);
}
