/** One real Chromium for a test file; each test has a context of its own, so that nothing is remembered from the one before. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { pageBrowserPath } from '../fixtures/chromium.ts';
import type { Site } from './site.ts';

let browser: Browser | null = null;
const contexts: BrowserContext[] = [];

/** Starts Chromium; `portal.test` leads to this machine, so that a page can be on plain http without being localhost. */
export async function startBrowser(): Promise<void> {
  const executablePath = pageBrowserPath();
  if (executablePath === null) throw new Error('Chromium is missing');
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--host-resolver-rules=MAP portal.test 127.0.0.1'],
  });
}

export async function stopBrowser(): Promise<void> {
  await browser?.close();
}

/** Chromium for every test of a file. Gives the list of sites that end with the test, like its pages. */
export function withBrowser(): Site[] {
  const sites: Site[] = [];
  beforeAll(startBrowser);
  afterAll(stopBrowser);
  afterEach(async () => {
    await closePages();
    for (const site of sites.splice(0)) await site.stop();
  });
  return sites;
}

/** Closes the pages of a test. */
export async function closePages(): Promise<void> {
  for (const context of contexts.splice(0)) await context.close();
}

/** A fresh reader's page. What breaks in it breaks the test through `errors`. */
export async function openPage(
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ readonly page: Page; readonly context: BrowserContext; readonly errors: string[] }> {
  if (browser === null) throw new Error('startBrowser first');
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  contexts.push(context);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  return { page, context, errors };
}
