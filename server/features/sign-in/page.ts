/** HTML of the window: values in, text out. */
import { createHash } from 'node:crypto';
import { signIn as en } from '../../locales/en/sign-in.ts';
import { signIn as zh } from '../../locales/zh/sign-in.ts';
import { escapeHtml } from '../../public/html.ts';
import type { HandOver } from './service.ts';

/** Why a reader is not signed in. */
export type Failure = 'denied' | 'late' | 'origin' | 'away' | 'busy';

const style =
  'body{font:16px/1.75 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:26rem;margin:2rem auto;padding:0 1rem;' +
  'color:#1b1f24;background:#fff;overflow-wrap:anywhere}h1{font-size:1.25rem}' +
  'output{display:block;font-size:2.25rem;line-height:1.5;letter-spacing:.08em;font-variant-numeric:tabular-nums;user-select:all}' +
  'label{display:block;font-weight:600}input{font:inherit;box-sizing:border-box;width:100%;min-height:2.75rem;padding:.25rem .75rem;border:1px solid #6b7280;border-radius:4px;' +
  'color:inherit;background:transparent}button{font:inherit;min-height:2.75rem;padding:.25rem 1.25rem;border:1px solid #174a8c;border-radius:4px;color:#fff;background:#174a8c}' +
  'button.plain{color:inherit;background:transparent;border-color:#6b7280}form+form{margin-top:1rem}[role=alert]{color:#b42318}#hint{font-size:.875rem;margin:.25rem 0 1rem}' +
  '@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16181c}[role=alert]{color:#ff9b8f}}';
const styleHash = createHash('sha256').update(style).digest('base64');

/** What the window may do: its own style, its own script, its own forms where it has any, nothing else, in no frame. */
const policyWith = (forms: "'none'" | "'self'"): string =>
  `default-src 'none'; script-src 'self'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action ${forms}; ` +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
export const policy = policyWith("'none'");
export const formPolicy = policyWith("'self'");

/** The page that hands over. Digits in two groups of four, as they are read aloud. */
export function handOverPage({ origin, lang, code, digits }: HandOver): string {
  const words = lang === 'en' ? en : zh;
  const data = ` data-code="${escapeHtml(code)}" data-origin="${escapeHtml(origin)}"`;
  return shell(
    words,
    words.title,
    `<p id="handed" role="status" hidden>${escapeHtml(words.handed)}</p><div id="digits" role="status" hidden><p>${escapeHtml(words.digits(origin))}</p>` +
      `<output>${digits.slice(0, 4)} ${digits.slice(4)}</output><p>${escapeHtml(words.digitsOnly(origin))}</p></div><script src="callback.js"></script>`,
    data,
  );
}

/** The page that says why not. */
export function failedPage(failure: Failure, lang: 'zh' | 'en'): string {
  const words = lang === 'en' ? en : zh;
  return shell(words, words.failed, `<p role="alert">${escapeHtml(words[failure])}</p>`);
}

/** A page of the window around its parts. */
export const shell = (words: typeof zh, title: string, body: string, data = ''): string =>
  `<!doctype html><html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head>` +
  `<body${data}><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
