/** Pages of the elements beside the feed: opened, and judged by what holds for each of them. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findingsOf, tooWide } from '../fixtures/page-checks.ts';
import { closePages, openPage } from './browser.ts';
import { openSite, type Site, type SiteOptions } from './site.ts';

const sites: Site[] = [];

/** A site that is closed after the test. */
export async function siteWith(options: SiteOptions): Promise<Site> {
  const site = await openSite(options);
  sites.push(site);
  return site;
}

/** Closes pages and sites of a test. */
export async function closeAll(): Promise<void> {
  await closePages();
  for (const site of sites.splice(0)) await site.stop();
}

/** A site and a page on it; `before` runs before it is loaded. */
export async function opened(
  options: SiteOptions,
  context: Parameters<typeof openPage>[0] = {},
  before: (page: Page) => Promise<void> = async () => {},
) {
  const site = await siteWith(options);
  const { page, errors, context: reader } = await openPage(context);
  await before(page);
  await page.goto(site.address);
  return { site, page, errors, context: reader };
}

/** Wide and at 320 px, light and dark: axe finds nothing, nothing scrolls sideways, nothing was reported or thrown. */
export async function expectForEverybody(options: SiteOptions, until: string): Promise<void> {
  const head =
    '@media (prefers-color-scheme: dark) { :root { color-scheme: dark; background: #17181a; color: #ececea } }';
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [320, 'dark'],
  ] as const) {
    const { site, page, errors } = await opened(
      { head, ...options },
      { viewport: { width, height: 800 }, colorScheme },
    );
    await page.locator(until).first().waitFor();
    await page.locator('details').evaluateAll((all) => {
      for (const one of all) if (one instanceof HTMLDetailsElement) one.open = true;
    });
    expect(await findingsOf(page)).toEqual({ failed: [], advised: [] });
    expect(await tooWide(page)).toEqual([]);
    expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
  }
}
