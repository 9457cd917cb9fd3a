// Are two numbers with a range sign between them times? 0830-1000 is, 138-139, 2021-2025, 3-5号楼 and 9.18-9.20 are not.

import { dateOfDay } from '../../time/civil.ts';
import { type Clock, saysTime, unitBehind } from './clock.ts';
import type { Base } from './resolve.ts';
import { blanks, type Found, looksAt, skip } from './scan.ts';

/** What stands around the pair: a period word on either side; a dash or tab between (else 至, 到, to). */
export type PairContext = { readonly hasPeriod: boolean; readonly isDash: boolean };

const goesOn = /\d|[.:/]\d|-\d|%|[a-z_]/y;
const apart = /[ \t,:;|·。、()[\]】〕」』#@-]|$/y;
const counted =
  /(?:意见|建议|要求|希望|体会|思考|感受|共识|启示|看法|要点|内容|理由|原因|问题|想法|经验|教训|收获|做法|说明|措施)/y;
const amountBehind =
  / ?(?:元(?!旦)|万(?![达科众])|亿(?!达)|人(?![大社才民事防])|%|房(?![产地屋管东租改])|室(?![内外])|号(?!召)|年(?![度终初底会货轻])|份|户(?![籍外])|亩|米(?!面)|公里|平方)/y;

/** Is the pair, which ends at `end.to`, a range of times? */
export function isTimePair(
  text: string,
  start: Found<Clock>,
  end: Found<Clock>,
  { hasPeriod, isDash }: PairContext,
): boolean {
  const from = start.value;
  const to = end.value;
  if (saysTime(from.form) && saysTime(to.form)) return true;
  if (saysTime(to.form) && to.form !== 'colon')
    return (from.form === 'bare' || isDigitsStart(from, to, hasPeriod)) && !looksAt(counted, text, end.to);
  const isCut = looksAt(unitBehind, text, end.to) || looksAt(goesOn, text, end.to);
  if (isCut) return false;
  switch (to.form) {
    case 'bare':
      if (to.isChinese || (!isDash && !looksAt(apart, text, end.to))) return false;
      return saysTime(from.form) || (from.form === 'bare' && hasPeriod);
    case 'compact':
      return (
        !looksAt(amountBehind, text, end.to) &&
        (saysTime(from.form) ||
          (from.form === 'compact' && areCompactTimes(from, to, hasPeriod)) ||
          from.form === 'loose')
      );
    case 'dotted':
      if (from.form === 'dotted') return areDottedTimes(from, to, hasPeriod);
      return saysTime(from.form) || from.form === 'loose' || from.form === 'compact';
    case 'loose':
      return from.form !== 'bare';
    default:
      return from.form === 'bare' ? !from.isChinese : from.form !== 'dotted' || to.minute % 5 === 0;
  }
}

const earliestBare = 7;
const latestBare = 22;
const longestBare = 10;
const behindBare = /(?:[ \t]*(?:[、,&/]|and )?|[和与及])[ \t]*\d/y;
const countedApart = / *(?:[层栋幢岁个届期]|名(?!单)|月(?!度)|日(?!常)|楼(?![道上下]))/y;

/** Are two bare numbers behind a day hours of it: 周二 9-11 走访? Only working hours, and not where they name that day as a date too
 *  (周五 7-10, where that Friday is 10 July). */
export function areHoursOf(
  text: string,
  { day, isSaid }: Base,
  from: Clock,
  { value: to, to: behind }: Found<Clock>,
): boolean {
  if (!isSaid || from.form !== 'bare' || to.form !== 'bare' || from.isChinese || to.isChinese) return false;
  if (from.hour < earliestBare || to.hour > latestBare || to.hour <= from.hour) return false;
  const date = dateOfDay(day);
  if (to.hour - from.hour > longestBare || (date.month === from.hour && date.day === to.hour)) return false;
  if (looksAt(behindBare, text, behind)) return false;
  const next = skip(blanks, text, behind);
  if (next === behind && !looksAt(/[,:;。]|$/y, text, next)) return looksAt(workBegins, text, next);
  return !looksAt(countedApart, text, behind) && !looksAt(amountBehind, text, behind);
}

/** What begins work right behind a number: 2小时改材料 took as long; 15分钟生活圈, 30分钟响应 and 2小时办结 are names and promises. */
export const workBegins =
  /(?!.{0,8}(?:圈|机制))(?:改(?![签造革善进])|看(?![病诊护])|写(?!字)|读|赴|打电话|开[了完个会例座碰视电专]|召开|参加|列席|主持|研究|讨论|听取|汇报|会[议商见谈]|例会|晨会|碰头|座谈|电话会|视频会|接待|陪同|谈[心话判]|约谈|走访|调研|实地|检查|巡查|签批|批阅|批改|审[阅改稿]|修改|起草|草拟|整理|梳理|准备|核对|谋划|思考|学习)/y;

function areCompactTimes(from: Clock, to: Clock, hasPeriod: boolean): boolean {
  const length = lengthOf(from, to);
  if (length < 5 || length > (isOvernight(from, to) ? 720 : 840)) return false;
  const isShort = from.typed.length === 3 || to.typed.length === 3;
  if (isShort && (from.minute % 5 !== 0 || to.minute % 5 !== 0)) return false;
  if (from.typed.length === 3 && from.hour < 5 && !hasPeriod) return false;
  return !(isYear(from) && isYear(to) && (length <= 15 || from.minute % 5 !== 0 || to.minute % 5 !== 0));
}

// 930到11点, 9.30-11am: the end says that it is a time. What a period word makes of it is asked later, not judged here.
function isDigitsStart(from: Clock, to: Clock, hasPeriod: boolean): boolean {
  if (from.form !== 'compact' && from.form !== 'dotted') return false;
  if ((from.form === 'dotted' || from.typed.length === 3) && from.minute % 5 !== 0) return false;
  if (hasPeriod || to.period !== null) return true;
  const length = lengthOf(from, to);
  const isNight = !from.typed.startsWith('0') && from.hour < 5;
  // 930到3点 ends in the afternoon, and asks (resolve.ts).
  const isAfternoon = to.hour >= 1 && to.hour < 12 && length > 720;
  return !isNight && length >= 5 && (isAfternoon || length <= (isOvernight(from, to) ? 720 : 840));
}

function areDottedTimes(from: Clock, to: Clock, hasPeriod: boolean): boolean {
  if (from.minute % 5 !== 0 || to.minute % 5 !== 0) return false;
  const length = lengthOf(from, to);
  if (length < 10 || length > (isOvernight(from, to) ? 720 : 840)) return false;
  if (from.hour < 5 && !hasPeriod) return false;
  const areDates = from.hour === to.hour && from.hour >= 1 && from.hour <= 12 && from.minute >= 1 && to.minute <= 31;
  return !(areDates && length < 30);
}

function isYear({ typed }: Clock): boolean {
  return typed.length === 4 && Number(typed) >= 1950 && Number(typed) <= 2060;
}

function isOvernight(from: Clock, to: Clock): boolean {
  return to.hour * 60 + to.minute <= from.hour * 60 + from.minute;
}

function lengthOf(from: Clock, to: Clock): number {
  return (to.hour * 60 + to.minute - from.hour * 60 - from.minute + 1440) % 1440;
}
