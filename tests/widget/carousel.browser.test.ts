import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser, stopBrowser } from './browser.ts';
import { closeAll, expectForEverybody, opened } from './list-page.ts';
import { card, draw, feedTag, indexOf, treeWith, vectors } from './vector-tree.ts';

beforeAll(startBrowser);
afterAll(stopBrowser);
afterEach(closeAll);

const titles = ['桥这头,桥那头', '账要一笔笔对', '章子走路，人不走路'];
const openings = ['短', '这一周桥占了一半时间。'.repeat(4), null];

const tree = (n = titles.length) =>
  treeWith(vectors.base, {
    'index.json': indexOf({
      newest: titles
        .slice(0, n)
        .map((title, at) => card({ title, opening: openings[at] ?? null, unit: `u0${at + 1}` })),
    }),
  });

const tag = (more = ''): string =>
  `<main><h1>日记</h1><sundial-carousel src="/public/" ${more}></sundial-carousel><p id="below"><a href="#x">后面</a></p></main>`;

/** A page whose clock only moves when the test says so. */
async function still(body = tag(), context: Parameters<typeof opened>[1] = {}, files = tree()) {
  const all = await opened({ tree: files, body }, context, async (page) => {
    await page.clock.install({ time: '2026-11-28T06:00:00Z' });
    await page.clock.pauseAt('2026-11-28T06:00:01Z');
  });
  await all.page.locator('.slide.on').waitFor();
  return all;
}

const seen = (page: Page): Promise<string | null> => page.locator('.slide.on h3').textContent();
const pass = (page: Page, seconds: number): Promise<void> => page.clock.runFor(seconds * 1000);

describe('the newest diaries in rotation', () => {
  it('each stays for eight seconds, then the next, and after the last the first', async () => {
    const { page, errors, site } = await still();
    expect(await seen(page)).toBe(titles[0]);
    await pass(page, 7.9);
    expect(await seen(page)).toBe(titles[0]);
    await pass(page, 0.2);
    expect(await seen(page)).toBe(titles[1]);
    await pass(page, 16);
    expect(await seen(page)).toBe(titles[0]);
    expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
  });

  it('stands still under the pointer and goes on when it leaves', async () => {
    const { page } = await still();
    await page.locator('.slide.on').hover();
    await pass(page, 60);
    expect(await seen(page)).toBe(titles[0]);
    await page.mouse.move(5, 880);
    await pass(page, 8.1);
    expect(await seen(page)).toBe(titles[1]);
  });

  it('its own button stops it and starts it again', async () => {
    const { page } = await still();
    await page.getByRole('button', { name: '停止轮播' }).click();
    await page.mouse.move(5, 880);
    await pass(page, 60);
    expect(await seen(page)).toBe(titles[0]);
    await page.getByRole('button', { name: '开始轮播' }).click();
    await page.mouse.move(5, 880);
    await pass(page, 8.1);
    expect(await seen(page)).toBe(titles[1]);
  });

  it('stops when the keyboard comes in, and stays so until asked to go on', async () => {
    const { page } = await still();
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: '开始轮播' }).waitFor();
    await pass(page, 60);
    expect(await seen(page)).toBe(titles[0]);
    await page.keyboard.press('Enter');
    await pass(page, 8.1);
    expect(await seen(page)).toBe(titles[1]);
  });

  it('stands still while the page is hidden', async () => {
    const { page } = await still();
    const hide = (hidden: boolean) =>
      page.evaluate((is) => {
        Object.defineProperty(document, 'hidden', { value: is, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await hide(true);
    await pass(page, 60);
    expect(await seen(page)).toBe(titles[0]);
    await hide(false);
    await pass(page, 8.1);
    expect(await seen(page)).toBe(titles[1]);
  });

  it('never moves for who wants no motion: no button to stop, no fading, and the arrows turn at once', async () => {
    const { page } = await still(tag(), { reducedMotion: 'reduce' });
    await pass(page, 300);
    expect(await seen(page)).toBe(titles[0]);
    expect(await page.getByRole('button', { name: /轮播/ }).count()).toBe(0);
    expect(await page.locator('.slide.on').evaluate((one) => getComputedStyle(one).transitionDuration)).toBe('0s');
    await page.getByRole('button', { name: '下一篇' }).click();
    expect(await seen(page)).toBe(titles[1]);
  });

  it('begins to stand still when the reader asks for less motion while it turns', async () => {
    const { page } = await still();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(() => page.getByRole('button', { name: '停止轮播' }).count()).toBe(0);
    await pass(page, 60);
    expect(await seen(page)).toBe(titles[0]);
  });

  it('nothing below it moves when texts differ in length', async () => {
    const { page } = await still();
    const below = () => page.locator('#below').evaluate((one) => one.getBoundingClientRect().top);
    const before = await below();
    const tops = new Set<number>();
    for (let n = 0; n < 4; n += 1) {
      await pass(page, 8.1);
      tops.add(await below());
    }
    expect([...tops]).toEqual([before]);
  });

  it('nor when the diaries come: layout shift is 0 from the moment the element is there', async () => {
    for (const width of [1200, 360]) {
      const context = { viewport: { width, height: 900 } };
      const { page } = await opened({ tree: tree(2), body: tag(), delay: () => 900 }, context, async (page) => {
        await page.addInitScript(() => {
          const drawn = () => new Promise((done) => requestAnimationFrame(done));
          const observe = async () => {
            await customElements.whenDefined('sundial-carousel');
            await drawn();
            await drawn();
            new PerformanceObserver((list) => {
              const moved = list.getEntries().map((entry) => Number(Reflect.get(entry, 'value')));
              document.documentElement.setAttribute('data-shift', moved.join());
            }).observe({ type: 'layout-shift' });
            document.documentElement.setAttribute(
              'data-observed',
              String(document.querySelector('sundial-carousel')?.shadowRoot?.querySelector('.bones') != null),
            );
          };
          observe();
        });
      });
      await page.locator('.slide.on').waitFor();
      await page.getByRole('button', { name: '下一篇' }).click();
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect(await page.locator('html').getAttribute('data-observed')).toBe('true');
      expect(await page.locator('html').getAttribute('data-shift')).toBe(null);
    }
  });

  it('a page that leaves the element behind is asked nothing more of it', async () => {
    const { page, errors } = await still();
    await page.locator('sundial-carousel').evaluate((one) => one.remove());
    await pass(page, 60);
    expect(errors).toEqual([]);
  });
});

describe('turning it by hand', () => {
  it('goes both ways round, stays there, and says once where one is; turning by itself says nothing', async () => {
    const { page } = await still();
    const said = page.locator('sundial-carousel').getByRole('status');
    await pass(page, 8.1);
    expect(await said.textContent()).toBe('');
    await page.getByRole('button', { name: '上一篇' }).click();
    await page.getByRole('button', { name: '上一篇' }).click();
    expect(await seen(page)).toBe(titles[2]);
    expect(await said.textContent()).toBe(`第3篇，共3篇 · ${titles[2]}`);
    await page.getByRole('button', { name: '下一篇' }).click();
    expect(await seen(page)).toBe(titles[0]);
    await page.mouse.move(5, 880);
    await pass(page, 60);
    expect(await seen(page)).toBe(titles[0]);
  });

  it('a finger turns it, and going up or down does not', async () => {
    const { page, context } = await still(tag(), { hasTouch: true, viewport: { width: 360, height: 800 } });
    const device = await context.newCDPSession(page);
    const box = (await page.locator('.slide.on').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const swipe = async (dx: number, dy: number) => {
      const [x, y] = [box.x + box.width / 2, box.y + 60];
      const point = (part: number) => ({ x: x + dx * part, y: y + dy * part });
      await device.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point(0)] });
      for (const part of [0.3, 0.6, 1])
        await device.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point(part)] });
      await device.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await swipe(-120, 10);
    await expect.poll(() => seen(page)).toBe(titles[1]);
    await swipe(10, 90);
    expect(await seen(page)).toBe(titles[1]);
    await swipe(120, -10);
    await expect.poll(() => seen(page)).toBe(titles[0]);
  });

  it('readers of screens meet one diary, its place in the row, and named buttons; the keyboard meets no hidden link', async () => {
    const { page } = await still();
    const region = page.getByRole('region', { name: '新近晒出的日记' });
    expect(await region.getAttribute('aria-roledescription')).toBe('轮播');
    expect(await region.getByRole('link').allInnerTexts()).toEqual([titles[0]]);
    expect(await region.getByRole('group').first().getAttribute('aria-label')).toBe('第1篇，共3篇');
    const met: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      await page.keyboard.press('Tab');
      met.push(
        await page.evaluate(() => {
          const inside = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
          return inside?.getAttribute('aria-label') ?? inside?.textContent ?? '';
        }),
      );
    }
    expect(met).toEqual(['开始轮播', '上一篇', '下一篇', titles[0], '后面']);
  });

  it('its links open the diary in the feed of the page, else its plain page', async () => {
    const { page } = await still();
    expect(await page.locator('.slide.on a').getAttribute('href')).toMatch(new RegExp(`/public/d/${draw}/u01\\.html$`));
    const other = await opened({
      tree: tree(),
      body: tag('every="60"') + feedTag(),
      api: () => ({ status: 200, body: { rows: [], next: null, total: 0 } }),
    });
    await other.page.locator('.slide.on a').click();
    await other.page.locator('sundial-feed sundial-diary .verify.ok').waitFor();
    expect(await other.page.evaluate(() => location.hash)).toBe(`#sundial/${draw}/u01`);
  });
});

describe('what a webmaster says', () => {
  it('how many and how long, with blanks around', async () => {
    const { page } = await still(tag('count=" 2 " every=" 20 "'));
    expect(await page.locator('.slide').count()).toBe(2);
    await pass(page, 19.9);
    expect(await seen(page)).toBe(titles[0]);
    await pass(page, 0.2);
    expect(await seen(page)).toBe(titles[1]);
  });

  it('what cannot be is named', async () => {
    for (const [more, name] of [
      ['count="0"', 'count'],
      ['count="many"', 'count'],
      ['every="1"', 'every'],
    ] as const) {
      const { page } = await opened({ tree: tree(), body: tag(more) });
      await page.getByText(`这个网页没有填对 ${name}`).waitFor();
    }
  });

  it('one diary alone has nothing to turn, none says what comes', async () => {
    const { page } = await still(tag(), {}, tree(1));
    expect(await page.getByRole('button').count()).toBe(0);
    const empty = await opened({ tree: { 'index.json': indexOf({ newest: [] }) }, body: tag() });
    await empty.page.getByText('还没有晒出的日记').waitFor();
  });

  it('the index is asked for once by all elements of a page', async () => {
    let asked = 0;
    const delay = (path: string) => {
      if (path === 'index.json') asked += 1;
      return 0;
    };
    const { page } = await opened({ tree: tree(), body: tag() + feedTag() + tag(), delay });
    await page.locator('.slide.on').nth(1).waitFor();
    await page.locator('sundial-feed .card').first().waitFor();
    expect(asked).toBe(1);
  });

  it('on paper all of them stand below one another', async () => {
    const { page } = await still();
    await page.emulateMedia({ media: 'print' });
    const shown = await page.locator('.slide').evaluateAll((all) => all.map((one) => getComputedStyle(one).visibility));
    expect(shown).toEqual(['visible', 'visible', 'visible']);
    expect(await page.getByRole('button', { name: '下一篇' }).isVisible()).toBe(false);
  });
});

describe('everybody', () => {
  it('sees it in Chinese', () => expectForEverybody({ tree: tree(), body: tag() }, '.slide.on'));
  it('sees it in English', () => expectForEverybody({ tree: tree(), body: tag('lang="en"'), lang: 'en' }, '.slide.on'));
});
