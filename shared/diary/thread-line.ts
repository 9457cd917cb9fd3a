/** The long line of one piece of work (design.md 3, thread): whose names it goes by, its figures, its entries by year and week. */
import type { ThreadLink } from '../api/journal.ts';
import { dateOfDay, parseDay, type ZoneOffset } from '../time/civil.ts';
import { unionMinutes } from '../time/interval.ts';
import { compareWeeks, type Week } from '../time/week.ts';
import { type HoursEntry, spanOf, weekCountedIn } from './hours.ts';
import type { KnownThread } from './quick-entry/marks.ts';

/** What an author says of a thread: another name (null: the one it has), further names, the thread it was merged into. */
export interface ThreadSaying {
  readonly id: string;
  readonly name: string | null;
  readonly aliases: readonly string[];
  readonly mergedInto: string | null;
}

/** The thread that an id stands for after all merges. In a circle of merges, which two devices can make, the smallest id stands. */
export function standsFor(id: string, sayings: ReadonlyMap<string, ThreadSaying>): string {
  const passed: string[] = [];
  for (let at: string | null = id; at !== null; at = sayings.get(at)?.mergedInto ?? null) {
    if (passed.includes(at)) return passed.slice(passed.indexOf(at)).sort()[0] ?? id;
    passed.push(at);
  }
  return passed.at(-1) ?? id;
}

/** Threads as their author names them: a new name first, the old one and the further ones as aliases; a merged thread is left out and
 *  lends its names to the one it stands for. Keeps the order. */
export function namedThreads<T extends KnownThread>(
  known: readonly T[],
  sayings: ReadonlyMap<string, ThreadSaying>,
): readonly T[] {
  const given = new Map(known.map(({ id, name, aliases }) => [id, [name, ...aliases]]));
  const namesOf = (id: string) => {
    const said = sayings.get(id);
    return [...(said?.name == null ? [] : [said.name]), ...(given.get(id) ?? []), ...(said?.aliases ?? [])];
  };
  const lent = new Map<string, string[]>();
  for (const id of new Set([...given.keys(), ...sayings.keys()])) {
    const into = standsFor(id, sayings);
    if (into !== id) lent.set(into, [...(lent.get(into) ?? []), ...namesOf(id)]);
  }
  return known.flatMap((thread) => {
    const into = standsFor(thread.id, sayings);
    if (into !== thread.id && given.has(into)) return [];
    const [name = thread.name, ...others] = new Set([...namesOf(thread.id), ...(lent.get(thread.id) ?? [])]);
    return [{ ...thread, name, aliases: others }];
  });
}

/** The links of an entry after those to `from` became links to `into`; each thread once, in the order they stood. */
export function relinked(links: readonly ThreadLink[], from: string, into: ThreadLink): readonly ThreadLink[] {
  const changed = links.map((link) => (link.id === from ? into : link));
  return changed.filter(({ id }, at) => changed.findIndex((other) => other.id === id) === at);
}

/** How much a piece of work is: entries, minutes by union, first and last day (`YYYY-MM-DD`, '' where there are none). */
export interface ThreadFigures {
  readonly entries: number;
  readonly minutes: number;
  readonly from: string;
  readonly to: string;
}

/** The figures of a thread's entries, in any order; `offset`: of the zone in which they were written. */
export function figuresOf(entries: readonly HoursEntry[], offset: ZoneOffset): ThreadFigures {
  const days = entries.map(({ day }) => day).sort();
  return {
    entries: entries.length,
    minutes: unionMinutes(entries.map((entry) => spanOf(entry, offset))),
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
  };
}

/** A quarter of a year, `2026-Q3`, and the minutes of what was reported under its days, by union. */
export interface QuarterHours {
  readonly quarter: string;
  readonly minutes: number;
}

/** Hours by quarter from the first to the last one with an entry; quarters between without any have 0. */
export function quartersOf(entries: readonly HoursEntry[], offset: ZoneOffset): readonly QuarterHours[] {
  const byQuarter = grouped(entries, ({ day }) => quarterNumber(day));
  const numbers = [...byQuarter.keys()];
  const first = Math.min(...numbers);
  const count = numbers.length === 0 ? 0 : Math.max(...numbers) - first + 1;
  return Array.from({ length: count }, (_, n) => ({
    quarter: `${String(Math.floor((first + n) / 4)).padStart(4, '0')}-Q${((first + n) % 4) + 1}`,
    minutes: unionMinutes((byQuarter.get(first + n) ?? []).map((entry) => spanOf(entry, offset))),
  }));
}

/** The entries of one ISO year, week by week. */
export interface LineYear<T> {
  readonly year: string;
  readonly weeks: readonly { readonly week: Week; readonly entries: readonly T[] }[];
}

/** The long line: years, in them weeks, in them entries, the oldest first. A late entry stands in the week it counts in. */
export function longLine<T extends HoursEntry>(entries: readonly T[]): readonly LineYear<T>[] {
  const ordered = entries.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
  const weeks = [...grouped(ordered, weekCountedIn)].sort(([a], [b]) => compareWeeks(a, b));
  const years = grouped(weeks, ([week]) => week.slice(0, 4));
  return [...years].map(([year, of]) => ({ year, weeks: of.map(([week, own]) => ({ week, entries: own })) }));
}

// Map.groupBy is younger than the oldest browser that is served.
function grouped<T, K>(items: readonly T[], keyOfItem: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function keyOf({ day, start, end }: HoursEntry): string {
  return `${day} ${start} ${end ?? ''}`;
}

function quarterNumber(day: string): number {
  const parsed = parseDay(day);
  if (parsed === null) throw new RangeError(`not a civil day: ${day}`);
  const { year, month } = dateOfDay(parsed);
  return year * 4 + Math.floor((month - 1) / 3);
}
