// Numbers as they are typed: 8, 08, 八, 十二, 廿四, 二十, 一百二十.

import { type Found, scan } from './scan.ts';

const arabic = /\d+/y;
const chinese = /[零一二两三四五六七八九十廿百]+/y;
const digits: ReadonlyMap<string, number> = new Map([
  ['零', 0],
  ['一', 1],
  ['二', 2],
  ['两', 2],
  ['三', 3],
  ['四', 4],
  ['五', 5],
  ['六', 6],
  ['七', 7],
  ['八', 8],
  ['九', 9],
]);

/** A number with the spelling it has; `typed` is its text in the normal form. */
export type Numeral = { readonly value: number; readonly typed: string; readonly isChinese: boolean };

/** The number at `at`, 0 to 999 when Chinese, of at most four digits when Arabic; `null` when there is none. */
export function readNumeral(text: string, at: number): Found<Numeral> | null {
  const found = scan(arabic, text, at)?.[0];
  if (found !== undefined) {
    return found.length > 4 ? null : numeral(Number(found), found, at, false);
  }
  const written = scan(chinese, text, at)?.[0];
  if (written === undefined) return null;
  const value = chineseValue(written);
  return value === null ? null : numeral(value, written, at, true);
}

/** The value of a Chinese number up to 999, or `null` when the characters are none (十十, 一二三). */
export function chineseValue(written: string): number | null {
  const found =
    /^(?:([一二两三四五六七八九])百)?(零)?(?:([一二两三四五六七八九]?)(十)|(廿))?(零)?([一二两三四五六七八九])?$/.exec(
      written,
    );
  if (found === null || written === '') return tensAsDigits(written);
  const [, hundreds, zero, tens, ten, twenty, zeroAfter, ones] = found;
  if (zeroAfter !== undefined && (ten !== undefined || twenty !== undefined || ones === undefined))
    return tensAsDigits(written);
  if (hundreds !== undefined && zero === undefined && ten === undefined && twenty === undefined && ones !== undefined) {
    return null;
  }
  if (zero !== undefined && hundreds === undefined && (ten !== undefined || twenty !== undefined)) return null;
  const value = (mark: string | undefined) => (mark ? (digits.get(mark) ?? 0) : 0);
  const tensValue = twenty !== undefined ? 20 : ten !== undefined ? (tens ? value(tens) * 10 : 10) : 0;
  return value(hundreds) * 100 + tensValue + value(ones);
}

// 二零 as 20, the way a clock is read out; other pairs of digits (三五) are an estimate, not a number.
function tensAsDigits(written: string): number | null {
  const [tens, ones] = [...written];
  if (written.length !== 2 || ones !== '零' || tens === undefined) return null;
  const value = digits.get(tens);
  return value === undefined || value === 0 ? null : value * 10;
}

function numeral(value: number, typed: string, at: number, isChinese: boolean): Found<Numeral> {
  return { value: { value, typed, isChinese }, to: at + typed.length };
}
