/** The only catch: whatever is thrown becomes a problem document (RFC 9457) with a code of the closed list. */
import { type Problem, Refusal, type RefusalCode } from '../../shared/api/refusal.ts';
import { type Away, awayBy } from '../database/away.ts';
import type { Report } from '../report.ts';

/** Seconds after which to try again where nothing else says so. */
const retryAfterSeconds = 5;

/** The answer to something thrown. */
export function refuse(error: unknown, report: (error: unknown) => void, requestId?: string): Response {
  const { status, headers, body } = refusalOf(error, report, requestId);
  return new Response(body, { status, headers });
}

/** Its parts. What is no refusal is a bug, or a database that is away: it is reported, and nothing of it leaks but the request's id, by which
 *  the operator finds the report. */
export function refusalOf(error: unknown, report: (error: unknown) => void, requestId?: string) {
  const refusal = asRefusal(error);
  const isReported = refusal.code === 'INTERNAL' || refusal.code === 'UNAVAILABLE';
  if (isReported) report(error);
  const { status, code, facts } = refusal;
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  const { retryAfter } = facts;
  if (typeof retryAfter === 'number') headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfter)));
  else if (status === 503 || status === 429) headers['retry-after'] = String(retryAfterSeconds);
  // RFC 9110 12.5.3: what would be taken.
  if (status === 415) headers['accept-encoding'] = 'identity';
  if (status === 401) headers['www-authenticate'] = schemes[code] ?? 'Bearer';
  return { status, code, headers, body: bodyOf(refusal, isReported ? requestId : undefined) };
}

/** Tells the operator of what was no refusal: a bug with its stack; what every request meets while the database is away, in one line. */
export const reportTo =
  (report: Report) =>
  (error: unknown, requestId: string): void => {
    const away = awayBy(error);
    if (away === null) report.error('a request failed', error, { requestId });
    else report.warn(failures[away], { requestId });
  };

const failures: Readonly<Record<Away, string>> = {
  FULL: 'the disk of the database is full: nothing is taken until there is room, reading goes on',
  UNWRITABLE: 'the disk of the database takes no writes: nothing is taken until it does, reading goes on',
  BUSY: 'the database is busy: the request was refused and may come again',
  AWAY: 'the database does not answer: requests are refused until it does',
};

/** The problem document of a refusal; `requestId` of one that was reported. */
export const bodyOf = (refusal: Refusal, requestId?: string): string => JSON.stringify(problemOf(refusal, requestId));

/** What a 401 asks for where it is no device's token. */
const schemes: Partial<Record<RefusalCode, string>> = {
  RECEIPT_INVALID: 'Receipt',
  SIGN_IN_NEEDED: 'Reader',
  SIGN_IN_INVALID: 'Reader',
};

function problemOf(refusal: Refusal, requestId: string | undefined): Problem {
  return {
    type: `urn:sundial:refusal:${refusal.code}`,
    title: refusal.code,
    status: refusal.status,
    code: refusal.code,
    ...(requestId === undefined ? {} : { instance: `urn:sundial:request:${requestId}` }),
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
    ...(Object.keys(refusal.facts).length === 0 ? {} : { facts: refusal.facts }),
  };
}

/** What was thrown as a refusal of the closed list. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(awayBy(error) === null ? 'INTERNAL' : 'UNAVAILABLE', { cause: error });
}
