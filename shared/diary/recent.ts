/** Lines written before, as they are offered again: by what they begin with, or by pinyin initials (quick-entry.md). */
import { dayOf, minuteOfDay, parseDay, parseMinute, weekday } from '../time/civil.ts';
import { nameKey } from './quick-entry/marks.ts';

/** What is read of a stored entry. `day` is `YYYY-MM-DD`, `start` and `end` are `YYYY-MM-DDThh:mm`; held entries have no text. */
export type PastEntry = {
  readonly day: string;
  readonly start: string;
  readonly end: string;
  readonly text?: string | undefined;
  readonly category?: string | undefined;
  readonly place?: string | undefined;
  readonly threads?: readonly { readonly id: string; readonly name: string }[] | undefined;
};

/** A line with its marks as it was written last. `times`: how often. `usual`: when it is done on the weekday asked for, minutes after
 *  midnight and length, where it recurs and was done on that weekday. */
export type RecentLine = {
  readonly text: string;
  readonly place: string | null;
  readonly threads: readonly { readonly id: string; readonly name: string }[];
  readonly times: number;
  readonly lastDay: string;
  readonly usual: { readonly start: number; readonly minutes: number } | null;
};

/** Do these letters stand for the text; `matchesInitials` of initials.ts, or a function that always says no while it is not loaded. */
export type Matcher = (text: string, typed: string, where: 'start' | 'anywhere') => boolean;

/** The lines among entries, the latest first, each once. `on`: 1 Monday to 7 Sunday. Median: of an even number, the lower middle. */
export function recentLines(entries: readonly PastEntry[], on: number): readonly RecentLine[] {
  const byText = new Map<string, PastEntry[]>();
  for (const entry of entries.toSorted((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0))) {
    if (entry.text === undefined) continue;
    const key = nameKey(entry.text);
    byText.set(key, [...(byText.get(key) ?? []), entry]);
  }
  return [...byText.values()].flatMap((same) => {
    const [last] = same;
    if (last?.text === undefined) return [];
    return {
      text: last.text,
      place: last.place ?? null,
      threads: last.threads ?? [],
      times: same.length,
      lastDay: last.day,
      usual: same.length < 2 ? null : usualOn(same, on),
    };
  });
}

/** The lines that what was typed may become, best first: those that begin with it, those whose initials do, then those that have it
 *  further on; of equal ones first those usual on this weekday, then the latest. At least one 汉字 or two letters must be typed. */
export function completeLine(
  typed: string,
  lines: readonly RecentLine[],
  matches: Matcher,
  limit = 6,
): readonly RecentLine[] {
  const key = nameKey(typed);
  if (key.length < (/\p{Script=Han}/u.test(key) ? 1 : 2)) return [];
  const ranked = lines.flatMap((line) => {
    const rank = rankOf(key, line.text, matches);
    return rank === null ? [] : [{ line, rank: rank * 2 + (line.usual === null ? 1 : 0) }];
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ line }) => line);
}

/** The usual length in minutes of what is being written: of the same text, else of those that begin alike (four characters), else of the
 *  same category; median, in steps of five. Two entries at least, one of the same text. `undefined` where there are too few. */
export function usualMinutes(text: string, category: string | null, entries: readonly PastEntry[]): number | undefined {
  const key = nameKey(text);
  const begin = key.slice(0, 4);
  const keyed = entries.flatMap((entry) => (entry.text === undefined ? [] : [{ entry, key: nameKey(entry.text) }]));
  const same = keyed.filter((each) => key !== '' && each.key === key);
  const alike = begin.length < 4 ? [] : keyed.filter((each) => each.key.startsWith(begin));
  const ofCategory = keyed.filter(({ entry }) => category !== null && entry.category === category);
  const chosen = same.length >= 1 ? same : ([alike, ofCategory].find(({ length }) => length >= 2) ?? []);
  const lengths = chosen.map(({ entry }) => lengthOf(entry)).filter((minutes) => minutes > 0);
  return lengths.length === 0 ? undefined : Math.max(5, Math.round(median(lengths) / 5) * 5);
}

function usualOn(entries: readonly PastEntry[], on: number): RecentLine['usual'] {
  const thatDay = entries.filter(({ day }) => weekday(parseDay(day) ?? 0) === on);
  if (thatDay.length === 0) return null;
  return { start: median(thatDay.map(startOf)), minutes: median(thatDay.map(lengthOf)) };
}

function rankOf(key: string, text: string, matches: Matcher): number | null {
  const said = nameKey(text);
  if (said.startsWith(key)) return 0;
  if (matches(text, key, 'start')) return 1;
  if (key.length < 2) return null;
  if (said.includes(key)) return 2;
  return key.length >= 3 && matches(text, key, 'anywhere') ? 3 : null;
}

// Minutes after the day's midnight: a start after the next midnight is above 1440.
function startOf({ day, start }: PastEntry): number {
  const at = parseMinute(start) ?? 0;
  return minuteOfDay(at) + (dayOf(at) - (parseDay(day) ?? dayOf(at))) * 1440;
}

function lengthOf({ start, end }: PastEntry): number {
  return (parseMinute(end) ?? 0) - (parseMinute(start) ?? 0);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
