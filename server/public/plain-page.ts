/** A page of text in two languages without script: values in, HTML out. */
import { createHash } from 'node:crypto';
import { escapeHtml } from './html.ts';

/** A paragraph, steps in order, a list, a heading, or a table with its head. */
export type PlainPart =
  | { readonly text: string }
  | { readonly steps: readonly string[] }
  | { readonly list: readonly string[] }
  | { readonly heading: string }
  | { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

interface PlainSection {
  /** BCP 47. */
  readonly lang: string;
  readonly title: string;
  readonly parts: readonly PlainPart[];
}

const style =
  'body{font:16px/1.75 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;' +
  'color:#1b1f24;background:#fff}h1{font-size:1.5rem}h2{font-size:1.125rem;margin-top:2rem}section+section{margin-top:3rem;' +
  'border-top:1px solid #ccc;padding-top:1.5rem}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9375rem}' +
  'th,td{border:1px solid #ccc;padding:.375rem .625rem;text-align:left;vertical-align:top}td:nth-child(2){white-space:nowrap}a{color:#0b57b0}' +
  '@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16181c}section+section,th,td{border-color:#444}a{color:#8ab4f8}}';
const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing is loaded, and nobody frames it. */
export const plainPageHeaders = {
  'cache-control': 'no-cache',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** The page; its language is that of its first section. */
export function plainPage(title: string, sections: readonly PlainSection[]): string {
  return (
    `<!doctype html><html lang="${sections[0]?.lang ?? 'zh-CN'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head>` +
    `<body>${sections.map(sectionOf).join('')}</body></html>`
  );
}

const sectionOf = ({ lang, title, parts }: PlainSection): string =>
  `<section lang="${lang}" id="${lang}"><h1>${escapeHtml(title)}</h1>${parts.map(partOf).join('')}</section>`;

function partOf(part: PlainPart): string {
  if ('text' in part) return `<p>${escapeHtml(part.text)}</p>`;
  if ('heading' in part) return `<h2>${escapeHtml(part.heading)}</h2>`;
  if ('steps' in part) return `<ol>${itemsOf(part.steps)}</ol>`;
  if ('list' in part) return `<ul>${itemsOf(part.list)}</ul>`;
  const head = part.head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const rows = part.rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`);
  return `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const itemsOf = (items: readonly string[]): string => items.map((item) => `<li>${escapeHtml(item)}</li>`).join('');
