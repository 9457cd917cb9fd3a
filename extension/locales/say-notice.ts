/** A notice in words: its day, week and deadline by the organisation's clock. */
import type { Notice } from '../../shared/diary/notice.ts';
import { civilOf, formatMinute, zoneOffset } from '../../shared/time/civil.ts';
import { weekOf } from '../../shared/time/week.ts';
import { workingDayOf } from '../store/today.ts';
import type { Words } from './use-words.ts';

/** Title and text; neither says a word of any entry. `nowMs` tells whether a deadline has passed, and whether its week has ended. */
export function sayNotice(
  { kind, about, until }: Notice,
  zone: string,
  nowMs: number,
  words: Words,
): { readonly title: string; readonly text: string } {
  const { title, text } = words.notices.said[kind];
  const week = about.split('/').at(-1) ?? about;
  const offset = zoneOffset(zone) ?? (() => 0);
  const at = until === null ? null : formatMinute(civilOf(until / 1000, offset));
  const isOver = kind === 'lastDay' && week < weekOf(workingDayOf(civilOf(nowMs / 1000, offset)));
  return {
    title: title(kind === 'evening' ? words.time.day(about) : words.time.week(week), isOver),
    text: text(at === null ? '' : words.time.dayAndClock(at), until !== null && until <= nowMs),
  };
}
