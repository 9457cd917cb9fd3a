/** One leader and a period in figures, each with its sources and what it was counted from (design.md 2.5): no score, no rank, no word of
 *  a text. The same computation runs on the leader's device over all entries and on the server over what was sealed. */
import { grouped } from '../base/grouped.ts';
import { standing, weekCountedIn } from '../diary/hours.ts';
import { kinds, timeOfWeeks } from '../diary/my-time.ts';
import { isLeaveWeek, totalOf } from '../diary/time-total.ts';
import { commentKinds, isActionable } from '../feedback/comment.ts';
import { isCounted, rateFigures, ratesOf } from '../feedback/rates.ts';
import { closedStates } from '../feedback/ticket.ts';
import { formatDay } from '../time/civil.ts';
import { daysOf } from '../time/week.ts';
import { isWorkday, plainCalendar } from '../time/workdays.ts';
import { type FaceId, type FigureId, faces } from './faces.ts';
import type { Face, Figure, Source } from './figure.ts';
import type { PortraitEntry, PortraitInput, PublicPart } from './portrait-input.ts';
import { Sources } from './sources.ts';

export interface Portrait {
  readonly faces: readonly Face[];
  readonly sources: readonly Source[];
}

/** Threads that are named one by one, most weeks first; the rest is one line. */
const threadsNamed = 12;

/** The faces that the input allows: the last three only with `response`. */
export function portraitOf(input: PortraitInput): Portrait {
  const listed = new Sources(input);
  const known = new Set(input.weeks.map(({ week }) => week));
  const counted = standing(input.entries).filter((entry) => known.has(weekCountedIn(entry)));
  const made: Record<FaceId, readonly Figure[]> = {
    ...timeFaces(input, counted, listed),
    threads: threadFigures(counted, listed),
    review: reviewFigures(input, counted, listed),
    ...(input.response === null
      ? { publicResponse: [], closedIssues: [] }
      : responseFaces(input.response, input.asOf, listed)),
    openness: opennessFigures(input, counted, listed),
  };
  return {
    faces: faces.flatMap((face) => (made[face].length === 0 ? [] : [{ face, figures: [...made[face]] }])),
    sources: listed.all,
  };
}

const figure = (
  id: FigureId,
  value: Figure['value'],
  facts: Figure['facts'],
  sources: readonly number[],
  name: string | null = null,
): Figure => ({ id, name, value, facts, sources: [...sources] });

const minutes = (of: number | null): Figure['value'] => ({ kind: 'minutes', minutes: of });
const count = (of: number): Figure['value'] => ({ kind: 'count', count: of });
const cases = (part: number, of: number): Figure['value'] => ({ kind: 'share', part, of, unit: 'cases' });
const parts = (codes: readonly string[], of: (code: string) => number): Figure['value'] => ({
  kind: 'parts',
  parts: codes.flatMap((code) => (of(code) === 0 ? [] : [{ code, count: of(code) }])),
});

function timeFaces(
  { weeks, reading }: PortraitInput,
  counted: readonly PortraitEntry[],
  listed: Sources,
): Record<'effort' | 'allocation', readonly Figure[]> {
  const times = timeOfWeeks(
    weeks.map(({ week }) => week),
    counted,
    reading,
  );
  // Every week here is over: the week that runs is none of the input.
  const total = totalOf(times, '9999-W01');
  const leaveWeeks = times.filter((time) => time.minutes > 0 && isLeaveWeek(time)).length;
  const blankWeeks = times.filter((time) => time.minutes === 0).length;
  const sources = listed.ofEntries(counted);
  const inRatio = total.byKind.collective + total.byKind.focused;
  return {
    effort: [
      figure(
        'averageWeek',
        minutes(total.averageMinutes),
        { weeks: total.fullWeeks, leaveWeeks, blankWeeks, minutes: total.minutes, entries: total.entries },
        sources,
      ),
      figure('late', minutes(total.lateMinutes), { nights: total.lateNights }, sources),
      figure('early', minutes(total.earlyMinutes), { mornings: total.earlyMornings }, sources),
      figure(
        'daysOff',
        minutes(total.weekendMinutes + total.holidayMinutes),
        { weekend: total.weekendMinutes, holiday: total.holidayMinutes },
        sources,
      ),
    ],
    allocation: [
      figure(
        'modes',
        parts(kinds, (code) => kinds.reduce((sum, kind) => (kind === code ? sum + total.byKind[kind] : sum), 0)),
        { minutes: total.minutes },
        sources,
      ),
      figure(
        'focusedShare',
        { kind: 'share', part: total.byKind.focused, of: inRatio, unit: 'minutes' },
        { collective: total.byKind.collective },
        sources,
      ),
    ],
  };
}

function threadFigures(counted: readonly PortraitEntry[], listed: Sources): readonly Figure[] {
  const links = counted.flatMap((entry) => entry.threads.map((thread) => ({ entry, thread })));
  const all = [...grouped(links, ({ thread }) => thread.id)].map(([id, of]) => {
    const entries = of.map(({ entry }) => entry);
    return {
      id,
      name: of.findLast(({ thread }) => thread.name !== null)?.thread.name ?? null,
      entries,
      weeks: new Set(entries.map(weekCountedIn)).size,
      results: entries.filter(({ hasResult }) => hasResult).length,
    };
  });
  const named = all
    .filter(({ name }) => name !== null)
    .sort((a, b) => b.weeks - a.weeks || b.entries.length - a.entries.length || (a.id < b.id ? -1 : 1))
    .slice(0, threadsNamed);
  const others = all.filter((thread) => !named.includes(thread));
  const withResult = counted.filter(({ hasResult }) => hasResult);
  const ofOthers = [...new Set(others.flatMap(({ entries }) => entries))];
  return [
    ...named.map(({ name, entries, weeks, results }) =>
      figure('thread', count(entries.length), { weeks, results }, listed.ofEntries(entries), name),
    ),
    ...(others.length === 0
      ? []
      : [figure('otherThreads', count(others.length), { entries: ofOthers.length }, listed.ofEntries(ofOthers))]),
    figure('results', count(withResult.length), { held: heldAmong(counted) }, listed.ofEntries(withResult)),
  ];
}

function reviewFigures(
  { weeks, entries, reviews, reading }: PortraitInput,
  counted: readonly PortraitEntry[],
  listed: Sources,
): readonly Figure[] {
  // Of a week without a diary nothing is known.
  const written = new Set(entries.map(({ sealedIn }) => sealedIn));
  const told = new Set(weeks.flatMap(({ week, seal }) => (seal !== null || written.has(week) ? [week] : [])));
  const calendar = { ...plainCalendar, ...reading.calendar };
  const workdays = new Set(
    [...told].flatMap((week) => daysOf(week).flatMap((day) => (isWorkday(day, calendar) ? [formatDay(day)] : []))),
  );
  const own = reviews.filter(({ week }) => told.has(week));
  const ofDays = own.filter(({ day }) => day !== null);
  const reviewed = new Set(ofDays.map(({ day }) => day ?? ''));
  const onWorkdays = [...reviewed].filter((day) => workdays.has(day)).length;
  const ofWeeks = own.filter(({ day }) => day === null);
  const thinking = counted.filter(({ hasThinking }) => hasThinking);
  const corrections = counted.filter(({ corrects }) => corrects !== null && corrects !== undefined);
  const late = counted.filter(({ lateFor, corrects }) => typeof lateFor === 'string' && !corrects);
  return [
    figure(
      'reviewedDays',
      cases(onWorkdays, workdays.size),
      { weeks: told.size, daysOff: reviewed.size - onWorkdays },
      listed.ofWeeks(ofDays.map(({ week }) => week)),
    ),
    figure(
      'reviewedWeeks',
      cases(new Set(ofWeeks.map(({ week }) => week)).size, told.size),
      {},
      listed.ofWeeks(ofWeeks.map(({ week }) => week)),
    ),
    figure('thinking', count(thinking.length), { held: heldAmong(counted) }, listed.ofEntries(thinking)),
    figure(
      'amendments',
      parts(['correction', 'lateEntry'], (code) => (code === 'correction' ? corrections : late).length),
      {},
      listed.ofEntries([...corrections, ...late]),
    ),
  ];
}

/** Withheld entries: their texts were not looked into. */
const heldAmong = (counted: readonly PortraitEntry[]): number => counted.filter(({ ground }) => ground !== null).length;

function responseFaces(
  { diaries, tickets }: PublicPart,
  asOf: number,
  listed: Sources,
): Record<'publicResponse' | 'closedIssues', readonly Figure[]> {
  const lines = diaries.flatMap(({ comments }) => comments);
  const sum = (of: readonly (typeof lines)[number][], what: 'count' | 'answered') =>
    of.reduce((so, line) => so + line[what], 0);
  const actionable = lines.filter(({ kind }) => isActionable(kind));
  const ofDiaries = listed.ofDiaries(diaries);
  const ofTickets = listed.ofTickets(tickets);
  const inFigures = tickets.filter(isCounted);
  const rates = ratesOf(tickets, asOf);
  return {
    publicResponse: [
      figure(
        'comments',
        parts(commentKinds, (code) =>
          sum(
            lines.filter(({ kind }) => kind === code),
            'count',
          ),
        ),
        { diaries: diaries.length },
        ofDiaries,
      ),
      figure('answered', cases(sum(actionable, 'answered'), sum(actionable, 'count')), {}, ofDiaries),
    ],
    closedIssues: [
      figure(
        'tickets',
        parts(['closedLoop', 'closedUnsolved', 'open', 'referred', 'merged'], (code) =>
          code === 'open'
            ? tickets.filter(({ state }) => !closedStates.includes(state)).length
            : tickets.filter(({ state }) => state === code).length,
        ),
        { silent: rates.silent },
        ofTickets,
      ),
      ...rateFigures.map((id) =>
        figure(
          id,
          cases(rates[id].part, rates[id].of),
          { referred: rates.referred, merged: rates.merged },
          listed.ofTickets(inFigures),
        ),
      ),
    ],
  };
}

function opennessFigures(
  { weeks, heldOthers, released }: PortraitInput,
  counted: readonly PortraitEntry[],
  listed: Sources,
): readonly Figure[] {
  const due = weeks.filter(({ seal, leave }) => seal !== null || !leave);
  const sealed = due.filter(({ seal }) => seal !== null);
  const published = sealed.filter(({ seal }) => seal?.draw != null);
  const told = new Set(weeks.map(({ week }) => week));
  const held = [
    ...counted.flatMap(({ sealedIn, ground }) => (ground === null ? [] : [{ week: sealedIn, ground }])),
    ...heldOthers.filter(({ week }) => told.has(week)),
  ];
  const timed = due.filter(({ inTime }) => inTime !== null);
  return [
    figure(
      'sealedWeeks',
      cases(sealed.length, due.length),
      {
        leaveWeeks: weeks.length - due.length,
        ...(timed.length === 0 ? {} : { inTime: timed.filter(({ inTime }) => inTime).length }),
      },
      listed.ofWeeks(sealed.map(({ week }) => week)),
    ),
    figure('published', count(published.length), {}, listed.ofWeeks(published.map(({ week }) => week))),
    figure(
      'withheld',
      parts(['state-secret', 'trade-secret', 'privacy'], (code) => held.filter(({ ground }) => ground === code).length),
      { items: held.length, released: released.filter((week) => told.has(week)).length },
      listed.ofWeeks(held.map(({ week }) => week)),
    ),
  ];
}
