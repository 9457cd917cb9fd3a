/** The article page of a published diary as what the clipboard takes: HTML with its inline looks, and the same words as plain text. */

export interface ArticleParts {
  readonly html: string;
  readonly text: string;
}

/** Null for a page that has no article. `parse` reads HTML without running or loading anything, as `DOMParser` does. */
export function articleParts(page: string, parse: (html: string) => Document): ArticleParts | null {
  const article = parse(page).querySelector('main > section');
  if (article === null) return null;
  const { outerHTML: html } = article;
  // What is a line on the page is a line of the text.
  for (const br of article.querySelectorAll('br')) br.replaceWith('\n');
  const text = [...article.children].map(({ textContent }) => textContent ?? '').filter((line) => line !== '');
  return { html, text: text.join('\n') };
}
