/** One leader and a period in figures, each with its sources and what it was counted from (design.md 2.5): no score, no rank, no word of
 *  a text. The same computation runs on the leader's device over all entries and on the server over what was sealed. */
import * as v from 'valibot';
import { DrawId, type Ground, Hash, Id, Week } from '../api/field.ts';
import { grouped } from '../base/grouped.ts';
import { type HoursEntry, type ItemPlace, standing, weekCountedIn } from '../diary/hours.ts';
import { kinds, type Reading, timeOfWeeks } from '../diary/my-time.ts';
import { isLeaveWeek, totalOf } from '../diary/time-total.ts';
import { commentKinds, isActionable } from '../feedback/comment.ts';
import { isCounted, rateFigures, ratesOf } from '../feedback/rates.ts';
import { closedStates, ticketStates } from '../feedback/ticket.ts';
import { compareWeeks, daysOf } from '../time/week.ts';
import { isWorkday, plainCalendar } from '../time/workdays.ts';
import { type FaceId, type FigureId, faces, figureIds } from './faces.ts';

/** Where figures come from. A `seal` is in the log for everybody; `draw` is set where its diary was published, so that a stranger can
 *  recompute what rests on it. `own`: a week that is not sealed, known to the leader's device alone. */
export const Source = v.variant('kind', [
  v.object({
    kind: v.literal('seal'),
    week: Week,
    seal: Hash,
    index: v.number(),
    rev: v.number(),
    draw: v.nullable(DrawId),
    /** Whose diary, where the list is of several units. */
    unit: v.optional(Id),
  }),
  v.object({ kind: v.literal('own'), week: Week }),
  v.object({ kind: v.literal('diary'), week: Week, draw: DrawId, unit: Id }),
  v.object({ kind: v.literal('ticket'), number: v.string() }),
]);
export type Source = v.InferOutput<typeof Source>;

/** `minutes` null: nothing to count. A share of cases below five is shown as its two counts (shared/feedback/rates.ts). */
export const Value = v.variant('kind', [
  v.object({ kind: v.literal('minutes'), minutes: v.nullable(v.number()) }),
  v.object({ kind: v.literal('count'), count: v.number() }),
  v.object({ kind: v.literal('share'), part: v.number(), of: v.number(), unit: v.picklist(['minutes', 'cases']) }),
  v.object({ kind: v.literal('parts'), parts: v.array(v.object({ code: v.string(), count: v.number() })) }),
]);

export const Figure = v.object({
  id: v.picklist(figureIds),
  /** Of a thread: its name. */
  name: v.nullable(v.string()),
  value: Value,
  /** What it was counted from, by name: `weeks`, `leaveWeeks`, `entries`, `nights`… */
  facts: v.record(v.string(), v.number()),
  /** Places in the list of sources. */
  sources: v.array(v.number()),
});
export type Figure = v.InferOutput<typeof Figure>;

export const Face = v.object({ face: v.picklist(faces), figures: v.array(Figure) });
export type Face = v.InferOutput<typeof Face>;

/** A week's diary, null where it is not sealed. */
export interface SealedWeek {
  readonly week: string;
  readonly seal: Omit<Extract<Source, { kind: 'seal' }>, 'kind' | 'week'> | null;
}

/** A week of the term within the period that is over. `inTime`: whether it was first sealed by the rule's deadline,
 *  null where there is no rule. `leave`: declared as leave. */
export interface PortraitWeek extends SealedWeek {
  readonly inTime: boolean | null;
  readonly leave: boolean;
}

/** An entry in figures. `sealedIn`: the week whose diary carries it, which for a late entry is a later one. `threads`: names only where they
 *  may be shown. */
export interface PortraitEntry extends HoursEntry {
  readonly sealedIn: string;
  readonly at?: ItemPlace | null;
  readonly threads: readonly { readonly id: string; readonly name: string | null }[];
  readonly hasThinking: boolean;
  readonly hasResult: boolean;
  readonly ground: Ground | null;
}

/** What readers wrote under the diaries of the period, and the tickets that the unit handled. */
export const PublicPart = v.object({
  diaries: v.array(
    v.object({
      week: Week,
      draw: DrawId,
      unit: Id,
      comments: v.array(v.object({ kind: v.picklist(commentKinds), count: v.number(), answered: v.number() })),
    }),
  ),
  tickets: v.array(
    v.object({
      number: v.string(),
      state: v.picklist(ticketStates),
      contactDue: v.number(),
      contactedAt: v.nullable(v.number()),
      due: v.number(),
      repliedAt: v.nullable(v.number()),
      reopened: v.number(),
      isAsked: v.boolean(),
      answer: v.nullable(v.object({ solved: v.boolean(), rating: v.nullable(v.number()) })),
      followedUp: v.nullable(v.boolean()),
    }),
  ),
});

export type PublicPart = v.InferOutput<typeof PublicPart>;

export interface PortraitInput {
  /** In order. */
  readonly weeks: readonly PortraitWeek[];
  /** Later diaries that carry late entries and corrections of these weeks. */
  readonly carriers: readonly SealedWeek[];
  /** Of the weeks, and late ones and corrections of later weeks, in the order of the seals. */
  readonly entries: readonly PortraitEntry[];
  readonly reviews: readonly { readonly week: string; readonly day: string | null }[];
  /** Withheld items that are no entries, by week. */
  readonly heldOthers: readonly { readonly week: string; readonly ground: Ground }[];
  readonly reading: Reading;
  /** Null: not known here (a device without a connection). */
  readonly response: PublicPart | null;
  /** Unix seconds. */
  readonly asOf: number;
}

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
  const workdays = [...told].flatMap((week) => daysOf(week).filter((day) => isWorkday(day, calendar))).length;
  const own = reviews.filter(({ week }) => told.has(week));
  const ofDays = own.filter(({ day }) => day !== null);
  const ofWeeks = own.filter(({ day }) => day === null);
  const thinking = counted.filter(({ hasThinking }) => hasThinking);
  const corrections = counted.filter(({ corrects }) => corrects !== null && corrects !== undefined);
  const late = counted.filter(({ lateFor, corrects }) => typeof lateFor === 'string' && !corrects);
  return [
    figure(
      'reviewedDays',
      cases(new Set(ofDays.map(({ day }) => day)).size, workdays),
      { weeks: told.size },
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
  { weeks, heldOthers }: PortraitInput,
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
      { items: held.length },
      listed.ofWeeks(held.map(({ week }) => week)),
    ),
  ];
}

/** The list of sources as it grows: the period's diaries in order, then what figures name. */
class Sources {
  readonly #all: Source[] = [];
  readonly #places = new Map<string, number>();
  readonly #seals: ReadonlyMap<string, SealedWeek['seal']>;

  constructor({ weeks, carriers, entries }: PortraitInput) {
    this.#seals = new Map([...carriers, ...weeks].map(({ week, seal }) => [week, seal]));
    const written = new Set(entries.map(({ sealedIn }) => sealedIn));
    for (const { week, seal } of weeks) if (seal !== null || written.has(week)) this.#placeOf(week);
  }

  get all(): readonly Source[] {
    return this.#all;
  }

  ofEntries(entries: readonly PortraitEntry[]): readonly number[] {
    return this.ofWeeks(entries.map(({ sealedIn }) => sealedIn));
  }

  ofWeeks(weeks: readonly string[]): readonly number[] {
    return [...new Set(weeks)].sort(compareWeeks).map((week) => this.#placeOf(week));
  }

  ofDiaries(diaries: PublicPart['diaries']): readonly number[] {
    return diaries.map(({ week, draw, unit }) => this.#place(`${draw} ${unit}`, { kind: 'diary', week, draw, unit }));
  }

  ofTickets(tickets: PublicPart['tickets']): readonly number[] {
    return tickets.map(({ number }) => this.#place(`ticket ${number}`, { kind: 'ticket', number }));
  }

  #placeOf(week: string): number {
    const seal = this.#seals.get(week) ?? null;
    return this.#place(week, seal === null ? { kind: 'own', week } : { kind: 'seal', week, ...seal });
  }

  #place(key: string, source: Source): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.#all.length);
    this.#all.push(source);
    return this.#all.length - 1;
  }
}
