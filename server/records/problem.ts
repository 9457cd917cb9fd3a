/** Why a signed record is not logged, as data. */
import type { RefusalCode } from '../../shared/api/refusal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { fail, type Result } from '../../shared/base/result.ts';

/** `reason` is for programs and logs; `field` names the member that is wrong. */
export interface RecordProblem {
  readonly code: Extract<RefusalCode, 'RECORD_REFUSED' | 'OUT_OF_ORDER' | 'ALREADY_DONE' | 'NOT_FOUND' | 'LOG_ABSENT'>;
  readonly reason: string;
  readonly field?: string;
}

/** The record itself is wrong. */
export const refused = (reason: string, field?: string) =>
  fail<RecordProblem>({ code: 'RECORD_REFUSED', reason, ...(field === undefined ? {} : { field }) });

/** The record may be right, but it is not its turn. */
export const outOfOrder = (reason: string) => fail<RecordProblem>({ code: 'OUT_OF_ORDER', reason });

/** What the record does was done before. */
export const alreadyDone = (reason: string) => fail<RecordProblem>({ code: 'ALREADY_DONE', reason });

/** The value of a judgement, or the refusal that an acting function throws. */
export function orRefuse<T>(result: Result<T, RecordProblem>): T {
  if (result.ok) return result.value;
  const { code, reason, field } = result.problem;
  throw new Refusal(code, { facts: { reason }, ...(field === undefined ? {} : { field }) });
}
