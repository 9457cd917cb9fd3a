/** `/public/…`: the public tree over HTTP. GET only; what is not there answers like everything else that is not there. */
import { ServerResponse } from 'node:http';
import type { Hono, Context as HonoContext } from 'hono';
import { Refusal } from '../../shared/api/refusal.ts';
import { utf8 } from '../../shared/base/bytes.ts';
import type { Context } from '../context.ts';
import type { NodeBindings } from '../http/bindings.ts';
import { standAs } from '../http/bindings.ts';
import { isKnown } from '../http/caching.ts';
import { treeCache } from './cache.ts';
import { type DataFile, dataEtag, dataFile } from './data-file.ts';
import { changing } from './file.ts';
import { licenceHeader } from './licence.ts';
import { robots } from './sitemap.ts';

/** Pages have no script: a browser is told so. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function register(app: Hono, context: Context): void {
  const read = treeCache(context);
  app.get('/robots.txt', (hono) => hono.text(robots(context), 200, { 'cache-control': changing }));
  app.get('/public/*', async (hono) => {
    const path = hono.req.path.slice('/public/'.length);
    const data = await dataFile(context, path, { isStatic: false });
    if (data !== null) return giveData(hono, context, data);
    const file = await read(path, sizeOf(hono.req.query('from')));
    if (file === null) throw new Refusal('NOT_FOUND');
    if (file === 'gone') throw new Refusal('GONE');
    const headers = new Headers({ 'cache-control': file.cacheControl, etag: file.etag, 'content-type': file.type });
    if (file.type.startsWith('text/html')) headers.set('content-security-policy', pagePolicy);
    if (context.config.operation.keepsAnswers) standAs(hono, file);
    if (isKnown(hono.req.header('if-none-match'), file.etag)) return new Response(null, { status: 304, headers });
    return new Response(file.body, { headers });
  });
}

/** Gives a file of open data piece by piece: the next is made once the one before is on its way. */
async function giveData(hono: HonoContext, context: Context, { type, parts }: DataFile): Promise<Response> {
  const etag = await dataEtag(context);
  const headers = new Headers({ 'cache-control': changing, etag, 'content-type': type, ...licenceHeader(context) });
  if (isKnown(hono.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  const broken = (error: unknown): void => {
    context.report.error('a file of open data broke off', error, { requestId: hono.get('requestId') });
    const { outgoing }: NodeBindings = hono.env ?? {};
    // The head is gone already: only a connection that ends too early says that this is not all.
    if (!(outgoing instanceof ServerResponse)) throw error;
    outgoing.destroy();
  };
  return new Response(streamOf(parts(), broken), { headers });
}

function streamOf(parts: AsyncIterable<string>, broken: (error: unknown) => void): ReadableStream<Uint8Array> {
  const left = parts[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await left.next();
          if (done) controller.close();
          else controller.enqueue(utf8(value));
        } catch (error) {
          broken(error);
          controller.close();
        }
      },
      cancel: async () => {
        await left.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The head that a reader remembers; null for anything that is no size. */
const sizeOf = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
