/** Bodies come as they are: a compressed one could be a thousand times as large as what was counted. */
import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../../shared/api/refusal.ts';

/** Refuses a body with a content coding (RFC 9110 8.4), before a byte of it is read. */
export const requirePlain: MiddlewareHandler = async (hono, next) => {
  const coding = hono.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (coding !== 'identity') throw new Refusal('ENCODING_REFUSED');
  await next();
};
