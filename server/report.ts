/** What the operator is told: one JSON line each, on stderr. Nothing that a person typed or sent, is called by or reached at stands in it. */
import pino from 'pino';
import { type Gathered, gathered } from './gathered.ts';

/** Ids that the server made, codes and counts; never text, a token, a name or an address. */
export type ReportedFacts = Readonly<Record<string, string | number | boolean | null>>;

export interface Report {
  debug(what: string, facts?: ReportedFacts): void;
  info(what: string, facts?: ReportedFacts): void;
  /** Something that an operator should look at in time. */
  warn(what: string, facts?: ReportedFacts): void;
  /** A bug, or something that is away. */
  error(what: string, error: unknown, facts?: ReportedFacts): void;
}

/** From loud to quiet. */
export const reportLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type ReportLevel = (typeof reportLevels)[number];

/** Lines of this level and above; `to` is stderr unless given. What an operator should look at is written at once, with all before it. */
export function openReport(
  level: ReportLevel,
  to: pino.DestinationStream & Partial<Pick<Gathered, 'flush'>> = gathered(pino.destination({ dest: 2, sync: false })),
): Report {
  const logger = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    to,
  );
  return {
    debug: (what, facts = {}) => logger.debug(facts, what),
    info: (what, facts = {}) => logger.info(facts, what),
    warn: (what, facts = {}) => {
      logger.warn(facts, what);
      to.flush?.();
    },
    error: (what, error, facts = {}) => {
      logger.error({ ...facts, error: troubleOf(error) }, what);
      to.flush?.();
    },
  };
}

interface Trouble {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  readonly stack: readonly string[];
  readonly cause?: Trouble;
}

/** How many causes are followed. */
const deepest = 4;

/** The members of an error that are ours to tell: drivers hang rows and whole queries on theirs. */
function troubleOf(error: unknown, depth = 0): Trouble {
  if (!(error instanceof Error)) return { name: typeof error, message: withoutValues(String(error)), stack: [] };
  const { name, message, stack = '', cause } = error;
  return {
    name,
    ...('code' in error ? { code: withoutValues(String(error.code)) } : {}),
    message: withoutValues(message),
    // The first lines repeat the message.
    stack: stack
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .map((line) => line.trim()),
    ...(cause === undefined || depth === deepest ? {} : { cause: troubleOf(cause, depth + 1) }),
  };
}

/** A message without what it quotes: values between quotation marks or brackets, addresses, long numbers, words as long as a token. */
export const withoutValues = (message: string): string =>
  message
    .replace(/(["'`])[\s\S]*\1/g, '$1…$1')
    .replace(/[“‘《（(][\s\S]*[”’》）)]/g, '(…)')
    .replace(/\b\w+:\/\/\S+/g, '…')
    .replace(/\S+@\S+/g, '…')
    .replace(/[\w+/=~.-]{20,}/g, '…')
    .replace(/\d{6,}/g, '…')
    .slice(0, 300);
