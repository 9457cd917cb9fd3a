/** Narrowing a search by what an entry is, and the choices that the entries themselves offer. */
import { folded } from '../base/text.ts';

/** What a filter looks at. */
export interface Filterable {
  /** `YYYY-MM-DD`, '' where it belongs to no day. */
  readonly day: string;
  readonly category: string | null;
  readonly place: string | null;
  readonly threads: readonly { readonly id: string }[];
  readonly hasThinking: boolean;
  readonly hasResult: boolean;
}

/** Null and '' and false narrow nothing. `threads`: any of these ids, those of merged threads among them. */
export interface Filter {
  readonly year: string | null;
  readonly category: string | null;
  readonly threads: ReadonlySet<string> | null;
  readonly place: string;
  readonly onlyResult: boolean;
  readonly onlyThinking: boolean;
}

export const noFilter: Filter = {
  year: null,
  category: null,
  threads: null,
  place: '',
  onlyResult: false,
  onlyThinking: false,
};

/** Does a filter narrow anything? */
export function narrows(filter: Filter): boolean {
  const { year, category, threads, place, onlyResult, onlyThinking } = filter;
  return year !== null || category !== null || threads !== null || place.trim() !== '' || onlyResult || onlyThinking;
}

/** The test that a filter makes; `week` is where what belongs to no day stands. */
export function passes(filter: Filter): (line: Filterable, week: string) => boolean {
  const place = folded(filter.place.trim());
  return (line, week) =>
    (filter.year === null || (line.day === '' ? week : line.day).startsWith(filter.year)) &&
    (filter.category === null || line.category === filter.category) &&
    (filter.threads === null || line.threads.some(({ id }) => filter.threads?.has(id) === true)) &&
    (place === '' || (line.place !== null && folded(line.place).includes(place))) &&
    (!filter.onlyResult || line.hasResult) &&
    (!filter.onlyThinking || line.hasThinking);
}
