/** Reading a request's body within its limit, and judging its shape. */
import * as v from 'valibot';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { type Bytes, concat, fromUtf8 } from '../../shared/base/bytes.ts';
import { isObject } from '../../shared/proof/shape.ts';

/** The bytes of an endpoint's body. Throws TOO_LARGE (of a batch BATCH_TOO_BIG) as soon as there are more than `max`, and as `bytesOf`. */
export const readBody = (request: Request, declared: Endpoint, max: number): Promise<Bytes> =>
  bytesOf(
    request,
    max,
    () =>
      new Refusal(declared.refusals.includes('BATCH_TOO_BIG') ? 'BATCH_TOO_BIG' : 'TOO_LARGE', {
        facts: { maxBytes: declared.maxBytes },
      }),
  );

/** The bytes of a body. Throws what `tooLarge` makes as soon as there are more than `max`; MALFORMED where its sender broke off, whom no answer
 *  reaches: thrown on as it came it would look like a database that does not answer. */
export async function bytesOf(request: Request, max: number, tooLarge: () => Refusal): Promise<Bytes> {
  try {
    return await wholeOf(request, max, tooLarge);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET')
      throw new Refusal('MALFORMED', { cause: error });
    throw error;
  }
}

async function wholeOf(request: Request, max: number, tooLarge: () => Refusal): Promise<Bytes> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > max) throw tooLarge();
  if (announced !== null) {
    // Node's parser ends the body where it was announced to end: it cannot become larger on the way.
    const whole = new Uint8Array(await request.arrayBuffer());
    if (whole.length > max) throw tooLarge();
    return whole;
  }
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.length;
    if (length > max) throw tooLarge();
    parts.push(part);
  }
  return concat(...parts);
}

/** Deepest nesting of a body. */
const maxDepth = 32;

/** The JSON value of a body. Throws MALFORMED for another content type, bytes that are no UTF-8, and what is no JSON. */
export function jsonOf(bytes: Bytes, contentType: string | undefined): unknown {
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) throw new Refusal('MALFORMED', { field: 'Content-Type' });
  const text = fromUtf8(bytes);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson()), text);
  if (!parsed.success) throw new Refusal('MALFORMED');
  return parsed.output;
}

/** Refuses what no column can hold: U+0000, lone surrogates, nesting without end. Ops judge their bodies one by one instead. */
export function requireClean(value: unknown, depth = 0): void {
  if (depth > maxDepth) throw new Refusal('MALFORMED', { facts: { maxDepth } });
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw new Refusal('MALFORMED', { facts: { reason: 'TEXT' } });
  } else if (Array.isArray(value)) {
    for (const each of value) requireClean(each, depth + 1);
  } else if (isObject(value)) {
    for (const [name, each] of Object.entries(value)) {
      requireClean(name, depth + 1);
      requireClean(each, depth + 1);
    }
  }
}

/** The value by its schema. Throws FIELD_INVALID with the member, where the endpoint declares only MALFORMED that. */
export function parseBy<S extends v.GenericSchema>(schema: S, value: unknown, declared: Endpoint): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue);
  throw new Refusal(isJudgedWhole(declared) ? 'MALFORMED' : 'FIELD_INVALID', {
    ...(field === null ? {} : { field }),
    ...(/^[A-Z_]+$/.test(issue.message) ? { facts: { reason: issue.message } } : {}),
  });
}

/** Whether what does not fit its schema is as malformed as what is no JSON: the endpoint declares MALFORMED alone. */
export const isJudgedWhole = ({ refusals }: Endpoint): boolean =>
  refusals.includes('MALFORMED') && !refusals.includes('FIELD_INVALID');
