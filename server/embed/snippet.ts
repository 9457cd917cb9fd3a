/** What a webmaster copies into a page: the script tag and one element. Values in, HTML out. */
import { escapeHtml } from '../public/html.ts';
import { type ElementName, elements, isPinned } from './elements.ts';

export interface Snippet {
  readonly script: string;
  /** `sha384-…` of the script. */
  readonly integrity: string;
  /** Address of a style sheet of ready properties; null for the looks of the widget itself. */
  readonly theme: string | null;
  readonly element: ElementName;
  /** Address of the public tree. */
  readonly src: string;
  readonly vkey: string;
  /** Null before the log has begun: then nothing can be pinned. */
  readonly organiser: string | null;
  /** `zh-CN` or `en`; null: that of the page. */
  readonly lang: string | null;
  /** Further attributes by name; empty ones are left out. */
  readonly more: Readonly<Record<string, string>>;
}

/** The lines to copy. `form` `div` is for editors that strip unknown elements. */
export function snippetOf(snippet: Snippet, form: 'element' | 'div' = 'element'): string {
  const { script, integrity, theme } = snippet;
  const lines = [
    ...(theme === null ? [] : [`<link rel="stylesheet" href="${escapeHtml(theme)}">`]),
    `<script type="module" src="${escapeHtml(script)}" integrity="${escapeHtml(integrity)}" crossorigin></script>`,
    elementTag(snippet, form),
  ];
  return `${lines.join('\n')}\n`;
}

/** The element alone. */
export function elementTag(snippet: Omit<Snippet, 'script' | 'integrity' | 'theme'>, form: 'element' | 'div'): string {
  const { element, src, vkey, organiser, lang, more } = snippet;
  const known = new Set([...elements[element].needs, ...elements[element].takes]);
  const given: readonly (readonly [string, string])[] = [
    ['src', src],
    ...Object.entries(more).filter(([name, value]) => known.has(name) && value !== ''),
    ...(isPinned(element) && organiser !== null
      ? ([
          ['vkey', vkey],
          ['organiser', organiser],
        ] as const)
      : []),
    ...(lang === null ? [] : ([['lang', lang]] as const)),
  ];
  const written = (prefix: string): string =>
    given.map(([name, value]) => ` ${prefix}${name}="${escapeHtml(value)}"`).join('');
  return form === 'div'
    ? `<div data-sundial="${element}"${written('data-')}></div>`
    : `<sundial-${element}${written('')}></sundial-${element}>`;
}
