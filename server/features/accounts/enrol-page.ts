/** `/enrol`: the page behind an invitation link. The code is in the fragment, which no browser sends; the page has no script. */
import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { Context } from '../../context.ts';
import { enrol as en } from '../../locales/en/enrol.ts';
import { type EnrolWords, enrol as zh } from '../../locales/zh/enrol.ts';
import { escapeHtml } from '../../public/html.ts';

const style =
  'body{font:16px/1.75 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem;' +
  'color:#1b1f24;background:#fff}h1{font-size:1.5rem}section+section{margin-top:3rem;border-top:1px solid #ccc;padding-top:1.5rem}' +
  '@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16181c}}';
const styleHash = createHash('sha256').update(style).digest('base64');

export function register(app: Hono, context: Context): void {
  const page = pageOf(context.config.name.zh, context.config.name.en);
  app.get('/enrol', (hono) =>
    hono.html(page, 200, {
      'cache-control': 'no-cache',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    }),
  );
}

function pageOf(nameZh: string, nameEn: string): string {
  return (
    `<!doctype html><html lang="${zh.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<meta name="robots" content="noindex"><title>${escapeHtml(`${zh.title} · ${nameZh}`)}</title><style>${style}</style></head>` +
    `<body>${sectionOf(zh, nameZh)}${sectionOf(en, nameEn)}</body></html>`
  );
}

function sectionOf(words: EnrolWords, organisation: string): string {
  const steps = words.steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('');
  return (
    `<section lang="${words.lang}"><h1>${escapeHtml(words.title)}</h1><p>${escapeHtml(organisation)}</p>` +
    `<p>${escapeHtml(words.lead)}</p><ol>${steps}</ol><p>${escapeHtml(words.note)}</p></section>`
  );
}
