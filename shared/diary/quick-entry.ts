// The quick-entry line: one line of text becomes one entry, or several where several times begin one. Reads what people
// type in Chinese and English; what it cannot read stays text. Grammar and table: the page "The quick-entry line".

import { type CivilDay, type CivilMinute, dayOf, minuteOfDay } from '../time/civil.ts';
import { suggestCategory } from './category.ts';
import { saysTime } from './quick-entry/clock.ts';
import { readDayWord } from './quick-entry/day-word.ts';
import { type Before, type Head, type HeadContext, readHead } from './quick-entry/head.ts';
import { type KnownThread, type Mark, nameKey, readMarks } from './quick-entry/marks.ts';
import { type NormalForm, normalForm, typedSpan } from './quick-entry/normal-form.ts';
import { type Period, readPeriod } from './quick-entry/period.ts';
import { looksAt, scan, skip } from './quick-entry/scan.ts';

/** What a line is read against. `now`: the wall in the diary's zone. `dayStart`: minute at which a working day begins, 300
 *  (05:00) if not given. `threads`: those that # may name. `usualMinutes`: length to propose where only a start is typed,
 *  60 if not given. `nextStart`: where the entry after this one begins, if there is one already. `nothingEndsNow`: `now` only
 *  says the day, that of a page, and is not the moment of writing: what took so long (40分钟 碰头) has no time there. */
export type QuickEntryContext = {
  readonly now: CivilMinute;
  readonly dayStart?: number | undefined;
  readonly threads?: readonly KnownThread[] | undefined;
  readonly usualMinutes?: number | undefined;
  readonly nextStart?: CivilMinute | null | undefined;
  readonly nothingEndsNow?: boolean | undefined;
};

/** A thread typed with #: `id` of the known one, `null` for a new name; `name` its proper name; `typed` as written. */
export type ThreadRef = { readonly id: string | null; readonly name: string; readonly typed: string };

/** A stretch of the typed line, UTF-16 units `[from, to)`, and what it was read as. */
export type LineSpan = { readonly from: number; readonly to: number; readonly kind: 'time' | 'thread' | 'place' };

/** One entry as read. `start` is `null` when the line has no time: all of it is text, a time picker opens. `end` is `null`
 *  when only a start was typed; `proposedEnd` is then the next entry's start or the usual length. `day` is the working day
 *  it is reported under. `asks`: `day`, it begins before the day begins: yesterday (filled in) or today? `length`, longer
 *  than 12 hours overnight: is the end right? `text` is what was typed less the time and less the marks at its end.
 *  `category` is a suggestion. `n` counts the entries of the line from 0. */
export type Reading = {
  readonly n: number;
  readonly day: CivilDay;
  readonly start: CivilMinute | null;
  readonly end: CivilMinute | null;
  readonly proposedEnd?: CivilMinute;
  readonly text: string;
  readonly threads: readonly ThreadRef[];
  readonly place: string | null;
  readonly asks?: 'day' | 'length';
  readonly category: string | null;
  readonly spans: readonly LineSpan[];
};

/** A physical line of a pasted text, or two where the upper one is a time alone and the lower one its text. A line that only
 *  names a day or a part of it (7月14日 周二, 下午) is a `heading` for those below it, of that day, and has no readings; `number`
 *  counts from 1. */
export type LineReading = {
  readonly number: number;
  readonly line: string;
  readonly heading: CivilDay | null;
  readonly readings: readonly Reading[];
};

/** The entries of what was typed, none for a blank line. Physical lines are read one by one, `n` goes on. Never throws. */
export function readLine(line: string, context: QuickEntryContext): readonly Reading[] {
  const readings: Reading[] = [];
  for (const { from, readings: own } of readBlock(line, context, false)) {
    for (const reading of own) readings.push(moved(reading, readings.length, from));
  }
  return readings;
}

/** A pasted block, line by line, with headings that name a day or a part of it. Spans and `n` are those of each line. Blank
 *  lines are left out. Never throws. */
export function readText(text: string, context: QuickEntryContext): readonly LineReading[] {
  return readBlock(text, context, true).map(({ from: _, ...line }) => line);
}

type PlacedLine = LineReading & { readonly from: number };

/** What a heading says, and the entry above, as far as the line below depends on them. */
type Above = { readonly day: CivilDay | null; readonly period: Period | null; readonly before: Before | null };

const nothingAbove: Above = { day: null, period: null, before: null };

function readBlock(text: string, context: QuickEntryContext, hasHeadings: boolean): readonly PlacedLine[] {
  const lines: PlacedLine[] = [];
  const today = dayOf(context.now);
  let above = nothingAbove;
  for (const [index, { text: line, from }] of physicalLines(text).entries()) {
    if (line.trim() === '') continue;
    const named = hasHeadings ? readHeading(line, today) : null;
    if (named !== null) above = { day: named.day ?? above.day, period: named.period, before: null };
    const { readings, last } = named === null ? readPhysicalLine(line, context, above) : nothingRead;
    if (last !== null) above = { ...above, before: last };
    const upper = lines.at(-1);
    const joined = upper?.number === index ? withText(upper, readings, from - upper.from) : null;
    const heading = named === null ? null : (above.day ?? today);
    if (upper === undefined || joined === null) lines.push({ number: index + 1, line, heading, readings, from });
    else lines.splice(-1, 1, { ...upper, line: text.slice(upper.from, from + line.length), readings: [joined] });
  }
  return lines;
}

// As calendars and mails are pasted: a line that is a time and nothing else, and under it what was done. `by`: where that line begins.
function withText({ line, readings }: LineReading, below: readonly Reading[], by: number): Reading | null {
  const [time, another] = readings;
  const [said, more] = below;
  if (time === undefined || said === undefined || another !== undefined || more !== undefined) return null;
  if (time.start === null || said.start !== null || time.spans.some(({ kind }) => kind !== 'time')) return null;
  if (kept(line, 0, line.length, time.spans) !== '') return null;
  const { text, threads, place, category } = said;
  return { ...time, text, threads, place, category, spans: [...time.spans, ...moved(said, 0, by).spans] };
}

/** `sharesWords`: only another range stands between it and the words, which are those of both. */
type Segment = { readonly head: Head; readonly from: number; to: number; sharesWords: boolean };

type ReadLine = { readonly readings: readonly Reading[]; readonly last: Before | null };

const nothingRead: ReadLine = { readings: [], last: null };

function readPhysicalLine(line: string, context: QuickEntryContext, above: Above): ReadLine {
  const form = normalForm(line);
  const segments = segmentsOf(form.text, context, above);
  const last = segments.at(-1);
  if (last === undefined) {
    const dayStart = context.dayStart ?? 300;
    const today = dayOf(context.now) - (minuteOfDay(context.now) < dayStart ? 1 : 0);
    const untimed = { n: 0, day: above.day ?? today, start: null, end: null };
    const said = textOf(line, form, null, 0, form.text.length, context.threads ?? []);
    return { readings: [{ ...untimed, ...said }], last: null };
  }
  const readings: Reading[] = segments.map((segment, n) => {
    const { head } = segment;
    const next = segments[n + 1]?.head.start ?? context.nextStart ?? null;
    const asks = head.asks === null ? {} : { asks: head.asks };
    const proposed =
      head.end === null ? { proposedEnd: proposedEnd(head.start, next, context.usualMinutes ?? 60) } : {};
    const said = textOf(line, form, head, segment.from, segment.to, context.threads ?? []);
    return { n, day: head.day, start: head.start, end: head.end, ...proposed, ...asks, ...said };
  });
  for (let n = segments.length - 2; n >= 0; n -= 1) {
    const [own, following] = [readings[n], readings[n + 1]];
    if (own === undefined || following === undefined || segments[n]?.sharesWords !== true) continue;
    const { text, threads, place, category } = following;
    readings[n] = { ...own, text, threads, place, category };
  }
  return { readings, last: beforeOf(last.head) };
}

function segmentsOf(text: string, context: QuickEntryContext, above: Above): readonly Segment[] {
  const { now, dayStart = 300, nothingEndsNow = false } = context;
  const basis = { now, dayStart, nothingEndsNow, carriedPeriod: above.period };
  const first = readHead(text, 0, { ...basis, carriedDay: above.day, after: above.before });
  if (first === null) return [];
  const segments: Segment[] = [{ head: first, from: 0, to: text.length, sharesWords: false }];
  let last = segments[0];
  let named = first.namedDay;
  for (let at = first.timeTo; at < text.length && last !== undefined; at += 1) {
    const behind = { ...basis, carriedDay: named, after: beforeOf(last.head) };
    const second = at === last.head.timeTo ? readSecondRange(text, last.head, behind) : null;
    const head = second ?? (looksAt(/[;,。|]/y, text, at) ? readHead(text, at + 1, behind) : null);
    if (head === null || (second === null && !beginsEntry(text[at] === ';', head, segments))) continue;
    last.to = at;
    last.sharesWords = second !== null;
    last = { head, from: second === null ? at + 1 : at, to: text.length, sharesWords: false };
    segments.push(last);
    named = head.namedDay ?? named;
    at = head.timeTo - 1;
  }
  return segments;
}

const betweenRanges = /[ \t]*(?:[、,&和与及]|以及|and )[ \t]*/y;

// 8:30-10:00、14:00-16:00 接访 was twice; 8:30-10:00、3-5号楼走访 was once.
function readSecondRange(text: string, first: Head, context: HeadContext): Head | null {
  const sign = first.shape === 'range' ? scan(betweenRanges, text, first.timeTo) : null;
  const head = sign === null ? null : readHead(text, first.timeTo + sign[0].length, context);
  if (head === null || head.shape !== 'range' || head.start < first.start) return null;
  return head.form === first.form || (saysTime(head.form) && saysTime(first.form)) ? head : null;
}

function beforeOf({ start, end, day, period }: Head): Before {
  return { end: end ?? start, day, period };
}

// A semicolon before a time begins an entry. A comma does so only where the time stands like the first one of the line:
// 全程调度，21时40分登陆，22时50分封闭 is one text, 8:30-10:00，…，10:00-11:00，… are two entries.
function beginsEntry(isSemicolon: boolean, head: Head, segments: readonly Segment[]): boolean {
  const first = segments[0]?.head;
  const last = segments.at(-1)?.head;
  if (first === undefined || last === undefined || head.shape === 'lengthAlone') return false;
  const isLikeFirst = head.form === first.form && (head.isApart || !first.isApart) && head.start >= last.start;
  if (head.shape === 'start') {
    const areStarts = segments.every((segment) => segment.head.shape === 'start');
    if (isSemicolon) return areStarts || (head.form === 'colon' && head.isApart);
    return areStarts && isLikeFirst && head.form === 'colon' && head.isApart;
  }
  return isSemicolon || isLikeFirst;
}

type Said = Pick<Reading, 'text' | 'threads' | 'place' | 'category' | 'spans'>;

function textOf(
  line: string,
  form: NormalForm,
  head: Head | null,
  from: number,
  to: number,
  threads: readonly KnownThread[],
): Said {
  const typedFrom = from === 0 ? 0 : typedSpan(form, from, from).from;
  const typedTo = to >= form.text.length ? line.length : typedSpan(form, to, to).from;
  const timeSpans = (head?.pieces ?? []).map((piece, index) => {
    const span = typedSpan(form, piece.from, piece.to);
    return index === 0 ? { from: typedFrom, to: Math.max(typedFrom, span.to) } : span;
  });
  const marks = readMarks(form.text, Math.min(head?.textFrom ?? from, to), to, threads);
  const atEnd = marksAtEnd(form.text, marks, to);
  const place = atEnd.findLast((mark) => mark.kind === 'place') ?? marks.find((mark) => mark.kind === 'place') ?? null;
  const removed = atEnd
    .filter((mark) => mark.kind === 'thread' || isSameName(form, mark, place))
    .map((mark) => typedSpan(form, blanksBefore(form.text, mark.from), mark.to));
  const used = marks.filter((mark) => mark.kind === 'thread' || isSameName(form, mark, place));
  const left = kept(line, typedFrom, typedTo, [...timeSpans, ...removed]);
  const text = head !== null && onlySigns.test(left) ? '' : left;
  return {
    text,
    threads: threadsOf(line, form, used),
    place: place === null ? null : nameOf(line, form, place),
    category: suggestCategory(text),
    spans: [
      ...timeSpans.map((span) => ({ ...span, kind: 'time' as const })),
      ...used.map((mark) => ({ ...spanOfMark(form, mark), kind: mark.kind })),
    ],
  };
}

// Those after which only blanks, other marks and a closing full stop follow.
function marksAtEnd(text: string, marks: readonly Mark[], to: number): readonly Mark[] {
  let end = to;
  const found: Mark[] = [];
  for (const mark of marks.toReversed()) {
    if (!/^[\s。.!?;,]*$/.test(text.slice(mark.to, end))) break;
    found.unshift(mark);
    end = mark.from;
  }
  return found;
}

function threadsOf(line: string, form: NormalForm, marks: readonly Mark[]): readonly ThreadRef[] {
  const found = new Map<string, ThreadRef>();
  for (const mark of marks) {
    if (mark.kind !== 'thread') continue;
    const typed = nameOf(line, form, mark);
    const thread = { id: mark.thread?.id ?? null, name: mark.thread?.name ?? typed, typed };
    const key = mark.thread === null ? `# ${nameKey(typed)}` : mark.thread.id;
    if (!found.has(key)) found.set(key, thread);
  }
  return [...found.values()];
}

function nameOf(line: string, form: NormalForm, mark: Mark): string {
  const { from, to } = typedSpan(form, mark.nameFrom, mark.nameTo);
  return line.slice(from, to);
}

// What is left between a time and the marks when there are no words.
const onlySigns = /^[\s,，:：、;；|·。.!！?？\p{Pd}~～]*$/u;

function isSameName(form: NormalForm, mark: Mark, other: Mark | null): boolean {
  const nameIn = ({ nameFrom, nameTo }: Mark) => form.text.slice(nameFrom, nameTo);
  return other !== null && mark.kind === other.kind && nameIn(mark) === nameIn(other);
}

function blanksBefore(text: string, at: number): number {
  let from = at;
  while (from > 0 && /\s/.test(text[from - 1] ?? '')) from -= 1;
  return from;
}

function spanOfMark(form: NormalForm, mark: Mark): { readonly from: number; readonly to: number } {
  return typedSpan(form, mark.from, mark.to);
}

// What is typed in [from, to) without the cuts, which are in order and apart. Where a cut leaves two blanks, one goes.
function kept(line: string, from: number, to: number, cuts: readonly { from: number; to: number }[]): string {
  let text = '';
  let at = from;
  for (const cut of [...cuts, { from: to, to }]) {
    const part = line.slice(at, Math.min(cut.from, to));
    text = /(?:^|\s)$/.test(text) ? text + part.trimStart() : text + part;
    at = Math.max(at, cut.to);
  }
  return text.replace(outer, '');
}

// Blanks and what has no width, as pasted text brings it along.
const outer = /^[\s\u200b\u200e\u200f\u2060]+|[\s\u200b\u200e\u200f\u2060]+$/g;

function proposedEnd(start: CivilMinute, next: CivilMinute | null, usualMinutes: number): CivilMinute {
  const usual = start + usualMinutes;
  return next !== null && next > start ? Math.min(next, usual) : usual;
}

function readHeading(line: string, today: CivilDay): Pick<Above, 'day' | 'period'> | null {
  const { text } = normalForm(line);
  const from = skip(/[ \t#*【[(「-]*/y, text, 0);
  // Dates in digits (7-14) want a blank behind them.
  const word = readDayWord(`${text} `, from, today);
  const behindDay = skip(/[ \t,、]*/y, text, word === null ? from : Math.min(word.to, text.length));
  const part = readPeriod(text, behindDay);
  if (word === null && part === null) return null;
  const isAlone = looksAt(/[ \t:,。、】\])」*-]*$/y, text, part?.to ?? behindDay);
  return isAlone ? { day: word?.value.day ?? null, period: part?.value ?? word?.value.period ?? null } : null;
}

function moved(reading: Reading, n: number, by: number): Reading {
  const spans = reading.spans.map((span) => ({ ...span, from: span.from + by, to: span.to + by }));
  return { ...reading, n, spans };
}

function physicalLines(text: string): readonly { readonly text: string; readonly from: number }[] {
  const lines: { text: string; from: number }[] = [];
  let from = 0;
  for (const end of text.matchAll(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g)) {
    lines.push({ text: text.slice(from, end.index), from });
    from = end.index + end[0].length;
  }
  lines.push({ text: text.slice(from), from });
  return lines;
}
