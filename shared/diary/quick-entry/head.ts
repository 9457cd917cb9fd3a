// The head of an entry: everything before the text that says when. Grammar of quick-entry: day, period, time, range sign,
// day, period, time; or a start with a length; or a start alone; or 刚才 with a length.

import { type CivilDay, type CivilMinute, dayOf, minuteOfDay } from '../../time/civil.ts';
import { type Clock, type ClockForm, readClock, readColonBeforeNumber, readRangeClock } from './clock.ts';
import { readDayWord } from './day-word.ts';
import { readDuration } from './duration.ts';
import { minutesIn, type Period, readPeriod } from './period.ts';
import { areHoursOf, isTimePair, workBegins } from './plausible.ts';
import { type Base, type EndDay, resolveRange, resolveStart, type Side, type Span, spanAt } from './resolve.ts';
import { blanks, type Found, looksAt, scan, skip } from './scan.ts';

/** What a head is read against. `carriedDay`: named earlier in the same line, or by a heading, which may also name a part of the
 *  day, `carriedPeriod`; `after`: where the entry before it ended (began, if it has no end), with its day and the part of the
 *  day said for it. `dayStart`: minute at which a working day begins. `nothingEndsNow`: see `QuickEntryContext`. */
export type HeadContext = {
  readonly now: CivilMinute;
  readonly dayStart: number;
  readonly carriedDay: CivilDay | null;
  readonly carriedPeriod: Period | null;
  readonly after: Before | null;
  readonly nothingEndsNow: boolean;
};

/** The entry before, as far as the next one depends on it. */
export type Before = { readonly end: CivilMinute; readonly day: CivilDay; readonly period: Period | null };

/** A head that was read. `period`: the part of the day that was said, or goes on from the entry before. `pieces` of the normal form are time and not text, in order; the time ends before `timeTo`, the
 *  text begins at `textFrom`. `isApart`: a blank or a sign parts them. */
export type Head = Span & {
  readonly shape: 'range' | 'length' | 'start' | 'lengthAlone';
  readonly form: ClockForm | null;
  readonly period: Period | null;
  readonly namedDay: CivilDay | null;
  readonly pieces: readonly { readonly from: number; readonly to: number }[];
  readonly timeTo: number;
  readonly textFrom: number;
  readonly isApart: boolean;
};

const listMark =
  /(?:(?:[•·●▪■◆◇▶►✓√☐□]+[ \t]*|[*+>-]+[ \t]+|(?:\d{1,3}[.、)]|\(\d{1,3}\)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))[ \t]*))+/y;
const preface = /(?:(?:时间|time) ?: ?)?(?:@ ?|at |from |on |从|自)?/y;
const joint = /[ \t,:、;|·。-]*/y;
const apart = /[ \t,:;|·。、()[\]】〕」』#@-]|$/y;
const dayAfter = /次日|第二天|翌日|隔日|隔天|(?:the )?next day(?![a-z])/y;
const rangeSign =
  /(?: ?(?:起|开始))?[ ,:、]*(?:(?:[ \t]*-+>?[ \t]*| ?(?:一直到|直到|至|到) ?|(?: |(?<=[ -]))(?:to|until|till|til|through) )+| ?\t ?)/y;

/** The head that begins at `at`, or `null` when the line does not begin with a time. */
export function readHead(text: string, at: number, context: HeadContext): Head | null {
  const from = skip(blanks, text, at);
  const direct = readBehindMark(text, from, from, context);
  if (direct !== null) return direct;
  const marked = scan(listMark, text, from);
  return marked === null ? null : readBehindMark(text, from, from + marked[0].length, context);
}

function readBehindMark(text: string, from: number, at: number, context: HeadContext): Head | null {
  const opened = scan(/[([【〔「『] ?/y, text, at);
  const head =
    readTimed(text, opened === null ? at : at + opened[0].length, context) ?? readLengthAlone(text, at, context);
  if (head === null) return null;
  const closed = opened === null ? head.timeTo : skip(/ ?[)\]】〕」』]/y, text, head.timeTo);
  const timeTo = skipRepeatedLength(text, closed, head);
  const textFrom = skip(joint, text, timeTo);
  const [first, ...rest] = head.pieces;
  const isWhole = rest.length === 0;
  const pieces = isWhole ? [{ from, to: textFrom }] : [{ from, to: first?.to ?? from }, ...rest];
  return {
    ...head,
    pieces,
    timeTo,
    textFrom: isWhole ? textFrom : head.textFrom,
    isApart: looksAt(apart, text, timeTo),
  };
}

function readTimed(text: string, at: number, context: HeadContext): Head | null {
  const begun = skip(preface, text, at);
  const today = dayOf(context.now);
  const word = readDayWord(text, begun, today);
  if (word !== null) {
    const gap = scan(/(?: ?[)\]】〕」』])?[ \t]*[,:，的、]?[ \t]*/y, text, word.to)?.[0] ?? '';
    if (gap !== '' || !word.value.isDigitsOnly) {
      const { day, period, isDigitsOnly } = word.value;
      const to = word.to + gap.length;
      const later = scan(dayAfter, text, to);
      const base = {
        day,
        isNamed: true,
        isNight: period === 'evening',
        isDayAfter: later !== null,
        isSaid: !isDigitsOnly,
      };
      const head = readFromTo(text, to + (later?.[0].length ?? 0), base, period, true, context);
      if (head !== null) return { ...head, pieces: [{ from: at, to: head.timeTo }] };
    }
  }
  const day = context.carriedDay ?? today;
  const base = { day, isNamed: context.carriedDay !== null, isNight: false, isDayAfter: false, isSaid: false };
  const readAs = (period: Period | null) => readFromTo(text, begun, base, period, false, context);
  const head = readAs(context.carriedPeriod);
  if (head === null) return null;
  const goesOn = afterMidnight(head, context) ?? afterNoon(head, readAs, looksAt(/ *0/y, text, begun), context) ?? head;
  return { ...goesOn, pieces: [{ from: at, to: goesOn.timeTo }] };
}

// 22:00-24:00 …；0:00-1:00 …: what follows midnight goes on with the night before.
function afterMidnight(head: Head, { after, dayStart }: HeadContext): Head | null {
  const nextDay = head.start + 1440;
  if (after === null || minuteOfDay(head.start) >= dayStart || dayOf(after.end) !== dayOf(nextDay)) return null;
  if (nextDay < after.end) return null;
  const asks = head.asks === 'day' ? null : head.asks;
  return { ...head, start: nextDay, end: head.end === null ? null : head.end + 1440, day: after.day, asks };
}

// 下午2:00-3:00 …；3:00-5:00 …, and 10:00-12:00 …；2:00-4:00 …: the twelve-hour clock goes on, unless a 0 or a word says otherwise.
function afterNoon(
  plain: Head,
  readAs: (period: Period) => Head | null,
  isTwentyFour: boolean,
  { after }: HeadContext,
): Head | null {
  if (after === null || isTwentyFour || plain.start >= after.end || plain.start + 720 < after.end) return null;
  const wasLater = after.period !== null && minutesIn(after.period, 8, 0) >= 720;
  if (!wasLater && minuteOfDay(plain.start) >= earliestUnsaid) return null;
  const later = readAs('pm');
  return later?.start === plain.start + 720 ? later : null;
}

/** Nobody who has written of a morning means an hour before 7:00 by the next time without a word. */
const earliestUnsaid = 420;

function readFromTo(
  text: string,
  at: number,
  base: Base,
  wordPeriod: Period | null,
  isDayTyped: boolean,
  context: HeadContext,
): Head | null {
  const gap = skip(/[ \t]*(?:at |from |从|自)?/y, text, at);
  const own = readPeriod(text, gap);
  const period = own?.value ?? wordPeriod;
  const clockAt = own === null ? gap : skip(/[ \t]*(?:at |from |的|[,:])?[ \t]*/y, text, own.to);
  const strong = readClock(text, clockAt);
  const weak = strong === null ? readRangeClock(text, clockAt) : null;
  const start = strong ?? weak;
  if (start === null) return null;
  const side: Side = { clock: start.value, period };
  const range = readRange(text, start, side, base, context);
  if (range !== null) return range;
  if (strong !== null) {
    const length = readLength(text, start, side, base, context);
    if (length !== null) return length;
    return readStartAlone(text, start, side, base, own !== null || isDayTyped, context);
  }
  return null;
}

function readRange(text: string, start: Found<Clock>, side: Side, base: Base, context: HeadContext): Head | null {
  const sign = scan(rangeSign, text, start.to);
  if (sign === null) return null;
  let at = start.to + sign[0].length;
  let endDay: EndDay = { kind: 'unsaid' };
  const same = scan(/当日|当天|同日|同一天/y, text, at);
  const next = scan(dayAfter, text, at);
  const word = readDayWord(text, at, dayOf(context.now));
  if (same !== null) {
    endDay = { kind: 'day', day: base.day };
    at += same[0].length;
  } else if (next !== null) {
    endDay = { kind: 'dayAfter' };
    at += next[0].length;
  } else if (word !== null) {
    const gap = scan(/[ \t]*[,:的]?[ \t]*/y, text, word.to)?.[0] ?? '';
    // 10.50-11.30 11时响应: what is written like the start is a time.
    const isDate = !word.value.isDigitsOnly || (gap !== '' && start.value.form !== 'dotted');
    if (isDate) {
      const tried = readEnd(
        text,
        word.to + gap.length,
        word.value.period,
        start,
        sign[0],
        side,
        base,
        {
          kind: 'day',
          day: word.value.day,
        },
        context,
      );
      if (tried !== null) return tried;
    }
  }
  return readEnd(text, skip(/ ?的? ?/y, text, at), null, start, sign[0], side, base, endDay, context);
}

function readEnd(
  text: string,
  at: number,
  wordPeriod: Period | null,
  start: Found<Clock>,
  sign: string,
  side: Side,
  base: Base,
  endDay: EndDay,
  context: HeadContext,
): Head | null {
  const now = scan(/现在|此刻|目前|今(?![天日早晨晚夜年])|now(?![a-z])/y, text, at);
  if (now !== null) return readUntilNow(start, at + now[0].length, side, base, context);
  const own = readPeriod(text, at);
  const period = own?.value ?? wordPeriod;
  const clockAt = own === null ? at : skip(blanks, text, own.to);
  const end = readClock(text, clockAt) ?? readColonBeforeNumber(text, clockAt) ?? readRangeClock(text, clockAt);
  if (end === null) return null;
  const hasPeriod = side.period !== null || period !== null;
  const isDash = /[-\t]/.test(sign);
  if (sign.includes('\t') && end.value.form !== 'colon') return null;
  if (!isTimePair(text, start, end, { hasPeriod, isDash }) && !areHoursOf(text, base, start.value, end)) return null;
  const endSide: Side = { clock: end.value, period };
  const plain = resolveRange(side, endSide, base, endDay, context.dayStart);
  const suffix = endDay.kind === 'unsaid' ? readDayAfterSuffix(text, end.to, plain) : end.to;
  const span = suffix === end.to ? plain : resolveRange(side, endSide, base, { kind: 'dayAfter' }, context.dayStart);
  return head('range', start.value, side.period, span, base, suffix);
}

// 23:30-0:40(次日), 23:30-0:40 +1; without brackets only where the night is crossed, for 次日 may begin the text.
function readDayAfterSuffix(text: string, at: number, span: Span): number {
  const bracketed = scan(/ ?[([] ?(?:次日|第二天|翌日|隔日|隔天|next day|\+1) ?[)\]]/y, text, at);
  if (bracketed !== null) return at + bracketed[0].length;
  const isOvernight = span.end !== null && dayOf(span.end) > dayOf(span.start);
  const plain = scan(
    / ?(?:次日|第二天|翌日|隔日|隔天|(?:the )?next day|\+1 ?(?:d|day|天)?)(?=[ \t,:;|·。、-]|$)/y,
    text,
    at,
  );
  return isOvernight && plain !== null ? at + plain[0].length : at;
}

function readUntilNow(start: Found<Clock>, to: number, side: Side, base: Base, context: HeadContext): Head | null {
  if (isOfAnotherDay(context)) return null;
  const span = resolveStart(side, base, context.dayStart);
  const end = rounded(context.now);
  if (end <= span.start) return null;
  const isTooLong = dayOf(end) > dayOf(span.start) && end - span.start > 720;
  return head('range', start.value, side.period, { ...span, end, asks: isTooLong ? 'length' : span.asks }, base, to);
}

const lengthJoint =
  /(?: ?(?:起|开始|start(?:ing)?))?[ \t,:、;|·。-]*(?:\( ?)?(?:for|lasting|用时|历时|时长|耗时|共计|共|约|大约|持续)?[ \t]*/y;
const notALength = /内|之内|以内|以上|以下|前(?![往期])|后(?!勤)|圈|生活|便民|通勤|服务|应急|响应|达|未|[a-z]/y;

function readLength(text: string, start: Found<Clock>, side: Side, base: Base, context: HeadContext): Head | null {
  const joined = scan(lengthJoint, text, start.to)?.[0] ?? '';
  const length = readDuration(text, start.to + joined.length);
  if (length === null || length.value < shortestAlone || looksAt(notALength, text, length.to)) return null;
  const to = skip(joined.includes('(') ? / ?\)/y : /的(?!确)/y, text, length.to);
  const span = resolveStart(side, base, context.dayStart);
  return head('length', start.value, side.period, { ...span, end: span.start + length.value }, base, to);
}

const notAStart =
  /前(?![往期赴去后进置任台方])|后(?![勤续期备台方])|之前|之后|以前|以后|左右|%|比例|比分|地形图|比[0-9]|[.:]\d/y;
const counted =
  /意见|建议|要求|希望|体会|思考|感受|共识|启示|看法|要点|内容|理由|原因|问题|想法|经验|教训|收获|做法|说明|措施|一线/y;

function readStartAlone(
  text: string,
  start: Found<Clock>,
  side: Side,
  base: Base,
  hasContext: boolean,
  context: HeadContext,
): Head | null {
  const { form, isBareHour, isChinese } = start.value;
  if (looksAt(notAStart, text, start.to)) return null;
  const isApart = looksAt(apart, text, start.to);
  if (form === 'word' && !isApart) return null;
  if (form === 'hour' && isBareHour && !hasContext && (isChinese ? !isApart : looksAt(counted, text, start.to)))
    return null;
  const begun = skip(/[ ,:、]*(?:起|开始)(?=[ \t,:;。、#@]|$)/y, text, start.to);
  // 9点起开会, but 8:00起草报告.
  const isBegun = looksAt(/起/y, text, start.to) && looksAt(workBegins, text, start.to + 1);
  const to = isBegun ? start.to + 1 : begun;
  return head('start', start.value, side.period, resolveStart(side, base, context.dayStart), base, to);
}

/** 3M Australia is a firm; nobody notes down three minutes. */
const shortestAlone = 5;

const aboutBehind = /(?:(?<![a-z])(?:for|about)|用了|用时|历时|大约|约)? ?$/;

function readLengthAlone(text: string, at: number, context: HeadContext): Head | null {
  if (isOfAnotherDay(context)) return null;
  const ended = rounded(context.now);
  const justNow = scan(/刚才|刚刚|方才|刚(?=[开与和跟打接谈结参听看讲做写改批审陪])|just(?: now)?(?![a-z])/y, text, at);
  if (justNow === null) {
    const length = readDuration(text, at);
    if (length === null || length.value < shortestAlone || length.value > 720) return null;
    const behind = scan(/的(?!确)|(?=[ \t,:#@])|$/y, text, length.to);
    if (behind === null && !looksAt(workBegins, text, length.to)) return null;
    const to = length.to + (behind?.[0].length ?? 0);
    return {
      ...head('lengthAlone', null, null, spanAt(ended - length.value, ended, context.dayStart), null, to),
      pieces: [{ from: at, to }],
    };
  }
  const said = at + justNow[0].length;
  for (let place = said; place < text.length && text[place] !== ';'; place += 1) {
    const length = looksAt(/(?<![\d.零一二两三四五六七八九十百第])[\d半一二两三四五六七八九十]/y, text, place)
      ? readDuration(text, place)
      : null;
    if (length === null || looksAt(notALength, text, length.to)) continue;
    const behind = skip(/的(?!确)/y, text, length.to);
    const span = spanAt(ended - length.value, ended, context.dayStart);
    const textFrom = skip(joint, text, said);
    const about = aboutBehind.exec(text.slice(textFrom, place))?.[0].length ?? 0;
    const isAtOnce = place <= textFrom;
    const to = isAtOnce ? skip(joint, text, behind) : behind;
    const pieces = isAtOnce
      ? [{ from: at, to }]
      : [
          { from: at, to: textFrom },
          { from: place - about, to },
        ];
    return { ...head('lengthAlone', null, null, span, null, to), textFrom: isAtOnce ? to : textFrom, pieces };
  }
  return null;
}

// What ends now is not of a day that a heading names or whose page is open, but of today.
function isOfAnotherDay({ now, dayStart, carriedDay, nothingEndsNow }: HeadContext): boolean {
  if (nothingEndsNow) return true;
  const today = dayOf(now);
  const working = minuteOfDay(now) < dayStart ? today - 1 : today;
  return carriedDay !== null && carriedDay !== today && carriedDay !== working;
}

// 8:30-10:00（1小时30分） and 8:30-10:00 · 1小时30分 · 会议, as the product itself writes it.
function skipRepeatedLength(text: string, at: number, { start, end }: Head): number {
  const opened = scan(/ ?(?:\( ?|· ?|共 ?)/y, text, at);
  const length = opened === null || end === null ? null : readDuration(text, at + opened[0].length);
  if (opened === null || length === null || end === null || length.value !== end - start) return at;
  if (opened[0].includes('(')) return looksAt(/ ?\)/y, text, length.to) ? skip(/ ?\)/y, text, length.to) : at;
  return looksAt(/[ \t,:;·。]|$/y, text, length.to) ? length.to : at;
}

function head(
  shape: Head['shape'],
  start: Clock | null,
  said: Period | null,
  span: Span,
  base: Base | null,
  to: number,
): Head {
  const namedDay = base?.isNamed === true ? base.day : null;
  const period = start?.period ?? said;
  const form = start?.form ?? null;
  return { ...span, shape, form, period, namedDay, pieces: [], timeTo: to, textFrom: to, isApart: true };
}

function rounded(now: CivilMinute): CivilMinute {
  return Math.round(now / 5) * 5;
}
