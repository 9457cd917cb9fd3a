/** An iCalendar file (RFC 5545) of any exporter, read event by event: its occurrences in the asked weeks, on the user's wall. */
import { civilAt, civilOf, dayOf, instantOf, type ZoneOffset } from '../../time/civil.ts';
import { type Week, weekOf, weekStart } from '../../time/week.ts';
import { blocksOf } from './blocks.ts';
import { decodeLines } from './decode.ts';
import { type CalendarEvent, readEvent } from './event.ts';
import { dayIn, instantOfMoment, type Moment } from './moment.ts';
import { type FileNotice, notice, type RefusalReason } from './notice.ts';
import { keyOfMoment, type Occurrence, occurrencesOf } from './occurrences.ts';
import { readProperty } from './property.ts';
import { type FileReading, type Item, inOrder, type Progress, type Refused, workingDay } from './reading.ts';
import { type Series, seriesOf } from './series.ts';
import { type Zones, zonesOf } from './zone.ts';

/** `weeks`: those whose items are wanted, at least one. `zone`: the user's, by which floating times are read. */
export interface CalendarRequest {
  readonly weeks: readonly Week[];
  readonly zone: ZoneOffset;
}

/** Reads a calendar; yields after each event so that a page can breathe and stop. Never throws, whatever the bytes are. */
export function* readIcs(bytes: Uint8Array, { weeks, zone }: CalendarRequest): Generator<Progress, FileReading> {
  const { encoding, content, notices: decoding } = decodeLines(bytes);
  const { events: blocks, zones: definitions, head, notices: cutting } = blocksOf(content);
  const zones = zonesOf(definitions, zone);
  const isCancelled = head.some((line) => {
    const property = readProperty(line);
    return property?.name === 'method' && property.raw.trim().toUpperCase() === 'CANCEL';
  });
  const notices: FileNotice[] = [...decoding, ...cutting].map((each) => ({ ...each, uid: null }));
  const total = blocks.length * 2;
  let done = 0;
  const events: CalendarEvent[] = [];
  const refused: Refused[] = [];
  for (const block of blocks) {
    const read = readEvent(block, zones);
    if (read.ok) events.push(isCancelled ? cancelled(read.value) : read.value);
    else refused.push({ ...read.problem, recurrenceId: null, day: null });
    done += 1;
    yield { done, total };
  }
  const days = { from: Math.min(...weeks.map(weekStart)), to: Math.max(...weeks.map(weekStart)) + 6 };
  const wanted = new Set(weeks);
  const items: Item[] = [];
  for (const series of seriesOf(events, notices)) {
    for (const occurrence of occurrencesIn(series, days, zones, notices)) {
      const item = itemOf(occurrence, zones);
      if (!wanted.has(weekOf(item.day))) continue;
      if (occurrence.of.refusal === null) items.push(item);
      else refused.push(refusedOf(item, occurrence.of.refusal));
    }
    done += 1 + series.changes.length;
    yield { done: Math.min(done, total), total };
  }
  const begun = events.map(({ start }) => dayIn(start, zones.user));
  return {
    encoding,
    items: inOrder(items),
    refused: refused.filter(({ day }) => day === null || wanted.has(weekOf(day))),
    notices,
    span: begun.length === 0 ? null : { from: least(begun), to: -least(begun.map((day) => -day)) },
  };
}

// Not by Math.min(...), which has no room for the arguments of a very large file.
function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b));
}

function occurrencesIn(
  { event, changes }: Series,
  days: { readonly from: number; readonly to: number },
  zones: Zones,
  notices: FileNotice[],
): readonly Occurrence[] {
  if (event === null)
    return changes.map((of) => ({
      of,
      key: of.recurrenceId === null ? null : keyOfMoment(of.recurrenceId, zones),
      start: of.start,
      notices: [],
    }));
  const found = occurrencesOf(event, changes, days, zones);
  notices.push(...found.notices.map((each) => ({ ...each, uid: event.uid })));
  return event.refusal === 'CANCELLED'
    ? found.occurrences.map((each) => ({ ...each, of: cancelled(each.of) }))
    : found.occurrences;
}

function cancelled(event: CalendarEvent): CalendarEvent {
  return { ...event, refusal: 'CANCELLED' };
}

function refusedOf({ uid, recurrenceId, day, text, line }: Item, reason: RefusalReason): Refused {
  return { uid, recurrenceId, day, text, line, reason };
}

function itemOf({ of, key, start, notices }: Occurrence, zones: Zones): Item {
  const times = start.kind === 'date' ? wholeDaysOf(start.day, of) : timesOf(start, of, zones);
  const own = [
    ...(of.text === '' ? [notice('TEXT_MISSING', of.line)] : []),
    ...(times.allDay ? [notice('ALL_DAY', of.line)] : []),
    ...(times.end === null ? [notice('NO_END', of.line)] : []),
    ...(times.end === times.start ? [notice('POINT', of.line)] : []),
    ...(!times.allDay && times.end !== null && dayOf(times.end) > dayOf(times.start) + 1
      ? [notice('LONGER_THAN_A_DAY', of.line)]
      : []),
  ];
  return {
    uid: of.uid,
    recurrenceId: key,
    ...times,
    text: of.text,
    place: of.place,
    detail: of.detail,
    category: null,
    threads: [],
    line: of.line,
    notices: [...of.notices, ...notices, ...own],
  };
}

type Times = Pick<Item, 'allDay' | 'day' | 'start' | 'end' | 'startInstant' | 'endInstant'>;

function wholeDaysOf(day: number, { length }: CalendarEvent): Times {
  const start = civilAt(day, 0);
  const end = civilAt(day + (length?.days ?? 1), 0);
  return { allDay: true, day, start, end, startInstant: null, endInstant: null };
}

// Days of a length are days on the wall of the zone, the rest is time on the clock (RFC 5545 3.3.6).
function timesOf(moment: Extract<Moment, { readonly kind: 'time' }>, { length }: CalendarEvent, zones: Zones): Times {
  const instant = instantOfMoment(moment, zones.user);
  const start = civilOf(instant, zones.user.offset);
  const endInstant =
    length === null ? null : instantOf(moment.wall + length.days * 1440, moment.zone.offset) + length.seconds;
  const end = endInstant === null ? null : civilOf(endInstant, zones.user.offset);
  return { allDay: false, day: workingDay(start), start, end, startInstant: instant, endInstant };
}
