/** On the narrowest page (WCAG 1.4.10: 320 px), in both languages: long names, and what must stay together. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tooWide } from '../fixtures/page-checks.ts';
import { openPage, withBrowser } from './browser.ts';
import { drawTrees } from './draw-tree.ts';
import { listTree, thread } from './list-tree.ts';
import type { SiteOptions, Tree } from './site.ts';
import { openTalk } from './talk-site.ts';
import { card, commentsTag, diaryTag, feedTag, indexOf, treeWith, vectors } from './vector-tree.ts';
import { comment, ticket } from './voices.ts';

const sites = withBrowser();
const langs = ['zh-CN', 'en'] as const;

const zh = '晴湖新区城市基础设施建设与综合运行保障服务中心（晴湖新区防汛防旱指挥部办公室）';
const en = 'Qinghu New Area Centre for Infrastructure Construction and Donaudampfschifffahrtsgesellschaften';
const work = { id: 'old-bridge', name: '河西老桥及其北引道和南引道的综合整治提升暨沿线慢行系统贯通工程', aliases: [] };
const long = indexOf({
  organisation: { name: { zh, en }, zone: 'Asia/Shanghai', demo: true },
  units: indexOf().units.map((unit) => ({ ...unit, name: { zh, en } })),
  terms: [
    { id: 'u01-1', unit: 'u01', post: '党工委副书记、管委会主任、防汛防旱指挥部总指挥', from: '2024-01-01', to: null },
  ],
  threads: [work],
  newest: [card({ title: `桥https://example.org/${'a'.repeat(60)}`, minutes: 10_075, comments: 12_345, tickets: 678 })],
});
const longTree = listTree({ 'index.json': long, 'thread/old-bridge.json': thread({ thread: work }) });
const said = [comment({ nickname: '桥'.repeat(20), text: 'a'.repeat(120), ticket: ticket() })];

async function opened(
  tree: Tree,
  body: string,
  lang: string,
  until: string,
  options: Partial<SiteOptions> = {},
): Promise<Page> {
  const site = await openTalk({ tree, body, lang, comments: () => said, ...options });
  sites.push(site);
  const { page } = await openPage({ viewport: { width: 320, height: 640 } });
  await page.goto(site.address);
  await page.locator(until).first().waitFor();
  return page;
}

/** Elements that a selector finds, in which one of the texts is broken over two lines. */
const broken = (page: Page, selector: string, pattern: RegExp): Promise<readonly string[]> =>
  page.locator(selector).evaluateAll((all, source) => {
    if (all.length === 0) return ['nothing there'];
    return all.flatMap((one) => {
      const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (walker.nextNode()) {
        const text = walker.currentNode;
        if (!(text instanceof Text)) continue;
        for (const { index, 0: phrase } of text.data.matchAll(new RegExp(source, 'g'))) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + phrase.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(text.data);
        }
      }
      return found;
    });
  }, pattern.source);

it.each([
  ['zh-CN', '共1篇，都在这里了。'],
  ['en', 'This is the only diary.'],
])('%s: the end of a list of one is said as one would say it', async (lang, says) => {
  const page = await opened(longTree, feedTag(), lang, 'sundial-feed .card');
  await page.locator('sundial-feed').getByText(says, { exact: true }).waitFor();
});

describe.each(langs)('%s at 320 px', (lang) => {
  it('no element scrolls the page sideways, however long the names are', async () => {
    const elements = [
      [feedTag(), 'sundial-feed .card'],
      ['<sundial-carousel src="/public/"></sundial-carousel>', '.slide.on'],
      ['<sundial-thread src="/public/" thread="old-bridge"></sundial-thread>', '.entry'],
      ['<sundial-thread src="/public/"></sundial-thread>', '.all li'],
      ['<sundial-rates src="/public/"></sundial-rates>', '.figure'],
      ['<sundial-ticket src="/public/"></sundial-ticket>', 'form'],
      [commentsTag(), '.comment'],
      [diaryTag(), '.comment'],
    ] as const;
    const found: Record<string, readonly string[]> = {};
    for (const [body, until] of elements) {
      const page = await opened(longTree, body, lang, until);
      for (const summary of await page.locator('summary').all()) await summary.click();
      found[body] = await tooWide(page);
    }
    expect(found).toEqual(Object.fromEntries(elements.map(([body]) => [body, []])));
  });

  it('the category of an entry, its length and its marks stand on one line, or with a line of their own', async () => {
    const page = await opened(treeWith(vectors.base), diaryTag(), lang, '.comment');
    const apart = await page.locator('.entry .when').evaluateAll((all) =>
      all.flatMap((one) => {
        const [mark, minutes] = [one.querySelector('.cat'), one.querySelector('.num')];
        if (mark === null || minutes === null) return [];
        const gap = minutes.getBoundingClientRect().top - mark.getBoundingClientRect().bottom;
        return gap >= 0 ? [one.textContent] : [];
      }),
    );
    expect(apart).toEqual([]);
  });

  it('a moment in a sentence is not broken', async () => {
    const moment = lang === 'en' ? /\d+ [A-Z][a-z]+, \d\d:\d\d/ : /\d+月\d+日 \d\d:\d\d/;
    const page = await opened(treeWith(vectors.base), diaryTag(), lang, '.comment');
    for (let width = 280; width <= 400; width += 4) {
      await page.setViewportSize({ width, height: 640 });
      expect([width, await broken(page, '.held p', moment)]).toEqual([width, []]);
    }
  });

  it('the dot between two ways on stays with the first, and no way is broken', async () => {
    const page = await opened(
      treeWith(vectors.base, { 'draw/d-2026-w47/u01.json': '<p>' }),
      diaryTag(),
      lang,
      '[role=alert]',
    );
    for (let width = 280; width <= 420; width += 4) {
      await page.setViewportSize({ width, height: 640 });
      expect([width, await broken(page, '.msg', /看纯文字版|read the plain page|.(?=\u00a0·)/)]).toEqual([width, []]);
      expect(await page.locator('.msg').textContent()).toContain('\u00a0· ');
    }
  });

  it('a stage of a draw has its moment in one line', async () => {
    const { published, pins } = await drawTrees();
    const tag = `<sundial-draw src="/public/" vkey="${pins.vkey}" organiser="${pins.organiser}"></sundial-draw>`;
    const page = await opened(published, tag, lang, '.stages');
    expect(await broken(page, '.stages time', /.+/)).toEqual([]);
  });
});
