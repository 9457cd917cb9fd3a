/** Numbers that are written so that a reader sees them and a pattern does not: with characters between the digits that nobody sees, in digits
 *  of another script, in circles, as Chinese words, or from right to left. */

/** The text as its digits are read. Each of its UTF-16 units stands for `[from, to)` of the text as it was typed. */
export interface Read {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const unseen = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]$/u;
const mark = /^\p{M}$/u;
/** As many digits of whatever kind with nothing to be read between them. */
const long =
  /(?:[\p{Nd}\p{No}〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖][\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}\s\p{Pd}]*){11}/u;
/** U+202E RIGHT-TO-LEFT OVERRIDE. */
const turning = '\u202e';

/** Ways in which the digits of a text may be read other than as they stand; none of a text that has no number long enough. Linear in the
 *  length of the text. */
export function readings(text: string): readonly Read[] {
  if (!mayHide(text) || !long.test(text)) return [];
  const read = readOf(text);
  return text.includes(turning) ? [read, turned(read)] : [read];
}

/** Digits of the shortest number that is looked for. */
const fewest = 11;
/** What is read out digit by digit. */
const spoken: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  一: '1',
  幺: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
  壹: '1',
  贰: '2',
  叁: '3',
  肆: '4',
  伍: '5',
  陆: '6',
  柒: '7',
  捌: '8',
  玖: '9',
};

/** Whether there are characters enough that could be digits: of nearly every comment the answer is no, and this costs less than a pattern. */
function mayHide(text: string): boolean {
  let found = 0;
  for (let at = 0; at < text.length && found < fewest; at += 1) {
    const code = text.charCodeAt(at);
    const isHan = code >= 0x4e00 && code <= 0x9fff;
    if (isHan ? spoken[text.charAt(at)] !== undefined : isOdd(code)) found += 1;
  }
  return found >= fewest;
}

/** A digit, or neither a letter of ASCII nor punctuation as Chinese has it. */
const isOdd = (code: number): boolean =>
  code < 0x80
    ? code >= 0x30 && code <= 0x39
    : !(
        (code >= 0x2010 && code <= 0x2027) ||
        (code >= 0x3000 && code <= 0x303f && code !== 0x3007) ||
        (code >= 0xff01 && code <= 0xff0f) ||
        (code >= 0xff1a && code <= 0xff65)
      );

function readOf(text: string): Read {
  const from: number[] = [];
  const to: number[] = [];
  let seen = '';
  let at = 0;
  for (const char of text) {
    const end = at + char.length;
    if (!unseen.test(char)) {
      seen += digitOf(char) ?? (char.length === 1 ? char : '\ufffc');
      from.push(at);
      to.push(end);
      // What stands on a character goes with it; a direction that ends behind a number stays.
    } else if (mark.test(char) && to.length > 0) to[to.length - 1] = end;
    at = end;
  }
  return { text: seen, from, to };
}

const turned = ({ text, from, to }: Read): Read => ({
  text: text.split('').reverse().join(''),
  from: from.toReversed(),
  to: to.toReversed(),
});

/** Circled ones that have no plain form in Unicode; the last begin with 1. */
const circled = ['⓿❶❷❸❹❺❻❼❽❾', '🄋➀➁➂➃➄➅➆➇➈', '🄌➊➋➌➍➎➏➐➑➒', '-⓵⓶⓷⓸⓹⓺⓻⓼⓽'];

/** The ASCII digit that a character is read as; null where it is none. */
function digitOf(char: string): string | null {
  if (char <= '\u007f') return /^\d$/.test(char) ? char : null;
  const said = spoken[char];
  if (said !== undefined) return said;
  for (const row of circled) {
    const value = [...row].indexOf(char);
    if (value >= 0) return String(value);
  }
  // Raised, in a circle, in brackets, full-width: UAX 15.
  const plain = /^\(?(\d)[.,)]?$/.exec(char.normalize('NFKC'))?.[1];
  if (plain !== undefined) return plain;
  if (!/^\p{Nd}$/u.test(char)) return null;
  // The digits of a script stand in order from 0 to 9 (The Unicode Standard, 4.6).
  const code = char.codePointAt(0) ?? 0;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
