/** Hours of a published diary: the union of the spans of its entries, disclosed or not (design.md 4, shared/diary/hours.ts). */
import { isMode } from '../../shared/diary/category.ts';
import { countedIn, type HoursEntry, type ItemPlace, spanOf, standing } from '../../shared/diary/hours.ts';
import { minutesPerDay, parseDay, weekday } from '../../shared/time/civil.ts';
import type { Fill } from './day-strip.ts';
import type { DiaryView, ViewItem } from './diary-view.ts';

/** An entry with the span that hours need, and where it is sealed. */
export type SpannedItem = ViewItem & HoursEntry & { readonly at: ItemPlace };

/** The entries among items, with their place in the seal. */
export const entriesOf = (items: readonly ViewItem[], seal: string): readonly SpannedItem[] =>
  items.flatMap((item) =>
    item.kind === 'entry' && item.day !== null && item.start !== null
      ? [{ ...item, day: item.day, start: item.start, at: { seal, item: item.index } }]
      : [],
  );

/** The entries that count in this week: late ones count in theirs, corrected ones are replaced. */
export const ownEntries = (diary: DiaryView): readonly SpannedItem[] =>
  countedIn(diary.week, standing(entriesOf(diary.items, diary.seal)));

/** What an item is filled with in a drawing: `held` where it is withheld, else its mode. */
export const fillOf = (item: ViewItem): Fill =>
  item.hold !== null ? 'held' : item.mode !== null && isMode(item.mode) ? item.mode : null;

/** Start and end of an entry in minutes after 00:00 of its day; the end may pass 1440. */
export function minutesOfDay(entry: SpannedItem): { readonly start: number; readonly end: number } {
  const midnight = (parseDay(entry.day) ?? 0) * minutesPerDay;
  const span = spanOf(entry);
  return { start: span.start - midnight, end: span.end - midnight };
}

/** The week as seven columns, for a card: day 0 Monday to 6, start and end in minutes after 00:00 of that day, fill. */
export const weekStrip = (diary: DiaryView): [number, number, number, Fill][] =>
  ownEntries(diary).map((entry) => {
    const { start, end } = minutesOfDay(entry);
    return [weekday(parseDay(entry.day) ?? 0) - 1, start, end, fillOf(entry)];
  });
