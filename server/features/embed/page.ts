/** HTML of `/embed` and of the preview inside it: values in, text out. */
import type { PublicIndex } from '../../../shared/api/published.ts';
import { elementNames } from '../../embed/elements.ts';
import { elementTag, type Snippet, snippetOf } from '../../embed/snippet.ts';
import { themeNames } from '../../embed/themes.ts';
import type { EmbedWords } from '../../locales/zh/embed.ts';
import { escapeHtml } from '../../public/html.ts';
import { attributesOf, type Choice, otherScreen, queryOf } from './choice.ts';

export interface EmbedValues {
  readonly choice: Choice;
  readonly index: PublicIndex;
  readonly words: EmbedWords;
  /** Null where the widget is not built. */
  readonly snippet: Snippet | null;
  readonly untitled: (unit: string, week: string) => string;
  /** Address of this server, without a slash at its end. */
  readonly address: string;
}

/** What stands in the two boxes to copy from. */
export const snippetsOf = (snippet: Snippet | null, { page }: EmbedWords): readonly [string, string] =>
  snippet === null ? [page.noScript, page.noScript] : [snippetOf(snippet), snippetOf(snippet, 'div')];

/** The directives that a page of another host needs; `trusted-types` only where it has that directive. */
export const policyLine = (address: string, { theme }: Choice): string =>
  `script-src ${address}; connect-src ${address}${theme === null ? '' : `; style-src ${address}`}; trusted-types sundial`;

/** The whole page. It is a plain form that works without a script; the script asks anew at each change. */
export function embedPage(values: EmbedValues): string {
  const { choice, words, index, snippet, address } = values;
  const { page } = words;
  const [element, div] = snippetsOf(snippet, words);
  const names = Object.fromEntries(index.units.map(({ id, name }) => [id, name[choice.screen]]));
  return `<!doctype html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${escapeHtml(index.organisation.name[choice.screen])}</title>
<link rel="stylesheet" href="/embed/embed.css">
<link rel="icon" href="/mark.svg">
<script type="module" src="/embed/configure.js"></script>
</head>
<body>
<header><p class="kicker">${escapeHtml(index.organisation.name[choice.screen])}</p><h1>${page.title}</h1><p>${page.lead}</p><a id="other" href="?${escapeHtml(otherScreen(choice))}" lang="${choice.screen === 'zh' ? 'en' : 'zh-CN'}">${page.other}</a></header>
<main>
<form id="choice" action="/embed" method="get">
<input type="hidden" name="screen" value="${choice.screen}">
<fieldset><legend>${page.element}</legend><div class="kinds">${elementNames.map((name) => `<label><input type="radio" name="element" value="${name}"${name === choice.element ? ' checked' : ''}> ${page.elements[name]}</label>`).join('')}</div></fieldset>
${select(
  'diary',
  page.diary,
  index.newest.map(({ draw, unit, week, title }) => [
    `${draw}/${unit}`,
    `${title ?? values.untitled(names[unit] ?? unit, week)} · ${names[unit] ?? unit} ${week}`,
  ]),
  choice.diary,
)}
${select('unit', page.unit, [['', page.anyUnit], ...index.units.map(({ id }) => [id, names[id] ?? id] as const)], choice.unit)}
${select('thread', page.thread, [['', page.anyThread], ...index.threads.map(({ id, name }) => [id, name] as const)], choice.thread)}
${select('lang', page.lang, Object.entries(page.langs), choice.lang)}
${select('theme', page.theme, [['', page.themes.none], ...themeNames.map((name) => [name, page.themes[name]] as const)], choice.theme ?? '')}
${select('scheme', page.scheme, Object.entries(page.schemes), choice.scheme, page.schemeHint)}
<p id="missed" role="alert" data-missed="${escapeHtml(page.missed)}"></p>
<p class="go"><button>${page.show}</button></p>
</form>
<section class="shown" aria-labelledby="preview-name"><h2 id="preview-name">${page.preview}</h2><iframe id="preview" title="${page.preview}" src="/embed/preview?${escapeHtml(queryOf(choice))}"></iframe></section>
<section class="lines" aria-labelledby="lines-name"><h2 id="lines-name">${page.snippet}</h2>
<p class="note">${page.compare}</p>
${box('snippet', page.snippet, element, page)}
<h3>${page.forDiv}</h3>
${box('snippet-div', page.forDiv, div, page)}
<h3>${page.policy}</h3>
<pre tabindex="0"><code id="policy">${escapeHtml(policyLine(address, choice))}</code></pre>
<h3>${page.check}</h3>
<pre tabindex="0"><code>sundial embed --check https://…</code></pre>
<p id="told" role="status" data-asking="${page.asking}" data-updated="${page.updated}" data-copied="${page.copied}" data-not-copied="${page.notCopied}"></p>
</section>
</main>
</body>
</html>
`;
}

const box = (id: string, name: string, text: string, { copy, copyOf }: EmbedWords['page']): string =>
  `<div class="box"><pre id="${id}" tabindex="0" role="region" aria-label="${name}"><code>${escapeHtml(text)}</code></pre><button type="button" hidden data-copies="${id}" aria-label="${copyOf(name)}">${copy}</button></div>`;

function select(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
  hint?: string,
): string {
  const rows = options.map(
    ([value, text]) =>
      `<option value="${escapeHtml(value)}"${value === chosen ? ' selected' : ''}>${escapeHtml(text)}</option>`,
  );
  return `<p class="field f-${name}"><label for="${name}">${label}</label><select id="${name}" name="${name}"${hint === undefined ? '' : ` aria-describedby="${name}-hint"`}>${rows.join('')}</select>${hint === undefined ? '' : `<small id="${name}-hint">${hint}</small>`}</p>`;
}

/** A page of its own with the chosen element in it, as a portal would have it. */
export function previewPage({ choice, words, snippet }: Pick<EmbedValues, 'choice' | 'words' | 'snippet'>): string {
  const { page } = words;
  return `<!doctype html>
<html lang="${choice.lang || words.lang}" class="${choice.scheme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.preview}</title>
<link rel="stylesheet" href="/embed/preview.css">
${choice.theme === null ? '' : `<link rel="stylesheet" href="/embed/themes/${choice.theme}.css">`}
${snippet === null ? '' : `<script type="module" src="${escapeHtml(new URL(snippet.script).pathname)}" integrity="${snippet.integrity}" crossorigin></script>`}
</head>
<body>
${snippet === null ? `<p>${page.noScript}</p>` : elementTag({ ...snippet, src: '/public/', more: attributesOf(choice) }, 'element')}
</body>
</html>
`;
}
