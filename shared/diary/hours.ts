// Hours of a day or a week: the union of what was reported under it, never clipped (design.md 4).

import {
  type CivilDay,
  type CivilMinute,
  civilAt,
  instantOf,
  parseDay,
  parseMinute,
  weekday,
  type ZoneOffset,
} from '../time/civil.ts';
import { gaps, type Interval, merged, sumMinutes, unionMinutes } from '../time/interval.ts';
import { type Week, weekOf } from '../time/week.ts';
import { type Mode, modeOf, modes } from './category.ts';

/** Where a sealed entry stands: the seal's hash and the item's number in it (verification.md 4). */
export type ItemPlace = { readonly seal: string; readonly item: number };

/** What hours need of an entry, as it is stored: `day` is `YYYY-MM-DD`, `start` and `end` are `YYYY-MM-DDThh:mm`. */
export type HoursEntry = {
  readonly day: string;
  readonly start: string;
  readonly end?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly mode?: string | null | undefined;
  readonly lateFor?: string | null | undefined;
  readonly corrects?: ItemPlace | null | undefined;
};

/** Minutes of a list of entries. `union` counts overlaps once; `sum` adds every entry (neighbours with the same span are
 *  one entry that was split to withhold a part, and count once). Inside each mode and category the union again, so these
 *  may add up to more than `union`. Entries without a mode or category count in `union` and `sum` alone. */
export type Hours = {
  readonly unionMinutes: number;
  readonly sumMinutes: number;
  readonly modeMinutes: Readonly<Record<Mode, number>>;
  readonly categoryMinutes: ReadonlyMap<string, number>;
  /** focused / (collective + focused) by the minutes above, 0–1; `null` when there are none of both. */
  readonly focusedShare: number | null;
};

/** What a reader is told beside the time of an entry. `lateEntry` is 补录. */
export type HoursMark = 'late' | 'early' | 'weekend' | 'holiday' | 'lateEntry';

/** Days that are no ordinary weekdays or weekends. */
export type DayCalendar = { readonly holidays: ReadonlySet<CivilDay>; readonly makeUpWorkdays: ReadonlySet<CivilDay> };

const lateFrom = 22 * 60;
const earlyBefore = 7 * 60;

/** Hours of exactly these entries, held ones included; choose them first (`countedIn`, `standing`). With `offset`, the zone
 *  of the diary, a night in which the clock changes counts what really passed (Temporal `compatible`); without it, what
 *  the wall showed. Throws `RangeError` on an entry whose times are not well formed. */
export function hoursOf(entries: readonly HoursEntry[], offset?: ZoneOffset): Hours {
  const spans = entries.map((entry) => ({ entry, span: spanOf(entry, offset) }));
  const unionWhere = (wanted: (entry: HoursEntry) => boolean) =>
    unionMinutes(spans.filter(({ entry }) => wanted(entry)).map(({ span }) => span));
  const minutesOf = (mode: Mode) => unionWhere((entry) => modeOf(entry) === mode);
  const [collective, focused, oneToOne, emergency, neutral] = modes.map(minutesOf);
  const modeMinutes = {
    collective: collective ?? 0,
    focused: focused ?? 0,
    oneToOne: oneToOne ?? 0,
    emergency: emergency ?? 0,
    neutral: neutral ?? 0,
  };
  const ids = new Set(entries.flatMap((entry) => (typeof entry.category === 'string' ? [entry.category] : [])));
  const inRatio = modeMinutes.collective + modeMinutes.focused;
  return {
    unionMinutes: unionWhere(() => true),
    sumMinutes: sumMinutes(
      spans.filter(({ entry }, index) => !isSameSpan(entry, entries[index - 1])).map(({ span }) => span),
    ),
    modeMinutes,
    categoryMinutes: new Map([...ids].map((id) => [id, unionWhere((entry) => entry.category === id)])),
    focusedShare: inRatio === 0 ? null : modeMinutes.focused / inRatio,
  };
}

/** The week in which an entry counts: that of `lateFor` for a late entry, else the week of its day. */
export function weekCountedIn(entry: Pick<HoursEntry, 'day' | 'lateFor'>): Week {
  return typeof entry.lateFor === 'string' ? entry.lateFor : weekOf(dayNamed(entry.day));
}

/** The entries that count in a week, out of entries of several weeks' diaries of one unit. */
export function countedIn<T extends Pick<HoursEntry, 'day' | 'lateFor'>>(
  week: Week,
  entries: readonly T[],
): readonly T[] {
  return entries.filter((entry) => weekCountedIn(entry) === week);
}

/** The entries that stand after all corrections: an entry that a later one `corrects` is left out, the correction counts
 *  instead; of two corrections of one entry the one that comes later in the list counts; a correction may be corrected.
 *  `at` says where an entry itself is sealed; one not yet sealed has none. Keeps the order. */
export function standing<T extends Pick<HoursEntry, 'corrects'> & { readonly at?: ItemPlace | null | undefined }>(
  entries: readonly T[],
): readonly T[] {
  const lastOf = new Map<string, T>();
  for (const entry of entries) if (entry.corrects) lastOf.set(nameOf(entry.corrects), entry);
  return entries.filter((entry) => {
    if (entry.corrects && lastOf.get(nameOf(entry.corrects)) !== entry) return false;
    return !entry.at || !lastOf.has(nameOf(entry.at));
  });
}

/** Late (any part after 22:00 of its `day`), early (begins before 07:00 of its `day`), on a public holiday, or else on a
 *  weekend that is not made up for (调休), and 补录. */
export function marksOf(entry: HoursEntry, calendar?: DayCalendar): readonly HoursMark[] {
  const day = dayNamed(entry.day);
  const { start, end } = spanOf(entry);
  const marks: HoursMark[] = [];
  if (end > civilAt(day, lateFrom) || start >= civilAt(day, lateFrom)) marks.push('late');
  if (start < civilAt(day, earlyBefore)) marks.push('early');
  if (calendar?.holidays.has(day) === true) marks.push('holiday');
  else if (weekday(day) >= 6 && calendar?.makeUpWorkdays.has(day) !== true) marks.push('weekend');
  if (typeof entry.lateFor === 'string') marks.push('lateEntry');
  return marks;
}

/** The blanks of one day: stretches of `atLeastMinutes` and more that no entry covers, between the first beginning and the
 *  last end, or inside `within` where given (working hours, or until now). */
export function blanksOf(
  entries: readonly HoursEntry[],
  { within, atLeastMinutes = 30 }: { readonly within?: Interval; readonly atLeastMinutes?: number } = {},
): readonly Interval[] {
  const spans = entries.map((entry) => spanOf(entry));
  if (within !== undefined) return gaps(spans, within, atLeastMinutes);
  const covered = merged(spans);
  const first = covered[0];
  const last = covered.at(-1);
  return first === undefined || last === undefined
    ? []
    : gaps(covered, { start: first.start, end: last.end }, atLeastMinutes);
}

/** The span of an entry in minutes: on the wall, or with `offset` as real minutes since 1970-01-01T00:00Z. Without an end,
 *  or with `end` equal to `start`, a point. Throws `RangeError` when a time is not well formed. */
export function spanOf(entry: Pick<HoursEntry, 'start' | 'end'>, offset?: ZoneOffset): Interval {
  const start = minuteNamed(entry.start);
  const end = typeof entry.end === 'string' ? minuteNamed(entry.end) : start;
  if (offset === undefined) return { start, end };
  return { start: realMinute(start, offset), end: realMinute(end, offset) };
}

/** Real minutes since 1970-01-01T00:00Z of a minute on the wall: what hours are counted in. */
export const realMinute = (civil: CivilMinute, offset: ZoneOffset): number => instantOf(civil, offset) / 60;

function isSameSpan(entry: HoursEntry, before: HoursEntry | undefined): boolean {
  return before !== undefined && entry.day === before.day && entry.start === before.start && entry.end === before.end;
}

function nameOf(place: ItemPlace): string {
  return `${place.seal} ${place.item}`;
}

function minuteNamed(text: string): CivilMinute {
  const minute = parseMinute(text);
  if (minute === null) throw new RangeError(`not a civil minute: ${text}`);
  return minute;
}

function dayNamed(text: string): CivilDay {
  const day = parseDay(text);
  if (day === null) throw new RangeError(`not a civil day: ${text}`);
  return day;
}
