/** What an operator sets of the process itself, in the environment. */
import { fail, ok, type Result } from '../shared/base/result.ts';
import { type ReportLevel, reportLevels } from './report.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is set: `NAME=` in a file of systemd or a container means that a variable is not. */
export const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));

export interface Operation {
  /** Least level of a line that is reported: `SUNDIAL_LOG_LEVEL`, `info` unless set. */
  readonly level: ReportLevel;
  /** Port of 127.0.0.1 at which `/metrics` answers: `SUNDIAL_METRICS_PORT`; null, unless set: nowhere. */
  readonly metricsPort: number | null;
  /** How long a server that is told to stop still takes requests, while `/readyz` says that it will not: `SUNDIAL_DRAIN_SECONDS`, 0 unless set. */
  readonly drainSeconds: number;
  /** Whether answers that many ask for are kept in memory until something in them changes: `SUNDIAL_KEEP_ANSWERS`, 1 unless set; with 0 each is
   *  made anew, to see what that costs. */
  readonly keepsAnswers: boolean;
}

export function operationOf(
  environment: Environment,
): Result<Operation, { readonly at: string; readonly reason: string }> {
  const asked = environment.SUNDIAL_LOG_LEVEL ?? 'info';
  const level = reportLevels.find((each) => each === asked);
  if (level === undefined) return fail({ at: 'SUNDIAL_LOG_LEVEL', reason: reportLevels.join(', ') });
  const port = environment.SUNDIAL_METRICS_PORT?.trim() ?? '';
  const metricsPort = port === '' ? null : Number(port);
  if (metricsPort !== null && !isIntegerUpTo(metricsPort, 65_535))
    return fail({ at: 'SUNDIAL_METRICS_PORT', reason: 'INTEGER_0_65535' });
  const drainSeconds = Number(environment.SUNDIAL_DRAIN_SECONDS ?? '0');
  if (!isIntegerUpTo(drainSeconds, 600)) return fail({ at: 'SUNDIAL_DRAIN_SECONDS', reason: 'INTEGER_0_600' });
  const keep = environment.SUNDIAL_KEEP_ANSWERS?.trim() ?? '1';
  if (keep !== '0' && keep !== '1') return fail({ at: 'SUNDIAL_KEEP_ANSWERS', reason: '0_OR_1' });
  return ok({ level, metricsPort, drainSeconds, keepsAnswers: keep === '1' });
}

const isIntegerUpTo = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most;
