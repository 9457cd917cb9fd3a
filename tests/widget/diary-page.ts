/** The page of one diary over a tree of files, and what stands on it. */
import type { Page } from 'playwright-core';
import { openSite, type Site, type SiteOptions } from './site.ts';
import { diaryTag, vectors } from './vector-tree.ts';

/** Opens the site of a diary among those of a file. */
export const diaryOn =
  (sites: Site[]) =>
  async (options: Partial<SiteOptions> & Pick<SiteOptions, 'tree'>): Promise<Site> => {
    const site = await openSite({ body: diaryTag(), ...options });
    sites.push(site);
    return site;
  };

/** Waits for the end of the check; gives the look of the line and what it says. */
export async function verdict(
  page: Page,
): Promise<{ readonly look: string; readonly says: string; readonly all: string }> {
  const line = page.locator('details.verify:not(.idle)');
  await line.waitFor();
  const look = (await line.getAttribute('class'))?.replace('verify ', '').trim() ?? '';
  const says = (await line.locator('.say').textContent()) ?? '';
  return { look, says, all: await seen(page, 'sundial-verification') };
}

/** The text of an element and of the shadows in it. */
export const seen = (page: Page, selector: string): Promise<string> =>
  page.locator(selector).evaluate((element) => {
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data;
      const inner = node instanceof Element && node.shadowRoot !== null ? node.shadowRoot : node;
      return [...inner.childNodes].map(read).join('');
    };
    return read(element);
  });

/** Every signed text that stands on the page, letter for letter. */
export const textsOn = (page: Page): Promise<string[]> =>
  page
    .locator('sundial-diary .title, sundial-diary .text')
    .evaluateAll((all) => all.map((one) => one.textContent ?? ''));

/** Those that the vectors signed. */
export const signedTexts = vectors.expect.items.flatMap(({ item }) => item?.text ?? []);
