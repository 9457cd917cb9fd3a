import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { openSite, type Site, type SiteOptions } from './site.ts';
import { card, draw, feedTag, indexOf, treeWith, vectors } from './vector-tree.ts';
import { voices } from './voices.ts';

const sites = withBrowser();

async function siteWith(options: Partial<SiteOptions> & Pick<SiteOptions, 'tree'>): Promise<Site> {
  const site = await openSite({
    body: feedTag(),
    api: () => ({ status: 200, body: { rows: [], next: null, total: 0 } }),
    ...options,
  });
  sites.push(site);
  return site;
}

/** `n` diaries in order of publication, the newest drawn as the vectors' one. */
const cards = (n: number) =>
  Array.from({ length: n }, (_, at) =>
    card({
      draw: at === n - 1 ? draw : `d-2025-w${String((at % 52) + 1).padStart(2, '0')}`,
      unit: at === n - 1 ? 'u01' : `u${at}`,
      title: `第${at + 1}篇`,
    }),
  );

function feedTree(n: number) {
  const rows = cards(n);
  const pages = Array.from({ length: Math.ceil(n / 20) }, (_, page) => rows.slice(page * 20, page * 20 + 20));
  return treeWith(vectors.base, {
    'index.json': indexOf({
      feed: { pages: pages.length, total: n, newest: pages.length - 1 },
      newest: [...rows].reverse().slice(0, 20),
    }),
    ...Object.fromEntries(pages.map((page, at) => [`feed/${at}.json`, { v: 1, page: at, rows: page }])),
  });
}

describe('the list', () => {
  it('is newest first and appends older pages without doubling any', async () => {
    const site = await siteWith({ tree: feedTree(47) });
    const { page, errors } = await openPage();
    await page.goto(site.address);
    const titles = () => page.locator('.card h3').allTextContents();
    await page.locator('.card').first().waitFor();
    expect(await titles()).toEqual(Array.from({ length: 20 }, (_, at) => `第${47 - at}篇`));
    await page.getByRole('button', { name: '看更早的' }).click();
    await expect.poll(async () => (await titles()).length).toBe(27);
    await page.getByRole('button', { name: '看更早的（已列27篇，共47篇）' }).click();
    await expect.poll(async () => (await titles()).length).toBe(47);
    expect(new Set(await titles()).size).toBe(47);
    expect(await titles()).toEqual(Array.from({ length: 47 }, (_, at) => `第${47 - at}篇`));
    await page.getByText('共47篇，都在这里了。').waitFor();
    expect(errors).toEqual([]);
  });

  it('a page that does not come leaves the list and can be asked for again', async () => {
    const tree = feedTree(25);
    const site = await siteWith({ tree: { ...tree, 'feed/0.json': null } });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '看更早的' }).click();
    await page.getByText('没有取到更早的').waitFor();
    expect(await page.locator('.card').count()).toBe(20);
    site.put({ 'feed/0.json': tree['feed/0.json'] });
    await page.getByRole('button', { name: '看更早的' }).click();
    await expect.poll(() => page.locator('.card').count()).toBe(25);
  });

  it('one bad row does not spoil the others', async () => {
    const site = await siteWith({
      tree: treeWith(vectors.base, {
        'index.json': { ...indexOf(), newest: [{ draw: 7, title: null }, card()] },
      }),
    });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('.card').waitFor();
    expect(await page.locator('.card').count()).toBe(1);
  });
});

describe('a diary opens in place', () => {
  it('with an address of its own, and back is where the reader was', async () => {
    const site = await siteWith({ tree: feedTree(20) });
    const { page } = await openPage();
    await page.goto(site.address);
    const link = page.getByRole('link', { name: '第20篇' });
    await link.waitFor();
    await page.evaluate(() => scrollTo(0, 300));
    await link.focus();
    const before = await page.evaluate(() => scrollY);
    await page.keyboard.press('Enter');
    await page.locator('.verify.ok').waitFor();
    expect(await page.evaluate(() => location.hash)).toBe(`#sundial/${draw}/u01`);
    await page.getByRole('button', { name: '返回列表' }).click();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('');
    await expect.poll(() => link.evaluate((one) => one.matches(':focus'))).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBe(before);
    await page.goForward();
    await page.locator('.verify.ok').waitFor();
    await page.goBack();
    await link.waitFor();
  });

  it('or says that it does not come, with the keyboard on the button that asks again, and then on its title', async () => {
    const tree = feedTree(20);
    const bundle = `draw/${draw}/u01.json`;
    const site = await siteWith({ tree: { ...tree, [bundle]: null } });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('link', { name: '第20篇' }).press('Enter');
    const again = page.getByRole('button', { name: '再试一次' });
    await again.waitFor();
    await expect.poll(() => again.evaluate((one) => one.matches(':focus'))).toBe(true);
    site.put({ [bundle]: tree[bundle] });
    await page.keyboard.press('Enter');
    const title = page.locator('sundial-diary .title');
    await title.waitFor();
    await expect.poll(() => title.evaluate((one) => one.matches(':focus'))).toBe(true);
  });

  it('never takes the keyboard from where the reader has gone meanwhile', async () => {
    const tree = feedTree(20);
    const bundle = `draw/${draw}/u01.json`;
    const site = await siteWith({ tree: { ...tree, [bundle]: null }, body: `${feedTag()}<input id="other">` });
    const { page, context } = await openPage();
    await page.goto(site.address);
    await page.getByRole('link', { name: '第20篇' }).press('Enter');
    await page.getByRole('button', { name: '再试一次' }).waitFor();
    await page.locator('#other').focus();
    site.put({ [bundle]: tree[bundle] });
    await context.setOffline(true);
    await context.setOffline(false);
    await page.locator('.verify.ok').waitFor();
    expect(await page.locator('#other').evaluate((one) => one.matches(':focus'))).toBe(true);
  });

  it('by its address at once', async () => {
    const site = await siteWith({ tree: feedTree(20) });
    const { page } = await openPage();
    await page.goto(`${site.address}/#sundial/${draw}/u01/2`);
    await page.locator('.verify.ok').waitFor();
    await expect.poll(() => page.locator('#i2').evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.getByRole('button', { name: '返回列表' }).click();
    await page.locator('.card').first().waitFor();
  });

  it('whose parts the page styles as those of a diary by itself', async () => {
    const parts = [
      'title',
      'verification',
      'hours',
      'day',
      'entry',
      'withheld',
      'comments',
      'comment',
      'state',
      'picture',
    ];
    const head = parts.map((part) => `sundial-feed::part(${part}) { outline: 3px solid }`).join();
    const api = () => ({ status: 200, body: { rows: voices, next: null, total: voices.length, byItem: {} } });
    const site = await siteWith({ tree: feedTree(20), head: head.replaceAll('},', '}'), api });
    const { page } = await openPage();
    await page.goto(`${site.address}/#sundial/${draw}/u01`);
    await page.locator('.comment').first().waitFor();
    for (const part of parts)
      await expect
        .poll(() =>
          page
            .locator(`[part~="${part}"]`)
            .first()
            .evaluate((one) => getComputedStyle(one).outlineWidth),
        )
        .toBe('3px');
  });

  it('without touching the hash of a page that uses its own', async () => {
    const site = await siteWith({ tree: feedTree(20) });
    const { page } = await openPage();
    await page.goto(`${site.address}/#/news/7`);
    const link = page.getByRole('link', { name: '第20篇' });
    expect(await link.getAttribute('href')).toContain(`/public/d/${draw}/u01.html`);
    await link.click();
    await page.locator('.verify.ok').waitFor();
    expect(await page.evaluate(() => location.hash)).toBe('#/news/7');
    await page.getByRole('button', { name: '返回列表' }).click();
    await link.waitFor();
  });
});

describe('four looks that are no content', () => {
  it('empty: says what comes next', async () => {
    const empty = indexOf({
      newest: [],
      feed: { pages: 0, total: 0, newest: null },
      draws: [{ draw, week: '2026-W47', stage: 'frozen' }],
    });
    const site = await siteWith({ tree: { 'index.json': empty } });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByText('还没有晒出的日记').waitFor();
    await page.getByText('2026年第47周的名单已经锁定，抽中的当天公开。').waitFor();
  });

  it('failed: says so, and trying again works', async () => {
    const site = await siteWith({ tree: {} });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByText('没有取到日记。').waitFor();
    site.put(feedTree(3));
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.locator('.card').first().waitFor();
  });

  it('failed: from a server that takes the question and never answers, and from one that breaks off', async () => {
    let silent = '/public/index.json';
    const site = await siteWith({
      tree: feedTree(25),
      serve: (path, response) => {
        if (path !== silent) return false;
        if (path.includes('feed/')) response.writeHead(200, { 'content-type': 'application/json' }).write('{"v":1,');
        return true;
      },
    });
    const { page } = await openPage();
    await page.clock.install();
    await page.goto(site.address);
    await page.locator('sundial-feed .bones').waitFor({ state: 'attached' });
    await page.clock.fastForward(31_000);
    await page.getByText('没有取到日记。').waitFor();
    silent = '/public/feed/0.json';
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByRole('button', { name: '看更早的' }).click();
    await page.getByRole('button', { name: '正在读取' }).waitFor();
    await page.waitForTimeout(300); // what there is of the answer has come
    await page.clock.fastForward(31_000);
    await page.getByText('没有取到更早的').waitFor();
    silent = '';
    await page.getByRole('button', { name: '看更早的' }).click();
    await expect.poll(() => page.locator('.card').count()).toBe(25);
  });

  it('loading: stays as long as something comes, however slowly', async () => {
    const index = JSON.stringify(feedTree(3)['index.json']);
    let more = (): void => {};
    const site = await siteWith({
      tree: feedTree(3),
      serve: (path, response) => {
        if (path !== '/public/index.json') return false;
        response.writeHead(200, { 'content-type': 'application/json' });
        const part = Math.ceil(index.length / 4);
        let at = 0;
        more = () => {
          response.write(index.slice(at, at + part));
          at += part;
          if (at >= index.length) response.end();
        };
        more();
        return true;
      },
    });
    const { page } = await openPage();
    await page.clock.install();
    await page.goto(site.address);
    for (let n = 0; n < 3; n += 1) {
      await page.waitForTimeout(200);
      await page.clock.fastForward(20_000);
      more();
    }
    await page.locator('.card').first().waitFor();
  });

  it('loading: shows what the page put into the element until the list is there', async () => {
    const site = await siteWith({
      tree: feedTree(3),
      body: feedTag().replace('></', '><p>正在从服务器取日记</p></'),
      delay: () => 500,
    });
    const { page } = await openPage();
    await page.goto(site.address);
    expect(await page.getByText('正在从服务器取日记').isVisible()).toBe(true);
    await page.locator('.card').first().waitFor();
    expect(await page.getByText('正在从服务器取日记').isVisible()).toBe(false);
  });

  it('offline: what was read stays, with the time of the copy', async () => {
    const site = await siteWith({ tree: feedTree(3), cache: 'max-age=600' });
    const { page, context } = await openPage();
    await page.goto(site.address);
    await page.getByRole('link', { name: '第3篇' }).click();
    await page.locator('.verify.ok').waitFor();
    await page.getByRole('button', { name: '返回列表' }).click();
    await context.setOffline(true);
    await page
      .getByText(/网络断了，您看到的是 \d\d:\d\d 存下的版本。/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: '第3篇' }).click();
    await page.locator('.text').first().waitFor();
    await context.setOffline(false);
    await expect.poll(() => page.getByText('网络断了').count()).toBe(0);
  });

  it('begun offline it shows the copy of the browser, and what is new as soon as the network is back', async () => {
    const site = await siteWith({ tree: feedTree(3), cache: 'max-age=0' });
    const { page, context } = await openPage();
    await page.clock.install();
    await page.goto(site.address);
    await page.locator('.card').first().waitFor();
    await page.clock.fastForward(31_000);
    await context.setOffline(true);
    await page.evaluate(() => document.body.append(document.querySelector('sundial-feed')?.cloneNode(true) ?? ''));
    await page.locator('sundial-feed').nth(1).locator('.card').first().waitFor();
    await context.setOffline(false);
    await expect.poll(() => page.getByText('网络断了').count()).toBe(0);
  });
});
