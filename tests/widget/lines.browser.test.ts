/** How lines of text break (look.md 4): none is longer than 38 characters, and no date breaks over two. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { drawTrees } from './draw-tree.ts';
import { listTree } from './list-tree.ts';
import type { Tree } from './site.ts';
import { openTalk } from './talk-site.ts';
import { card, commentsTag, feedTag, indexOf, treeWith, vectors } from './vector-tree.ts';
import { comment } from './voices.ts';

const sites = withBrowser();

async function opened(tree: Tree, body: string, lang: string, options: Parameters<typeof openPage>[0]): Promise<Page> {
  const long = [comment({ id: 'c2', item: null, text: '桥'.repeat(120) })];
  const site = await openTalk({ tree, body, lang, comments: () => long });
  sites.push(site);
  const { page } = await openPage(options);
  await page.goto(site.address);
  return page;
}

it('on a wide page what readers and leaders wrote has at most 38 characters to a line', async () => {
  const tree = treeWith(vectors.base, { 'index.json': indexOf({ newest: [card({ opening: '桥'.repeat(120) })] }) });
  const body = `${feedTag()}<sundial-carousel src="/public/"></sundial-carousel>${commentsTag()}`;
  const page = await opened(tree, body, 'zh-CN', { viewport: { width: 1600, height: 900 } });
  for (const name of ['sundial-feed .lede', 'sundial-carousel .lede', '.said']) {
    const text = page.locator(name).first();
    await text.waitFor();
    const longest = await text.evaluate((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return (
        Math.max(...[...range.getClientRects()].map(({ width }) => width)) / parseFloat(getComputedStyle(one).fontSize)
      );
    });
    expect([name, Math.round(longest)]).toEqual([name, 38]);
  }
});

const date = {
  'zh-CN': String.raw`(\d{4}年)?\d+月\d+日`,
  en: String.raw`\d+ (January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?`,
};

/** Dates in sentences of an element that stand on two lines. */
const broken = (page: Page, pattern: string): Promise<string[]> =>
  page.evaluate((source) => {
    const texts = [...document.querySelectorAll('*')].flatMap((element) =>
      [...(element.shadowRoot?.querySelectorAll('.byline, .label, .stages p') ?? [])].flatMap((one) => {
        const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
        const found: Text[] = [];
        while (walker.nextNode()) if (walker.currentNode instanceof Text) found.push(walker.currentNode);
        return found;
      }),
    );
    if (texts.length === 0) throw new Error('no sentence');
    return texts.flatMap((text) =>
      [...text.data.matchAll(new RegExp(source, 'g'))].flatMap(({ index, 0: said }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + said.length);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1 ? [text.data] : [];
      }),
    );
  }, pattern);

it('a date in a sentence stays on one line, however wide the page is', async () => {
  const lists = `${feedTag()}<sundial-rates src="/public/"></sundial-rates><sundial-thread src="/public/" thread="old-bridge"></sundial-thread>`;
  const trees = await drawTrees();
  for (const lang of ['zh-CN', 'en'] as const)
    for (const [tree, body, last] of [
      [listTree(), lists, 'sundial-thread .entry'],
      [trees.published, '<sundial-draw src="/public/"></sundial-draw>', '.stages'],
    ] as const) {
      const page = await opened(tree, body, lang, {});
      await page.locator(last).first().waitFor();
      await page.locator('.byline').first().waitFor();
      const found = new Set<string>();
      for (let width = 280; width <= 460; width += 6) {
        await page.setViewportSize({ width, height: 800 });
        for (const one of await broken(page, date[lang])) found.add(one);
      }
      expect([...found]).toEqual([]);
    }
});
