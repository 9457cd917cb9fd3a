import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { searchTree } from './search-tree.ts';
import { openSite, type SiteOptions } from './site.ts';
import { feedTag } from './vector-tree.ts';

const sites = withBrowser();

/** Forty-five diaries: u01 and u02 in turn; every third is of the flood, every ninth of the old bridge; 充电棚 in the 5th, 25th and 45th; a long one of them all in September. */
const diaries = Array.from({ length: 45 }, (_, n) => ({
  unit: n % 2 === 0 ? 'u01' : 'u02',
  week: n < 40 ? '2026-W31' : '2026-W38',
  month: n < 40 ? '2026-07' : '2026-09',
  title: `第${n + 1}篇`,
  says: [`走第${n + 1}条路`, ...(n % 20 === 4 ? [`看充电棚<b>地基</b>${n}`] : []), '夜里查堤'],
  themes: n % 3 === 0 ? ['flood'] : [],
  threads: n % 9 === 0 ? ['old-bridge'] : [],
}));

async function opened(options: Partial<SiteOptions> = {}, hash = '', context = {}) {
  const asked: string[] = [];
  const { delay } = options;
  const site = await openSite({
    tree: searchTree(diaries),
    body: feedTag(),
    ...options,
    delay: (path) => {
      asked.push(path);
      return delay?.(path) ?? 0;
    },
  });
  sites.push(site);
  const { page, errors } = await openPage(context);
  await page.goto(site.address + hash);
  await page.locator('.tools').waitFor();
  return { site, page, errors, asked };
}

const titles = (page: Page) => page.locator('.card h3').allTextContents();
const told = (page: Page) => page.locator('.told [role=status]').textContent();
const hashOf = async (page: Page) => decodeURIComponent(await page.evaluate(() => location.hash));

describe('search as one types', () => {
  it('finds diaries by what their entries say, newest first, with the words marked and the time that leads there', async () => {
    const { page, errors } = await opened();
    await page.getByLabel('搜标题和条目').pressSequentially('充电棚', { delay: 20 });
    await expect.poll(() => titles(page)).toEqual(['第45篇', '第25篇', '第5篇']);
    expect(await told(page)).toBe('共3篇');
    const at = page.locator('.at').first();
    expect(await at.locator('span').textContent()).toBe('看充电棚<b>地基</b>44');
    expect(await at.locator('mark').allTextContents()).toEqual(['充电棚']);
    expect(await at.getAttribute('href')).toBe('#sundial/d-2026-w45/u01/2');
    expect(await at.locator('b').textContent()).toBe('9月14日 08:10');
    expect(await hashOf(page)).toBe('#sundial?q=充电棚');
    expect(errors).toEqual([]);
  });

  it('asks for each shard once on a page, and for no text of a diary that cannot have the words', async () => {
    const { page, asked } = await opened();
    const field = page.getByLabel('搜标题和条目');
    await field.fill('充电棚');
    await expect.poll(() => told(page)).toBe('共3篇');
    await field.fill('');
    await expect.poll(() => page.locator('.told').count()).toBe(0);
    await field.fill('充电棚');
    await expect.poll(() => told(page)).toBe('共3篇');
    const shards = asked.filter((path) => path.startsWith('search/'));
    expect(new Set(shards).size).toBe(shards.length);
    expect(asked.filter((path) => path.startsWith('text/')).sort()).toEqual([
      'text/24.json',
      'text/4.json',
      'text/44.json',
    ]);
  });

  it('waits for the end of composing: letters on the way to a character are not searched for', async () => {
    const { page, asked } = await opened();
    await page.getByLabel('搜标题和条目').focus();
    const keys = await page.context().newCDPSession(page);
    await keys.send('Input.imeSetComposition', { text: 'chong', selectionStart: 5, selectionEnd: 5 });
    await page.waitForTimeout(600);
    expect(asked.filter((path) => path.startsWith('search/'))).toEqual([]);
    expect(await hashOf(page)).toBe('');
    await keys.send('Input.insertText', { text: '充电棚' });
    await expect.poll(() => told(page)).toBe('共3篇');
  });

  it('twenty at a time with an honest count, until all were looked at', async () => {
    const { page } = await opened();
    await page.getByLabel('搜标题和条目').fill('查堤');
    await expect.poll(() => told(page)).toBe('至少20篇，还没有查完');
    await page.getByRole('button', { name: '再看一些' }).click();
    await expect.poll(() => told(page)).toBe('至少40篇，还没有查完');
    await page.getByRole('button', { name: '再看一些' }).click();
    await expect.poll(() => told(page)).toBe('共45篇');
    expect(await titles(page)).toEqual(Array.from({ length: 45 }, (_, n) => `第${45 - n}篇`));
  });

  it('says how far it is, can be stopped, and goes on from there', async () => {
    const { page } = await opened({ delay: (path) => (path.startsWith('text/') ? 700 : 0) });
    await page.getByLabel('搜标题和条目').fill('查堤');
    await page.getByText(/已查\d+篇，共45篇/).waitFor();
    await page.getByRole('button', { name: '停下' }).click();
    await page.getByRole('button', { name: '接着查' }).waitFor();
    const stopped = (await titles(page)).length;
    expect(stopped).toBeLessThan(20);
    await page.waitForTimeout(1500);
    expect((await titles(page)).length).toBeLessThan(20);
    await page.getByRole('button', { name: '接着查' }).click();
    await expect.poll(async () => (await titles(page)).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(20);
    const all = await titles(page);
    expect(all).toEqual(Array.from({ length: all.length }, (_, n) => `第${45 - n}篇`));
  });

  it('a tree that grew since its index was read is asked once more', async () => {
    const { page, site } = await opened();
    // With 66 diaries there are 32 shards where there were 16 (one for each two, a power of two): the old ones are gone.
    const grown = searchTree(
      [...diaries, ...Array.from({ length: 21 }, () => ({ ...diaries[4], ...diaries[44], title: '新的' }))].map(
        (one) => ({ ...one, unit: 'u03', week: '2026-W39', month: '2026-09', says: one.says ?? [], title: one.title }),
      ),
    );
    site.put(
      Object.fromEntries(
        Object.keys(searchTree(diaries))
          .filter((path) => path.startsWith('search/'))
          .map((path) => [path, null]),
      ),
    );
    site.put(grown);
    await page.getByLabel('搜标题和条目').fill('充电棚');
    await expect.poll(async () => (await titles(page))[0]).toBe('新的');
  });

  it('a file that does not come: says so, keeps nothing wrong, and trying again works', async () => {
    const { page, site } = await opened();
    const tree = searchTree(diaries);
    site.put({ 'text/24.json': '不是 JSON' });
    await page.getByLabel('搜标题和条目').fill('充电棚');
    await page.getByText('没有查完。').waitFor();
    site.put({ 'text/24.json': tree['text/24.json'] });
    await page.getByRole('button', { name: '再试一次' }).click();
    await expect.poll(() => told(page)).toBe('共3篇');
  });
});

describe('filters', () => {
  it('one gives the exact count at once; two are combined and counted by looking', async () => {
    const { page } = await opened();
    await page.getByLabel('单位', { exact: true }).selectOption('u01');
    await expect.poll(() => told(page)).toBe('共23篇');
    await page.getByLabel('主题').selectOption('flood');
    // Of 45 diaries every third is of the flood, every second of u01: every sixth is both, 0, 6 … 42: eight.
    await expect.poll(() => told(page)).toBe('共8篇');
    expect(await titles(page)).toEqual([43, 37, 31, 25, 19, 13, 7, 1].map((n) => `第${n}篇`));
    expect(await hashOf(page)).toBe('#sundial?unit=u01&theme=flood');
  });

  it('and words together', async () => {
    const { page } = await opened();
    await page.getByLabel('主题').selectOption('flood');
    await page.getByLabel('搜标题和条目').fill('充电棚');
    // 充电棚 in the diaries numbered 4, 24, 44 from 0; of the flood are those that three divides: 24.
    await expect.poll(() => told(page)).toBe('共1篇');
    expect(await titles(page)).toEqual(['第25篇']);
  });

  it('the theme of a diary, which stands below it as a theme and without the sign of a thread', async () => {
    const { page } = await opened();
    const chips = page.locator('.card .chips').first();
    expect(await chips.textContent()).toBe('主题防汛');
    expect(await chips.locator('svg').count()).toBe(0);
    await chips.getByRole('button', { name: '防汛' }).click();
    // Every third of 45.
    await expect.poll(() => told(page)).toBe('共15篇');
    expect(await hashOf(page)).toBe('#sundial?theme=flood');
  });

  it('a thread alone and inside its theme, named by its name', async () => {
    const { page } = await opened();
    await page.getByLabel('脉络').selectOption({ label: '河西老桥加固' });
    // Of 45 diaries those numbered 0, 9, 18, 27, 36 are of the old bridge.
    await expect.poll(() => told(page)).toBe('共5篇');
    expect(await titles(page)).toEqual([37, 28, 19, 10, 1].map((n) => `第${n}篇`));
    expect(await hashOf(page)).toBe('#sundial?thread=old-bridge');
    await page.getByLabel('单位', { exact: true }).selectOption('u02');
    await expect.poll(() => titles(page)).toEqual(['第28篇', '第10篇']);
  });

  it('a month, then one of its weeks', async () => {
    const { page } = await opened();
    const time = page.getByLabel('时间');
    await time.selectOption('2026-09');
    await expect.poll(() => told(page)).toBe('共5篇');
    await time.selectOption('2026-W38');
    await expect.poll(() => hashOf(page)).toBe('#sundial?when=2026-W38');
    await expect.poll(() => told(page)).toBe('共5篇');
    await time.selectOption('2026-W39');
    await page.getByText('没有符合的日记').waitFor();
  });

  it('where nothing fits, each condition can be taken away', async () => {
    const { page } = await opened({}, '/#sundial?q=充电棚&unit=u02');
    await page.getByText('没有符合的日记').waitFor();
    await page.getByRole('button', { name: '去掉“河西街道”' }).click();
    await expect.poll(() => told(page)).toBe('共3篇');
    expect(await page.getByLabel('单位', { exact: true }).inputValue()).toBe('');
    await page.getByRole('button', { name: '全部清除' }).click();
    await expect.poll(async () => (await titles(page)).length).toBe(20);
    expect(await page.getByLabel('搜标题和条目').inputValue()).toBe('');
  });
});

describe('the address', () => {
  it('opens what was shared, and back leads through what was asked', async () => {
    const { page } = await opened({}, `/#sundial?unit=u01&q=${encodeURIComponent('充电棚')}`);
    await expect.poll(() => told(page)).toBe('共3篇');
    expect(await page.getByLabel('搜标题和条目').inputValue()).toBe('充电棚');
    expect(await page.getByLabel('单位', { exact: true }).inputValue()).toBe('u01');
    await page.getByLabel('单位', { exact: true }).selectOption('u02');
    await page.getByText('没有符合的日记').waitFor();
    await page.goBack();
    await expect.poll(() => told(page)).toBe('共3篇');
    expect(await page.getByLabel('单位', { exact: true }).inputValue()).toBe('u01');
  });

  it('a hit opens the diary at its entry, and the way back is the search', async () => {
    const { page } = await opened({}, '/#sundial?q=充电棚');
    await page.locator('.at').first().click();
    await expect.poll(() => hashOf(page)).toBe('#sundial/d-2026-w45/u01/2');
    await page.getByRole('button', { name: '返回列表' }).click();
    await expect.poll(() => hashOf(page)).toBe('#sundial?q=充电棚');
    expect(await titles(page)).toEqual(['第45篇', '第25篇', '第5篇']);
  });

  it('is left alone where the page uses it, and the search works', async () => {
    const { page } = await opened({}, '/#/news/7');
    await page.getByLabel('搜标题和条目').fill('充电棚');
    await expect.poll(() => told(page)).toBe('共3篇');
    expect(await hashOf(page)).toBe('#/news/7');
    expect(await page.locator('.at').first().getAttribute('href')).toMatch(
      /\/public\/d\/d-2026-w45\/u01\.html#item-2$/,
    );
  });
});

describe('for everyone', () => {
  const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
  it.each([
    ['#sundial?q=充电棚', 320],
    ['#sundial?unit=u01&theme=flood', 1200],
    ['#sundial?q=没有这个词', 320],
  ])('%s at %i px: axe finds nothing, nothing stands out at the side', async (hash, width) => {
    const { page } = await opened({ policy: "default-src 'self' 'unsafe-inline' 'unsafe-eval'" }, '', {
      viewport: { width, height: 900 },
    });
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await expect.poll(() => told(page)).toMatch(/^共/);
    await page.waitForTimeout(400);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await Reflect.get(window, 'axe').run('sundial-feed');
      return violations.map((one: { id: string; nodes: { html: string }[] }) => [one.id, one.nodes[0]?.html]);
    });
    expect(found).toEqual([]);
  });

  it('by keyboard alone: type, tab to a place, open it, come back to it', async () => {
    const { page } = await opened({}, '', { viewport: { width: 360, height: 800 } });
    await page.locator('#q').focus();
    await page.keyboard.type('充电棚');
    await page.keyboard.press('Enter');
    await expect.poll(() => told(page)).toBe('共3篇');
    expect(await page.locator('#q').evaluate((one) => one.matches(':focus'))).toBe(true);
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('Tab');
    const focused = page.locator('.card h3 a:focus');
    expect(await focused.textContent()).toBe('第45篇');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '返回列表' }).click();
    await expect.poll(() => focused.count()).toBe(1);
  });

  it('nothing moves by itself while a search runs', async () => {
    const { page } = await opened({ delay: (path) => (/^(text|facet)/.test(path) ? 700 : 0) });
    await page.evaluate(() => {
      Reflect.set(window, 'shift', 0);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          if (!Reflect.get(entry, 'hadRecentInput'))
            Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'));
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.getByLabel('搜标题和条目').fill('充电棚');
    await expect.poll(() => told(page), { timeout: 20_000 }).toBe('共3篇');
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBe(0);
  });
});
