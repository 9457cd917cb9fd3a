/** The only catch: whatever is thrown becomes a problem document (RFC 9457) with a code of the closed list. */
import { type Problem, Refusal, type RefusalCode } from '../../shared/api/refusal.ts';
import { awayBy } from '../database/away.ts';

/** Seconds after which to try again where nothing else says so. */
const retryAfterSeconds = 5;

/** The answer to something thrown. What is no refusal is a bug, or a database that is away: it is reported, and nothing of it leaks but the
 *  request's id, by which the operator finds the report. */
export function refuse(error: unknown, report: (error: unknown) => void, requestId?: string): Response {
  const refusal = asRefusal(error);
  const isReported = refusal.code === 'INTERNAL' || refusal.code === 'UNAVAILABLE';
  if (isReported) report(error);
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  const { retryAfter } = refusal.facts;
  if (typeof retryAfter === 'number') headers.set('retry-after', String(Math.max(1, Math.ceil(retryAfter))));
  else if (refusal.status === 503 || refusal.status === 429) headers.set('retry-after', String(retryAfterSeconds));
  // RFC 9110 12.5.3: what would be taken.
  if (refusal.status === 415) headers.set('accept-encoding', 'identity');
  if (refusal.status === 401) headers.set('www-authenticate', schemes[refusal.code] ?? 'Bearer');
  return new Response(bodyOf(refusal, isReported ? requestId : undefined), {
    status: refusal.status,
    headers,
  });
}

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
