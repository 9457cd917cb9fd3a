/** A window in words. */
import { dateOfDay, parseDay } from '../../../shared/time/civil.ts';
import type { Words } from '../../locales/use-words.ts';
import type { Window } from './address.ts';

/** `2026年第3季度`, `2026年`, or its two days. */
export function windowWord({ window, from, to }: Window, words: Words): string {
  const { year, month } = dateOfDay(parseDay(from) ?? 0);
  if (window === 'year') return words.rates.year(year);
  return window === 'quarter' ? words.rates.quarter(year, Math.ceil(month / 3)) : words.time.period(from, to);
}
