import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser, stopBrowser } from './browser.ts';
import { closeAll, expectForEverybody, opened } from './list-page.ts';
import { listTree, rates } from './list-tree.ts';

beforeAll(startBrowser);
afterAll(stopBrowser);
afterEach(closeAll);

const tag = (more = ''): string =>
  `<main><h1>办理情况</h1><sundial-rates src="/public/" ${more}></sundial-rates></main>`;
const tree = (more: Parameters<typeof rates>[0] = {}) => listTree({ 'rates.json': rates(more) });

/** Name, what stands beside it, and the sentence of each figure. */
async function figuresOf(page: Page): Promise<Readonly<Record<string, readonly string[]>>> {
  await page.locator('.figure').first().waitFor();
  const rows = await page
    .locator('.figure')
    .evaluateAll((all) =>
      all.map((one) => [
        [...(one.querySelector('dt')?.childNodes ?? [])].find(({ nodeType }) => nodeType === 3)?.textContent ?? '',
        ...['dt .num', 'dd p'].map((at) => one.querySelector(at)?.textContent?.trim() ?? ''),
      ]),
    );
  return Object.fromEntries(rows.map(([name = '', ...rest]) => [name, rest]));
}

describe('the closed-loop figures', () => {
  // 11 of 12 is 91.666…, 7 of 11 is 63.636…, 4 of 5 is 80, 8 of 12 is 66.666….
  it('stand with part, whole and window; below five only the counts', async () => {
    const { page, errors, site } = await opened({ tree: tree(), body: tag() });
    expect(await figuresOf(page)).toEqual({
      响应率: ['91.7%', '到期该联系的12件，按时联系11件'],
      按时办结率: ['80%', '到期该答复的5件，按时答复4件'],
      闭环率: ['66.7%', '已过期限的12件，闭环8件'],
      回访率: ['91.7%', '问过的12件，答了的11件'],
      解决率: ['63.6%', '答了回访的11件，说解决了的7件'],
      满意率: ['不足5件，只列件数', '打了分的4件，4分以上3件'],
      重办率: ['还没有', '答复过的0件，重新办理0件'],
    });
    await page.getByText('2026年7月30日—2026年11月28日登记的工单12件；数字截至2026年11月28日 14:00。').waitFor();
    await page.getByText('不计入：转法定渠道1件，并案2件，未公开的留言5条。').waitFor();
    expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
  });

  it('closed and solved stand apart, under headings of their own', async () => {
    const { page } = await opened({ tree: tree(), body: tag() });
    await figuresOf(page);
    const side = (n: number) => page.locator('.sides section').nth(n);
    expect(await side(0).locator('h3').textContent()).toBe('办了没有');
    expect(await side(0).textContent()).toContain('闭环率');
    expect(await side(0).textContent()).not.toContain('解决率');
    expect(await side(1).textContent()).toContain('解决率');
    await page.getByText('办结不等于解决。').waitFor();
  });

  it('bars are as long as the figures say', async () => {
    const { page } = await opened({ tree: tree(), body: tag() });
    await figuresOf(page);
    const parts = await page.locator('.of').evaluateAll((all) =>
      all.map((one) => {
        const [whole, part] = [...one.querySelectorAll('rect')].map((rect) => rect.getBoundingClientRect().width);
        return Math.round(((part ?? 0) / (whole ?? 1)) * 100);
      }),
    );
    expect(parts).toEqual([92, 80, 67, 92, 64, 75, 0]);
  });

  it('the table says the same numbers, and how they are counted stands one tap away', async () => {
    const { page } = await opened({ tree: tree(), body: tag() });
    await page.getByText('用表格看').click();
    const rows = await page
      .locator('table')
      .first()
      .locator('tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
    expect(rows).toEqual([
      ['响应率', '11', '12', '91.7%'],
      ['按时办结率', '4', '5', '80%'],
      ['闭环率', '8', '12', '66.7%'],
      ['回访率', '11', '12', '91.7%'],
      ['解决率', '7', '11', '63.6%'],
      ['满意率', '3', '4', '–'],
      ['重办率', '0', '0', '–'],
    ]);
    await page.getByText('怎么算的').click();
    await page.getByText('闭环率的分母是所有已过期限的工单').waitFor();
    await page.getByText('按承办单位').click();
    expect(await page.locator('.wide tbody tr').textContent()).toContain('柳湾镇');
  });

  it('of a quarter are chosen by keyboard', async () => {
    const { page } = await opened({ tree: tree(), body: tag() });
    const select = page.getByLabel('登记时间');
    expect(await select.locator('option').allInnerTexts()).toEqual(['全部', '2026年第4季度', '2026年第3季度']);
    await select.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByText('2026年10月1日—2026年12月31日登记的工单3件').waitFor();
    expect((await figuresOf(page)).响应率).toEqual(['不足5件，只列件数', '到期该联系的3件，按时联系2件']);
  });

  it('of one unit alone, where the page names it', async () => {
    const { page } = await opened({ tree: tree(), body: tag('unit=" u01 "') });
    expect((await figuresOf(page)).解决率).toEqual(['63.6%', '答了回访的11件，说解决了的7件']);
    expect(await page.locator('header').textContent()).toContain('柳湾镇');
    expect(await page.getByText('按承办单位').count()).toBe(0);
    const other = await opened({ tree: tree(), body: tag('unit="u05"') });
    await other.page.getByText('晴湖港集团还没有工单').waitFor();
  });
});

describe('what is no content', () => {
  it('before the first ticket says so', async () => {
    const { page } = await opened({ tree: tree({ whole: null, quarters: [] }), body: tag() });
    await page.getByText('还没有工单').waitFor();
  });

  it('a server that answers nonsense, and trying again', async () => {
    const { page, site } = await opened({ tree: listTree({ 'rates.json': { whole: 7 } }), body: tag() });
    await page.getByText('没有取到办理情况。').waitFor();
    await page.getByText('服务器给的内容不完整。').waitFor();
    site.put({ 'rates.json': rates() });
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.locator('.figure').first().waitFor();
  });

  it('an attribute that cannot be is named', async () => {
    const { page } = await opened({ tree: tree(), body: tag('unit="柳湾"') });
    await page.getByText('这个网页没有填对 unit').waitFor();
  });
});

describe('everybody', () => {
  it('reads them in Chinese', () => expectForEverybody({ tree: tree(), body: tag() }, '.figure'));
  it('reads them in English', () =>
    expectForEverybody({ tree: tree(), body: tag('lang="en"'), lang: 'en' }, '.figure'));
});
