/** What stands in the quick line, read as of now or of the day that is shown; pure. */

import type { KnownThread } from '../../../shared/diary/quick-entry/marks.ts';
import { type QuickEntryContext, type Reading, readLine, readText } from '../../../shared/diary/quick-entry.ts';
import { type CivilMinute, civilAt, dayOf, parseDay } from '../../../shared/time/civil.ts';
import { workingDayOf } from '../../store/today.ts';

/** What a line is read against. `day`: the day shown, null for today. `usualMinutes` and `nextStart`: see `QuickEntryContext`. */
export interface LineContext {
  readonly day: string | null;
  readonly today: string;
  readonly now: CivilMinute;
  readonly threads: readonly KnownThread[];
  readonly usualMinutes?: number | undefined;
  readonly nextStart?: CivilMinute | null;
}

/** The entries of the line, numbered through. On another day's page a bare time means that day, and nothing ends now. Between midnight and 05:00 a time that has
 *  not come yet means the working day that is just ending: at 02:30, 20:00-21:40 was last evening. */
export function readAll(text: string, context: LineContext): readonly Reading[] {
  const { day, today, now } = context;
  const shown = day === null || day === today ? null : parseDay(day);
  if (shown !== null) return readAt(text, { now: civilAt(shown, noon), nothingEndsNow: true }, context);
  const readings = readAt(text, { now }, context);
  const isNight = workingDayOf(now) < dayOf(now);
  const inFuture = readings.some(({ start }) => start !== null && start > now);
  return isNight && inFuture ? readAt(text, { now: civilAt(workingDayOf(now), lastMinute) }, context) : readings;
}

/** The first range of times that stands behind the beginning of a line, 会见客商 14:00-15:00: what a time picker proposes. Null where none. */
export function rangeInside(text: string, context: LineContext): Reading | null {
  if (text.includes('\n')) return null;
  for (const { index } of text.matchAll(mayBegin)) {
    // A pasted speech has hundreds of places: each is read as far as a day and two times can reach.
    const rest = text.slice(index, index + rangeAtMost);
    const [reading, ...more] = readAll(rest, context);
    // 会见客商 8:30-10:00、14:00-16:00: of ranges without words the picker has the first.
    const areSeveral = more.some(({ text: words }) => words !== '');
    if (reading === undefined || areSeveral || reading.start === null || reading.end === null) continue;
    const typed = reading.spans.find(({ kind }) => kind === 'time');
    if (typed !== undefined && rangeSign.test(rest.slice(typed.from, typed.to))) return reading;
  }
  return null;
}

// Where a day, a part of it or a time may begin: 周二, 前天, yesterday, 下午, 14:00, 九点.
const mayBegin =
  /(?<![\p{Nd}:：.．])\p{Nd}|[上中下][午周]|[早晚]上|[本这]周|周[一二三四五六日天]|星期|礼拜|大前天|[今昨前][天日晚早晨夜上中下]|[凌清傍深半]|(?<![\p{L}])(?:yesterday|today|tonight|last|this|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?<![一二三四五六七八九十])[一二三四五六七八九十]/giu;
/** Characters of a day with two times: Wednesday, 16 September 2026, from 11:30 a.m. to 12:45 p.m. has 57. */
const rangeAtMost = 80;

const rangeSign = /[\p{Dash}~～〜至到]|to/iu;

/** Where the text of a line begins, behind the time that was read; 0 where none was. */
export function textFromOf({ spans }: Reading): number {
  return Math.max(0, ...spans.flatMap(({ kind, to }) => (kind === 'time' ? [to] : [])));
}

const noon = 720;
const lastMinute = 1439;

function readAt(
  text: string,
  at: Pick<QuickEntryContext, 'now' | 'nothingEndsNow'>,
  { threads, usualMinutes, nextStart }: LineContext,
): readonly Reading[] {
  const context = { ...at, threads, usualMinutes, nextStart };
  const readings = readText(text, context).flatMap((line) => line.readings);
  // A day alone heads the lines below it; where there are none it is what its author wrote.
  return readings.length === 0 ? readLine(text, context) : readings.map((reading, n) => ({ ...reading, n }));
}
