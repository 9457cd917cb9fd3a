import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ReceiptView } from '../../shared/api/comments.ts';
import { receiptNumber } from '../../shared/feedback/receipt.ts';
import { startBrowser, stopBrowser } from './browser.ts';
import { closeAll, expectForEverybody, opened } from './list-page.ts';
import { listTree } from './list-tree.ts';
import { type Answered, type Asked, problem } from './site.ts';
import { draw, indexOf } from './vector-tree.ts';
import { receiptView, ticket } from './voices.ts';

beforeAll(startBrowser);
afterAll(stopBrowser);
afterEach(closeAll);

const number = receiptNumber(11);
const code = '7K3M0Q2VXW9A4T6B';
/** A day after the ticket of `voices.ts` was closed: 2 December 2026. */
const dayAfter = new Date(1_796_100_000_000 + 86_400_000);

const tag = (more = ''): string => `<main><h1>办理</h1><sundial-ticket src="/public/" ${more}></sundial-ticket></main>`;

/** A server that knows one receipt; `after` is what stands there once the reader has answered. */
const desk =
  (before: ReceiptView, after: ReceiptView = before) =>
  ({ method, path, headers }: Asked): Answered => {
    if (headers.authorization !== `Receipt ${number}.${code}`)
      return { status: 401, body: problem('RECEIPT_INVALID', 401) };
    return { status: 200, body: path === '/api/v1/receipt' && method === 'GET' ? before : after };
  };

async function lookUp(page: Page, as = '7k3m-0q2v xw9a-4t6b'): Promise<void> {
  await page.getByLabel('编号').fill(number);
  await page.getByLabel('口令').fill(as);
  await page.getByRole('button', { name: '查看' }).click();
}

const open = (before: ReceiptView, after?: ReceiptView, body = tag()) =>
  opened({ tree: listTree(), body, api: desk(before, after) }, {}, async (page) => {
    await page.clock.setFixedTime(dayAfter);
  });

describe('a case followed by its receipt', () => {
  it('shows where it stands, its course, the answer, and the diary it is about', async () => {
    const { page, site, errors } = await open(receiptView());
    await lookUp(page);
    const head = page.locator('.head');
    await expect.poll(() => head.evaluate((one) => one.matches(':focus'))).toBe(true);
    expect(await head.textContent()).toContain('已答复待回访');
    await page.getByText('夜里还是黑，请装两盏灯。').waitFor();
    await page.getByText('当面联系，问清是便桥北头').waitFor();
    await page.getByText('两盏灯已装好，12月1日晚起亮到天明。').waitFor();
    const about = page.getByRole('link', { name: '针对 柳湾镇 2026年第47周' });
    expect(await about.getAttribute('href')).toMatch(new RegExp(`/public/d/${draw}/u01\\.html#item-2$`));
    expect(site.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/receipt']);
    expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
  });

  it('the code is sent in the header alone and nothing is kept in the browser', async () => {
    const { page, site } = await open(receiptView());
    await lookUp(page);
    await page.locator('.head').waitFor();
    expect(site.asked[0]?.headers.authorization).toBe(`Receipt ${number}.${code}`);
    expect(JSON.stringify([site.asked.map(({ path, body }) => [path, body]), page.url()])).not.toContain(code);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  });

  it('says which field is wrong before anything is asked, and a refused receipt as the server does', async () => {
    const { page, site } = await open(receiptView());
    await page.getByRole('button', { name: '查看' }).click();
    await page.getByText('编号是9位数字，请对照回执再看一遍').waitFor();
    await lookUp(page, '7K3M');
    await page.getByText('口令是16位字母和数字，请对照回执再看一遍').waitFor();
    expect(site.asked).toEqual([]);
    await lookUp(page, '0000-0000-0000-0000');
    await page.getByText('编号或口令不对。请核对回执。').waitFor();
  });

  it('the follow-up is answered: solved or not, one to five, and words', async () => {
    const heard = receiptView({ ticket: ticket(), followUpAsked: false });
    const { page, site } = await open(receiptView(), heard);
    await lookUp(page);
    await page.getByRole('button', { name: '提交评价' }).click();
    await page.getByText('请先选解决了没有').waitFor();
    await page.getByLabel('解决了', { exact: true }).check();
    await page.getByRole('radio', { name: /^4/ }).check();
    await page.getByLabel('还想说什么（可不填）').fill('亮了');
    await page.getByRole('button', { name: '提交评价' }).click();
    await page.getByText('已收到您的评价。').waitFor();
    const sent = site.asked.at(-1);
    expect([sent?.method, sent?.path, sent?.body]).toEqual([
      'POST',
      '/api/v1/receipt/follow-up',
      { solved: true, rating: 4, words: '亮了' },
    ]);
    expect(await page.locator('.head').textContent()).toContain('已闭环');
  });

  it('a closed case can be opened again within 30 days, with words', async () => {
    const closed = receiptView({ ticket: ticket(), followUpAsked: false });
    const again = receiptView({ ticket: ticket({ state: 'reopened' }), followUpAsked: false });
    const { page, site } = await open(closed, again);
    await lookUp(page);
    await page.getByRole('button', { name: '没有解决，要求重新办理' }).click();
    await page.getByText('闭环或办结后30天内可以要求重新办理').waitFor();
    await page.getByLabel('还想说什么（可不填）').fill('又灭了一盏');
    await page.getByRole('button', { name: '没有解决，要求重新办理' }).click();
    await page.getByText('已收到您的评价。').waitFor();
    expect(site.asked.at(-1)?.body).toEqual({ solved: false, rating: null, words: '又灭了一盏' });
    expect(await page.locator('.head').textContent()).toContain('重新办理');
  });

  it('after 30 days, or when it was opened again twice, that is not offered', async () => {
    const closed = receiptView({ ticket: ticket(), followUpAsked: false });
    const { page } = await open(closed);
    await page.clock.setFixedTime(new Date(dayAfter.getTime() + 30 * 86_400_000));
    await lookUp(page);
    await page.locator('.head').waitFor();
    expect(await page.getByRole('button', { name: /要求重新办理/ }).count()).toBe(0);

    const step = { at: 1_796_000_000, to: 'reopened', note: null, unit: null, by: 'reader' } as const;
    const { steps } = ticket();
    const often = await open({ ...closed, ticket: ticket({ steps: [step, step, ...steps] }) });
    await lookUp(often.page);
    await often.page.locator('.head').waitFor();
    expect(await often.page.getByRole('button', { name: /要求重新办理/ }).count()).toBe(0);
  });

  it('a receipt that this device remembers is one tap away', async () => {
    const { page, site } = await open(receiptView());
    await page.evaluate(([tree, one]) => localStorage.setItem(`sundial:receipts:${tree}`, JSON.stringify([one])), [
      `${site.address}/public/`,
      { number, code, label: '柳湾镇' },
    ] as const);
    await page.reload();
    await page.getByRole('button', { name: number }).click();
    await page.locator('.head').waitFor();
    await page.getByRole('button', { name: '查另一张' }).click();
    await page.getByRole('button', { name: '不再记住' }).click();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  it('all by keyboard', async () => {
    const { page } = await open(receiptView());
    await page.getByLabel('编号').focus();
    await page.keyboard.type(number);
    await page.keyboard.press('Tab');
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.locator('.head').waitFor();
  });
});

describe('what is no content', () => {
  it('a static tree says that cases cannot be looked up there', async () => {
    const { page } = await opened({ tree: listTree({ 'index.json': indexOf({ api: null }) }), body: tag() });
    await page.getByText('这里查不了办理进度').waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
  });

  it('no server: says so, and trying again works', async () => {
    const { page, site } = await opened({ tree: {}, body: tag() });
    await page.getByText('没有连上办理进度的查询。').waitFor();
    site.put(listTree());
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByLabel('编号').waitFor();
  });

  it('an answer that does not come leaves what was typed', async () => {
    const { page } = await opened({ tree: listTree(), body: tag(), api: () => 'drop' });
    await lookUp(page);
    await page.getByText('没有发出去：连不上服务器。').waitFor();
    expect(await page.getByLabel('编号').inputValue()).toBe(number);
  });
});

describe('everybody', () => {
  it('finds the form in Chinese', () => expectForEverybody({ tree: listTree(), body: tag() }, 'form'));
  it('finds it in English, in a page whose editor strips unknown elements', () =>
    expectForEverybody(
      {
        tree: listTree(),
        body: '<main><h1>x</h1><div data-sundial="ticket" data-src="/public/" data-lang="en"></div></main>',
        lang: 'en',
      },
      'form',
    ));
});
