// What an item of a diary is called where something hangs on it: `9月14日 08:30–10:00`.
import type { ShownItem } from '../../../shared/proof/seal.ts';
import { dayNames, spanNames } from '../../base/dates.ts';
import type { Words } from '../../locales/zh.ts';

export function itemName({ day, start, end, kind }: ShownItem, words: Words): string {
  if (day === undefined) return words.diary.weekReview;
  const date = dayNames(day, words).name;
  if (start === undefined || end === undefined)
    return `${date} ${kind === 'review' ? words.diary.dayReview : ''}`.trim();
  return `${date} ${spanNames(start, end, words).text}`;
}
