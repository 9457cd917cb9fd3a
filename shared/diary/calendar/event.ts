/** One event of a calendar (RFC 5545 3.6.1) as it is written there, its times on the walls of their zones. What is malformed is left out with
 *  a notice, and the event survives; what has no start or ends before it is not offered. */
import { fail, ok, type Result } from '../../base/result.ts';
import { codePointLength } from '../../base/text.ts';
import { dayOf, minuteOfDay } from '../../time/civil.ts';
import { longest } from '../longest.ts';
import type { Block } from './blocks.ts';
import { dayIn, instantOfMoment, type Moment, readDuration, readMoment } from './moment.ts';
import { type Notice, notice, type RefusalReason } from './notice.ts';
import { nameOn, type Property, readProperty } from './property.ts';
import { type Rule, readRule } from './rule.ts';
import { cleaned, member } from './text.ts';
import type { Zone, Zones } from './zone.ts';

/** A length: days on the calendar, then seconds on the clock. */
export interface Length {
  readonly days: number;
  readonly seconds: number;
}

/** A moment as an EXDATE, RDATE or RECURRENCE-ID names it. */
export interface NamedMoment {
  readonly moment: Moment;
  readonly line: number;
  readonly at: string;
}

export interface CalendarEvent {
  readonly uid: string | null;
  readonly line: number;
  readonly sequence: number;
  /** DTSTAMP as written, of which the later one is the newer; empty where there is none. */
  readonly stamp: string;
  /** Why it is not offered: cancelled, or its times cannot be. It still takes the place of the occurrence that it changes. */
  readonly refusal: RefusalReason | null;
  readonly text: string;
  readonly place: string | null;
  readonly detail: string | null;
  readonly start: Moment;
  /** Null where the event has no end. */
  readonly length: Length | null;
  readonly rules: readonly (Rule & { readonly end: Moment | null })[];
  readonly added: readonly NamedMoment[];
  readonly excluded: readonly NamedMoment[];
  readonly recurrenceId: NamedMoment | null;
  /** Of each occurrence. */
  readonly notices: readonly Notice[];
  /** Of the series. */
  readonly seriesNotices: readonly Notice[];
}

/** An event of which not even the day is known. */
export interface RefusedEvent {
  readonly uid: string | null;
  readonly line: number;
  readonly text: string;
  readonly reason: RefusalReason;
}

/** The event of a block. */
export function readEvent(block: Block, zones: Zones): Result<CalendarEvent, RefusedEvent> {
  const notices: Notice[] = [];
  const seriesNotices: Notice[] = [];
  const properties = propertiesOf(block, notices, seriesNotices);
  const first = (name: string) => properties.find((property) => property.name === name);
  const uid = first('uid')?.text.trim() || null;
  const summary = cleaned(first('summary')?.text ?? '');
  const begin = first('dtstart');
  const written = begin === undefined ? null : readMoment(begin.raw, begin, zones);
  const id = first('recurrence-id');
  const floating = written?.kind === 'time' ? written.zone : zones.user;
  const [recurrenceId = null] = id === undefined ? [] : namedMoments(id, zones, floating, notices);
  const lacking = begin === undefined ? 'START_MISSING' : written === null ? 'START_INVALID' : null;
  const given = written ?? recurrenceId?.moment ?? null;
  if (given === null) return fail({ uid, line: block.line, text: summary.text, reason: lacking ?? 'START_MISSING' });
  const zone = given.kind === 'time' ? given.zone : zones.user;
  notices.push(...zoneNotices(given, begin?.line ?? block.line));
  const length = lengthOf(properties, given, zone, zones, notices);
  const badLength = length !== null && isNegative(length) ? 'END_BEFORE_START' : null;
  const whole = isWholeDay(properties, given, length);
  const start: Moment = whole && given.kind === 'time' ? { kind: 'date', day: dayOf(given.wall) } : given;

  const moments = (name: string, into: Notice[]) =>
    properties.filter((property) => property.name === name).flatMap((each) => namedMoments(each, zones, zone, into));
  const rules = properties
    .filter(({ name }) => name === 'rrule')
    .flatMap((property) => ruleOf(property, zones, zone) ?? unread(property, seriesNotices));
  if (typeof id?.parameters.range === 'string') notices.push(notice('RANGE_IGNORED', id.line));
  const stamp = first('dtstamp');
  if (stamp !== undefined && readMoment(stamp.raw, stamp, zones) === null)
    notices.push(notice('PROPERTY_INVALID', stamp.line, `DTSTAMP:${stamp.raw}`));

  const isCancelled = first('status')?.raw.trim().toUpperCase() === 'CANCELLED';
  const place = member('place', first('location')?.text ?? '', first('location')?.line ?? block.line, notices);
  const detail = member('detail', first('description')?.text ?? '', first('description')?.line ?? block.line, notices);
  if (summary.wasCleaned) notices.push(notice('TEXT_CLEANED', block.line, 'text'));
  const isTooLong = codePointLength(summary.text) > longest.text;
  return ok({
    uid,
    line: block.line,
    sequence: Number.parseInt(first('sequence')?.raw ?? '0', 10) || 0,
    stamp: stamp?.raw ?? '',
    refusal: isCancelled ? 'CANCELLED' : (lacking ?? badLength ?? (isTooLong ? 'TEXT_TOO_LONG' : null)),
    text: summary.text,
    place,
    detail,
    start,
    length: start.kind === 'date' ? wholeDays(length) : length,
    rules,
    added: moments('rdate', seriesNotices),
    excluded: moments('exdate', seriesNotices),
    recurrenceId,
    notices,
    seriesNotices,
  });
}

function propertiesOf(block: Block, notices: Notice[], seriesNotices: Notice[]): readonly Property[] {
  return block.lines.flatMap((line) => {
    const property = readProperty(line);
    if (property === null) {
      if (nameOn(line.content) === 'rrule') seriesNotices.push(notice('RULE_UNREAD', line.number, line.content));
      else notices.push(notice('PROPERTY_INVALID', line.number, line.content));
    }
    return property ?? [];
  });
}

function zoneNotices(moment: Moment, line: number): readonly Notice[] {
  if (moment.kind === 'date' || moment.zone.doubt === null) return [];
  return [notice(moment.zone.doubt === 'assumed' ? 'ZONE_ASSUMED' : 'ZONE_BY_OFFSET', line, moment.zone.name)];
}

// DTEND, else DURATION; none where neither is there or can be.
function lengthOf(
  properties: readonly Property[],
  start: Moment,
  zone: Zone,
  zones: Zones,
  notices: Notice[],
): Length | null {
  const end = properties.find(({ name }) => name === 'dtend');
  if (end !== undefined) {
    const moment = readMoment(end.raw, end, zones, zone);
    if (moment !== null) {
      if (start.kind === 'time') notices.push(...zoneNotices(moment, end.line).filter(isNewIn(notices)));
      return start.kind === 'date'
        ? { days: dayIn(moment, zone) - start.day, seconds: 0 }
        : { days: 0, seconds: instantOfMoment(moment, zone) - instantOfMoment(start, zone) };
    }
    notices.push(notice('PROPERTY_INVALID', end.line, `DTEND:${end.raw}`));
  }
  const duration = properties.find(({ name }) => name === 'duration');
  const length = duration === undefined ? null : readDuration(duration.raw);
  if (duration !== undefined && length === null)
    notices.push(notice('PROPERTY_INVALID', duration.line, `DURATION:${duration.raw}`));
  return length;
}

function isNewIn(notices: readonly Notice[]) {
  return ({ code, at }: Notice) => !notices.some((each) => each.code === code && each.at === at);
}

function isNegative({ days, seconds }: Length): boolean {
  return days * 86_400 + seconds < 0;
}

// Outlook may write a whole day as midnight to midnight, and says so in a line of its own.
function isWholeDay(properties: readonly Property[], start: Moment, length: Length | null): boolean {
  if (start.kind === 'date') return true;
  const says =
    properties
      .find(({ name }) => name === 'x-microsoft-cdo-alldayevent')
      ?.raw.trim()
      .toUpperCase() === 'TRUE';
  return says && minuteOfDay(start.wall) === 0 && length !== null && wholeDays(length).days > 0;
}

// 23 or 25 hours are a day too, where the clock was changed on it.
function wholeDays(length: Length | null): Length {
  return { days: length === null ? 1 : Math.max(1, length.days + Math.round(length.seconds / 86_400)), seconds: 0 };
}

function namedMoments(property: Property, zones: Zones, floating: Zone, notices: Notice[]): readonly NamedMoment[] {
  return property.raw.split(',').flatMap((value) => {
    const moment = readMoment(value.split('/')[0] ?? '', property, zones, floating);
    if (moment !== null) return [{ moment, line: property.line, at: value }];
    notices.push(notice('PROPERTY_INVALID', property.line, `${property.name.toUpperCase()}:${value}`));
    return [];
  });
}

function ruleOf(property: Property, zones: Zones, zone: Zone): (Rule & { readonly end: Moment | null }) | null {
  const rule = readRule(property.raw);
  if (rule === null || rule.until === null) return rule === null ? null : { ...rule, end: null };
  const end = readMoment(rule.until, { zone: null }, zones, zone);
  return end === null ? null : { ...rule, end };
}

function unread(property: Property, notices: Notice[]): readonly [] {
  notices.push(notice('RULE_UNREAD', property.line, property.raw));
  return [];
}
