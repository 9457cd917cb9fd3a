/** `/embed`: the page that writes the snippet while a webmaster looks at the result; the ready themes; and which script is the newest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import * as v from 'valibot';
import { PublicIndex } from '../../../shared/api/published.ts';
import { fromUtf8 } from '../../../shared/base/bytes.ts';
import type { Context } from '../../context.ts';
import { integrityOf, readVersion, readWidget } from '../../embed/built-widget.ts';
import type { Snippet } from '../../embed/snippet.ts';
import { readTheme, themeNames } from '../../embed/themes.ts';
import { embedWords as en } from '../../locales/en/embed.ts';
import { page as enPage } from '../../locales/en/page.ts';
import { embedWords as zh } from '../../locales/zh/embed.ts';
import { page as zhPage } from '../../locales/zh/page.ts';
import { treeCache } from '../../public/cache.ts';
import { weekName } from '../../public/diary-words.ts';
import { changing } from '../../public/file.ts';
import { languageOf } from '../../public/setting.ts';
import { indexPath } from '../../records/occurrences.ts';
import { attributesOf, type Choice, choiceOf, otherScreen } from './choice.ts';
import { embedPage, policyLine, previewPage, snippetsOf } from './page.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types sundial";

export function register(app: Hono, context: Context): void {
  const version = readVersion();
  const file = `sundial-${version}.js`;
  const { issuer } = context.config;
  const tree = treeCache(context);

  const read = async (query: Record<string, string>) => {
    const index = await indexIn(tree);
    const choice = choiceOf((name) => query[name], index, languageOf(context).language);
    return { index, choice, words: choice.screen === 'zh' ? zh : en, snippet: snippetFor(choice, index) };
  };
  const snippetFor = (choice: Choice, { pins }: PublicIndex): Snippet | null => {
    const script = readWidget(file);
    return script === null
      ? null
      : {
          script: `${issuer}/${file}`,
          integrity: integrityOf(script),
          theme: choice.theme === null ? null : `${issuer}/embed/themes/${choice.theme}.css`,
          element: choice.element,
          src: `${issuer}/public/`,
          vkey: pins.vkey,
          organiser: pins.organiser,
          lang: choice.lang === '' ? null : choice.lang,
          more: attributesOf(choice),
        };
  };
  const headers = { 'content-security-policy': policy, 'cache-control': 'no-cache' };

  app.get('/embed', async (hono) => {
    const values = await read(hono.req.query());
    const words = values.choice.screen === 'zh' ? zhPage : enPage;
    const untitled = (unit: string, week: string): string => words.untitled(unit, weekName(week, words));
    return hono.html(embedPage({ ...values, untitled, address: issuer }), 200, headers);
  });
  app.get('/embed/preview', async (hono) => hono.html(previewPage(await read(hono.req.query())), 200, headers));
  app.get('/embed/snippets.json', async (hono) => {
    const { choice, snippet, words } = await read(hono.req.query());
    const [element, div] = snippetsOf(snippet, words);
    return hono.json({ element, div, policy: policyLine(issuer, choice), other: otherScreen(choice) }, 200, {
      'cache-control': 'no-cache',
    });
  });
  app.get('/embed/script.json', (hono) => {
    const script = readWidget(file);
    if (script === null) return hono.notFound();
    return hono.json({ version, file, integrity: integrityOf(script) }, 200, {
      'cache-control': changing,
      'access-control-allow-origin': '*',
    });
  });

  for (const [name, type] of [
    ['embed.css', 'text/css'],
    ['preview.css', 'text/css'],
    ['configure.js', 'text/javascript'],
  ] as const) {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    app.get(`/embed/${name}`, (hono) =>
      hono.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': changing }),
    );
  }
  for (const name of themeNames) {
    const text = readTheme(name);
    app.get(`/embed/themes/${name}.css`, (hono) =>
      hono.body(text, 200, {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': changing,
        'access-control-allow-origin': '*',
      }),
    );
  }
}

const Index = v.pipe(v.string(), v.parseJson(), PublicIndex);

/** What readers get as `index.json`. */
async function indexIn(tree: ReturnType<typeof treeCache>): Promise<PublicIndex> {
  const file = await tree(indexPath, null);
  return v.parse(Index, file === null || file === 'gone' ? '' : fromUtf8(file.body));
}
