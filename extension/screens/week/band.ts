/** The grid's geometry: minutes and pixels, five-minute lines, and what a drag or a key makes of the place of an entry; pure. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import {
  type CivilDay,
  type CivilMinute,
  civilAt,
  dayOf,
  formatDay,
  formatMinute,
  parseDay,
} from '../../../shared/time/civil.ts';
import { clip, gaps, type Interval } from '../../../shared/time/interval.ts';
import type { EntryChange } from '../../commands/journal.ts';
import { dayStart } from '../../store/today.ts';
import { intervalOf } from '../day/day-facts.ts';

/** Minutes of a column, 05:00 to 05:00. */
export const bandMinutes = 1440;
/** Drags and keys go from line to line of this many minutes. */
export const lineMinutes = 5;
/** The least height of a block in minutes of the grid, so that a line of text can be read. */
export const leastMinutes = 30;

/** Day, start and end of an entry: where it stands in the week. */
export interface Place {
  readonly day: CivilDay;
  readonly start: CivilMinute;
  readonly end: CivilMinute;
}

/** A point of the grid: column 0 to 6, minutes after 05:00 (beyond 0 to 1440 above and below the grid). */
export interface Spot {
  readonly column: number;
  readonly minute: number;
}

export type Edge = 'start' | 'end';

/** What a pointer took hold of, and where. */
export type Aim =
  | { readonly kind: 'draw'; readonly spot: Spot }
  | { readonly kind: 'move' | Edge; readonly spot: Spot; readonly id: string; readonly place: Place };

/** Pixels of a stretch of minutes: 30 an hour. */
export const px = (minutes: number): number => minutes / 2;

/** The span of a day's column. */
export function bandOf(day: CivilDay): Interval {
  const start = civilAt(day, dayStart);
  return { start, end: start + bandMinutes };
}

/** The spot under a point of the page. `box` is the frame of the seven columns. */
export function spotAt(
  point: { readonly x: number; readonly y: number },
  box: { readonly left: number; readonly top: number; readonly width: number },
): Spot {
  const column = Math.floor(((point.x - box.left) / box.width) * 7);
  return { column: between(column, 0, 6), minute: (point.y - box.top) * 2 };
}

/** The place that a drag from its aim to `spot` makes. Entries stay in the week that is shown. */
export function dragged(aim: Aim, spot: Spot, days: readonly CivilDay[]): Place {
  if (aim.kind === 'draw') return drawn(days[aim.spot.column] ?? 0, aim.spot.minute, spot.minute);
  const minutes = spot.minute - aim.spot.minute;
  return aim.kind === 'move'
    ? moved(aim.place, daysWithin(aim.place.day, spot.column - aim.spot.column, days), minutes)
    : stretched(aim.place, aim.kind, minutes);
}

/** `by` days, cut so that a day of `days` stays one of them. */
export function daysWithin(day: CivilDay, by: number, days: readonly CivilDay[]): number {
  const at = days.indexOf(day);
  return at < 0 ? 0 : between(at + by, 0, days.length - 1) - at;
}

/** The place moved by days and minutes. A change of minutes puts the start on a line; it stays within the day's column, the length as it
 *  is, and what does not fit runs on into the next morning. */
export function moved(place: Place, days: number, minutes: number): Place {
  const day = place.day + days;
  const length = place.end - place.start;
  const kept = place.start + days * bandMinutes;
  const same = { day, start: kept, end: kept + length };
  if (isNothing(minutes)) return same;
  const band = bandOf(day);
  const lowest = Math.min(band.start, kept);
  const start = between(lineAt(kept + minutes), lowest, Math.max(band.end - lineMinutes, kept));
  const next = { day, start, end: start + length };
  return isAllowed(next) ? next : same;
}

/** The place with one end moved to the nearest line: never past the other end, to no more than 24 hours; the start stays in its column. */
export function stretched(place: Place, edge: Edge, minutes: number): Place {
  if (isNothing(minutes)) return place;
  const { start, end } = place;
  if (edge === 'end') {
    const latest = lineBefore(start + bandMinutes + 1);
    return { ...place, end: between(lineAt(end + minutes), Math.min(end, lineAfter(start)), Math.max(end, latest)) };
  }
  const band = bandOf(place.day);
  const earliest = Math.max(band.start, lineAfter(end - bandMinutes - 1));
  const last = Math.min(band.end - lineMinutes, lineBefore(end));
  return { ...place, start: between(lineAt(start + minutes), Math.min(start, earliest), Math.max(start, last)) };
}

/** A new place between two minutes of a day's column, on lines, at least one line long. */
export function drawn(day: CivilDay, a: number, b: number): Place {
  const from = between(lineAt(Math.min(a, b)), 0, bandMinutes - lineMinutes);
  const to = between(lineAt(Math.max(a, b)), from + lineMinutes, bandMinutes);
  const { start } = bandOf(day);
  return { day, start: start + from, end: start + to };
}

/** The first hour, or what there is of it, that is free from `minute` on; beside the others where nothing is. */
export function freeFrom(day: CivilDay, minute: number, taken: readonly Interval[]): Place {
  const band = bandOf(day);
  const from = band.start + between(lineAt(minute), 0, bandMinutes - lineMinutes);
  const free = gaps(taken, { start: from, end: band.end }, lineMinutes)[0];
  const start = free?.start ?? from;
  return { day, start, end: Math.min(start + 60, free?.end ?? band.end) };
}

/** Whether the journal takes such a place: it starts on its day or the next one, and ends on that day or the next (`judgeBody`). */
export function isAllowed({ day, start, end }: Place): boolean {
  const late = dayOf(start) - day;
  const over = dayOf(end) - dayOf(start);
  return end >= start && (late === 0 || late === 1) && (over === 0 || over === 1);
}

/** A part of a place in one column, minutes after 05:00. `before`, `after`: it goes on beyond the edge. */
export interface Piece {
  readonly column: number;
  readonly from: number;
  readonly to: number;
  readonly before: boolean;
  readonly after: boolean;
}

/** The parts of a place in the columns that it touches. What lies wholly outside its own day's column, or is a point, is held at the edge
 *  or the minute of that column, so that nothing is without a block. */
export function piecesOf({ day, start, end }: Place, days: readonly CivilDay[]): readonly Piece[] {
  return days.flatMap((shown, column) => {
    const band = bandOf(shown);
    const part = clip({ start, end }, band);
    const edges = { before: start < band.start, after: end > band.end };
    if (part !== null) return [{ column, from: part.start - band.start, to: part.end - band.start, ...edges }];
    if (shown !== day) return [];
    const at = between(start - band.start, 0, bandMinutes);
    return [{ column, from: at, to: at, ...edges }];
  });
}

/** Where an entry stands. */
export function placeOf(body: EntryBody): Place {
  return { day: parseDay(body.day) ?? 0, ...intervalOf(body) };
}

/** The members of an entry that a new place changes, in the spelling of the journal. */
export function changeTo(from: Place, to: Place): EntryChange {
  return {
    ...(from.day === to.day ? {} : { day: formatDay(to.day) }),
    ...(from.start === to.start ? {} : { start: formatMinute(to.start) }),
    ...(from.end === to.end ? {} : { end: formatMinute(to.end) }),
  };
}

const between = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
const lineAt = (minute: number) => Math.round(minute / lineMinutes) * lineMinutes;
const lineAfter = (minute: number) => Math.floor(minute / lineMinutes) * lineMinutes + lineMinutes;
const lineBefore = (minute: number) => Math.ceil(minute / lineMinutes) * lineMinutes - lineMinutes;
const isNothing = (minutes: number) => Math.round(minutes / lineMinutes) === 0;
