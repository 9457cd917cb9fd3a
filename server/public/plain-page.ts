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
  ':root{color-scheme:light dark;--paper:#fff;--ink:#1b1c1e;--ink-3:#67696d;--line:#dddcd6;--accent:#1c4f91;' +
  '--hei:"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC";--latin:"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans"}' +
  '@media(prefers-color-scheme:dark){:root{--paper:#17181a;--ink:#ececea;--ink-3:#9b9da1;--line:#383a3e;--accent:#8fb8ee}}' +
  'body{font:16px/28px var(--hei),var(--latin),sans-serif;max-width:42rem;margin:0 auto;padding:40px 16px 64px;color:var(--ink);background:var(--paper);' +
  'overflow-wrap:anywhere;line-break:strict;text-autospace:normal;text-spacing-trim:trim-start}:lang(en){font-family:var(--latin),var(--hei),sans-serif}' +
  'h1{font:700 28px/40px "Songti SC","STZhongsong","Source Han Serif SC","Noto Serif SC","Noto Serif CJK SC",var(--hei),serif;margin:0;text-wrap:balance}' +
  'h2{font-size:18px;line-height:28px;margin:32px 0 0}p,ul,ol,.wide{margin:8px 0 0}ul,ol{padding-inline-start:24px}li+li{margin-top:4px}' +
  '.other{font-size:14px;line-height:24px}section+section{margin-top:56px;border-top:2px solid var(--ink);padding-top:24px}' +
  '.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:14px;line-height:22px}' +
  'th,td{border-bottom:1px solid var(--line);padding:6px 12px 6px 0;text-align:start;vertical-align:top}th{font-weight:400;color:var(--ink-3)}' +
  'td:nth-child(2){white-space:nowrap}a{color:var(--accent);text-underline-offset:3px}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}' +
  '@media(max-width:520px){h1{font-size:24px;line-height:34px}}@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--ink-3:#444}.other{display:none}}';
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
    `<body><main>${sections.map((section) => sectionOf(section, sections)).join('')}</main></body></html>`
  );
}

/** A section with its title and the ways to the others, each in its own language. */
const sectionOf = (section: PlainSection, all: readonly PlainSection[]): string => {
  const { lang, title, parts } = section;
  const others = all.filter((other) => other !== section);
  const ways = others.map((other) => `<a href="#${other.lang}" lang="${other.lang}">${escapeHtml(other.title)}</a>`);
  return (
    `<section lang="${lang}" id="${lang}"><h1>${escapeHtml(title)}</h1>` +
    `${ways.length === 0 ? '' : `<p class="other">${ways.join(' ')}</p>`}${parts.map(partOf).join('')}</section>`
  );
};

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
