/** A receipt opens the course of its case, and everything that only its holder may do. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { problem, type Site } from './site.ts';
import { openTalk, type TalkOptions } from './talk-site.ts';
import { receiptView, ticket, voices } from './voices.ts';

const sites = withBrowser();

async function siteWith(answer: TalkOptions['answer'] & {}): Promise<Site> {
  const site = await openTalk({ comments: () => voices, answer });
  sites.push(site);
  return site;
}

const code = '7K3M-0Q2V-XW9A-4T6B';

async function look(page: Page, site: Site): Promise<void> {
  await page.goto(site.address);
  await page.getByRole('button', { name: '查办理进度' }).click();
  await page.getByLabel('编号').fill('0000 0001 1');
  await page.getByLabel('口令').fill(code.toLowerCase().replace('0', 'o'));
  await page.getByRole('button', { name: '查看' }).click();
}

it('opens the course of the case, in a header and in no address', async () => {
  const site = await siteWith(() => ({ status: 200, body: receiptView({ followUpAsked: false }) }));
  const { page } = await openPage();
  await look(page, site);
  await page.getByRole('region', { name: '查办理进度' }).getByText('当面联系，问清是便桥北头').waitFor();
  const asked = site.asked.at(-1);
  expect(asked?.path).toBe('/api/v1/receipt');
  expect(asked?.headers.authorization).toBe(`Receipt 000000011.${code.replaceAll('-', '')}`);
});

it('a mistyped number is seen before anything is asked', async () => {
  const site = await siteWith(() => ({ status: 404, body: problem('NOT_FOUND', 404) }));
  const { page } = await openPage();
  await page.goto(site.address);
  await page.getByRole('button', { name: '查办理进度' }).click();
  await page.getByLabel('编号').fill('000000010');
  await page.getByLabel('口令').fill(code);
  await page.getByRole('button', { name: '查看' }).click();
  await page.getByText('编号是9位数字').waitFor();
  expect(site.asked.some(({ path }) => path.includes('receipt'))).toBe(false);
});

it('answers the follow-up: solved, how satisfied, words', async () => {
  const site = await siteWith(({ path }) => ({
    status: 200,
    body: path.endsWith('follow-up') ? receiptView({ followUpAsked: false, ticket: ticket() }) : receiptView(),
  }));
  const { page } = await openPage();
  await look(page, site);
  await page.getByRole('button', { name: '提交评价' }).click();
  await page.getByText('请先选解决了没有').waitFor();
  await page.getByLabel('解决了', { exact: true }).check();
  await page.getByLabel('4满意').check();
  await page.getByLabel('还想说什么').fill('亮了');
  await page.getByRole('button', { name: '提交评价' }).click();
  await page.getByText('已收到您的评价。').waitFor();
  expect(site.asked.at(-1)?.path).toBe('/api/v1/receipt/follow-up');
  expect(site.asked.at(-1)?.body).toEqual({ solved: true, rating: 4, words: '亮了' });
});

it('appeals against a rejection, once', async () => {
  const view = receiptView({
    state: 'rejected',
    ticket: null,
    followUpAsked: false,
    reason: 'offTopic',
    mayAppeal: true,
  });
  const appeal = { state: 'waiting' as const, words: '和日记有关', at: 1_795_600_000, note: null };
  const site = await siteWith(({ path }) => ({
    status: 200,
    body: path.endsWith('appeal') ? { ...view, mayAppeal: false, appeal } : view,
  }));
  const { page } = await openPage();
  await look(page, site);
  const isRead = await page
    .getByText('夜里还是黑，请装两盏灯。')
    .evaluate((own) => own.compareDocumentPosition(own.parentNode?.querySelector('#appeal') ?? own));
  expect(isRead, 'what was refused stands above the appeal').toBe(4); // DOM: DOCUMENT_POSITION_FOLLOWING
  await page.getByLabel('不同意这个决定').fill('和日记有关');
  await page.getByRole('button', { name: '提交申诉' }).click();
  await page.getByText('申诉已收到，等待决定。').waitFor();
  expect(site.asked.at(-1)).toMatchObject({ path: '/api/v1/receipt/appeal', body: { words: '和日记有关' } });
  expect(await page.getByRole('button', { name: '提交申诉' }).count()).toBe(0);
});

it('withdraws after asking once more, and changes what still waits', async () => {
  const waiting = receiptView({ state: 'waiting', ticket: null, followUpAsked: false, decidedBy: 1_795_600_000 });
  const site = await siteWith(({ path }) => ({
    status: 200,
    body: path.endsWith('withdrawal')
      ? { ...waiting, state: 'withdrawn' }
      : path.endsWith('text')
        ? { ...waiting, text: '改过', version: 3 }
        : waiting,
  }));
  const { page } = await openPage();
  await look(page, site);
  await page.getByText('等待审核，最迟11月25日 17:46有结果。').waitFor();
  await page.getByRole('button', { name: '改一改' }).click();
  await page.getByLabel('内容').fill('改过');
  await page.getByRole('button', { name: '保存修改' }).click();
  await page.getByText('改过', { exact: true }).waitFor();
  expect(site.asked.at(-1)).toMatchObject({ method: 'PUT', body: { version: 2, text: '改过' } });
  await page.getByRole('button', { name: '撤回这条留言' }).click();
  await page.getByRole('button', { name: '确定撤回' }).click();
  await page.getByText('本人已撤回').waitFor();
  expect(site.asked.at(-1)).toMatchObject({ method: 'POST', path: '/api/v1/receipt/withdrawal' });
});

it('gives everything under the receipt as a file, and erases it after asking once more, begun words too', async () => {
  const view = receiptView({ state: 'rejected', ticket: null, followUpAsked: false, mayAppeal: true });
  const own = { ...view, format: 'sundial-own-data-1', contact: '12345' };
  const site = await siteWith(({ path }) => ({
    status: 200,
    body: path.endsWith('export')
      ? own
      : path.endsWith('erasure')
        ? { ...view, state: 'withdrawn', text: '', mayAppeal: false }
        : view,
  }));
  const { page } = await openPage();
  await look(page, site);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出我的数据' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`日晷数据-${view.number}.json`);
  expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toEqual(own);
  expect(site.asked.at(-1)).toMatchObject({ method: 'GET', path: '/api/v1/receipt/export' });
  await page.getByLabel('不同意这个决定').fill('写的都是实情');
  await page.getByRole('button', { name: '删除我的数据' }).click();
  await page.getByRole('button', { name: '确定删除' }).click();
  await page.getByText('已删除。').waitFor();
  expect(site.asked.at(-1)).toMatchObject({ method: 'POST', path: '/api/v1/receipt/erasure' });
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('实情');
});

it('what is done goes to the receipt that is shown, whichever was pressed meanwhile', async () => {
  const numbers = ['000000011', '000000020'];
  let go = (): void => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const site = await siteWith(async ({ headers, path }) => {
    const number = /^Receipt (\d+)/.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!path.endsWith('withdrawal')) await held;
    return { status: 200, body: receiptView({ number, ticket: null, followUpAsked: false }) };
  });
  const { page } = await openPage();
  await page.addInitScript((numbers) => {
    const kept = numbers.map((number) => ({ number, code: '7K3M0Q2VXW9A4T6B', label: number }));
    localStorage.setItem(`sundial:receipts:${location.origin}/public/`, JSON.stringify(kept));
  }, numbers);
  await page.goto(site.address);
  await page.getByRole('button', { name: '查办理进度' }).click();
  for (const name of numbers) await page.getByRole('button', { name }).click();
  go();
  const shown = await page.locator('.head b').textContent();
  await page.getByRole('button', { name: '撤回这条留言' }).click();
  await page.getByRole('button', { name: '确定撤回' }).click();
  await expect.poll(() => site.asked.at(-1)?.path).toBe('/api/v1/receipt/withdrawal');
  expect(site.asked.at(-1)?.headers.authorization).toContain(shown);
});

it('a wrong code is refused in words', async () => {
  const site = await siteWith(() => ({ status: 401, body: problem('RECEIPT_INVALID', 401) }));
  const { page } = await openPage();
  await look(page, site);
  await page.getByText('编号或口令不对').waitFor();
});
