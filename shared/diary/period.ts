// Spans of whole weeks that a leader looks back on: a week, a quarter, a year (design.md 4: a week is an ISO week).

import { type CivilDay, dateOfDay, two } from '../time/civil.ts';
import { parseWeek, type Week, weekAfter, weekBefore, weekOf, weekStart } from '../time/week.ts';

export const periodKinds = ['week', 'quarter', 'year'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** `id` is `2026-W30`, `2026-Q3` or `2026`. `weeks` are those whose Thursday lies in it, in order: every week is in one quarter and one
 *  year, and a quarter has 13 of them, sometimes 14 or 12. */
export interface Period {
  readonly kind: PeriodKind;
  readonly id: string;
  readonly weeks: readonly Week[];
}

/** The period of this kind and name, or null where the calendar has none. */
export function periodNamed(kind: string, id: string): Period | null {
  const anchor = anchorOf(kind, id);
  if (anchor === null) return null;
  const period = periodAt(anchor.kind, anchor.week);
  return period.id === id ? period : null;
}

/** The period in which a day lies. */
export function periodOfDay(kind: PeriodKind, day: CivilDay): Period {
  return periodAt(kind, weekOf(day));
}

/** The period in which a week lies. */
export function periodAt(kind: PeriodKind, week: Week): Period {
  const id = nameOf(kind, week);
  let first = week;
  while (nameOf(kind, weekBefore(first)) === id) first = weekBefore(first);
  const weeks: Week[] = [];
  for (let each = first; nameOf(kind, each) === id; each = weekAfter(each)) weeks.push(each);
  return { kind, id, weeks };
}

/** The same kind of period before. */
export function periodBefore({ kind, weeks }: Period): Period {
  return periodAt(kind, weekBefore(weeks[0] ?? ''));
}

/** The same kind of period after. */
export function periodAfter({ kind, weeks }: Period): Period {
  return periodAt(kind, weekAfter(weeks.at(-1) ?? ''));
}

function nameOf(kind: PeriodKind, week: Week): string {
  if (kind === 'week') return week;
  const { year, month } = dateOfDay(weekStart(week) + 3);
  const name = String(year).padStart(4, '0');
  return kind === 'year' ? name : `${name}-Q${Math.ceil(month / 3)}`;
}

/** A week that lies in the period if there is one of this name: the second of a quarter or year always does. */
function anchorOf(kind: string, id: string): { readonly kind: PeriodKind; readonly week: Week } | null {
  if (kind === 'week') {
    const week = parseWeek(id);
    return week === null ? null : { kind, week };
  }
  const named = kind === 'year' ? /^(\d{4})$/.exec(id) : kind === 'quarter' ? /^(\d{4})-Q([1-4])$/.exec(id) : null;
  if (named === null || (kind !== 'year' && kind !== 'quarter')) return null;
  const number = two(2 + 13 * (Number(named[2] ?? 1) - 1));
  return { kind, week: `${named[1]}-W${number}` };
}
