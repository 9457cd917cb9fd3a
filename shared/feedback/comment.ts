/** Comments of readers (closed-loop.md "Comments"): kinds, states, reasons of a rejection. */
import { readings } from './disguise.ts';

export const commentKinds = ['sympathy', 'question', 'suggestion', 'complaint', 'report'] as const;
export type CommentKind = (typeof commentKinds)[number];

/** Kinds from which a moderator may open a ticket: all but sympathy. */
export function isActionable(kind: CommentKind): boolean {
  return kind !== 'sympathy';
}

export const commentStates = ['waiting', 'published', 'rejected', 'withdrawn', 'removed'] as const;
export type CommentState = (typeof commentStates)[number];

export const rejectionReasons = [
  'abuse',
  'advertising',
  'unverifiedAccusation',
  'privacy',
  'offTopic',
  'duplicate',
  'classified',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** Longest comment in grapheme clusters. */
export const commentMaxGraphemes = 2000;
/** Longest nickname in grapheme clusters. */
export const nicknameMaxGraphemes = 20;

/** What stands for a nickname where the reader gave none. */
export const anonymousNicknames: Readonly<Record<'zh' | 'en', string>> = { zh: '群众', en: 'A reader' };

/** Most bytes of a reader's photo, and its longest side in pixels: the reader's device makes it so. */
export const photoMaxBytes = 700_000;
export const photoMaxSide = 1600;

/** What stands in the place of a masked span; its length tells nothing of what stood there. */
export const maskText = '■■■■■■';

/** What may part the digits of one number: a few blanks, line breaks, dashes or brackets (as `narrow` leaves them). */
const gap = '[- ()（）]{0,3}';
const idNumber = new RegExp(`(?<!\\d)(?=(\\d(?:${gap}\\d){16}${gap}[\\dXx])(?![\\dXx]))`, 'g');
const phone = new RegExp(`(?<!\\d)(?=((?:(?:\\+|00)?86[- ]{0,3}|0)?(1${gap}[3-9](?:${gap}\\d){9}))(?!\\d))`, 'g');
const dottedPhone = /(?<!\d\.?)(1[3-9]\d([.·•_])\d{4}\2\d{4})(?!\d|\.\d)/g;
const wide = /[０-９＋－Ｘｘ]|[\t\n\r\u00a0\u2002-\u200a\u2028\u2029\u3000]|[\u2010-\u2015\u2212]/g;
const narrow = (char: string): string => {
  const code = char.charCodeAt(0);
  if (code >= 0xff00) return String.fromCharCode(code - 0xfee0);
  return (code >= 0x2010 && code <= 0x2015) || code === 0x2212 ? '-' : ' ';
};

/** Spans that look like a mobile phone or identity-card number, as `[from, to)` in UTF-16 units, in order. Full-width digits, wide blanks
 *  and dashes count as their plain forms, a line break as a blank, and a number that is disguised (disguise.ts) as what a reader sees.
 *  Eighteen digits are an identity number if positions 7 to 14 read as a date; whether the check digit fits (GB 11643) is not asked, for a number with a slip is
 *  still somebody's. */
export function privateSpans(text: string): readonly Span[] {
  const found = /[\d０-９]/.test(text) ? [...spansIn(text)] : [];
  for (const read of readings(text))
    for (const [from, to] of spansIn(read.text)) {
      const ends = [from, to - 1].flatMap((at) => [read.from[at] ?? 0, read.to[at] ?? 0]);
      found.push([Math.min(...ends), Math.max(...ends)]);
    }
  return joined(found);
}

type Span = readonly [from: number, to: number];

/** In order, with those that overlap as one. */
function joined(spans: readonly Span[]): readonly Span[] {
  const apart: Span[] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = apart.at(-1);
    if (last === undefined || from >= last[1]) apart.push([from, to]);
    else if (to > last[1]) apart.splice(-1, 1, [last[0], to]);
  }
  return apart;
}

function spansIn(text: string): readonly Span[] {
  const plain = text.replace(wide, narrow); // one UTF-16 unit for one, so spans hold
  const spans: Span[] = [];
  const add = (at: number, number: string) => spans.push([at, at + number.length]);
  for (const { index, 1: number = '' } of plain.matchAll(idNumber)) if (isIdNumber(number)) add(index, number);
  for (const { index, 1: whole = '', 2: number = '' } of plain.matchAll(phone))
    if (isOneNumber(number, 3)) add(index, whole);
  for (const { index, 1: number = '' } of plain.matchAll(dottedPhone)) add(index, number);
  return spans;
}

/** Whether digits are grouped as those of one number are, and not as a row of numbers: in few groups, or each by itself. */
function isOneNumber(digits: string, mostGroups: number): boolean {
  const groups = digits.match(/[\dXx]+/g) ?? [];
  return groups.length <= mostGroups || groups.every((group) => group.length === 1);
}

/** Positions 7 to 14 are a date; of one that is parted, a row of numbers else, of nobody born before 1900. */
function isIdNumber(number: string): boolean {
  const digits = number.replace(/[^\dXx]/g, '');
  const month = Number(digits.slice(10, 12));
  const dayOfMonth = Number(digits.slice(12, 14));
  const isDate = month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31;
  return isDate && (digits === number || (/^.{6}(?:19|20)/.test(digits) && isOneNumber(number, 5)));
}

/** What a reader typed as it is kept and shown: without what `privateSpans` finds. */
export const withoutPrivate = (typed: string): string => masked(typed, privateSpans(typed));

/** The text with each span replaced by `maskText`. Spans are `[from, to)`, in any order; overlapping ones are joined. */
export function masked(text: string, spans: readonly (readonly [number, number])[]): string {
  let at = 0;
  let out = '';
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (to <= at) continue;
    if (from >= at) out += text.slice(at, from) + maskText;
    at = to;
  }
  return out + text.slice(at);
}
