import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { securityHeaders } from '../../server/http/headers.ts';
import { declarationsOf } from '../../server/http/route.ts';
import { publicPaths } from '../../server/public/tree.ts';
import { pages } from '../accounts/who-may.ts';
import { must, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';

/** On every answer, and what each kind has besides. A value of null stands for no such header. */
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'access-control-allow-credentials': null,
  'set-cookie': null,
  server: null,
  'x-powered-by': null,
};
const inert = /^default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox$/;
/** Opened by its address, it is no page. `open`: any page may read it. */
const open = {
  'content-security-policy': inert,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
};
const closed = {
  'content-security-policy': inert,
  'cross-origin-resource-policy': 'same-origin',
  'access-control-allow-origin': null,
};
const page = {
  'content-security-policy':
    /^(?=.*default-src 'none')(?=.*base-uri 'none')(?=.*frame-ancestors '(none|self)')(?!.*unsafe-eval)/,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': /camera=\(\).*geolocation=\(\)/,
};

/** A script that was not built is a refusal like any other. */
function expected(path: string, type: string, isOk: boolean) {
  const isScript = /^\/(sundial.*\.js|embed\/themes\/.*|embed\/script\.json)$/.test(path);
  const isShared = /^\/(api|public)\//.test(path) || (isScript && isOk);
  if (type === 'text/html') return { ...always, ...page };
  return { ...always, ...(isShared ? open : closed) };
}

function check(name: string, path: string, { headers, status }: Response): void {
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  for (const [header, value] of Object.entries(expected(path, type, status < 400))) {
    const found = headers.get(header);
    if (value instanceof RegExp) expect([name, header, found]).toEqual([name, header, expect.stringMatching(value)]);
    else expect([name, header, found]).toEqual([name, header, value]);
  }
  if (/^(text\/|application\/(atom\+)?xml)/.test(type))
    expect([name, headers.get('content-type')]).toEqual([name, expect.stringMatching(/charset=utf-8/i)]);
}

eachDatabase((name, openDatabase) => {
  describe.runIf(name === 'SQLite')('every answer says what it is', () => {
    test('of every route of the API, answered and refused, and of every page and file', async () => {
      const house = await openHouse(await openDatabase());
      await must(house.setRule());
      await house.wholeDraw();
      const app = createApp(house.context);
      for (const { method, path } of declarationsOf(app)) {
        const asked = path.replace(/\{\w+\}/g, 'x');
        check(`${method} ${path}`, asked, await app.request(asked, { method }));
        check(`OPTIONS ${path}`, asked, await app.request(asked, { method: 'OPTIONS' }));
        const coded = await app.request(asked, { method, headers: { 'content-encoding': 'gzip' } });
        expect([path, coded.status]).toEqual([path, 415]);
        check(`${method} ${path}, coded`, asked, coded);
      }
      const names = pages.map((each) => each.replace('GET ', '').replace(/^\/:name.*/, '/sundial.js'));
      for (const path of [...names, '/nowhere', '/api/nowhere', '/public/nowhere']) {
        const first = await app.request(path);
        check(path, path, first);
        if (first.status !== 200 || first.headers.get('cache-control') === 'no-store') continue;
        const etag = first.headers.get('etag') ?? '';
        const [again, changed] = [
          await app.request(path, { headers: { 'if-none-match': etag } }),
          await app.request(path, { headers: { 'if-none-match': '"before"' } }),
        ];
        expect([path, again.status, await again.text(), again.headers.get('etag')]).toEqual([path, 304, '', etag]);
        check(path, path, again);
        expect([path, changed.status, await changed.text()]).toEqual([path, 200, await first.text()]);
      }
      const files = await publicPaths(house.context);
      expect(files.length).toBeGreaterThan(30);
      for (const path of files) {
        const first = await app.request(`/public/${path}`);
        expect([path, first.status]).toEqual([path, 200]);
        check(path, `/public/${path}`, first);
        const again = await app.request(`/public/${path}`, {
          headers: { 'if-none-match': first.headers.get('etag') ?? '' },
        });
        expect([path, again.status]).toEqual([path, 304]);
        check(path, `/public/${path}`, again);
      }
    });
  });
});

test('a browser keeps to https only where the server is reached by it', async () => {
  for (const [issuer, kept] of [
    ['https://diary.example', true],
    ['http://10.0.0.5:8080', false],
  ] as const) {
    const app = new Hono().use(securityHeaders(issuer)).get('/', (hono) => hono.text('x'));
    expect((await app.request('/')).headers.has('strict-transport-security')).toBe(kept);
  }
});

test('an image has a name of its own, a table goes to the disk, and the window of a sign-in keeps its opener', async () => {
  const sha = 'a'.repeat(64);
  const app = new Hono()
    .use(securityHeaders('https://diary.example'))
    .get('/public/blob/:name', (hono) => hono.body('x', 200, { 'content-type': 'image/png' }))
    .get('/public/data/diaries.csv', (hono) => hono.body('x', 200, { 'content-type': 'text/csv; charset=utf-8' }))
    .get('/sign-in', (hono) => hono.html(''));
  const headersOf = async (path: string) => (await app.request(path)).headers;
  const image = await headersOf(`/public/blob/${sha}`);
  expect(image.get('content-disposition')).toBe('inline; filename="aaaaaaaaaaaaaaaa.png"');
  expect(image.get('content-security-policy')).toMatch(inert);
  expect((await headersOf('/public/data/diaries.csv')).get('content-disposition')).toBe(
    'attachment; filename="diaries.csv"',
  );
  expect((await headersOf('/sign-in')).get('cross-origin-opener-policy')).toBe('unsafe-none');
});
