/** What a reader asks of the list of diaries: words and facets, how that stands in an address, and which diary fits. */
import type { FacetIndex, FacetName } from '../api/public-lists.ts';
import type { DiaryCard } from '../api/published.ts';
import { formatDay, two } from '../time/civil.ts';
import { daysOf, parseWeek } from '../time/week.ts';

/** `q`: what was typed; `when`: a month `2026-09` or a week `2026-W38`; the others are ids. */
export const askedNames = ['q', 'unit', 'kind', 'theme', 'thread', 'category', 'when'] as const;
export type AskedName = (typeof askedNames)[number];
/** A member that is not asked for is left out, never empty. */
export type Asked = Readonly<Partial<Record<AskedName, string>>>;

/** The longest text that is searched for. */
export const longestQuery = 100;

/** What an address's hash asks for: `#sundial?q=…&unit=…`; nothing for any other hash. */
export function askedIn(hash: string): Asked {
  const query = new URLSearchParams(/^#sundial\?(.*)$/s.exec(hash)?.[1] ?? '');
  return askedOf((name) => query.get(name));
}

/** The asked of values by name; blank ones are left out. */
export function askedOf(value: (name: AskedName) => string | null): Asked {
  const asked: Partial<Record<AskedName, string>> = {};
  for (const name of askedNames) {
    const text = (value(name) ?? '').trim().slice(0, longestQuery);
    if (text !== '') asked[name] = text;
  }
  return asked;
}

/** The hash that `askedIn` reads; empty where nothing is asked for. */
export const hashOf = (asked: Asked): string => {
  const query = new URLSearchParams({ ...asked }).toString();
  return query === '' ? '' : `#sundial?${query}`;
};

/** Whether a diary has all the facets. `kindOf`: the kind of a unit. */
export function fits(card: DiaryCard, asked: Asked, kindOf: (unit: string) => string | undefined): boolean {
  const { unit, kind, theme, thread, category, when } = asked;
  return (
    (unit === undefined || unit === card.unit) &&
    (kind === undefined || kind === kindOf(card.unit)) &&
    (theme === undefined || card.themes.includes(theme)) &&
    (thread === undefined || (card.threads ?? []).includes(thread)) &&
    (category === undefined || card.categories.includes(category)) &&
    (when === undefined || when === card.week || when === monthOf(card.week))
  );
}

/** The facet with the fewest diaries, which has all that are asked for; `isExact` where it has no other. Null where no facet is asked for. */
export function narrowest(asked: Asked, counts: FacetIndex['counts']) {
  const { unit, kind, theme, thread, category, when } = asked;
  const month = when === undefined ? undefined : monthOf(when);
  const facets: Readonly<Partial<Record<FacetName, string | undefined>>> = {
    unit,
    kind,
    theme,
    thread,
    category,
    month,
  };
  const given = Object.entries(facets).flatMap(([name, value]) =>
    value === undefined ? [] : [{ facet: name, value, count: countIn(counts, name, value) }],
  );
  const [least, ...others] = given.sort((a, b) => a.count - b.count);
  return least === undefined ? null : { ...least, isExact: others.length === 0 && when === month };
}

/** The month of a week is that of its Thursday; a month is its own, and so is what is neither. */
export const monthOf = (when: string): string =>
  parseWeek(when) === null ? when : formatDay(daysOf(when)[3] ?? 0).slice(0, 7);

/** The weeks of a month `2026-09`, newest first. */
export function weeksOf(month: string): string[] {
  const [year, number] = month.split('-').map(Number);
  if (year === undefined || number === undefined) return [];
  // A month lies in five or six weeks of its year, from about this one on.
  const first = Math.floor((number - 1) * 4.33);
  return [...Array(8).keys()]
    .map((n) => `${month.slice(0, 4)}-W${two(first + 7 - n)}`)
    .filter((week) => parseWeek(week) !== null && monthOf(week) === month);
}

const countIn = (counts: FacetIndex['counts'], name: string, value: string): number => {
  const values: Readonly<Record<string, Readonly<Record<string, number>>>> = counts;
  return values[name]?.[value] ?? 0;
};
