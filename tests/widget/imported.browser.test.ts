/** What was brought in from older records: read like a diary, marked as not sealed everywhere, never checked and never ticked. */
import { describe, expect, it } from 'vitest';
import type { ImportedBundle } from '../../shared/api/published.ts';
import { findingsOf, tooWide } from '../fixtures/page-checks.ts';
import { openPage, withBrowser } from './browser.ts';
import { openSite } from './site.ts';
import { card, diaryTag, draw, feedTag, indexOf, treeWith, unit, vectors } from './vector-tree.ts';

const sites = withBrowser();

const old = 'i-archive-2013-w14';
const imported = {
  source: 'archive',
  name: { zh: '镇档案室日志摘抄', en: 'Log of the archive' },
  address: 'https://archive.example/2013',
  licence: '政府信息公开',
  at: 1_795_572_000,
};
const bundle: ImportedBundle = {
  v: 1,
  want: { draw: old, unit },
  imported,
  diary: {
    week: '2013-W14',
    zone: 'Asia/Shanghai',
    items: [
      {
        kind: 'entry',
        day: '2013-04-02',
        start: '2013-04-02T09:00',
        end: '2013-04-02T11:30',
        category: 'meeting',
        item: { text: '开春耕会  <b>两个村</b>', place: '镇礼堂' },
      },
      { kind: 'entry', day: '2013-04-03', start: '2013-04-03T14:00', item: { text: '走访三户' } },
      { kind: 'entry', day: '2013-04-03', item: { text: '接电话' } },
      { kind: 'entry', item: { text: '这一周雨多', detail: '水位记在另一本' } },
    ],
  },
};
const texts = ['开春耕会  <b>两个村</b>', '走访三户', '接电话', '这一周雨多'];
const tree = treeWith(vectors.base, {
  'index.json': indexOf({
    feed: { pages: 1, total: 2, newest: 0 },
    newest: [
      card(),
      card({ draw: old, title: null, opening: null, week: '2013-W14', themes: [], threads: [], imported }),
    ],
  }),
  [`draw/${old}/${unit}.json`]: bundle,
});
const oldTag = (more = ''): string => diaryTag(more).replace(`draw="${draw}"`, `draw="${old}"`);

async function opened(body: string, options: Parameters<typeof openPage>[0] = {}) {
  const site = await openSite({ tree, body: `<main><h1>晴湖新区</h1>${body}</main>` });
  sites.push(site);
  const { page, errors } = await openPage(options);
  const told: string[] = [];
  await page.exposeFunction('heard', (name: string) => told.push(name));
  await page.addInitScript(() => {
    for (const name of ['sundial:ready', 'sundial:verified', 'sundial:failed'])
      addEventListener(name, () => Reflect.get(window, 'heard')(name));
  });
  await page.goto(site.address);
  return { site, page, errors, told };
}

describe('a diary from older records', () => {
  it('is shown word for word under a dashed mark, with its source, and nothing is checked', async () => {
    const { site, page, errors, told } = await opened(oldTag());
    await page.locator('.text').first().waitFor();
    expect(await page.locator('.text').allTextContents()).toEqual(texts);
    expect(await page.locator('details.verify').getAttribute('class')).toBe('verify off');
    await page.getByText('从旧记录导入，未经封存').first().waitFor();
    await page.getByText('没有本人签名，不在存证日志里').waitFor();
    expect(await page.getByRole('link', { name: imported.name.zh }).getAttribute('href')).toBe(imported.address);
    expect(await page.locator('.entry .when').allInnerTexts()).toEqual([
      expect.stringContaining('09:00–11:30'),
      expect.stringContaining('14:00'),
      expect.stringContaining('未记时间'),
      expect.stringContaining('未记时间'),
    ]);
    // 09:00 to 11:30 is the only span.
    expect(await page.getByRole('img', { name: /^当日时段/ }).count()).toBe(1);
    expect(await page.locator('.hours strong').textContent()).toMatch(/^2\s*小时\s*30\s*分$/);
    expect(await page.getByRole('button', { name: /留言/ }).count()).toBe(0);
    expect(site.asked).toEqual([]);
    expect({ told, errors, violations: site.violations }).toEqual({
      told: ['sundial:ready'],
      errors: [],
      violations: [],
    });
  });

  it('opens in the list like any other, and back leads to its title', async () => {
    const { page, errors } = await opened(feedTag());
    const last = page.locator('.card').nth(1);
    expect(await last.textContent()).toContain('从旧记录导入，未经封存');
    await last.getByRole('link').first().click();
    await page.locator('sundial-diary details.verify.off').waitFor();
    expect(await page.evaluate(() => location.hash)).toBe(`#sundial/${old}/${unit}`);
    await page.getByRole('button', { name: '返回列表' }).click();
    await expect
      .poll(() =>
        last
          .getByRole('link')
          .first()
          .evaluate((one) => one.matches(':focus')),
      )
      .toBe(true);
    expect(errors).toEqual([]);
  });

  it('cannot be what a drawn diary says it is: without its seal that one fails', async () => {
    const site = await openSite({ tree: { ...tree, [`draw/${draw}/${unit}.json`]: bundle }, body: diaryTag() });
    sites.push(site);
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('details.verify.bad').waitFor();
    expect(await page.getByText('未经封存').count()).toBe(0);
  });

  it('is for everybody, wide and narrow, in the light and in the dark', async () => {
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [320, 'dark'],
    ] as const) {
      const { page } = await opened(oldTag(), { viewport: { width, height: 800 }, colorScheme });
      await page.locator('.text').first().waitFor();
      expect(await findingsOf(page)).toMatchObject({ failed: [] });
      expect(await tooWide(page)).toEqual([]);
    }
  });
});
