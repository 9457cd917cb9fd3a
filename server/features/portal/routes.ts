/** The page at `/`: a plain government page that embeds the widget by one script tag, with the pins in the page; and the widget's files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Context } from '../../context.ts';
import { integrityOf, readVersion, readWidget } from '../../embed/built-widget.ts';
import { portal as en } from '../../locales/en/portal.ts';
import { portal as zh } from '../../locales/zh/portal.ts';
import { organiserOf } from '../../organisation/read.ts';
import { languageOf } from '../../public/setting.ts';
import { type PortalSection, portalPage } from './page.ts';

/** What the page may load: its own style and script, and the tree. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types sundial";

export function register(app: Hono, context: Context): void {
  const css = readFileSync(join(import.meta.dirname, 'portal.css'));
  const version = readVersion();
  const main = `sundial-${version}.js`;

  const { language } = languageOf(context);
  const words = { zh, en }[language];

  const pageOf = async (section: PortalSection): Promise<string> => {
    const script = readWidget(main);
    const values = {
      words,
      name: context.config.name[language],
      demo: context.config.demo,
      script: `/${main}`,
      integrity: script === null ? null : integrityOf(script),
      vkey: context.log.vkey,
      organiser: await organiserOf(context.database.db),
    };
    return portalPage(values, section);
  };
  const headers = { 'content-security-policy': policy, 'cache-control': 'no-cache' };
  app.get('/', async (c) => c.html(await pageOf('diaries'), 200, headers));
  app.get('/draw', async (c) => c.html(await pageOf('draw'), 200, headers));

  const mark = readFileSync(join(import.meta.dirname, 'mark.svg'));
  app.get('/mark.svg', (c) =>
    c.body(new Uint8Array(mark), 200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=86400' }),
  );

  app.get('/portal.css', (c) =>
    c.body(new Uint8Array(css), 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=60' }),
  );

  // The main file and its parts, which lie beside it.
  app.get('/:name{sundial[-.0-9a-z]*\\.js}', (c) => {
    const name = c.req.param('name');
    const script = readWidget(name === 'sundial.js' ? main : name);
    if (script === null) return c.notFound();
    return c.body(new Uint8Array(script), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cache-control': name === 'sundial.js' ? 'max-age=60' : 'public, max-age=31536000, immutable',
    });
  });
}
