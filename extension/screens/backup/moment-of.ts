/** An instant in words. */
import { civilOf, formatMinute, zoneOffset } from '../../../shared/time/civil.ts';
import type { Journal } from '../use-journal.ts';

/** An instant as the organisation's clock showed it. */
export function momentOf(atMs: number, { zone }: Journal, words: (minute: string) => string): string {
  return words(formatMinute(civilOf(atMs / 1000, zoneOffset(zone) ?? (() => 0))));
}
