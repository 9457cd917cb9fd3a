/** Addresses of the figures: `#/rates/quarter/2026-Q3/lianpu/report/workGap`, and with a figure behind it the list of its tickets. */
import { type ListedFigure, listedFigures, noUnit } from '../../../shared/api/rates.ts';
import { type CommentKind, commentKinds } from '../../../shared/feedback/comment.ts';
import { type RootCause, rootCauses } from '../../../shared/feedback/ticket.ts';
import { type CivilDay, dateOfDay, dayOfDate, formatDay, parseDay } from '../../../shared/time/civil.ts';
import { quarterAfter, quarterBefore, quarterOf } from '../../../shared/time/quarter.ts';

export const rateWindows = ['quarter', 'year', 'free'] as const;
export type RateWindow = (typeof rateWindows)[number];

/** What an address asks for; days are `YYYY-MM-DD`, both included. Null: all of them. */
export interface RatesAddress {
  readonly window: RateWindow;
  readonly from: string;
  readonly to: string;
  readonly unit: string | null;
  readonly kind: CommentKind | null;
  readonly cause: RootCause | 'none' | null;
  readonly list: { readonly figure: ListedFigure; readonly part: 'part' | 'rest' } | null;
}

const all = '-';

/** Reads the parts behind `#/rates/`; what is missing or wrong is the quarter of `today`, unfiltered. */
export function readAddress(route: readonly string[], today: string): RatesAddress {
  const [window = '', id = '', unit = all, kind = all, cause = all, figure = '', part = ''] = route;
  const listed = listedFigures.find((each) => each === figure);
  return {
    ...(windowNamed(window, id) ?? windowAt('quarter', today)),
    unit: unit === all ? null : /^([a-z0-9-]{1,32}|_none)$/.test(unit) ? unit : null,
    kind: commentKinds.find((each) => each === kind) ?? null,
    cause: cause === 'none' ? 'none' : (rootCauses.find((each) => each === cause) ?? null),
    list: listed === undefined ? null : { figure: listed, part: part === 'rest' ? 'rest' : 'part' },
  };
}

/** The parts of an address, for `hrefOf` and `goTo`. */
export function partsOf({ window, from, to, unit, kind, cause, list }: RatesAddress): readonly string[] {
  const id =
    window === 'free'
      ? `${from}_${to}`
      : window === 'year'
        ? from.slice(0, 4)
        : `${from.slice(0, 4)}-Q${Math.ceil(Number(from.slice(5, 7)) / 3)}`;
  const filters = [unit ?? all, kind ?? all, cause ?? all];
  return ['rates', window, id, ...filters, ...(list === null ? [] : [list.figure, list.part])];
}

/** The query that the server takes. */
export const queryOf = ({ from, to, unit, kind, cause }: RatesAddress) => ({
  from,
  to,
  ...(unit === null ? {} : { unit }),
  ...(kind === null ? {} : { kind }),
  ...(cause === null ? {} : { cause }),
});

export type Window = Pick<RatesAddress, 'window' | 'from' | 'to'>;

/** The window of a kind in which a day lies; a free one is the day's quarter to begin with. */
export function windowAt(window: RateWindow, day: string): Window {
  const at = parseDay(day) ?? 0;
  return window === 'year' ? { window, ...yearOf(dateOfDay(at).year) } : { window, ...quarterFrom(quarterOf(at)) };
}

/** The window before or after; a free one moves by its own length. */
export function windowBeside({ window, from, to }: Window, by: 1 | -1): Window {
  const [first, last] = [parseDay(from) ?? 0, parseDay(to) ?? 0];
  if (window === 'year') return { window, ...yearOf(dateOfDay(first).year + by) };
  if (window === 'quarter') return { window, ...quarterFrom(by === 1 ? quarterAfter(first) : quarterBefore(first)) };
  const length = (last - first + 1) * by;
  return { window, from: formatDay(first + length), to: formatDay(last + length) };
}

/** A unit's id as a filter takes it. */
export const unitFilter = (unit: string | null): string => unit ?? noUnit;

function windowNamed(window: string, id: string): Window | null {
  const quarter = window === 'quarter' ? /^(\d{4})-Q([1-4])$/.exec(id) : null;
  if (quarter !== null) {
    const first = dayOfDate({ year: Number(quarter[1]), month: Number(quarter[2]) * 3 - 2, day: 1 });
    return first === null ? null : { window: 'quarter', ...quarterFrom(first) };
  }
  if (window === 'year' && /^\d{4}$/.test(id)) return { window, ...yearOf(Number(id)) };
  const free = window === 'free' ? /^(\S{10})_(\S{10})$/.exec(id) : null;
  const [first, last] = [parseDay(free?.[1] ?? ''), parseDay(free?.[2] ?? '')];
  return first === null || last === null ? null : { window: 'free', from: formatDay(first), to: formatDay(last) };
}

const quarterFrom = (first: CivilDay) => ({ from: formatDay(first), to: formatDay(quarterAfter(first) - 1) });
const yearOf = (year: number) => ({
  from: `${String(year).padStart(4, '0')}-01-01`,
  to: `${String(year).padStart(4, '0')}-12-31`,
});
