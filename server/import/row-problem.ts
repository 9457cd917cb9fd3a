/** Why a row of an old record makes no entry. */
import { fail, type Result } from '../../shared/base/result.ts';

export type RowProblem =
  | 'UNIT_UNKNOWN'
  | 'DAY_UNREADABLE'
  | 'DAY_OUTSIDE'
  | 'TIME_UNREADABLE'
  | 'TIME_ORDER'
  | 'TEXT_MISSING'
  | 'TOO_LONG'
  | 'CATEGORY_UNKNOWN'
  | 'TOO_MANY'
  | 'ROW_REFUSED';

/** What was read, or why not; `at`: what stands there. */
export type Read<T> = Result<T, { readonly code: RowProblem; readonly at: string }>;
export const wrong = (code: RowProblem, at: string) => fail({ code, at });
