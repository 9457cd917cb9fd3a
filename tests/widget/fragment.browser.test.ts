/** Server HTML inside the tag: read before the script runs, and replaced in place without a jump, on a device four times slower. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closePages, openPage, startBrowser, stopBrowser } from './browser.ts';
import { openSite, type Site } from './site.ts';
import { card, diaryTag, feedTag, indexOf, treeWith, vectors } from './vector-tree.ts';

beforeAll(startBrowser);
afterAll(stopBrowser);

let site: Site | null = null;
afterEach(async () => {
  await closePages();
  await site?.stop();
});

const rows = Array.from({ length: 20 }, (_, at) => card({ unit: `u${at}`, title: `第${at + 1}篇` }));
/** As `fragment/feed.html` writes it (server/public/fragment.ts). */
const fragment = `<div lang="zh-CN"><ol>${rows.map(({ title, unit }) => `<li><p><b>${title}</b></p><p>${unit} · 2026年第38周 · 37小时25分，26项</p></li>`).join('')}</ol></div>`;

describe('server HTML inside the tag', () => {
  it.each([
    [1280, 900],
    [360, 740],
  ])('is read first, keeps the looks of its page, and gives way without a jump at %i × %i', async (width, height) => {
    site = await openSite({
      tree: treeWith(vectors.base, {
        'index.json': indexOf({ feed: { pages: 1, total: 20, newest: 0 }, newest: rows }),
        'feed/0.json': { v: 1, page: 0, rows },
      }),
      body: `<h1>工作日记</h1>${feedTag().replace('></sundial-feed>', `>${fragment}</sundial-feed>`)}<footer>主办：试验区</footer>`,
      delay: (path) => (path.endsWith('index.json') ? 5000 : 0),
    });
    const { page, context, errors } = await openPage({ viewport: { width, height } });
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.addInitScript(() => {
      Reflect.set(window, 'jumps', []);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) Reflect.get(window, 'jumps').push(Reflect.get(entry, 'value'));
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(site.address);
    await page.getByText('第1篇', { exact: true }).waitFor();
    await page.waitForFunction(() => customElements.get('sundial-feed') !== undefined);
    const font = (selector: string) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).fontFamily);
    expect(await font('sundial-feed li:first-child b')).toBe(await font('footer'));
    await page.locator('.card').first().waitFor();
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => Reflect.get(window, 'jumps'))).toEqual([]);
    expect(await page.locator('sundial-feed > div:not(.s)').isVisible()).toBe(false);
    expect(errors).toEqual([]);
  });

  it('of a diary gives way where the element has its room as the guide says, and what follows stays', async () => {
    for (const viewport of [
      { width: 1280, height: 900 },
      { width: 360, height: 740 },
    ]) {
      site = await openSite({
        tree: treeWith(vectors.base),
        body: `${diaryTag().replace('></', '><article><h2>桥这头,桥那头</h2></article></')}<footer>主办：试验区</footer>`,
        head: 'sundial-diary { display: flow-root; min-height: 100vh }',
        delay: (path) => (path.endsWith('index.json') ? 700 : 0),
      });
      const { page } = await openPage({ viewport });
      await page.goto(site.address);
      const footer = () => page.locator('footer').evaluate((one) => one.getBoundingClientRect().top);
      expect(await page.locator('.verify').count()).toBe(0);
      expect(await footer()).toBeGreaterThanOrEqual(viewport.height);
      await page.locator('.verify.ok').waitFor();
      expect(await footer()).toBeGreaterThanOrEqual(viewport.height);
      await site.stop();
    }
    site = null;
  });
});
