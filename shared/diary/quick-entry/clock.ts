// A time of day as it is typed: 8:30, 8点半, 八点三刻, 8时30分, 差5分9点, 2pm, noon; in a range also 0830, 8.30 and 8.

import { type Numeral, readNumeral } from './numeral.ts';
import type { Period } from './period.ts';
import { type Found, looksAt, scan, skip } from './scan.ts';

/** How a time was spelt. `colon`, `hour` (点, 时), `english` and `word` say by themselves that they are times; `loose`
 *  (8 : 30), `dotted` (8.30), `compact` (0830) and `bare` (8) are times only in a range. */
export type ClockForm = 'colon' | 'hour' | 'english' | 'word' | 'now' | 'loose' | 'dotted' | 'compact' | 'bare';

/** Whether the spelling says by itself that it is a time. */
export const saysTime = (form: ClockForm | null): boolean =>
  form === 'colon' || form === 'hour' || form === 'english' || form === 'word';

/** Hour 0–24 and minute 0–59 as typed, the period still to be applied. `isBareHour`: nothing but 三点, 3点, without
 *  minutes. `isChinese`: the hour is written in characters. */
export type Clock = {
  readonly form: ClockForm;
  readonly hour: number;
  readonly minute: number;
  readonly period: Period | null;
  readonly isBareHour: boolean;
  readonly isChinese: boolean;
  readonly typed: string;
};

/** What follows a number when it counts something and is no time: 3号楼, 10人, 5%. A character that begins a common word
 *  (座谈, 批阅, 街道) does not count there. */
export const unitBehind =
  /[号楼层栋幢间房个位件辆艘只头匹把张页份册箱吨斤克千万亿百块角厘毫%‰℃°天岁级期届卷类倍折道弄巷站所厂店字票根棵版稿秒套kmghs]|学年|财年|小时|公里|平方|平米|亩|顷|多[个人家]|余|户(?![籍外])|室|院(?![长内士])|人(?![大社才民事防])|名(?![单义医])|条(?!例)|台(?![风账])|架|支(?![部书委])|本(?![周月级地])|包(?![保片联村])|元(?!旦)|米|升(?![级旗])|度(?!假)|年(?![度终初底会货])|月|日(?!常)|周(?![例会报边])|轮(?![值训岗流候])|款(?!待)|章|种(?!植)|成(?![立果品])|区(?![委里政长级直领内域])|县(?![委里])|市(?![委里场政民长区级直])|镇(?![里村])|乡(?![村镇里])|村(?![里民委居社])|街(?![道区面])|路(?![演面口长])|笔(?!试)|座(?!谈)|点(?![名评检])|分(?![管析组片包会局头公工类别批解发配])|次(?![日晨])|队(?![伍员长])|组(?![织长会])|班(?![子组车会前后])|校(?![对长园区外准])|处(?![理置长级])|家(?![访长庭校里])|项(?!目)|批(?![阅示复文办改量])|场(?![地所馆])/y;

/** A time that is one by its spelling. */
export function readClock(text: string, at: number): Found<Clock> | null {
  return (
    readEnglish(text, at) ?? readColon(text, at) ?? readHour(text, at) ?? readShortOf(text, at) ?? readWord(text, at)
  );
}

/** A time that is one only because of its place in a range. */
export function readRangeClock(text: string, at: number): Found<Clock> | null {
  return readLoose(text, at) ?? readDotted(text, at) ?? readCompact(text, at) ?? readBare(text, at);
}

function readEnglish(text: string, at: number): Found<Clock> | null {
  const found = scan(/(\d{1,2})(?:[:.](\d{2}))? ?(a|p)\.?m(?:\.(?!\d)|(?![a-z]))/y, text, at);
  if (found === null) return null;
  const period = found[3] === 'a' ? 'am' : 'pm';
  return clock('english', Number(found[1]), Number(found[2] ?? 0), text, at, at + found[0].length, { period });
}

function readColon(text: string, at: number): Found<Clock> | null {
  const found = scan(/(\d{1,2}):(\d{2})(?!:?\d)/y, text, at) ?? readSeconds(text, at);
  if (found === null) return null;
  const to = at + found[0].length;
  const unit = looksAt(unitBehindColon, text, to) ? to + 1 : to;
  return clock('colon', Number(found[1]), Number(found[2]), text, at, unit, {});
}

/** The end of a range with a number right behind it: 8:30-10:003号楼, 8:30-10:0012345热线. A clock has two digits of minutes. */
export function readColonBeforeNumber(text: string, at: number): Found<Clock> | null {
  const found = scan(/(\d{1,2}):(\d{2})(?=\d+[^\d:.%\s-])/y, text, at);
  return found === null ? null : clock('colon', Number(found[1]), Number(found[2]), text, at, at + found[0].length, {});
}

// 8:30分 and 8:30点: only where what follows begins something else (14:00分赴各村).
const unitBehindColon =
  /[分点](?= ?-|[ \t,;:，。、至到起]|$)|分(?=会[见商议同审签谈客]|批[阅示改复]|组织|工作|召开|参加|主持|研究)/y;

// 8:30:00; but 8:30：10人座谈 is a time, a colon and a number that counts.
function readSeconds(text: string, at: number): RegExpExecArray | null {
  const whole = scan(/(\d{1,2}):(\d{2}):[0-5]\d(?:\.\d+)?(?![\d:])/y, text, at);
  const isCounted = whole !== null && looksAt(unitBehind, text, skip(/ ?/y, text, at + whole[0].length));
  return isCounted ? scan(/(\d{1,2}):(\d{2})/y, text, at) : whole;
}

function readHour(text: string, at: number): Found<Clock> | null {
  const hour = readNumeral(text, at);
  if (hour === null || hour.value.typed.length > 3 || (!hour.value.isChinese && hour.value.typed.length > 2))
    return null;
  // 8 点: many type a blank between figures and characters.
  const sign = scan(/(?:(?<=\d) )?(?:点(?![位儿])|时(?![段代间长限空效隔针尚政节装]))/y, text, hour.to);
  if (sign === null) return null;
  const signed = hour.to + sign[0].length;
  const minutes = readMinutes(text, signed);
  const isBareHour = minutes.to === signed;
  const to = isBareHour ? skip(/多(?= ?-| ?[至到])|左右|许(?= ?-| ?[至到])/y, text, minutes.to) : minutes.to;
  return clock('hour', hour.value.value, minutes.value, text, at, to, { isBareHour, isChinese: hour.value.isChinese });
}

function readMinutes(text: string, at: number): Found<number> {
  const half = scan(/半(?!小时|钟头|个|天|年|价|数|成|程|岛|导体)/y, text, at);
  if (half !== null) return { value: 30, to: at + 1 };
  const quarter = scan(/([一三13])刻(?!钟)/y, text, at);
  if (quarter !== null) return { value: quarter[1] === '一' || quarter[1] === '1' ? 15 : 45, to: at + 2 };
  if (looksAt(/整(?![改治理顿合体个修编村枝形])|钟(?![楼表鼓声山])/y, text, at)) {
    return { value: 0, to: at + 1 };
  }
  const start = looksAt(/ \d{1,2} ?分(?!钟)|过[\d一二三四五六七八九十]{1,3}分(?!钟)/y, text, at) ? at + 1 : at;
  const minute = readNumeral(text, start);
  if (minute === null || minute.value.value > 59) return { value: 0, to: at };
  const unit = scan(minuteUnit, text, minute.to);
  if (unit !== null) return { value: minute.value.value, to: minute.to + unit[0].length };
  return isMinuteWithoutUnit(minute.value) &&
    !looksAt(unitBehind, text, minute.to) &&
    !looksAt(/[.:\d]/y, text, minute.to)
    ? { value: minute.value.value, to: minute.to }
    : looksAt(/分(?!钟)/y, text, minute.to) && isMinuteWithoutUnit(minute.value)
      ? { value: minute.value.value, to: minute.to }
      : { value: 0, to: at };
}

// 8点30分管领导: 分 begins a word; 8点30分会见客商: the character after it does.
const minuteUnit =
  /(?:(?<=\d) )?分(?![钟类析头级散层段享流别]|管(?![理委网道控])|片(?!区)|组(?![织长建])|批(?![阅示改复办准文])|工(?![作地程业信委])|局(?![长务里党机])|会(?![见议同审签谈客诊面]|商)|馆(?!长)|行(?![业政])|院(?![长士坝里])|校(?![园长对准舍])|布(?![置展])|配(?![合套])|解(?![决读答]))/y;

function isMinuteWithoutUnit({ typed, value, isChinese }: Numeral): boolean {
  return isChinese ? value >= 10 || typed.startsWith('零') : typed.length === 2;
}

function readShortOf(text: string, at: number): Found<Clock> | null {
  if (!looksAt(/差/y, text, at)) return null;
  const quarter = looksAt(/[一1]刻/y, text, at + 1);
  const minutes = quarter ? null : readNumeral(text, at + 1);
  const to = quarter ? at + 3 : minutes === null ? at : skip(/分/y, text, minutes.to);
  const short = quarter ? 15 : (minutes?.value.value ?? 0);
  const hour = to === at ? null : readHour(text, to);
  if (hour === null || short < 1 || short > 30 || hour.value.minute !== 0 || hour.value.hour < 1) return null;
  return clock('hour', hour.value.hour - 1, 60 - short, text, at, hour.to, { isChinese: hour.value.isChinese });
}

function readWord(text: string, at: number): Found<Clock> | null {
  const noon = scan(/(?:12 )?noon(?![a-z])/y, text, at);
  if (noon !== null) return clock('word', 12, 0, text, at, at + noon[0].length, { period: 'noon' });
  const midnight = scan(/(?:12 )?midnight(?![a-z])/y, text, at);
  return midnight === null ? null : clock('word', 24, 0, text, at, at + midnight[0].length, {});
}

function readLoose(text: string, at: number): Found<Clock> | null {
  const found = scan(/(\d{1,2}) ?: ?(\d{2})(?!:?\d)/y, text, at);
  return found === null ? null : clock('loose', Number(found[1]), Number(found[2]), text, at, at + found[0].length, {});
}

function readDotted(text: string, at: number): Found<Clock> | null {
  const found = scan(/(\d{1,2})[.。](\d{2})(?![\d.])/y, text, at);
  return found === null
    ? null
    : clock('dotted', Number(found[1]), Number(found[2]), text, at, at + found[0].length, {});
}

function readCompact(text: string, at: number): Found<Clock> | null {
  const found = scan(/(\d{2})(\d{2})(?!\d)|([1-9])(\d{2})(?!\d)/y, text, at);
  if (found === null) return null;
  const hour = Number(found[1] ?? found[3]);
  return clock('compact', hour, Number(found[2] ?? found[4]), text, at, at + found[0].length, {});
}

function readBare(text: string, at: number): Found<Clock> | null {
  const hour = readNumeral(text, at);
  if (hour === null || (!hour.value.isChinese && hour.value.typed.length > 2)) return null;
  const { isChinese, value } = hour.value;
  return clock('bare', value, 0, text, at, hour.to, { isBareHour: true, isChinese });
}

type Traits = { readonly period?: Period; readonly isBareHour?: boolean; readonly isChinese?: boolean };

function clock(
  form: ClockForm,
  hour: number,
  minute: number,
  text: string,
  at: number,
  to: number,
  { period = null, isBareHour = false, isChinese = false }: { period?: Period | null } & Omit<Traits, 'period'>,
): Found<Clock> | null {
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null;
  return { value: { form, hour, minute, period, isBareHour, isChinese, typed: text.slice(at, to) }, to };
}
