/** A reader's search among 10,000 invented diaries: the tree that a server would write, and what the page fetches of it for the first hit. */
import type { Browser } from 'playwright-core';
import type { SaidItem } from '../../../shared/api/public-search.ts';
import { gramsOf, shardCount, shardOf } from '../../../shared/search/grams.ts';
import { shardsOf } from '../../../shared/search/shards.ts';
import { textsOf } from '../../../shared/search/words.ts';
import { inventedDiaries } from '../../search-public/invented.ts';
import { openSite } from '../../widget/site.ts';
import { card, feedTag, indexOf } from '../../widget/vector-tree.ts';

const [total, segmentSize] = [10_000, 1000];
const seed = 20261128;

/** Kilobytes over the wire (not compressed, headers included, script parts included) from the first letter typed to the first hit painted. */
export async function searchFirstHitKB(browser: Browser): Promise<{ commonKB: number; rareKB: number }> {
  const diaries = inventedDiaries(total, seed);
  const shards = shardCount(segmentSize);
  const made = new Map<string, unknown>();
  const shardAt = (segment: number, name: string): unknown => {
    const key = `${segment}/${name}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const grams = diaries.slice(segment * segmentSize, (segment + 1) * segmentSize).map(gramsIn(name, shards));
    const shard = { v: 1, segment, shards, shard: name, grams: shardsOf(grams, shards).get(name) ?? {} };
    made.set(key, shard);
    return shard;
  };
  const pages = total / 20;
  const rowsOf = (page: number) => Array.from({ length: 20 }, (_, n) => card({ draw: drawOf(page * 20 + n) }));
  const fileAt = (path: string): unknown => {
    const [, segment, name] = /^search\/(\d+)\/\d+\/(\w\w)\.json$/.exec(path) ?? [];
    if (segment !== undefined && name !== undefined) return shardAt(Number(segment), name);
    const [, position] = /^text\/(\d+)\.json$/.exec(path) ?? [];
    const items = position === undefined ? undefined : diaries[Number(position)];
    if (items !== undefined)
      return { v: 1, position: Number(position), draw: drawOf(Number(position)), unit: 'u01', week: '2026-W47', items };
    const [, page] = /^feed\/(\d+)\.json$/.exec(path) ?? [];
    return page === undefined ? undefined : { v: 1, page: Number(page), rows: rowsOf(Number(page)) };
  };
  const site = await openSite({
    tree: {
      'index.json': indexOf({ feed: { pages, total, newest: pages - 1 }, newest: rowsOf(pages - 1).reverse() }),
      'facet/index.json': { v: 1, themes: [], counts: { unit: {}, kind: {}, theme: {}, category: {}, month: {} } },
    },
    body: feedTag(),
    serve: (path, response) => {
      const file = fileAt(path.replace('/public/', ''));
      if (file === undefined) return false;
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(file));
      return true;
    },
  });
  try {
    const ask = (words: string) => fetchedKB(browser, site.address, words);
    return { commonKB: await ask('会议'), rareKB: await ask(rarestOf(diaries)) };
  } finally {
    await site.stop();
  }
}

async function fetchedKB(browser: Browser, address: string, words: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(address);
  const field = page.locator('sundial-feed input[type=search]');
  await field.waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => performance.clearResourceTimings());
  await field.fill(words);
  // In the frame of the first hit: the search goes on until it has a list of them.
  const bytes = await page.waitForFunction(
    () =>
      document.querySelector('sundial-feed')?.shadowRoot?.querySelector('.card.hit') &&
      performance
        .getEntriesByType('resource')
        .reduce((sum, entry) => sum + ('transferSize' in entry ? Number(entry.transferSize) : 0), 0),
    null,
    { timeout: 120_000 },
  );
  const read = Number(await bytes.jsonValue());
  await page.close();
  return read / 1000;
}

/** Two letters that stand in the oldest diary alone. */
function rarestOf(diaries: readonly (readonly SaidItem[])[]): string {
  const [oldest = [], ...later] = diaries;
  const left = new Set([...gramsOf(oldest.flatMap(textsOf))].filter((gram) => [...gram].length === 2));
  for (const items of later) for (const gram of gramsOf(items.flatMap(textsOf))) left.delete(gram);
  const [rarest] = left;
  if (rarest === undefined) throw new Error('the oldest diary has nothing of its own');
  return rarest;
}

const gramsIn =
  (name: string, shards: number) =>
  (items: readonly SaidItem[]): ReadonlySet<string> =>
    new Set([...gramsOf(items.flatMap(textsOf))].filter((gram) => shardOf(gram, shards) === name));

const drawOf = (position: number): string => `d-${2000 + Math.floor(position / 500)}-w${10 + (position % 40)}`;
