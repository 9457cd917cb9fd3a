// Lengths of time: 1.5小时, 一个半小时, 90分钟, 半小时, 三刻钟, 90m, 1h30, an hour and a half is not read.

import { readNumeral } from './numeral.ts';
import { type Found, scan, skip } from './scan.ts';

const decimal = /\d{0,3}(?:\.\d{1,2})?/y;
const hourUnit = / ?(?:小时|钟头)/y;
const hourWord = / ?(?:hours|hour|hrs|hr|h)(?![a-z])/y;
const minuteUnit = / ?分钟/y;
const minuteWord = / ?(?:minutes|minute|mins|min|m)(?![a-z])/y;
const restMinutes =
  / ?(?:and |零|又|加)?(\d{1,2}) ?(?:分钟|分(?![管片会组公支局])|(?:minutes|minute|mins|min|m)(?![a-z]))/y;
const bareMinutes = /(\d{2})(?![\d.:])/y;

/** The length at `at` in minutes, 1 to 1440; `null` when there is none. */
export function readDuration(text: string, at: number): Found<number> | null {
  const found = chineseHours(text, at) ?? decimalLength(text, at) ?? quarterHours(text, at);
  return found === null || found.value < 1 || found.value > 1440 ? null : found;
}

function decimalLength(text: string, at: number): Found<number> | null {
  const typed = scan(decimal, text, at)?.[0] ?? '';
  if (typed === '' || typed === '.') return null;
  const number = Number(typed);
  const to = at + typed.length;
  const extraHalf = scan(/ ?个半/y, text, to);
  const counted = extraHalf === null ? skip(/ ?个/y, text, to) : to + extraHalf[0].length;
  const hours = (scan(hourUnit, text, counted) ?? scan(hourWord, text, counted))?.[0];
  if (hours !== undefined) {
    const behind = counted + hours.length;
    const half = extraHalf === null ? scan(/半/y, text, behind) : null;
    const minutes = number * 60 + (extraHalf === null && half === null ? 0 : 30);
    if (half !== null) return { value: Math.round(minutes), to: behind + 1 };
    const rest = scan(restMinutes, text, behind) ?? (/h|hr$/.test(hours) ? scan(bareMinutes, text, behind) : null);
    if (rest === null || Number(rest[1]) > 59) return { value: Math.round(minutes), to: behind };
    return { value: Math.round(minutes) + Number(rest[1]), to: behind + rest[0].length };
  }
  const unit = (scan(minuteUnit, text, to) ?? scan(minuteWord, text, to))?.[0];
  return unit === undefined || !Number.isInteger(number) ? null : { value: number, to: to + unit.length };
}

function chineseHours(text: string, at: number): Found<number> | null {
  const half = scan(/半个?(?:小时|钟头)/y, text, at);
  if (half !== null) return { value: 30, to: at + half[0].length };
  const number = readNumeral(text, at);
  if (number === null || !number.value.isChinese) return null;
  const minutes = scan(minuteUnit, text, number.to);
  if (minutes !== null) return { value: number.value.value, to: number.to + minutes[0].length };
  const tenth = scan(/点([一二三四五六七八九])/y, text, number.to);
  const decimalPart = tenth === null ? 0 : '零一二三四五六七八九'.indexOf(tenth[1] ?? '') / 10;
  const whole = tenth === null ? number.to : number.to + tenth[0].length;
  const counter = scan(/个半|个/y, text, whole)?.[0] ?? '';
  const unit = scan(hourUnit, text, whole + counter.length)?.[0];
  if (unit === undefined) return null;
  const to = whole + counter.length + unit.length;
  const value = Math.round((number.value.value + decimalPart + (counter === '个半' ? 0.5 : 0)) * 60);
  if (scan(/半(?![年天价])/y, text, to) !== null && counter !== '个半') return { value: value + 30, to: to + 1 };
  const rest = chineseRest(text, to);
  return rest === null ? { value, to } : { value: value + rest.value, to: rest.to };
}

function chineseRest(text: string, at: number): Found<number> | null {
  const arabic = scan(restMinutes, text, at);
  if (arabic !== null) return { value: Number(arabic[1]), to: at + arabic[0].length };
  const number = readNumeral(text, skip(/[零又]?/y, text, at));
  const unit = number === null ? null : scan(/分钟?/y, text, number.to);
  return number === null || unit === null || number.value.value > 59
    ? null
    : { value: number.value.value, to: number.to + unit[0].length };
}

function quarterHours(text: string, at: number): Found<number> | null {
  const found = scan(/([一二两三1-3])刻钟/y, text, at);
  const count = found === null ? undefined : quarters.get(found[1] ?? '');
  return count === undefined ? null : { value: count * 15, to: at + 3 };
}

const quarters: ReadonlyMap<string, number> = new Map([
  ['一', 1],
  ['1', 1],
  ['二', 2],
  ['两', 2],
  ['2', 2],
  ['三', 3],
  ['3', 3],
]);
