/** What every answer tells a browser about itself: pages say what they load, everything else that it is no page at all. */
import type { MiddlewareHandler } from 'hono';

/** Of answers that are no page. Opened by its address, whatever they hold runs and loads nothing, in an origin of its own. */
const inert = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** No page asks for any of these. */
const permissions = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'serial', 'usb']
  .map((name) => `${name}=()`)
  .join(', ');

/** Two years. */
const hsts = 'max-age=63072000; includeSubDomains';

/** Files for a disk rather than a window. */
const saved: ReadonlySet<string> = new Set(['text/csv', 'application/zip']);

const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** Of everything below `/api/` and `/public/`: any page may read it. */
export const openHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Retry-After, X-Request-Id',
};

/** Of an answer that is no page; `isOpen` one that any page may read. HSTS only where readers come by https. */
export const inertHeaders = (issuer: string, isOpen: boolean): Readonly<Record<string, string>> => ({
  ...plainHeaders(issuer, isOpen),
  'content-security-policy': inert,
});

const plainHeaders = (issuer: string, isOpen: boolean): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // What any page may read, any page may show; nothing else leaves the origin.
  'cross-origin-resource-policy': isOpen ? 'cross-origin' : 'same-origin',
  ...(issuer.startsWith('https:') ? { 'strict-transport-security': hsts } : {}),
});

/** Sets the headers of every answer by its kind; a page must have brought its own content policy. */
export function securityHeaders(issuer: string): MiddlewareHandler {
  const own = { open: plainHeaders(issuer, true), closed: plainHeaders(issuer, false) };
  return async (hono, next) => {
    await next();
    const { headers } = hono.res;
    const { path } = hono.req;
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    const isOpen = headers.get('access-control-allow-origin') === '*';
    for (const [name, value] of Object.entries(isOpen ? own.open : own.closed)) headers.set(name, value);
    if (type === 'text/html') {
      // The window of a sign-in hands its code to the page that opened it.
      headers.set('cross-origin-opener-policy', path.startsWith('/sign-in') ? 'unsafe-none' : 'same-origin');
      headers.set('permissions-policy', permissions);
    } else headers.set('content-security-policy', inert);
    const ending = endings[type];
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (ending !== undefined && /^[0-9a-f]{64}$/.test(name))
      headers.set('content-disposition', `inline; filename="${name.slice(0, 16)}.${ending}"`);
    if (saved.has(type) && /^[\w.-]+$/.test(name)) headers.set('content-disposition', `attachment; filename="${name}"`);
  };
}
