/** What the entries themselves offer to filter by. */
import type { ThreadLink } from '../../../shared/api/journal.ts';
import type { Sheet } from '../../store/sheets.ts';

export interface Facets {
  /** The newest first. */
  readonly years: readonly string[];
  readonly categories: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  /** By id, under the newest name. */
  readonly threads: ReadonlyMap<string, ThreadLink>;
  readonly lines: number;
}

/** Gathers them; a sheet that did not change is not gone through again. */
export function facetsOf(sheets: readonly Sheet[]): Facets {
  const years = new Set<string>();
  const categories = new Set<string>();
  const places = new Set<string>();
  const threads = new Map<string, ThreadLink>();
  let lines = 0;
  for (const sheet of sheets) {
    const own = facetsOfSheet(sheet);
    for (const year of own.years) years.add(year);
    for (const category of own.categories) categories.add(category);
    for (const place of own.places) places.add(place);
    for (const link of own.threads) if (!threads.has(link.id)) threads.set(link.id, link);
    lines += sheet.lines.length;
  }
  return { years: [...years].sort().reverse(), categories, places, threads, lines };
}

interface SheetFacets {
  readonly years: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  readonly threads: readonly ThreadLink[];
}

const gathered = new WeakMap<Sheet, SheetFacets>();

function facetsOfSheet(sheet: Sheet): SheetFacets {
  const known = gathered.get(sheet);
  if (known !== undefined) return known;
  const { week, lines } = sheet;
  const facets = {
    years: new Set(lines.map(({ day }) => (day === '' ? week : day).slice(0, 4))),
    categories: new Set(lines.flatMap(({ category }) => category ?? [])),
    places: new Set(lines.flatMap(({ place }) => place ?? [])),
    threads: lines.flatMap((line) => line.threads),
  };
  gathered.set(sheet, facets);
  return facets;
}
