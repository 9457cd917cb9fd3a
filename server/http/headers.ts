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

/** Sets the headers of every answer by its kind; a page must have brought its own content policy. HSTS only where readers come by https. */
export function securityHeaders(issuer: string): MiddlewareHandler {
  const isSecure = issuer.startsWith('https:');
  return async (hono, next) => {
    await next();
    const { headers } = hono.res;
    const { path } = hono.req;
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    // What any page may read, any page may show; nothing else leaves the origin.
    const isOpen = headers.get('access-control-allow-origin') === '*';
    headers.set('cross-origin-resource-policy', isOpen ? 'cross-origin' : 'same-origin');
    if (isSecure) headers.set('strict-transport-security', hsts);
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
