// Where a leader's time went, for the leader alone (design.md 4). Nothing here is a score: every figure is minutes, a count or a share.

import { grouped } from '../base/grouped.ts';
import { type CivilDay, civilAt, parseDay, weekday, type ZoneOffset } from '../time/civil.ts';
import { gaps, type Interval, lengthOf, merged, unionMinutes } from '../time/interval.ts';
import { type Week, weekOf } from '../time/week.ts';
import { type Category, type Mode, modeOf, modes } from './category.ts';
import { type DayCalendar, type HoursEntry, realMinute, spanOf } from './hours.ts';

/** A mode, or `none` for entries whose mode nobody told. */
export type Kind = Mode | 'none';

/** The kinds in the order in which they are drawn. */
export const kinds: readonly Kind[] = [...modes, 'none'];

/** No time of any kind. */
export const noMinutes: Readonly<Record<Kind, number>> = {
  collective: 0,
  focused: 0,
  oneToOne: 0,
  emergency: 0,
  neutral: 0,
  none: 0,
};

/** Shorter than this, own time is a fragment, and a gap is no blank. */
export const fragmentUnder = 30;

/** A stretch of own time: not taken by anything but focused work. `day` is the day it is reported under. */
export interface Piece extends Interval {
  readonly day: CivilDay;
}

/** Minutes of one category: the union of its entries, and the union inside each kind. */
export interface CategoryTime {
  readonly category: string | null;
  readonly minutes: number;
  readonly byKind: Readonly<Record<Kind, number>>;
  readonly entries: number;
}

/** What a group of entries comes to: those of one day or of one week. Its intervals are in real minutes since 1970-01-01T00:00Z.
 *  `minutes`: their union. `byKind`: the union inside each kind; overlaps of two kinds lie in both. `focusedShare`: focused /
 *  (collective + focused), null without either.
 *  `longest`: the longest stretch of focused entries that overlap or touch, broken by any other entry, points in time too.
 *  `pieces`: within each day's span from its first beginning to its last end, what no other than focused work takes.
 *  `blanks`: gaps of 30 minutes and more within the same span.
 *  `late`: from 22:00 of the day on. `early`: before 07:00 of it. `weekend`, `holiday`: on days off; a made-up day is none. Leave is in
 *  none of these four. */
export interface Time {
  readonly entries: number;
  readonly minutes: number;
  readonly byKind: Readonly<Record<Kind, number>>;
  readonly focusedShare: number | null;
  readonly longest: Interval | null;
  readonly pieces: readonly Piece[];
  readonly blanks: readonly Interval[];
  readonly lateMinutes: number;
  readonly lateNights: number;
  readonly earlyMinutes: number;
  readonly earlyMornings: number;
  readonly weekendMinutes: number;
  readonly holidayMinutes: number;
  readonly leaveMinutes: number;
  readonly categories: readonly CategoryTime[];
}

/** How entries are read: the organisation's categories, the offset of its zone, and its days off where they are known. */
export interface Reading {
  readonly table: readonly Category[];
  readonly offset: ZoneOffset;
  readonly calendar?: DayCalendar;
}

/** The time of exactly these entries; choose them first. Throws `RangeError` on times that are not well formed. */
export function timeOf(entries: readonly HoursEntry[], { table, offset, calendar }: Reading): Time {
  const all = entries.map((entry) => readOf(entry, table, offset));
  const onWall = (day: CivilDay, minutes: number) => realMinute(civilAt(day, minutes), offset);
  const work = all.filter(({ leave }) => !leave);
  const days = daysOf(all);
  const byKind = kindMinutes(all);
  const inRatio = byKind.collective + byKind.focused;
  const late = work.flatMap((each) => part(each, onWall(each.day, 22 * 60), each.span.end));
  const early = work.flatMap((each) => part(each, each.span.start, onWall(each.day, 7 * 60)));
  const onDay = (wanted: 'weekend' | 'holiday') => work.filter(({ day }) => dayOff(day, calendar) === wanted);
  return {
    entries: all.length,
    minutes: union(all),
    byKind,
    focusedShare: inRatio === 0 ? null : byKind.focused / inRatio,
    longest: longestOf(focusedBlocks(all)),
    pieces: days.flatMap((day) => piecesOf(day)),
    blanks: days.flatMap(({ span, entries: own }) => gaps(spans(own), span, fragmentUnder)),
    lateMinutes: union(late),
    lateNights: new Set(late.map(({ day }) => day)).size,
    earlyMinutes: union(early),
    earlyMornings: new Set(early.map(({ day }) => day)).size,
    weekendMinutes: union(onDay('weekend')),
    holidayMinutes: union(onDay('holiday')),
    leaveMinutes: union(all.filter(({ leave }) => leave)),
    categories: categoriesOf(all),
  };
}

/** The time of each week, in the order of `weeks`; an entry counts in the week of its day, a late one in the week it is late for. */
export function timeOfWeeks(
  weeks: readonly Week[],
  entries: readonly HoursEntry[],
  reading: Reading,
): readonly (Time & { readonly week: Week })[] {
  const byWeek = new Map<Week, HoursEntry[]>(weeks.map((week) => [week, []]));
  for (const entry of entries) byWeek.get(entry.lateFor ?? weekOf(dayNamed(entry.day)))?.push(entry);
  return weeks.map((week) => ({ week, ...timeOf(byWeek.get(week) ?? [], reading) }));
}

interface Read {
  readonly day: CivilDay;
  readonly span: Interval;
  readonly kind: Kind;
  readonly category: string | null;
  readonly leave: boolean;
}

interface DayRead {
  readonly day: CivilDay;
  readonly span: Interval;
  readonly entries: readonly Read[];
}

function readOf(entry: HoursEntry, table: readonly Category[], offset: ZoneOffset): Read {
  const category = entry.category ?? null;
  const kind = modeOf(entry, table) ?? 'none';
  return { day: dayNamed(entry.day), span: spanOf(entry, offset), kind, category, leave: category === 'leave' };
}

const spans = (all: readonly Pick<Read, 'span'>[]): readonly Interval[] => all.map(({ span }) => span);
const union = (all: readonly Pick<Read, 'span'>[]): number => unionMinutes(spans(all));

function kindMinutes(all: readonly Read[]): Readonly<Record<Kind, number>> {
  const minutes: Record<Kind, number> = { ...noMinutes };
  for (const [kind, of] of grouped(all, (each) => each.kind)) minutes[kind] = union(of);
  return minutes;
}

/** The days on which time passed, each with its span; a day of points alone has none. */
function daysOf(all: readonly Read[]): readonly DayRead[] {
  const byDay = grouped(all, ({ day }) => day);
  return [...byDay].flatMap(([day, entries]) => {
    const covered = merged(spans(entries));
    const [first] = covered;
    const last = covered.at(-1);
    return first === undefined || last === undefined
      ? []
      : [{ day, span: { start: first.start, end: last.end }, entries }];
  });
}

function focusedBlocks(all: readonly Read[]): readonly Interval[] {
  const focused = merged(spans(all.filter(({ kind }) => kind === 'focused')));
  return focused.flatMap((block) => leftOver(block, all));
}

function piecesOf({ day, span, entries }: DayRead): readonly Piece[] {
  return leftOver(span, entries).map((piece) => ({ day, ...piece }));
}

/** What of a stretch nothing but focused work takes; a point in time parts it too. */
function leftOver(stretch: Interval, all: readonly Read[]): readonly Interval[] {
  const others = spans(all.filter(({ kind }) => kind !== 'focused'));
  const points = others.flatMap((other) => (lengthOf(other) === 0 ? [other.start] : [])).sort((a, b) => a - b);
  return gaps(others, stretch).flatMap((piece) => partedAt(piece, points));
}

function partedAt({ start, end }: Interval, points: readonly number[]): readonly Interval[] {
  const cuts = [start, ...points.filter((point) => point > start && point < end), end];
  return cuts.slice(1).flatMap((to, at) => {
    const piece = { start: cuts[at] ?? to, end: to };
    return lengthOf(piece) > 0 ? [piece] : [];
  });
}

/** The longest of some stretches, the earliest of equals. */
export function longestOf(stretches: readonly Interval[]): Interval | null {
  let longest: Interval | null = null;
  for (const each of stretches) if (longest === null || lengthOf(each) > lengthOf(longest)) longest = each;
  return longest;
}

function part({ day, span }: Read, from: number, to: number): readonly Pick<Read, 'day' | 'span'>[] {
  const cut = { start: Math.max(span.start, from), end: Math.min(span.end, to) };
  return lengthOf(cut) > 0 ? [{ day, span: cut }] : [];
}

function dayOff(day: CivilDay, calendar: DayCalendar | undefined): 'weekend' | 'holiday' | null {
  if (calendar?.holidays.has(day) === true) return 'holiday';
  return weekday(day) >= 6 && calendar?.makeUpWorkdays.has(day) !== true ? 'weekend' : null;
}

function categoriesOf(all: readonly Read[]): readonly CategoryTime[] {
  return [...grouped(all, ({ category }) => category)].map(([category, of]) => ({
    category,
    minutes: union(of),
    byKind: kindMinutes(of),
    entries: of.length,
  }));
}

function dayNamed(text: string): CivilDay {
  const day = parseDay(text);
  if (day === null) throw new RangeError(`not a civil day: ${text}`);
  return day;
}
