/** What every answer must be, whatever was asked. */
import * as v from 'valibot';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { Problem, type RefusalCode, refusalStatus } from '../../shared/api/refusal.ts';
import type { Wire } from './requests.ts';

/** What any route may refuse with before it looks at what it is about. */
const everywhere: readonly RefusalCode[] = ['MALFORMED', 'FIELD_INVALID', 'TOO_LARGE', 'NOT_FOUND', 'RATE_LIMITED'];
const atDoor: readonly RefusalCode[] = [
  'TOKEN_MISSING',
  'TOKEN_EXPIRED',
  'DEVICE_REVOKED',
  'NOT_ALLOWED',
  'NOT_AUTHOR',
];

function mayRefuseWith({ access, idempotent, refusals }: Endpoint): readonly RefusalCode[] {
  const door = access === 'public' ? [] : access === 'receipt' ? (['RECEIPT_INVALID'] as const) : atDoor;
  return [...refusals, ...everywhere, ...door, ...(idempotent ? (['IDEMPOTENCY_REUSED'] as const) : [])];
}

/** What is wrong with an answer, null where nothing is. */
export async function wrongWith(declared: Endpoint, answer: Response): Promise<string | null> {
  const text = await answer.text();
  if (answer.status === 304) return text === '' ? null : 'a 304 with a body';
  if (answer.status < 300) return wrongWithSuccess(declared, answer, text);
  if (answer.headers.get('content-type') !== 'application/problem+json')
    return `no problem document: ${text.slice(0, 200)}`;
  const problem = v.safeParse(v.pipe(v.string(), v.parseJson(), Problem), text);
  if (!problem.success) return `no problem document: ${text.slice(0, 200)}`;
  const { code, status } = problem.output;
  if (status !== answer.status || refusalStatus[code] !== status) return `${code} with ${answer.status}`;
  return mayRefuseWith(declared).includes(code) ? null : `${code} is not declared`;
}

function wrongWithSuccess(declared: Endpoint, answer: Response, text: string): string | null {
  if (
    answer.status !== declared.status &&
    !(declared.status === 201 && answer.status === 200) &&
    !(declared.status === 200 && answer.status === 201)
  )
    return `status ${answer.status} in the place of ${declared.status}`;
  if (declared.answer === undefined) return text === '' ? null : 'a body where there is none';
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), declared.answer), text);
  if (parsed.success) return null;
  return `not as declared: ${v.getDotPath(parsed.issues[0])} ${parsed.issues[0].message} in ${text.slice(0, 300)}`;
}

/** A request as a line to be sent again. */
export const said = ({ method, path, headers, body }: Wire): string =>
  `${method} ${path.slice(0, 500)} ${JSON.stringify(headers)} ${body === undefined ? '' : Buffer.from(body).toString('utf8').slice(0, 1500)}`;
