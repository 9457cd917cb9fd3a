/** One bundle, and the whole tree of two years, against the WebCrypto calls that they make. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { folderSource } from '../../../server/public/source.ts';
import { verifyTree } from '../../../server/public/verify-tree.ts';
import type { Pins } from '../../../shared/proof/verify.ts';
import { openBrowser } from '../widget/measure.ts';
import { builtLikeWidget } from './build.ts';
import { callsOf, rawCrypto, rawOneByOne } from './floor.ts';
import { type measureInPage, type PageFigures, verifies } from './in-page.ts';
import { median, ratioTo, rounded, wall } from './ratio.ts';
import { type PublicFolder, twoYears } from './two-years.ts';

/** Milliseconds of the processor, all threads, so that a busy machine does not count. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Figures of the bundle that was published last and of the whole folder. A floor makes all different calls of WebCrypto at once, each once. */
export async function measureVerification(): Promise<object> {
  const tree = await twoYears((weeks) => {
    if (weeks % 24 === 0) console.error(`  ${weeks} weeks are sealed`);
  });
  try {
    const text = readFileSync(join(tree.folder, tree.bundles.at(-1) ?? ''), 'utf8');
    return {
      ...(await measureWhereReadersAre(text, tree.pins)),
      ...(await measureOnCommandLine(text, tree.pins)),
      ...(await measureYears(tree)),
    };
  } finally {
    await tree.remove();
  }
}

/** `bundleVerifyVsRawCrypto`, `bundleVerifyMs`: in Chromium, where readers verify; medians of fresh pages, of which each took the median of
 *  its rounds. `bundleVerifyFirstMs`: the first time in a page. */
async function measureWhereReadersAre(text: string, pins: Pins): Promise<object> {
  const script = await builtLikeWidget(`export { measureInPage } from '${join(import.meta.dirname, 'in-page.ts')}';`);
  const browser = await openBrowser();
  try {
    const pages: PageFigures[] = [];
    for (let n = 0; n < 7; n += 1) {
      const context = await browser.newContext();
      pages.push(await inPage(await context.newPage(), script, text, pins));
      await context.close();
    }
    return {
      bundleKB: rounded(text.length / 1000),
      bundleVerifyFirstMs: rounded(median(pages.map(({ firstMs }) => firstMs))),
      bundleVerifyMs: rounded(median(pages.map(({ workMs }) => workMs))),
      bundleVerifyVsRawCrypto: rounded(median(pages.map(({ ratio }) => ratio))),
    };
  } finally {
    await browser.close();
  }
}

async function inPage(page: Page, script: string, text: string, pins: Pins): Promise<PageFigures> {
  // A page by itself has the finer clock.
  const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  await page.route('**', (route) => {
    const isScript = route.request().url().endsWith('.js');
    const served = isScript ? { contentType: 'text/javascript', body: script } : { contentType: 'text/html', body: '' };
    return route.fulfill({ ...served, headers });
  });
  await page.goto('https://bench.example/');
  return page.evaluate(
    async ([bundle, pinned]) => {
      const address = '/in-page.js';
      const { measureInPage: measured } = (await import(address)) as { measureInPage: typeof measureInPage };
      return measured(bundle, pinned);
    },
    [text, pins] as const,
  );
}

/** `…Node`: the same in Node, whose WebCrypto hands every call to another thread; `Cpu`: of the processor's time; `OneByOne`: against a floor
 *  that waits for each call. `bundleRepeated`: calls that were made more than once, which no floor has. */
async function measureOnCommandLine(text: string, pins: Pins): Promise<object> {
  const one = () => verifies(text, pins);
  const calls = await callsOf(one);
  const atOnce = await ratioTo(() => rawCrypto(calls), one, 60, 20, { wall, cpu });
  const oneByOne = await ratioTo(() => rawOneByOne(calls), one, 20, 5, { wall });
  return {
    bundleSignatures: calls.verifies.length,
    bundleHashes: calls.digests.length,
    bundleRepeated: calls.repeated,
    bundleVerifyMsNode: rounded(atOnce.wall.workMs),
    bundleVerifyVsRawCryptoNode: rounded(atOnce.wall.ratio),
    bundleVerifyVsRawCryptoNodeCpu: rounded(atOnce.cpu.ratio),
    bundleVerifyVsRawOneByOneNode: rounded(oneByOne.wall.ratio),
  };
}

/** `yearVerifyVsRawCrypto`, `yearVerifyS`: two years from a folder, as `sundial verify` reads them. */
async function measureYears(tree: PublicFolder): Promise<object> {
  const whole = async () => {
    const check = { pins: tree.pins, seen: () => undefined, progress: () => undefined };
    const report = await verifyTree(folderSource(tree.folder), check);
    if (report.failures.length > 0 || report.diaries !== 49)
      throw new Error(JSON.stringify(report.failures.slice(0, 3)));
  };
  const calls = await callsOf(whole);
  const years = await ratioTo(() => rawCrypto(calls), whole, 5, 1, { wall, cpu });
  return {
    yearSignatures: calls.verifies.length,
    yearHashes: calls.digests.length,
    yearRepeated: calls.repeated,
    yearVerifyS: rounded(years.wall.workMs / 1000),
    yearVerifyVsRawCrypto: rounded(years.wall.ratio),
    yearVerifyVsRawCryptoCpu: rounded(years.cpu.ratio),
    yearVerifyCpuS: rounded(years.cpu.workMs / 1000),
  };
}
