// A diary's items as sections to read: in the signed order, never sorted; neighbours of one day stand together.

import { isMode, modes } from '../../../shared/diary/category.ts';
import { type HoursEntry, hoursOf, spanOf } from '../../../shared/diary/hours.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import { parseDay, parseMinute, type ZoneOffset } from '../../../shared/time/civil.ts';
import { unionMinutes } from '../../../shared/time/interval.ts';
import type { Block, Fill } from '../../base/charts.ts';
import type { Setting } from '../../base/setting.ts';

/** An item with its number in the cover, which comments and links use. */
export type Numbered = ShownItem & { readonly index: number };

/** `day` null: what belongs to the whole week, or has no day. */
export interface Section {
  readonly day: string | null;
  readonly kind: 'day' | 'week' | 'other';
  readonly items: readonly Numbered[];
}

/** Sections of everything but the title. */
export function sectionsOf(items: readonly ShownItem[]): readonly Section[] {
  const sections: { day: string | null; kind: Section['kind']; items: Numbered[] }[] = [];
  items.forEach((item, index) => {
    if (item.kind === 'title') return;
    const kind = item.day !== undefined ? 'day' : item.kind === 'review' ? 'week' : 'other';
    const last = sections.at(-1);
    if (last && last.kind === kind && last.day === (item.day ?? null)) last.items.push({ ...item, index });
    else sections.push({ day: item.day ?? null, kind, items: [{ ...item, index }] });
  });
  return sections;
}

/** The entries among items that hours can be counted of, each with the mode it counts as. */
export function timedOf(
  items: readonly ShownItem[],
  setting: Setting,
): readonly (HoursEntry & { readonly withheld: boolean })[] {
  return items.flatMap(({ kind, day, start, end, category, mode, lateFor, corrects, withheld }) =>
    kind === 'entry' && day !== undefined && start !== undefined && end !== undefined
      ? [
          {
            day,
            start,
            end,
            category,
            mode: setting.category(category, mode).mode,
            lateFor,
            corrects,
            withheld: withheld !== undefined,
          },
        ]
      : [],
  );
}

/** Blocks of the day strip. */
export function blocksOf(items: readonly ShownItem[], setting: Setting): readonly Block[] {
  return items.flatMap(({ kind, day, start, end, category, mode, withheld }) => {
    const midnight = (parseDay(day ?? '') ?? 0) * 1440;
    const [from, to] = [parseMinute(start ?? ''), parseMinute(end ?? '')];
    if (kind !== 'entry' || from === null || to === null) return [];
    const fill: Fill = withheld !== undefined ? 'held' : (setting.category(category, mode).mode ?? 'none');
    return [{ start: from - midnight, end: to - midnight, fill }];
  });
}

/** Minutes of one section, overlaps once. */
export const minutesOf = (items: readonly ShownItem[], setting: Setting, offset: ZoneOffset): number =>
  union(timedOf(items, setting), offset);

const union = (entries: readonly HoursEntry[], offset: ZoneOffset): number =>
  unionMinutes(entries.map((entry) => spanOf(entry, offset)));

/** One part of the stacked bar: a category under the mode it counts as. */
export interface Part {
  readonly fill: Fill;
  readonly category: string | undefined;
  readonly minutes: number;
}

/** The week's hours: those of the diary's own week; late entries apart. Minutes. */
export interface WeekHours {
  readonly entries: number;
  readonly union: number;
  readonly sum: number;
  readonly focusedShare: number | null;
  readonly parts: readonly Part[];
  readonly byMode: readonly { readonly fill: Fill; readonly minutes: number }[];
  readonly held: number;
  readonly lateEntries: number;
  readonly late: number;
}

export function weekHours(items: readonly ShownItem[], setting: Setting, offset: ZoneOffset): WeekHours {
  const all = timedOf(items, setting);
  const own = all.filter(({ lateFor }) => lateFor === undefined);
  const late = all.filter(({ lateFor }) => lateFor !== undefined);
  const hours = hoursOf(own, offset);
  const groups = new Map<string, (typeof own)[number][]>();
  for (const entry of own) {
    const key = `${fillOf(entry)} ${entry.category ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const parts = [...groups.values()]
    .map(
      (group): Part => ({
        fill: fillOf(group[0]),
        category: group[0]?.category ?? undefined,
        minutes: union(group, offset),
      }),
    )
    .filter(({ minutes }) => minutes > 0)
    .sort((a, b) => order.indexOf(a.fill) - order.indexOf(b.fill) || b.minutes - a.minutes);
  return {
    entries: own.length,
    union: hours.unionMinutes,
    sum: hours.sumMinutes,
    focusedShare: hours.focusedShare,
    parts,
    byMode: order
      .map((fill) => ({
        fill,
        minutes: union(
          own.filter((entry) => fillOf(entry) === fill),
          offset,
        ),
      }))
      .filter(({ minutes }) => minutes > 0),
    held: union(
      own.filter(({ withheld }) => withheld),
      offset,
    ),
    lateEntries: late.length,
    late: union(late, offset),
  };
}

const order: readonly Fill[] = [...modes, 'none', 'held'];

function fillOf(
  entry:
    | {
        readonly mode?: string | null | undefined;
        readonly category?: string | null | undefined;
        readonly withheld: boolean;
      }
    | undefined,
): Fill {
  if (typeof entry?.mode === 'string' && isMode(entry.mode)) return entry.mode;
  return entry?.withheld && !entry.category ? 'held' : 'none';
}
