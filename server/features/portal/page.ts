/** HTML of the portal page: values in, text out. */
import type { PortalWords } from '../../locales/zh/portal.ts';
import { escapeHtml } from '../../public/html.ts';

interface PortalValues {
  readonly words: PortalWords;
  /** The organisation's name in the language of the words. */
  readonly name: string;
  readonly demo: boolean;
  readonly script: string;
  /** `sha384-…` of the script, null where the widget is not built. */
  readonly integrity: string | null;
  readonly vkey: string;
  readonly organiser: string | null;
}

export type PortalSection = 'diaries' | 'draw';

const elements = { diaries: 'sundial-feed', draw: 'sundial-draw' } as const;
const list = '/public/feed.atom';

/** The page with the feed, or with the newest draw; without a log yet the widget shows its own empty state, unpinned. */
export function portalPage(values: PortalValues, section: PortalSection): string {
  const { words, script, integrity } = values;
  const name = escapeHtml(values.name);
  const title = words[`${section}Title`];
  const guard = integrity === null ? '' : ` integrity="${integrity}" crossorigin`;
  return `<!doctype html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${name}</title>
<link rel="stylesheet" href="/portal.css">
<link rel="icon" href="/mark.svg">
<link rel="alternate" type="application/atom+xml" href="${list}">
<script type="module" src="${script}"${guard}></script>
</head>
<body>
<header class="top"><div class="inner"><strong>${name}</strong>${values.demo ? `<small>${words.demo}</small>` : ''}</div></header>
<nav class="nav" aria-label="${words.nav}"><ul>${linksOf(words, section)}</ul></nav>
<main class="article">
<h1>${title}</h1>
<p>${words[`${section}Lead`]}</p>
${elementOf(values, section)}
<noscript><p>${words.without(`<a href="${list}">${words.list}</a>`)}</p></noscript>
</main>
<footer class="foot">${words.host(name)} · <a href="/privacy">${words.privacy}</a></footer>
</body>
</html>
`;
}

function linksOf(words: PortalWords, section: PortalSection): string {
  const links = [
    { to: '/', name: words.diaries, isHere: section === 'diaries' },
    { to: '/draw', name: words.draw, isHere: section === 'draw' },
    { to: '/public/moderation.html', name: words.moderation, isHere: false },
  ];
  return links
    .map(({ to, name, isHere }) => `<li><a href="${to}"${isHere ? ' aria-current="page"' : ''}>${name}</a></li>`)
    .join('');
}

function elementOf({ words, vkey, organiser }: PortalValues, section: PortalSection): string {
  const pins = organiser === null ? '' : ` vkey="${escapeHtml(vkey)}" organiser="${escapeHtml(organiser)}"`;
  const more = section === 'diaries' ? ' draws="/draw"' : '';
  const element = elements[section];
  return `<${element} src="/public/"${pins}${more} lang="${words.lang}"></${element}>`;
}
