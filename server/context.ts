/** What every act of the server is given: configuration, database, clock, randomness, and the key of the log. No globals. */
import type { Bytes } from '../shared/base/bytes.ts';
import type { Config } from './config.ts';
import type { Database } from './database/port.ts';
import type { LogSigner } from './log/signer.ts';
import type { Report } from './report.ts';

export interface Context {
  readonly config: Config;
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** `n` unpredictable bytes. */
  readonly random: (n: number) => Bytes;
  /** Signs heads of the log; its keys lie outside the database. */
  readonly log: LogSigner;
  /** What the operator is told. */
  readonly report: Report;
}

/** The context's clock in Unix seconds. */
export const secondsNow = (context: Pick<Context, 'now'>): number => Math.floor(context.now() / 1000);
