import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser, stopBrowser } from './browser.ts';
import { closeAll, expectForEverybody, opened } from './list-page.ts';
import { bridge, listTree, thread } from './list-tree.ts';
import { draw, feedTag, indexOf, vectors } from './vector-tree.ts';

beforeAll(startBrowser);
afterAll(stopBrowser);
afterEach(closeAll);

const pins = `vkey="${vectors.pin.vkey}" organiser="${vectors.pin.orgKid}"`;
const tag = (more = 'thread="old-bridge"'): string =>
  `<main><h1>脉络</h1><sundial-thread src="/public/" ${pins} ${more}></sundial-thread></main>`;

describe('a thread', () => {
  it('says where the work stands, its results from first to last, and each entry exactly as written', async () => {
    const { page, site, errors } = await opened({ tree: listTree(), body: tag('thread=" old-bridge "') });
    await page.getByRole('heading', { name: '河西老桥加固' }).waitFor();
    await page.getByText('2025年3月5日—2026年11月17日，5条，2个单位').waitFor();
    await page.getByText('这一页只是排在一起，没有核验。').waitFor();
    expect(await page.locator('.state .said').allTextContents()).toEqual([bridge[0]?.text, bridge[0]?.next]);
    expect(await page.locator('.entry .text').allTextContents()).toEqual(bridge.slice(0, 3).map(({ text }) => text));
    expect(
      await page
        .locator('.text')
        .first()
        .evaluate((one) => getComputedStyle(one).whiteSpaceCollapse),
    ).toBe('preserve');
    expect(await page.locator('.results .said').allTextContents()).toEqual(['3月1日开工']);
    expect(await page.locator('h4').allTextContents()).toEqual(['2026年', '2025年']);
    expect(await page.locator('h5').allTextContents()).toEqual(['11月 2026年', '2月 2026年', '12月 2025年']);
    expect((await page.locator('.entry time').allTextContents())[2]).toBe('12月30日 周二 22:30–次日00:30');
    expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
  });

  it('reads earlier years when asked, doubles nothing and puts the keyboard on the first new entry', async () => {
    const { page } = await opened({ tree: listTree(), body: tag() });
    await page.getByRole('button', { name: '再看2025年的2条' }).click();
    await page.getByText('共5条，都在这里了。').waitFor();
    expect(await page.locator('.entry .text').allTextContents()).toEqual(bridge.map(({ text }) => text));
    expect(await page.locator('.results .said').allTextContents()).toEqual(['定为D级，封桥', '3月1日开工']);
    expect(
      await page
        .locator('.entry')
        .nth(3)
        .evaluate((one) => one.matches(':focus')),
    ).toBe(true);
  });

  it('a year that does not come leaves the rest and can be asked for again', async () => {
    const tree = listTree();
    const { page, site } = await opened({ tree: { ...tree, 'thread/old-bridge/2025.json': null }, body: tag() });
    await page.getByRole('button', { name: '再看2025年的2条' }).click();
    await page.getByText('没有取到。再按一次试试。').waitFor();
    expect(await page.locator('.entry').count()).toBe(3);
    site.put(tree);
    await page.getByRole('button', { name: '再看2025年的2条' }).click();
    await expect.poll(() => page.locator('.entry').count()).toBe(5);
  });

  it('opens the diary of an entry in place, where it is checked, and comes back to the same link', async () => {
    const { page } = await opened({ tree: listTree(), body: tag() });
    const link = page.locator('.entry a').first();
    expect(await link.getAttribute('href')).toMatch(new RegExp(`/public/d/${draw}/u01\\.html#item-2$`));
    await link.focus();
    await page.keyboard.press('Enter');
    await page.locator('.verify.ok').waitFor();
    await expect.poll(() => page.locator('#i2').evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.getByRole('button', { name: '返回脉络' }).click();
    await expect.poll(() => link.evaluate((one) => one.matches(':focus'))).toBe(true);
  });

  it('leaves the reader of an opened diary where he is when the network comes back', async () => {
    const { page, context } = await opened({ tree: listTree(), body: tag() });
    await page.locator('.entry a').first().click();
    await page.locator('.verify.ok').waitFor();
    const back = page.getByRole('button', { name: '返回脉络' });
    await back.focus();
    await context.setOffline(true);
    await page.getByText('网络断了').first().waitFor();
    await context.setOffline(false);
    await expect.poll(() => page.getByText('网络断了').count()).toBe(0);
    await page.waitForTimeout(500);
    expect(await back.evaluate((one) => one.matches(':focus'))).toBe(true);
  });

  it('says where a diary does not come, with the keyboard on the button that asks again, and then on the entry', async () => {
    const bundle = `draw/${draw}/u01.json`;
    const tree = listTree();
    const { page, site } = await opened({ tree: { ...tree, [bundle]: null }, body: tag() });
    await page.locator('.entry a').first().press('Enter');
    const again = page.getByRole('button', { name: '再试一次' });
    await again.waitFor();
    await expect.poll(() => again.evaluate((one) => one.matches(':focus'))).toBe(true);
    site.put({ [bundle]: tree[bundle] });
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#i2').evaluate((one) => one.matches(':focus'))).toBe(true);
  });

  it('opens it in the feed where the page has one', async () => {
    const { page } = await opened({
      tree: listTree(),
      body: tag() + feedTag(),
      api: () => ({ status: 200, body: { rows: [], next: null, total: 0 } }),
    });
    const link = page.locator('.entry a').first();
    expect(await link.getAttribute('href')).toBe(`#sundial/${draw}/u01/2`);
    await link.click();
    await page.locator('sundial-feed sundial-diary .verify.ok').waitFor();
    expect(await page.locator('sundial-thread sundial-diary').count()).toBe(0);
  });

  it('without a name lists all, and each has an address of its own', async () => {
    const { page } = await opened({ tree: listTree(), body: tag('') });
    await page.getByRole('link', { name: '河西老桥加固' }).click();
    await page.getByText('5条，2个单位').waitFor();
    expect(await page.evaluate(() => location.hash)).toBe('#sundial/thread/old-bridge');
    await expect.poll(() => page.locator('.title').evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.getByRole('navigation', { name: '别的脉络' }).getByRole('link', { name: '夜市疏导' }).click();
    await page.getByText('这件事还没有公开的记录').waitFor();
    await page.goBack();
    await page.getByText('5条，2个单位').waitFor();
    await page.getByRole('link', { name: '全部脉络' }).click();
    await page.getByText('一件事，一条线').waitFor();
  });

  it('leaves the hash of a page that uses its own alone', async () => {
    const { page, site } = await opened({ tree: listTree(), body: tag('') });
    await page.goto(`${site.address}/#/news/7`);
    await page.getByRole('button', { name: '河西老桥加固' }).click();
    await page.getByText('5条，2个单位').waitFor();
    expect(await page.evaluate(() => location.hash)).toBe('#/news/7');
  });
});

describe('what is no content', () => {
  it('says which attribute is wrong', async () => {
    const { page } = await opened({ tree: listTree(), body: tag('thread="../index"') });
    await page.getByText('这个网页没有填对 thread').waitFor();
  });

  it('failed: says so, tells the page, and trying again works', async () => {
    const { page, site } = await opened({ tree: { 'index.json': indexOf() }, body: tag() }, {}, async (page) => {
      await page.addInitScript(() => {
        addEventListener('sundial:failed', (event) =>
          document.documentElement.setAttribute('data-code', String((event as CustomEvent).detail.code)),
        );
        addEventListener('sundial:ready', () => document.documentElement.setAttribute('data-ready', ''));
      });
    });
    await page.getByText('没有取到这条脉络。').waitFor();
    expect(await page.locator('html').getAttribute('data-code')).toBe('notThere');
    site.put({ 'thread/old-bridge.json': thread() });
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.locator('.entry').first().waitFor();
    expect(await page.locator('html').getAttribute('data-ready')).toBe('');
  });

  it('an entry of an unknown shape does not spoil the others', async () => {
    const files = { 'thread/old-bridge.json': { ...thread(), newest: [{ draw: 7 }, ...bridge.slice(0, 3)] } };
    const { page } = await opened({ tree: listTree(files), body: tag() });
    await page.locator('.entry').first().waitFor();
    expect(await page.locator('.entry').count()).toBe(3);
  });

  it('offline: what was read stays', async () => {
    const { page, context } = await opened({ tree: listTree(), body: tag() });
    await page.locator('.entry').first().waitFor();
    await context.setOffline(true);
    await page.getByText(/网络断了，您看到的是 \d\d:\d\d 存下的版本。/).waitFor();
    expect(await page.locator('.entry').count()).toBe(3);
    await context.setOffline(false);
    await expect.poll(() => page.getByText('网络断了').count()).toBe(0);
  });
});

describe('everybody', () => {
  it('reads a thread in Chinese', () => expectForEverybody({ tree: listTree(), body: tag() }, '.entry'));
  it('reads a thread in English', async () => {
    await expectForEverybody({ tree: listTree(), body: tag('thread="old-bridge" lang="en"'), lang: 'en' }, '.entry');
  });
  it('reads the list of threads, also where the editor strips unknown elements', () =>
    expectForEverybody(
      { tree: listTree(), body: '<main><h1>脉络</h1><div data-sundial="thread" data-src="/public/"></div></main>' },
      '.all li',
    ));
});
