/** What an operator sets of the process itself, in the environment. */
import { fail, ok, type Result } from '../shared/base/result.ts';
import type { Environment } from './config.ts';
import { type ReportLevel, reportLevels } from './report.ts';

export interface Operation {
  /** Least level of a line that is reported: `SUNDIAL_LOG_LEVEL`, `info` unless set. */
  readonly level: ReportLevel;
}

export function operationOf(
  environment: Environment,
): Result<Operation, { readonly at: string; readonly reason: string }> {
  const asked = environment.SUNDIAL_LOG_LEVEL ?? 'info';
  const level = reportLevels.find((each) => each === asked);
  if (level === undefined) return fail({ at: 'SUNDIAL_LOG_LEVEL', reason: reportLevels.join(', ') });
  return ok({ level });
}
