/** `data/diaries.ics`: every entry of every published diary as an event with its zone (RFC 5545). A withheld entry stands with its span and
 *  ground; one whose time nobody recorded is an event of its day. */
import {
  civilAt,
  civilOf,
  dateOfDay,
  dayOf,
  dayOfDate,
  formatMinute,
  instantOf,
  parseMinute,
  two,
  type ZoneOffset,
  zoneOffset,
} from '../../shared/time/civil.ts';
import type { DiaryView, ViewItem } from './diary-view.ts';

export interface CalendarSetting {
  /** The log's name, for ids that are the same on every host. */
  readonly origin: string;
  readonly title: string;
  readonly unitName: (unit: string) => string;
  readonly categoryName: (category: string) => string;
  readonly withheld: (item: ViewItem) => string;
  /** What is said of a diary that was brought in from older records. */
  readonly importedMark: string;
  /** Address of a diary's page, null where it is unknown. */
  readonly pageOf: (diary: DiaryView) => string | null;
}

/** One calendar, in pieces, with a VTIMEZONE for each zone that a diary was written in. Lines end with CR LF and are folded at 75 octets. The
 *  diaries are gone through twice: zones stand before the events. */
export async function* calendarParts(
  batches: () => AsyncIterable<readonly DiaryView[]>,
  setting: CalendarSetting,
): AsyncGenerator<string> {
  const spans = new Map<string, Span | null>();
  for await (const diaries of batches())
    for (const { zone, items } of diaries) spans.set(zone, spanOf(items, spans.get(zone) ?? null));
  yield textOf([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sundial//Sundial//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(setting.title)}`,
    ...[...spans].flatMap(([zone, span]) => (span === null ? [] : zoneLines(zone, span))),
  ]);
  for await (const diaries of batches())
    yield textOf(
      diaries.flatMap((diary) =>
        diary.items.flatMap((item) => (item.kind === 'entry' ? eventLines(diary, item, setting) : [])),
      ),
    );
  yield textOf(['END:VCALENDAR']);
}

/** The first and the last minute at which an entry of a zone begins. */
interface Span {
  readonly first: number;
  readonly last: number;
}

function spanOf(items: readonly ViewItem[], known: Span | null): Span | null {
  let span = known;
  for (const { start } of items) {
    const at = start === null ? null : parseMinute(start);
    if (at !== null) span = { first: Math.min(span?.first ?? at, at), last: Math.max(span?.last ?? at, at) };
  }
  return span;
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${folded(line)}\r\n`).join('');

function eventLines(diary: DiaryView, entry: ViewItem, setting: CalendarSetting): string[] {
  const { prose, day, start } = entry;
  if (day === null) return [];
  const page = setting.pageOf(diary);
  const more =
    prose === null ? [] : [prose.detail, prose.thinking, prose.result, prose.next].flatMap((text) => text ?? []);
  const mark = diary.imported === null ? [] : [setting.importedMark];
  return [
    'BEGIN:VEVENT',
    `UID:${diary.draw}/${diary.unit}/${entry.index}@${setting.origin}`,
    `DTSTAMP:${stampOf(entry.released?.at ?? entry.hold?.at ?? diary.publishedAt)}`,
    start === null ? `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}` : `DTSTART;TZID=${diary.zone}:${civilText(start)}`,
    // Without an end it is a point in time: RFC 5545 3.6.1.
    ...(entry.end === null || entry.end === start ? [] : [`DTEND;TZID=${diary.zone}:${civilText(entry.end)}`]),
    `SUMMARY:${escaped(prose?.text ?? setting.withheld(entry))}`,
    ...(more.length + mark.length === 0 ? [] : [`DESCRIPTION:${escaped([...more, ...mark].join('\n'))}`]),
    ...(prose?.place ? [`LOCATION:${escaped(prose.place)}`] : []),
    `CATEGORIES:${[setting.unitName(diary.unit), ...(typeof entry.category === 'string' ? [setting.categoryName(entry.category)] : [])].map(escaped).join(',')}`,
    ...(page === null ? [] : [`URL:${page}#item-${entry.index}`]),
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** The zone with each change of its clock from the year before the first entry to the year after the last: one onset a component. */
function zoneLines(zone: string, span: Span): string[] {
  const offset = zoneOffset(zone);
  if (offset === null) return [];
  const yearOf = (minute: number): number => dateOfDay(dayOf(minute)).year;
  const first = dayOfDate({ year: yearOf(span.first) - 1, month: 1, day: 1 }) ?? 0;
  const last = dayOfDate({ year: yearOf(span.last) + 2, month: 1, day: 1 }) ?? 0;
  const begin = instantOf(civilAt(first, 0), offset);
  const end = instantOf(civilAt(last, 0), offset);
  const onsets = [{ at: begin, from: offset(begin), to: offset(begin) }, ...changes(offset, begin, end)];
  const least = Math.min(...onsets.map(({ to }) => to));
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...onsets.flatMap(({ at, from, to }) => {
      const kind = to > least ? 'DAYLIGHT' : 'STANDARD';
      return [
        `BEGIN:${kind}`,
        // What the wall showed before the change: RFC 5545 3.6.5.
        `DTSTART:${civilText(formatMinute(civilOf(at, () => from)))}`,
        `TZOFFSETFROM:${offsetText(from)}`,
        `TZOFFSETTO:${offsetText(to)}`,
        `END:${kind}`,
      ];
    }),
    'END:VTIMEZONE',
  ];
}

/** Changes of a zone between two instants, to the minute, by halving each day that begins and ends otherwise. */
function changes(offset: ZoneOffset, begin: number, end: number): { at: number; from: number; to: number }[] {
  const found: { at: number; from: number; to: number }[] = [];
  for (let day = begin; day < end; day += 86_400) {
    const from = offset(day);
    if (offset(day + 86_400) === from) continue;
    let [low, high] = [day, day + 86_400];
    while (high - low > 60) {
      const middle = low + Math.floor((high - low) / 120) * 60;
      if (offset(middle) === from) low = middle;
      else high = middle;
    }
    found.push({ at: high, from, to: offset(high) });
  }
  return found;
}

/** `2026-09-16T08:30` as `20260916T083000`. */
const civilText = (minute: string): string => `${minute.replaceAll(/[-:]/g, '')}00`;

const stampOf = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** Minutes ahead of UTC as `+0800`. */
function offsetText(ahead: number): string {
  const minutes = Math.abs(ahead);
  return `${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

/** RFC 5545 3.3.11; control characters but the line feed may not stand in a text. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n|\n|\r/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545 3.1 forbids them
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** RFC 5545 3.1: at most 75 octets in a line, never inside a character. */
function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}
