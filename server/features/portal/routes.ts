/** The page at `/`: a plain government page that embeds the widget by one script tag, with the pins in the page; and the widget's files. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Context } from '../../context.ts';
import { organiserOf } from '../../organisation/read.ts';
import { portalPage } from './page.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** What the page may load: its own style and script, and the tree. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types sundial";

export function register(app: Hono, context: Context): void {
  const css = readFileSync(join(import.meta.dirname, 'portal.css'));
  const version = readVersion();
  const main = `sundial-${version}.js`;
  const names = [main, 'sundial.js', `sundial-${version}-drand.js`] as const;

  app.get('/', async (c) => {
    const script = readWidget(main);
    const page = portalPage({
      name: context.config.name.zh,
      demo: context.config.demo,
      script: `/${main}`,
      integrity: script === null ? null : `sha384-${createHash('sha384').update(script).digest('base64')}`,
      vkey: context.log.vkey,
      organiser: await organiserOf(context.database.db),
    });
    return c.html(page, 200, { 'content-security-policy': policy, 'cache-control': 'no-cache' });
  });

  const mark = readFileSync(join(import.meta.dirname, 'mark.svg'));
  app.get('/mark.svg', (c) =>
    c.body(new Uint8Array(mark), 200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=86400' }),
  );

  app.get('/portal.css', (c) =>
    c.body(new Uint8Array(css), 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=60' }),
  );

  for (const name of names)
    app.get(`/${name}`, (c) => {
      const script = readWidget(name === 'sundial.js' ? main : name);
      if (script === null) return c.notFound();
      return c.body(new Uint8Array(script), 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'access-control-allow-origin': '*',
        'cache-control': name === 'sundial.js' ? 'max-age=60' : 'public, max-age=31536000, immutable',
      });
    });
}

/** The built widget, null before it was built. */
function readWidget(name: string): Buffer | null {
  const path = join(root, 'dist', 'widget', name);
  return existsSync(path) ? readFileSync(path) : null;
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new TypeError('package.json has no version');
}
