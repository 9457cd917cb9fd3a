/** The page of a draw in real Chromium, over a tree of draws: what its tests open and read. */
import type { Page } from 'playwright-core';
import { beforeAll } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { type DrawTrees, drawTrees } from './draw-tree.ts';
import { openSite, type Site, type SiteOptions, type Tree } from './site.ts';

/** Registers the hooks of a test file that opens such pages. `trees` is there once its tests run. */
export function drawPages() {
  let trees: DrawTrees;
  beforeAll(async () => {
    trees = await drawTrees();
  });
  const sites = withBrowser();

  const tag = (more = ''): string =>
    `<main><h1>抽签</h1><sundial-draw src="/public/" vkey="${trees.pins.vkey}" organiser="${trees.pins.organiser}" ${more}></sundial-draw></main>`;

  async function siteWith(tree: Tree, options: Partial<SiteOptions> = {}): Promise<Site> {
    const site = await openSite({ tree, body: tag(), ...options });
    sites.push(site);
    return site;
  }

  /** Opens the page of a tree and waits for the end of the check. */
  async function opened(tree: Tree, body = tag(), options: Parameters<typeof openPage>[0] = {}) {
    const site = await siteWith(tree, { body });
    const { page, errors } = await openPage(options);
    await page.goto(site.address);
    await page.locator('sundial-draw details.verify:not(.idle)').waitFor();
    return { site, page, errors };
  }

  return { trees: () => trees, tag, siteWith, opened };
}

/** What the line of the check looks like: `ok`, `bad`, `off` or `idle`. */
export const lookOf = async (page: Page): Promise<string> =>
  ((await page.locator('details.verify').getAttribute('class')) ?? '').replace(/verify|line/g, '').trim();

/** What is read at each place of a selector. */
export const text = (page: Page, selector: string): Promise<string[]> => page.locator(selector).allInnerTexts();

/** The name of a unit of the trees. */
export const named = (unit: string): string => `${unit}局`;

/** Names in the pool that were drawn. */
export const wonOn = (page: Page): Promise<string[]> => text(page, '.pool .won span');
