/** One GET to a stranger's address: redirects followed, size and time limited. */
import type { Bytes } from '../../shared/base/bytes.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';

/** The last answer of a chain of redirects. */
export interface Fetched {
  readonly address: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Bytes;
}

export type FetchProblem = 'NO_ANSWER' | 'TIMEOUT' | 'TOO_LARGE';

export interface FetchLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const usual: FetchLimits = { timeoutMs: 15_000, maxBytes: 5_000_000 };

/** Any status is an answer. `origin`, where given, is sent as a page of another host sends it. */
export async function fetchLimited(
  address: string,
  { timeoutMs, maxBytes }: FetchLimits = usual,
  origin: string | null = null,
): Promise<Result<Fetched, FetchProblem>> {
  try {
    const answer = await fetch(address, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: '*/*', 'user-agent': 'sundial-embed', ...(origin === null ? {} : { origin }) },
    });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer.body ?? []) {
      size += part.length;
      if (size > maxBytes) return fail('TOO_LARGE');
      parts.push(part);
    }
    return ok({ address: answer.url, status: answer.status, headers: answer.headers, body: joined(parts, size) });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return fail('TIMEOUT');
    // undici: no connection, no such host, a broken answer, or a loop of redirects.
    if (error instanceof TypeError) return fail('NO_ANSWER');
    throw error;
  }
}

function joined(parts: readonly Uint8Array[], size: number): Bytes {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
