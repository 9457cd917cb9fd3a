/** Hours of a published diary: the union of the spans of its entries, disclosed or not (design.md 4). An entry with `lateFor` counts in
 *  the week it is reported for, so it stands outside the hours of this one. */
import type { Mode } from '../../shared/api/organisation.ts';
import { minutesPerDay, parseDay, parseMinute, weekday } from '../../shared/time/civil.ts';
import { type Interval, sumMinutes, unionMinutes } from '../../shared/time/interval.ts';
import type { Fill } from './day-strip.ts';
import type { DiaryView, ViewItem } from './diary-view.ts';

/** The span of an entry in civil minutes; null of items without a span. */
export function spanOf(item: ViewItem): Interval | null {
  const start = item.start === null ? null : parseMinute(item.start);
  const end = item.end === null ? null : parseMinute(item.end);
  return item.kind !== 'entry' || start === null || end === null ? null : { start, end };
}

/** The entries that count in this week. */
export const ownEntries = (items: readonly ViewItem[]): readonly ViewItem[] =>
  items.filter((item) => item.kind === 'entry' && item.lateFor === null);

const spans = (items: readonly ViewItem[]): Interval[] =>
  items.flatMap((item) => {
    const span = spanOf(item);
    return span === null ? [] : [span];
  });

/** Union and sum of the spans of these items, in minutes. */
export const minutesOf = (items: readonly ViewItem[]): { readonly union: number; readonly sum: number } => ({
  union: unionMinutes(spans(items)),
  sum: sumMinutes(spans(items)),
});

/** What an item is filled with in a drawing: its mode, `held` where it is withheld without one. */
export const fillOf = (item: ViewItem): Fill => item.mode ?? (item.hold === null ? null : 'held');

export interface HoursRow {
  readonly category: string | null;
  readonly mode: Mode | null;
  readonly minutes: number;
}

/** Union inside each pair of category and mode, longest first. The rows may add up to more than the whole. */
export function byCategory(items: readonly ViewItem[]): readonly HoursRow[] {
  const groups = new Map<string, ViewItem[]>();
  for (const item of items) {
    const key = JSON.stringify([item.category, item.mode]);
    const group = groups.get(key) ?? [];
    group.push(item);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map((group) => ({
      category: group[0]?.category ?? null,
      mode: group[0]?.mode ?? null,
      minutes: minutesOf(group).union,
    }))
    .sort((a, b) => b.minutes - a.minutes);
}

/** Focused share of the week in whole percent: focused / (collective + focused); null where neither has minutes. */
export function focusedShare(items: readonly ViewItem[]): number | null {
  const of = (mode: Mode): number => minutesOf(items.filter((item) => item.mode === mode)).union;
  const focused = of('focused');
  const both = focused + of('collective');
  return both === 0 ? null : Math.round((focused * 100) / both);
}

/** The week as seven columns, for a card: day 0 Monday to 6, start and end in minutes after 00:00 of that day, fill with `held` of every
 *  withheld entry. */
export function weekStrip(diary: DiaryView): [number, number, number, Fill][] {
  return ownEntries(diary.items).flatMap((item): [number, number, number, Fill][] => {
    const span = spanOf(item);
    const day = item.day === null ? null : parseDay(item.day);
    if (span === null || day === null) return [];
    const midnight = day * minutesPerDay;
    return [[weekday(day) - 1, span.start - midnight, span.end - midnight, item.hold === null ? item.mode : 'held']];
  });
}
