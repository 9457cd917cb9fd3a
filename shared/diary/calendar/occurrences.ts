/** The occurrences of an event on asked days: its rules and dates, less those excluded, with those that were changed in the place of their
 *  originals (RFC 5545 3.8.4.4, 3.8.5). */
import {
  type CivilDay,
  type CivilMinute,
  civilAt,
  civilOf,
  dayOf,
  formatDay,
  formatMinute,
  instantOf,
  minuteOfDay,
} from '../../time/civil.ts';
import type { CalendarEvent, NamedMoment } from './event.ts';
import { dayIn, instantOfMoment, type Moment } from './moment.ts';
import { type Notice, notice } from './notice.ts';
import { startsOf } from './rule.ts';
import type { Zone, Zones } from './zone.ts';

/** One occurrence. `of` is the event that says its text: the series, or the one that changed it. `key` names it within the series whatever it
 *  was moved to: a date, or an instant; null of an event that does not recur. */
export interface Occurrence {
  readonly of: CalendarEvent;
  readonly key: string | null;
  readonly start: Moment;
  readonly notices: readonly Notice[];
}

/** Days asked for, both included. */
export interface Days {
  readonly from: CivilDay;
  readonly to: CivilDay;
}

const mostOccurrences = 500;

/** The occurrences of a series with its changes; those that begin outside the days may be among them. Notices are those of the series. */
export function occurrencesOf(
  series: CalendarEvent,
  changes: readonly CalendarEvent[],
  days: Days,
  zones: Zones,
): { readonly occurrences: readonly Occurrence[]; readonly notices: readonly Notice[] } {
  const zone = zoneOf(series, zones);
  const notices: Notice[] = [...series.seriesNotices];
  const recurs = series.rules.length > 0 || series.added.length > 0;
  const excluded = new Set<string>();
  for (const named of series.excluded) {
    const place = placeOf(named, series, zone, zones);
    excluded.add(place.key);
    if (place.doubt !== null)
      notices.push(notice(place.doubt === 'noTime' ? 'EXDATE_WITHOUT_TIME' : 'EXDATE_BY_DATE', named.line, named.at));
  }
  const changed = new Map<string, Occurrence>();
  for (const change of changes) {
    if (change.recurrenceId === null) continue;
    const { key, doubt, day, original } = placeOf(change.recurrenceId, series, zone, zones);
    const { line, at } = change.recurrenceId;
    const exists = startsOn(series, { from: day, to: day }, zone, zones).some(
      (wall) => keyOf(series, wall, zone) === key,
    );
    const own = [
      ...(doubt === null ? [] : [notice('RECURRENCE_ID_BY_DATE', line, at)]),
      ...(exists ? [] : [notice('OVERRIDE_ALONE', line, at)]),
    ];
    // What cannot be read stays where it would have been.
    changed.set(key, { of: change, key, start: change.refusal === null ? change.start : original, notices: own });
  }
  const occurrences: Occurrence[] = [...changed.values()];
  let count = 0;
  for (const wall of startsOn(series, { from: days.from - 2, to: days.to + 2 }, zone, zones)) {
    const key = keyOf(series, wall, zone);
    if (changed.has(key) || excluded.has(key)) continue;
    count += 1;
    if (count > mostOccurrences) {
      notices.push(notice('SERIES_CUT', series.line));
      break;
    }
    const start: Moment =
      series.start.kind === 'date' ? { kind: 'date', day: dayOf(wall) } : { kind: 'time', wall, zone };
    occurrences.push({ of: series, key: recurs ? key : null, start, notices: [] });
  }
  return { occurrences, notices };
}

/** The name of an occurrence of which there is no series in the file. */
export function keyOfMoment({ moment }: NamedMoment, zones: Zones): string {
  return moment.kind === 'date' ? formatDay(moment.day) : instantKey(instantOfMoment(moment, zones.user));
}

// Starts on the wall of the series' zone, in order, each once.
function startsOn(series: CalendarEvent, days: Days, zone: Zone, zones: Zones): readonly CivilMinute[] {
  const first = series.start.kind === 'time' ? series.start.wall : civilAt(series.start.day, 0);
  const starts = new Set<CivilMinute>();
  const within = (wall: CivilMinute) => dayOf(wall) >= days.from && dayOf(wall) <= days.to;
  if (within(first)) starts.add(first);
  for (const rule of series.rules)
    for (const wall of startsOf(rule, first, days.from, days.to)) {
      if (wall !== first && rule.end !== null && isAfter(wall, rule.end, series, zone, zones)) break;
      starts.add(wall);
      if (starts.size > mostOccurrences) break;
    }
  for (const { moment } of series.added) {
    const wall =
      series.start.kind === 'date' || moment.kind === 'date'
        ? civilAt(writtenDay(moment, zones), minuteOfDay(first))
        : civilOf(instantOfMoment(moment, zone), zone.offset);
    if (within(wall)) starts.add(wall);
  }
  return [...starts].sort((a, b) => a - b);
}

// UNTIL is included; as an instant it is compared as one, as a date by the day in the zone of the series.
function isAfter(wall: CivilMinute, end: Moment, series: CalendarEvent, zone: Zone, zones: Zones): boolean {
  if (series.start.kind === 'date') return dayOf(wall) > writtenDay(end, zones);
  if (end.kind === 'date') return dayOf(wall) > end.day;
  return instantOf(wall, zone.offset) > instantOfMoment(end, zone);
}

interface Place {
  readonly key: string;
  readonly day: CivilDay;
  /** Where the occurrence was before it was changed. */
  readonly original: Moment;
  readonly doubt: 'noTime' | 'otherTime' | null;
}

// Which occurrence a moment names: that very one, or, where its time of day is not that of the series, the one of its day.
function placeOf({ moment }: NamedMoment, series: CalendarEvent, zone: Zone, zones: Zones): Place {
  if (series.start.kind === 'date') {
    const day = writtenDay(moment, zones);
    return { key: formatDay(day), day, original: { kind: 'date', day }, doubt: null };
  }
  const day = dayIn(moment, zone);
  const place = (wall: CivilMinute, doubt: Place['doubt']): Place => ({
    key: keyOf(series, wall, zone),
    day,
    original: { kind: 'time', wall, zone },
    doubt,
  });
  const usual = civilAt(day, minuteOfDay(series.start.wall));
  if (moment.kind === 'date') return place(usual, 'noTime');
  const instant = instantOfMoment(moment, zone);
  const wall = civilOf(instant, zone.offset);
  const hasOwnTimes =
    series.rules.some(({ hours, minutes }) => hours.length + minutes.length > 0) ||
    series.added.some((each) => instantOfMoment(each.moment, zone) === instant);
  return hasOwnTimes || wall === usual ? place(wall, null) : place(usual, 'otherTime');
}

// The date as it was written; of an instant in UTC, as the user's wall shows it.
function writtenDay(moment: Moment, zones: Zones): CivilDay {
  if (moment.kind === 'date') return moment.day;
  return moment.zone === zones.utc ? dayIn(moment, zones.user) : dayOf(moment.wall);
}

function keyOf(series: CalendarEvent, wall: CivilMinute, zone: Zone): string {
  return series.start.kind === 'date' ? formatDay(dayOf(wall)) : instantKey(instantOf(wall, zone.offset));
}

function instantKey(instant: number): string {
  return `${formatMinute(Math.floor(instant / 60))}Z`;
}

function zoneOf(event: CalendarEvent, zones: Zones): Zone {
  return event.start.kind === 'time' ? event.start.zone : zones.user;
}
