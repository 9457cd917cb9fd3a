/** Runs a page in a fresh context of one real Chromium and reads the clock of the page and the work of its main thread. */
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { pageBrowserPath } from '../../fixtures/chromium.ts';
import { watchFor } from './watch.ts';

export interface Run {
  /** Milliseconds from the navigation until the first wanted thing was painted. */
  readonly paintedMs: number;
  /** Milliseconds of the main thread until the page was quiet: script, style, layout, painting. 0 where `isPaint`. */
  readonly mainThreadMs: number;
}

export interface Wanted {
  readonly address: string;
  readonly selector: string;
  /** How many must be there, 1 unless told. */
  readonly count?: number;
  /** Times slower than this machine. */
  readonly slower: number;
  /** Selector of what shows more: pressed until so many are there. */
  readonly more?: { readonly selector: string; readonly until: number };
  /** Only the paint counts: nothing waits until the page is quiet. */
  readonly isPaint?: boolean;
}

/** Elements of ours that hold others in a shadow root. */
const hosts = 'sundial-feed, sundial-diary, sundial-talk, sundial-comments, bare-diary';

/** The one browser of a run of the bench. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = pageBrowserPath();
  if (executablePath === null) throw new Error('Chromium is missing');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Opens the page once, waits for what is wanted and, unless only that counts, until the page was quiet; `look` reads what else is asked. */
export async function runPage<T>(
  browser: Browser,
  wanted: Wanted,
  look: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<Run & { readonly seen: T }> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await page.addInitScript(watchFor, { selector: wanted.selector, wanted: wanted.count ?? 1, hosts });
  // By the processor's time of the thread: what else the machine does is not counted.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: wanted.slower });
  try {
    await page.goto(wanted.address);
    const paintedMs = await page.evaluate(() => window.sundialPainted);
    if (wanted.more !== undefined) await pageToEnd(page, wanted.more);
    const mainThreadMs = wanted.isPaint ? 0 : await quiet(cdp);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    return { paintedMs, mainThreadMs, seen: await look(page, context) };
  } finally {
    await context.close();
  }
}

async function pageToEnd(
  page: Page,
  { selector, until }: { readonly selector: string; readonly until: number },
): Promise<void> {
  let before = -1;
  for (let pressed = 0; pressed < 200; pressed += 1) {
    const count = await page.evaluate(() => window.sundialCount());
    if (count >= until) return;
    if (count !== before) await page.evaluate((of) => window.sundialMore(of)?.click(), selector);
    before = count;
    await page.waitForFunction((was) => window.sundialCount() > was, count, { timeout: 30_000, polling: 50 });
  }
  throw new Error(`never ${until} of them`);
}

/** The main thread's time once it grew by less than a hundredth in half a second; at most five seconds later. */
async function quiet(cdp: CDPSession): Promise<number> {
  let before = await taskMs(cdp);
  for (let n = 0; n < 10; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = await taskMs(cdp);
    if (now - before < before / 100) return before;
    before = now;
  }
  return before;
}

async function taskMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}
