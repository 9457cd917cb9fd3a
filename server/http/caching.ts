/** `Cache-Control` of answers, for browsers and the caches between. */
import { hash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Caching, Endpoint } from '../../shared/api/endpoint.ts';

/** The header of each way of caching (RFC 9111). No `stale-while-revalidate`: browsers heed it too, and a reader who has just written would
 *  see the list as it was. */
const cacheControls: Readonly<Record<Caching, string>> = {
  none: 'no-store',
  ask: 'no-cache',
  moments: 'public, max-age=0, s-maxage=5, must-revalidate',
  minute: 'public, max-age=60, must-revalidate',
};

/** The header of an answer; what only some may see is stored by nobody (ASVS 14.3.2). */
export const cacheControlOf = ({ caching, access }: Endpoint): string =>
  access === 'public' ? cacheControls[caching] : cacheControls.none;

/** The strong ETag of a body (RFC 9110 8.8.3): 132 bits of its SHA-256. At once, where WebCrypto would hand every body to another thread. */
export const etagOf = (body: Uint8Array): string => `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;

/** Whether an `If-None-Match` names the ETag (RFC 9110 13.1.2, weak comparison). */
export const isKnown = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || header.split(',').some((one) => opaque(one.trim()) === opaque(etag)));

const opaque = (etag: string): string => etag.replace(/^W\//, '');

/** Gives whatever may be kept and has no ETag one of its body, and 304 to who has it. */
export const tagKept: MiddlewareHandler = async (hono, next) => {
  await next();
  const { res } = hono;
  const { headers } = res;
  const cacheControl = headers.get('cache-control');
  if (res.status !== 200 || headers.has('etag') || cacheControl === null || cacheControl === cacheControls.none) return;
  const body = new Uint8Array(await res.arrayBuffer());
  const etag = etagOf(body);
  headers.set('etag', etag);
  const known = isKnown(hono.req.header('if-none-match'), etag);
  hono.res = known ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
};
