/** `npm run bench:widget`: a table of what the readers' window must hold beside the comment widgets of today, measured on the same pages in
 *  the same Chromium in one run, and as last line one JSON object of every figure. `--only <part>` measures one part. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { ensureChromium } from '../../fixtures/chromium.ts';
import { drawingOf, openBare } from './bare.ts';
import { openBrowser, runPage } from './measure.ts';
import { openComments, openDiary, openFeed, openUnchecked } from './ours.ts';
import { peerKB, peers, type Said } from './peers.ts';
import { searchFirstHitKB } from './search.ts';
import { openStand } from './stand.ts';

/** The most that a figure may be. */
const limits: Readonly<Record<string, number>> = {
  brotliKB: 32,
  bytesVsArtalkLite: 0.85,
  firstComment100x4VsBest: 0.5,
  firstDiaryVsBareLit: 1.3,
  tickAfterTextMs: 400,
  mainThreadPage25VsBest: 0.6,
  mainThreadAll1000VsBest: 0.5,
  nodesPerComment: 24,
  layoutShift: 0,
  cspReports: 0,
  trustedTypesReports: 0,
  storageKeysAfterReading: 0,
  otherHosts: 0,
  growth10kFeed: 1.1,
  searchFirstHit10kKB: 150,
};

const root = join(import.meta.dirname, '..', '..', '..');
/** Rounds that count, after one that warms the machine; fewer where a part has used its time, so that the whole run ends within ten minutes. */
const rounds = 5;
const partMs = 60_000;
/** How a row of ours is found in any version of the page. */
const ourComment = '[part~=comment]';

const parts: Readonly<Record<string, (browser: Browser) => Promise<Record<string, number>>>> = {
  bytes,
  firstComment: (browser) => beside(browser, { said: saidOf(100), size: 100, slower: 4, what: 'firstComment100x4' }),
  page25: (browser) => beside(browser, { said: saidOf(1000), size: 25, slower: 4, what: 'mainThreadPage25' }),
  all1000: (browser) =>
    beside(browser, { said: saidOf(1000), size: 100, slower: 1, what: 'mainThreadAll1000', until: 1000 }),
  diary,
  manners,
  feed,
  search,
};

/** Comments as readers write them, newest first, a minute apart. */
function saidOf(count: number): readonly Said[] {
  const texts = [
    '护栏加高了，夜里还是黑，请装两盏灯。',
    '排队从早上六点半排到九点，能不能在网上取号？',
    '谢谢，路通了。',
  ];
  return Array.from({ length: count }, (_, n) => ({
    name: `居民${n}`,
    text: `${texts[n % texts.length]}（第${n}条）`,
    at: 1_795_580_000 - n * 60,
  }));
}

async function bytes(): Promise<Record<string, number>> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const folder = join(root, 'dist', 'widget');
  const sizeOf = (part: string): number =>
    brotliCompressSync(readFileSync(join(folder, `sundial-${version}${part}.js`))).length / 1000;
  const own = sizeOf('');
  const inAll = ['', '-check', '-comments', '-en', '-feed', '-proof', '-talk', '-draw', '-more'];
  const figures: Record<string, number> = {
    brotliKB: rounded(own),
    /** What a page with a diary loads until its tick and its comments; an English one loads `en` besides. */
    diaryPageKB: rounded(own + sizeOf('-check') + sizeOf('-comments')),
    /** What a page with a list loads. */
    feedPageKB: rounded(own + sizeOf('-feed')),
    /** What a page with comments alone loads until somebody is about to write. */
    commentsPageKB: rounded(own + sizeOf('-comments')),
    enKB: rounded(sizeOf('-en')),
    /** Everything but rounds of drand and the proof of work. */
    allPartsKB: rounded(inAll.reduce((sum, part) => sum + sizeOf(part), 0)),
  };
  for (const peer of peers) figures[`${peer.name}KB`] = rounded(peerKB(peer));
  return { ...figures, bytesVsArtalkLite: rounded(own / (figures.artalkLiteKB ?? 0)) };
}

interface Race {
  readonly said: readonly Said[];
  readonly size: number;
  readonly slower: number;
  readonly what: string;
  /** Comments to page to; then the main thread counts, else the first paint does. */
  readonly until?: number;
}

/** Runs ours and every peer in turn and gives ours against the best of them: what the peers are, comments in a page, and beside it
 *  (`WithDiary`) a whole diary that is read, checked and has the same comments below. */
async function beside(browser: Browser, { said, size, slower, what, until }: Race): Promise<Record<string, number>> {
  const [own, whole] = await Promise.all([openComments(said, size), openDiary(said, size)]);
  const stands = await Promise.all(peers.map((peer) => openStand(peer, said, size)));
  const runners = [
    { name: 'sundial', address: own.address, selector: ourComment, more: '[part~=more]' },
    { name: 'sundialDiary', address: whole.address, selector: ourComment, more: '[part~=more]' },
    ...peers.map((peer, n) => ({
      name: peer.name,
      address: stands[n]?.address ?? '',
      selector: peer.comment,
      more: peer.more,
    })),
  ];
  const isPaint = what.startsWith('first');
  const counted = await inRounds(
    runners.map(({ name, address, selector, more }) => async () => {
      const paged = until === undefined ? {} : { more: { selector: more, until } };
      const run = await runPage(browser, { address, selector, slower, isPaint, ...paged }, async () => null);
      return { [`${what}Ms.${name}`]: isPaint ? run.paintedMs : run.mainThreadMs };
    }),
  );
  await Promise.all([own, whole, ...stands].map((stand) => stand.stop()));
  const figures = medians(counted);
  const best = Math.min(...peers.map(({ name }) => figures[`${what}Ms.${name}`] ?? Number.POSITIVE_INFINITY));
  const ratio = (name: string): number => rounded((figures[`${what}Ms.${name}`] ?? 0) / best);
  return {
    ...figures,
    [`${what}Rounds`]: counted.length,
    [`${what}VsBest`]: ratio('sundial'),
    [`${what}WithDiaryVsBest`]: ratio('sundialDiary'),
  };
}

/** Runs every runner in turn, round after round; gives what each round read. The first round does not count. */
async function inRounds(
  runners: readonly (() => Promise<Record<string, number>>)[],
): Promise<readonly Record<string, number>[]> {
  const began = performance.now();
  const counted: Record<string, number>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const read: Record<string, number> = {};
    for (const run of runners) Object.assign(read, await run());
    if (round > 0) counted.push(read);
    if (round > 0 && performance.now() - began > partMs) break;
  }
  return counted;
}

const medians = (counted: readonly Record<string, number>[]): Record<string, number> =>
  Object.fromEntries(
    Object.keys(counted[0] ?? {}).map((name) => [
      name,
      rounded(median(counted.map((read) => read[name] ?? Number.NaN))),
    ]),
  );

/** A diary's text against a bare Lit template of the same elements, and how long after it the tick comes. */
async function diary(browser: Browser): Promise<Record<string, number>> {
  const [own, unchecked] = await Promise.all([openDiary([], 25), openUnchecked()]);
  const { seen: drawing } = await runPage(
    browser,
    { address: unchecked.address, selector: '[part~=text]', slower: 1, isPaint: true },
    async (page) => {
      await page.locator('.talk').waitFor();
      return drawingOf(page);
    },
  );
  const floor = await openBare(drawing);
  const withHtml = await openDiary(saidOf(100), 100, fragmentOf(drawing.texts));
  const text = '[part~=text]';
  const counted = await inRounds([
    async () => {
      const run = await runPage(browser, { address: own.address, selector: text, slower: 4, isPaint: true }, (page) =>
        page.evaluate(() => window.sundialVerified),
      );
      return { firstDiaryMs: run.paintedMs, tickAfterTextMs: run.seen - run.paintedMs };
    },
    async () => {
      const wanted = { address: floor.address, selector: text, slower: 4, isPaint: true };
      return { bareLitMs: (await runPage(browser, wanted, async () => null)).paintedMs };
    },
    async () => {
      const wanted = { address: withHtml.address, selector: ourComment, slower: 4, isPaint: true };
      return { firstComment100x4ServerHtmlMs: (await runPage(browser, wanted, async () => null)).paintedMs };
    },
  ]);
  await Promise.all([own, unchecked, floor, withHtml].map((site) => site.stop()));
  const figures = medians(counted);
  const { firstDiaryMs = 0, bareLitMs = 0 } = figures;
  return { ...figures, diaryRounds: counted.length, firstDiaryVsBareLit: rounded(firstDiaryMs / bareLitMs) };
}

/** What a portal includes inside the tag: the same texts, as `fragment/…` has them. */
const fragmentOf = (texts: readonly string[]): string =>
  `<div lang="zh-CN"><article>${texts
    .filter((text) => text.trim().length > 3)
    .map((text) => `<p>${text}</p>`)
    .join('')}</article></div>`;

/** What a page notices of us besides the text: nodes, shifts, reports, storage, other hosts, and what ran before the first text. */
async function manners(browser: Browser): Promise<Record<string, number>> {
  const own = await openDiary(saidOf(25), 25);
  const { seen } = await runPage(browser, { address: own.address, selector: ourComment, slower: 1 }, async (page) => {
    const read = await page.evaluate((selector) => {
      const find = (from: ParentNode): Element | null => {
        for (const { shadowRoot } of from.querySelectorAll('*')) {
          const found = shadowRoot === null ? null : (shadowRoot.querySelector(selector) ?? find(shadowRoot));
          if (found !== null) return found;
        }
        return null;
      };
      const row = find(document);
      if (row === null) throw new Error('no comment is shown');
      const walk = document.createTreeWalker(row, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      let nodes = 1;
      while (walk.nextNode() !== null)
        if (walk.currentNode instanceof Element || walk.currentNode.nodeValue?.trim()) nodes += 1;
      return {
        nodes,
        shift: window.sundialShift,
        reports: window.sundialReports,
        keys:
          Object.keys(localStorage).filter((key) => !key.includes('head:')).length + Object.keys(sessionStorage).length,
        hosts: performance.getEntriesByType('resource').filter(({ name }) => new URL(name).origin !== location.origin)
          .length,
        cookies: document.cookie.length,
      };
    }, ourComment);
    return read;
  });
  await own.stop();
  return {
    nodesPerComment: seen.nodes,
    layoutShift: rounded(seen.shift),
    cspReports: seen.reports.filter((directive) => !directive.includes('trusted-types')).length,
    trustedTypesReports: seen.reports.filter((directive) => directive.includes('trusted-types')).length,
    storageKeysAfterReading: seen.keys + seen.cookies,
    otherHosts: seen.hosts,
    readPathKB: await readPathKB(browser),
  };
}

/** Kilobytes of script (not compressed) that ran before a diary's text was painted, in the main file and its parts. */
async function readPathKB(browser: Browser): Promise<number> {
  const own = await openDiary([], 25);
  const page = await browser.newPage();
  await page.coverage.startJSCoverage();
  await page.goto(own.address);
  await page.locator('[part~=text]').first().waitFor();
  const entries = await page.coverage.stopJSCoverage();
  await page.close();
  await own.stop();
  let sum = 0;
  for (const { url, source = '', functions } of entries) {
    if (!/\/sundial[-.\w]*\.js$/.test(url)) continue;
    const ran = new Uint8Array(source.length);
    // Ranges are nested: an inner one speaks for its part.
    for (const { ranges } of functions)
      for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
    sum += ran.reduce((all, one) => all + one, 0);
  }
  return rounded(sum / 1000);
}

/** The list's first paint with 10,000 published diaries against 100. */
async function feed(browser: Browser): Promise<Record<string, number>> {
  const [small, large] = [await openFeed(100), await openFeed(10_000)];
  const counted = await inRounds(
    [small, large].map(({ address }, n) => async () => {
      const wanted = { address, selector: '[part~=card]', slower: 4, isPaint: true };
      const { paintedMs } = await runPage(browser, wanted, async () => null);
      return { [n === 0 ? 'feed100Ms' : 'feed10kMs']: paintedMs };
    }),
  );
  await Promise.all([small.stop(), large.stop()]);
  const figures = medians(counted);
  const { feed100Ms = 0, feed10kMs = 0 } = figures;
  return { ...figures, feedRounds: counted.length, growth10kFeed: rounded(feed10kMs / feed100Ms) };
}

/** What the first hit of two letters costs among 10,000 diaries: where it is new and common, and where it stands in the oldest one alone. */
async function search(browser: Browser): Promise<Record<string, number>> {
  const { commonKB, rareKB } = await searchFirstHitKB(browser);
  return {
    searchFirstHit10kKB: rounded(Math.max(commonKB, rareKB)),
    searchCommonHit10kKB: rounded(commonKB),
    searchRareHit10kKB: rounded(rareKB),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

const args = process.argv.slice(2);
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  });
  if (done.status !== 0) throw new Error('the peers could not be installed');
}
ensureChromium();
const browser = await openBrowser();
const figures: Record<string, number> = {};
for (const [name, measure] of Object.entries(parts)) {
  if (only !== undefined && name !== only) continue;
  const began = performance.now();
  Object.assign(figures, await measure(browser));
  console.error(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
await browser.close();
for (const [name, value] of Object.entries(figures)) {
  const limit = limits[name];
  const verdict = limit === undefined ? '' : `at most ${limit}: ${value <= limit ? 'holds' : 'MISSED'}`;
  console.log(`${name.padEnd(34)} ${String(value).padStart(10)}  ${verdict}`);
}
console.log(JSON.stringify(figures));
