/** Why a row of an old record makes no entry. */
import { fail, type Result } from '../../shared/base/result.ts';
import type { RowFault } from '../../shared/diary/calendar/notice.ts';

export type RowProblem =
  | 'UNIT_UNKNOWN'
  | 'DAY_UNREADABLE'
  | 'DAY_OUTSIDE'
  | 'DAY_FUTURE'
  | 'TIME_UNREADABLE'
  | 'TIME_ORDER'
  | 'START_MISSING'
  | 'TEXT_MISSING'
  | 'TOO_LONG'
  | 'CATEGORY_UNKNOWN'
  | 'TOO_MANY'
  | 'CELL_NOT_TEXT'
  | RowFault;

/** What was read, or why not; `at`: what stands there. */
export type Read<T> = Result<T, { readonly code: RowProblem; readonly at: string }>;
export const wrong = (code: RowProblem, at: string) => fail({ code, at: shown(at) });

/** The beginning of what stands in a cell, on one line and without signs that a terminal would obey. */
export const shown = (text: string): string => {
  const signs = [...text.slice(0, 200).replace(/[\s\p{C}]+/gu, ' ')];
  return signs.length > 60 ? `${signs.slice(0, 59).join('')}…` : signs.join('');
};
