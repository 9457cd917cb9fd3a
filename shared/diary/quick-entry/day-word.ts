// Words and dates that name a day before a time: 昨天, 昨晚, 上周五, 7月14日, 7-14, 14号, last Friday, July 14.

import { addDays, type CivilDay, dateOfDay, dayOfDate, weekday } from '../../time/civil.ts';
import { readNumeral } from './numeral.ts';
import type { Period } from './period.ts';
import { type Found, looksAt, scan, skip } from './scan.ts';

/** The day named, with the part of the day that the word carries (昨晚). `isDigitsOnly`: spelt 7-14, 7/14 or 7.14, which
 *  needs a blank before the time. */
export type NamedDay = { readonly day: CivilDay; readonly period: Period | null; readonly isDigitsOnly: boolean };

/** The day named at `at`, seen from `today`. A weekday is the most recent one not after today; 上周五 lies in last week;
 *  a date without a year is the nearest one before, or at most a month ahead. */
export function readDayWord(text: string, at: number, today: CivilDay): Found<NamedDay> | null {
  const found = readDate(text, at, today) ?? readRelative(text, at, today);
  if (found === null) return readWeekdayWithDate(text, at, today) ?? readWeekday(text, at, today);
  // 7月14日（周二） and 昨天（周三）: the weekday repeats what the date says.
  const repeated = scan(repeatedWeekday, text, found.to);
  if (repeated === null) return found;
  return { value: { ...found.value, isDigitsOnly: false }, to: found.to + repeated[0].length };
}

const repeatedWeekday = / ?[([]? ?(?:周|星期|礼拜)[一二三四五六日天] ?[)\]]?/y;

// 周二（7月14日）, Tue 14 July: the date says which of the weekdays.
function readWeekdayWithDate(text: string, at: number, today: CivilDay): Found<NamedDay> | null {
  const weekdayFound = readWeekday(text, at, today);
  if (weekdayFound === null) return null;
  const opened = scan(/ ?[([] ?|,? /y, text, weekdayFound.to);
  if (opened === null) return null;
  const isBracketed = /[([]/.test(opened[0]);
  const date = readDate(text, weekdayFound.to + opened[0].length, today);
  if (date === null || (date.value.isDigitsOnly && !isBracketed)) return null;
  const closed = isBracketed ? scan(/ ?[)\]]/y, text, date.to) : null;
  if (isBracketed && closed === null) return null;
  return { value: { ...date.value, isDigitsOnly: false }, to: date.to + (closed?.[0].length ?? 0) };
}

const relative: readonly (readonly [RegExp, number, Period | null])[] = [
  [/大前天/y, -3, null],
  [/前天|前日/y, -2, null],
  [/前晚|前夜/y, -2, 'evening'],
  [/昨天|昨日|昨儿|昨(?=[上中下]午)/y, -1, null],
  [/昨晚|昨夜/y, -1, 'evening'],
  [/昨晨|昨早/y, -1, 'morning'],
  [/今天|今日|今儿|当天|当日|今(?=[上中下]午)/y, 0, null],
  [/今晚|今夜|当晚/y, 0, 'evening'],
  [/今晨|今早/y, 0, 'morning'],
  [/明天|明日|明(?=[上中下]午)/y, 1, null],
  [/明晚/y, 1, 'evening'],
  [/明早|明晨/y, 1, 'morning'],
  [/后天/y, 2, null],
  [/(?:the )?day before yesterday(?![a-z])/y, -2, null],
  [/yesterday(?![a-z])/y, -1, null],
  [/last night(?![a-z])/y, -1, 'evening'],
  [/today(?![a-z])/y, 0, null],
  [/tonight(?![a-z])/y, 0, 'evening'],
  [/this morning(?![a-z])/y, 0, 'morning'],
  [/this afternoon(?![a-z])/y, 0, 'afternoon'],
  [/this evening(?![a-z])/y, 0, 'evening'],
  [/tomorrow(?![a-z])/y, 1, null],
];

function readRelative(text: string, at: number, today: CivilDay): Found<NamedDay> | null {
  for (const [pattern, days, period] of relative) {
    const found = scan(pattern, text, at);
    if (found !== null) return named(addDays(today, days), at + found[0].length, period);
  }
  return null;
}

function readWeekday(text: string, at: number, today: CivilDay): Found<NamedDay> | null {
  const chinese = scan(
    /(上上|上|本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天]|[1-7](?=[ \t:,上下早中晚凌]))/y,
    text,
    at,
  );
  if (chinese !== null) {
    const number = '一二三四五六日'.indexOf(chinese[2] ?? '') + 1 || (chinese[2] === '天' ? 7 : Number(chinese[2]));
    return named(weekdayNamed(number, chinese[1], today), at + chinese[0].length);
  }
  const english = scan(
    /(?:(last|this|next) )?(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\.?(?![a-z])/y,
    text,
    at,
  );
  if (english === null) return null;
  const number = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(english[2] ?? '') + 1;
  const recent = today - ((weekday(today) - number + 7) % 7);
  const which = english[1];
  const shift = which === 'last' && recent === today ? -7 : which === 'next' ? 7 : 0;
  const day = which === 'this' ? weekdayNamed(number, '本', today) : addDays(recent, shift);
  return named(day, at + english[0].length);
}

function weekdayNamed(number: number, which: string | undefined, today: CivilDay): CivilDay {
  if (which === undefined) return today - ((weekday(today) - number + 7) % 7);
  const weeks = which === '上上' ? -2 : which === '上' ? -1 : which === '下' ? 1 : 0;
  return today - weekday(today) + number + weeks * 7;
}

function readDate(text: string, at: number, today: CivilDay): Found<NamedDay> | null {
  return (
    readFullDate(text, at) ??
    readMonthDay(text, at, today) ??
    readDayOfMonth(text, at, today) ??
    readEnglishDate(text, at, today)
  );
}

function readFullDate(text: string, at: number): Found<NamedDay> | null {
  const found =
    scan(/(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]/y, text, at) ??
    scan(/(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=[ \t:,t]|[^\d./-])/y, text, at);
  if (found === null) return readPlainDate(text, at);
  const isDigitsOnly = found[4] !== undefined;
  const day = dayOfDate({
    year: Number(found[1]),
    month: Number(isDigitsOnly ? found[3] : found[2]),
    day: Number(isDigitsOnly ? found[4] : found[3]),
  });
  const to = at + found[0].length;
  // 2026-07-14T09:00: the t stands where the blank would.
  const behindT = skip(/t(?=\d)/y, text, to);
  return day === null ? null : named(day, behindT, null, isDigitsOnly && behindT === to);
}

// 20260714, and 14/07/2026 the British way.
function readPlainDate(text: string, at: number): Found<NamedDay> | null {
  const found =
    scan(/(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})(?=[ \t])/y, text, at) ??
    scan(/(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})(?=[ \t,:])/y, text, at);
  if (found === null) return null;
  const { year, month, day } = found.groups ?? {};
  const civil = dayOfDate({ year: Number(year), month: Number(month), day: Number(day) });
  return civil === null ? null : named(civil, at + found[0].length, null, true);
}

function readMonthDay(text: string, at: number, today: CivilDay): Found<NamedDay> | null {
  const written = readWrittenMonthDay(text, at);
  if (written !== null) {
    const day = nearest(written.value.month, written.value.day, today);
    return day === null ? null : named(day, written.to);
  }
  const found = scan(
    /(\d{1,2})([-/.])(\d{1,2})(?=[ \t)\]】]|[上中下]午|[早晚]上|凌晨| ?[([] ?(?:周|星期|礼拜)[一二三四五六日天])/y,
    text,
    at,
  );
  if (found === null) return null;
  const [first, second] = [Number(found[1]), Number(found[3])];
  const day = found[2] === '/' && first > 12 ? nearest(second, first, today) : nearest(first, second, today);
  const to = at + found[0].length;
  return day === null ? null : named(day, to, null, looksAt(/[ \t)\]】]/y, text, to));
}

function readWrittenMonthDay(text: string, at: number): Found<{ month: number; day: number }> | null {
  const month = readNumeral(text, at);
  const sign = month === null ? null : scan(/ ?月 ?/y, text, month.to);
  if (month === null || sign === null) return null;
  const day = readNumeral(text, month.to + sign[0].length);
  const end = day === null ? null : scan(/ ?[日号]/y, text, day.to);
  if (day === null || end === null) return null;
  return { value: { month: month.value.value, day: day.value.value }, to: day.to + end[0].length };
}

function readDayOfMonth(text: string, at: number, today: CivilDay): Found<NamedDay> | null {
  const number = readNumeral(text, at);
  if (number === null || !looksAt(/[日号](?![楼栋幢机线])/y, text, number.to)) return null;
  const { year, month } = dateOfDay(today);
  for (let back = 0; back <= 12; back += 1) {
    const index = year * 12 + month - 1 - back;
    const day = dayOfDate({ year: Math.floor(index / 12), month: (index % 12) + 1, day: number.value.value });
    if (day !== null && day <= today) return named(day, number.to + 1);
  }
  return null;
}

const monthName =
  /(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?/y;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function readEnglishDate(text: string, at: number, today: CivilDay): Found<NamedDay> | null {
  const dayFirst = scan(/(\d{1,2})(?:st|nd|rd|th)? (?:of )?(?=[a-z])/y, text, at);
  const nameAt = dayFirst === null ? at : at + dayFirst[0].length;
  const name = scan(monthName, text, nameAt);
  if (name === null) return null;
  const behindName = nameAt + name[0].length;
  const dayAfter = dayFirst === null ? scan(/ (\d{1,2})(?:st|nd|rd|th)?(?![\d:.a-z])/y, text, behindName) : null;
  if (dayFirst === null && dayAfter === null) return null;
  if (looksAt(/[a-z]/y, text, behindName)) return null;
  const behind = behindName + (dayAfter?.[0].length ?? 0);
  const year = scan(/,? (\d{4})(?![\d:-])/y, text, behind);
  const month = months.indexOf(name[1] ?? '') + 1;
  const dayNumber = Number(dayFirst?.[1] ?? dayAfter?.[1]);
  const day =
    year === null ? nearest(month, dayNumber, today) : dayOfDate({ year: Number(year[1]), month, day: dayNumber });
  return day === null ? null : named(day, behind + (year?.[0].length ?? 0));
}

function nearest(month: number, day: number, today: CivilDay): CivilDay | null {
  const { year } = dateOfDay(today);
  for (let back = -1; back <= 8; back += 1) {
    const candidate = dayOfDate({ year: year - back, month, day });
    if (candidate !== null && candidate <= today + 31) return candidate;
  }
  return null;
}

function named(day: CivilDay, to: number, period: Period | null = null, isDigitsOnly = false): Found<NamedDay> {
  return { value: { day, period, isDigitsOnly }, to };
}
