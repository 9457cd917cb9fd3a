import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { freeBundle } from './free-diary.ts';
import { openSite, type SiteOptions } from './site.ts';
import { diaryTag, draw, feedTag, indexOf, treeWith, unit, vectors } from './vector-tree.ts';

const sites = withBrowser();

const bridge = { id: 'old-bridge', name: '河西老桥加固' };
const entry = (day: string, text: string, more = {}) => ({
  kind: 'entry',
  day,
  start: `${day}T09:00`,
  end: `${day}T10:00`,
  text,
  ...more,
});

/** The week of 16 to 22 November 2026: Monday a holiday here, Saturday a workday that makes up for it. */
const bundle = freeBundle([
  { kind: 'title', text: '桥这头' },
  entry('2026-11-16', '街道周例会，看老桥', { threads: [bridge] }),
  entry('2026-11-17', '再开周例会', { threads: [bridge] }),
  entry('2026-11-21', '补班'),
  entry('2026-11-22', '周日值守'),
  entry('2026-11-10', '补记的一条', { lateFor: '2026-W46' }),
  { kind: 'review', text: '这一周值得。' },
  entry('2026-11-22', '应为两趟', { corrects: { item: 3, seal: 'A'.repeat(43) } }),
  entry('2026-11-22', '应为三户', { corrects: { item: 9, seal: 'B'.repeat(43) } }),
]);
const at = (week: string, more = {}) => ({ draw: `d-2026-w${week}`, unit, week: `2026-W${week}`, ...more });
const beside = {
  v: 1,
  previous: at('40'),
  next: at('49'),
  threads: [{ thread: 'old-bridge', previous: at('40', { item: 3 }), next: at('49', { item: 5 }) }],
  related: [
    { item: 5, as: 'lateFor', at: at('46', { item: null }) },
    { item: 7, as: 'corrects', at: at('44', { item: 3 }) },
    { item: 2, as: 'correctedBy', at: at('49', { item: 7 }) },
    { item: null, as: 'lateIn', at: at('49', { item: 8 }) },
  ],
};
const files = {
  'index.json': indexOf({
    glossary: [{ words: ['工作例会', '周例会'], says: '按周固定召开的部门会议' }],
    calendar: { holidays: ['2026-11-16'], makeUpWorkdays: ['2026-11-21'] },
  }),
  [`beside/${draw}/${unit}.json`]: beside,
};

async function opened(options: Partial<SiteOptions> = {}, hash = '', context = {}) {
  const site = await openSite({ tree: treeWith(bundle, files), body: diaryTag(), ...options });
  sites.push(site);
  const { page, errors, context: browser } = await openPage(context);
  await page.goto(site.address + hash);
  await page.locator('sundial-diary .text, .card').first().waitFor();
  return { site, page, errors, browser };
}

const hrefs = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((all) => all.map((one) => one.getAttribute('href')));

describe('from a diary on', () => {
  it("leads to the leader's diaries before and after, and a thread's entry before and after in one step", async () => {
    const { page } = await opened({ body: feedTag() }, `/#sundial/${draw}/${unit}`);
    expect(await hrefs(page, '.ways a')).toEqual([`#sundial/d-2026-w40/${unit}`, `#sundial/d-2026-w49/${unit}`]);
    expect(await hrefs(page, '#i1 .chips .arrow')).toEqual([
      `#sundial/d-2026-w40/${unit}/3`,
      `#sundial/${draw}/${unit}/2`,
    ]);
    expect(await hrefs(page, '#i2 .chips .arrow')).toEqual([
      `#sundial/${draw}/${unit}/1`,
      `#sundial/d-2026-w49/${unit}/5`,
    ]);
    await page.getByRole('link', { name: '河西老桥加固，上一次：2026年第40周' }).waitFor();
  });

  it('a diary opened from a diary still leads back to the list, and the browser back to the diary before', async () => {
    const { page, site } = await opened({ body: feedTag() });
    site.put({ [`draw/d-2026-w40/${unit}.json`]: freeBundle([{ kind: 'title', text: '更早的一篇' }], '2026-W40') });
    await page.getByRole('link', { name: '桥这头,桥那头' }).click();
    await page.locator('.ways a').first().click();
    await page.getByRole('heading', { name: '更早的一篇' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: '桥这头', exact: true }).waitFor();
    await page.goForward();
    await page.getByRole('heading', { name: '更早的一篇' }).waitFor();
    await page.getByRole('button', { name: '返回列表' }).click();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('');
    await page.locator('.card').first().waitFor();
  });

  it('without that file the diary is whole, and nothing leads nowhere', async () => {
    const { page, errors } = await opened({
      tree: treeWith(bundle, { ...files, [`beside/${draw}/${unit}.json`]: null }),
    });
    expect(await page.locator('sundial-diary .text').count()).toBe(8);
    expect(await page.locator('.ways').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('a file that hangs does not hold the text back', async () => {
    const begun = Date.now();
    const { page } = await opened({ delay: (path) => (path.startsWith('beside/') ? 20_000 : 0) });
    expect(Date.now() - begun).toBeLessThan(15_000);
    expect(await page.locator('sundial-diary .text').count()).toBe(8);
  });
});

describe('corrections and late entries', () => {
  it('point both ways: a late entry to its week, a correction to what it corrects, that to the correction, a week to what was added later', async () => {
    const { page } = await opened({ body: feedTag() }, `/#sundial/${draw}/${unit}`);
    const tags = (selector: string) =>
      page
        .locator(`${selector} a.tag`)
        .evaluateAll((all) => all.map((one) => [one.textContent, one.getAttribute('href')]));
    expect(await tags('#i5')).toEqual([['补录2026年第46周', `#sundial/d-2026-w46/${unit}`]]);
    expect(await tags('#i2')).toEqual([['已更正，见2026年第49周', `#sundial/d-2026-w49/${unit}/7`]]);
    expect(await tags('#i7')).toEqual([['更正2026年第44周', `#sundial/d-2026-w44/${unit}/3`]]);
    // What it corrects was never published.
    expect(await page.locator('#i8 .tag').allTextContents()).toEqual(['更正此前封存的一条']);
    expect(await tags('.late')).toEqual([['见2026年第49周', `#sundial/d-2026-w49/${unit}/8`]]);
    expect(await page.locator('.late').textContent()).toContain('这一周后来补录了1条');
  });
});

describe('days', () => {
  it('a public holiday is marked, a weekend too, and a Saturday that is worked for a holiday is neither', async () => {
    const { page } = await opened();
    const names = await page.locator('.day-head h3').allTextContents();
    expect(names.slice(0, 4)).toEqual(['11月16日周一 · 节假日', '11月17日周二', '11月21日周六', '11月22日周日 · 周末']);
  });
});

describe('the address of an entry', () => {
  it('is copied and stands in the bar by one press, and opens at that entry', async () => {
    const { page, site } = await opened({}, '', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('link', { name: '11月17日 09:00–10:00，这一条的地址' }).click();
    const address = `${site.address}/#sundial/${draw}/${unit}/2`;
    expect(page.url()).toBe(address);
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(address);
    await page.getByText('地址已复制').waitFor({ state: 'attached' });
    expect(await page.locator('#i2').evaluate((one) => one.matches(':focus'))).toBe(true);
    const other = await openPage();
    await other.page.goto(address);
    await expect.poll(() => other.page.locator('#i2').evaluate((one) => one.matches(':focus'))).toBe(true);
  });

  it('followed inside the page it goes there again', async () => {
    const { page } = await opened();
    await page.evaluate((to) => {
      location.hash = to;
    }, `#sundial/${draw}/${unit}/4`);
    await expect.poll(() => page.locator('#i4').evaluate((one) => one.matches(':focus'))).toBe(true);
  });

  it('in a page with a router of its own it is the plain page', async () => {
    const { page, site } = await opened({}, '/#/news');
    expect(await hrefs(page, '#i2 .when .arrow')).toEqual([`${site.address}/public/d/${draw}/${unit}.html#item-2`]);
  });
});

describe('words of the term base', () => {
  it('are explained by a press or by the keyboard, once in a diary, and the text stays what was signed', async () => {
    const { page } = await opened();
    const term = page.getByRole('button', { name: '周例会' });
    expect(await term.count()).toBe(1);
    await term.click();
    const note = page.locator('.note');
    expect(await note.textContent()).toBe('工作例会按周固定召开的部门会议');
    expect(await page.locator('#i1 .text').textContent()).toBe('街道周例会，看老桥');
    await term.press('Enter');
    expect(await note.count()).toBe(0);
    await term.press(' ');
    expect(await note.count()).toBe(1);
    expect(await term.getAttribute('aria-expanded')).toBe('true');
  });
});

describe('on paper', () => {
  it('has the source, no controls, and every text', async () => {
    const { page, site } = await opened();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.source').isVisible()).toBe(true);
    expect(await page.locator('.source').textContent()).toContain(
      `出处：晴湖新区，${site.address}/public/d/${draw}/${unit}.html`,
    );
    for (const control of ['.arrow', '.speak', '.ways'])
      expect(await page.locator(control).first().isVisible()).toBe(false);
    expect(await page.locator('sundial-diary .text:visible').count()).toBe(8);
  });
});

describe('for everyone', () => {
  const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
  it.each([
    [320, 'zh-CN', 'light'],
    [1200, 'en', 'dark'],
  ] as const)(
    '%i px, %s, %s: axe finds nothing, nothing stands out, every target has 24 px',
    async (width, lang, colorScheme) => {
      const { page } = await opened(
        {
          lang,
          head: `html { color-scheme: ${colorScheme}; background: ${colorScheme === 'dark' ? '#17181a' : '#fff'}; }`,
          policy: "default-src 'self' 'unsafe-inline' 'unsafe-eval'",
        },
        '',
        { viewport: { width, height: 900 }, colorScheme },
      );
      await page.locator('dfn').first().click();
      await page.locator('details.verify:not(.idle)').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      const small = await page.locator('.arrow:visible').evaluateAll(
        (all) =>
          all.filter((one) => {
            const { width: wide, height } = one.getBoundingClientRect();
            return wide < 24 || height < 24;
          }).length,
      );
      expect(small).toBe(0);
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await Reflect.get(window, 'axe').run('sundial-diary');
        return violations.map((one: { id: string; nodes: { html: string }[] }) => [one.id, one.nodes[0]?.html]);
      });
      expect(found).toEqual([]);
    },
  );

  it('the signed vectors with what lies around them move nothing while they come', async () => {
    const { page } = await opened(
      {
        tree: treeWith(vectors.base, { ...files, [`beside/${draw}/${unit}.json`]: beside }),
        delay: (path) => (path === 'checkpoint' ? 500 : 0),
      },
      '',
      { viewport: { width: 360, height: 900 } },
    );
    await page.evaluate(() => {
      Reflect.set(window, 'shift', 0);
      new PerformanceObserver((list) => {
        for (const one of list.getEntries())
          Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(one, 'value'));
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.locator('details.verify:not(.idle)').waitFor();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBe(0);
  });
});
