/** `/public/…`: the public tree over HTTP. GET only; what is not there answers like everything else that is not there. */
import type { Hono } from 'hono';
import { Refusal } from '../../shared/api/refusal.ts';
import type { Context } from '../context.ts';
import { isKnown } from '../http/caching.ts';
import { standAs } from '../http/standing.ts';
import { treeCache } from './cache.ts';
import { changing } from './file.ts';
import { robots } from './sitemap.ts';

/** Pages have no script: a browser is told so. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function register(app: Hono, context: Context): void {
  const read = treeCache(context);
  app.get('/robots.txt', (hono) => hono.text(robots(context), 200, { 'cache-control': changing }));
  app.get('/public/*', async (hono) => {
    const path = hono.req.path.slice('/public/'.length);
    const file = await read(path, sizeOf(hono.req.query('from')));
    if (file === null) throw new Refusal('NOT_FOUND');
    if (file === 'gone') throw new Refusal('GONE');
    const headers = new Headers({ 'cache-control': file.cacheControl, etag: file.etag, 'content-type': file.type });
    if (file.type.startsWith('text/html')) headers.set('content-security-policy', pagePolicy);
    if (context.config.operation.keepsAnswers) standAs(hono, file.body, file.isFresh);
    if (isKnown(hono.req.header('if-none-match'), file.etag)) return new Response(null, { status: 304, headers });
    return new Response(file.body, { headers });
  });
}

/** The head that a reader remembers; null for anything that is no size. */
const sizeOf = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
