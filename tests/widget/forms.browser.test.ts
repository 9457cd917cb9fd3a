import { describe, expect, it } from 'vitest';
import type { PublicComment } from '../../shared/api/comments.ts';
import { findingsOf } from '../fixtures/page-checks.ts';
import { openPage, withBrowser } from './browser.ts';
import { problem } from './site.ts';
import { comment, voices } from './voices.ts';
import { accepted, agree, posts, say, writingOn } from './writing.ts';

const siteWith = writingOn(withBrowser());

describe('the forms', () => {
  it('are never sent by Enter alone, in no field', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '反映问题', exact: true }).click();
    await page.getByLabel('发生了什么').fill('灯坏了');
    await agree(page);
    for (const name of ['昵称', '在哪里', '发生了什么', '我已满14周岁']) await page.getByLabel(name).press('Enter');
    await page.waitForTimeout(200);
    expect(site.asked.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('ask for age and for publication apart, and refuse without either', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    await page.getByLabel('内容').fill('写好了');
    await page.getByLabel('同意公开这段文字').check();
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText('未满14周岁的，请父母或监护人来写').waitFor();
    await expect.poll(() => page.getByLabel('我已满14周岁').evaluate((one) => one.matches(':focus'))).toBe(true);
    expect(posts(site)).toEqual([]);
  });

  it('go by keyboard alone: open, write, tick, send, note the receipt', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    await page.getByRole('button', { name: '写留言', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('内容').evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.keyboard.type('只用键盘');
    // Nickname, full notice, age, publication, send.
    for (const key of ['Tab', 'Tab', 'Tab', 'Space', 'Tab', 'Space', 'Tab', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    expect(posts(site)[0]?.body).toMatchObject({ text: '只用键盘' });
    await expect
      .poll(() => page.getByRole('heading', { name: '已收到' }).evaluate((one) => one.matches(':focus')))
      .toBe(true);
  });

  it('follow the language of the page while they are open, in what they hang on too, and keep what was typed', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    const speak = (lang: string) => page.evaluate((to) => document.documentElement.setAttribute('lang', to), lang);
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    await page.getByLabel('内容').fill('写了一半');
    await page.getByText('针对 整篇日记').waitFor();
    await speak('en');
    await page.getByText('On the whole diary').waitFor();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('写了一半');
    await speak('zh-CN');
    await page.getByText('针对 整篇日记').waitFor();
    await page.getByRole('button', { name: '对11月16日 08:30–10:00这一条留言' }).click();
    await page.locator('#i1').getByRole('button', { name: '反映问题' }).click();
    await page.locator('#i1').getByText('针对 11月16日').waitFor();
    await speak('en');
    await page.locator('#i1').getByText('On 16 November').waitFor();
  });

  it.each(['light', 'dark'] as const)('pass WCAG 2.2 AA in each state, %s', async (colorScheme) => {
    let works = false;
    const site = await siteWith({
      head: ':root { color-scheme: light dark } body { background: light-dark(#fff, #17181a) }',
      comments: () => [
        { ...voices[0], replies: [comment({ id: 'r1' })], replyTotal: 1 } as PublicComment,
        ...voices.slice(1),
      ],
      answer: ({ path }) =>
        works
          ? path.endsWith('flags')
            ? { status: 204, body: '' }
            : accepted
          : { status: 429, body: problem('RATE_LIMITED', 429) },
    });
    const { page } = await openPage({ colorScheme });
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    await page.locator('details.verify:not(.idle)').waitFor();
    const fine = async (state: string): Promise<void> => {
      const { failed } = await findingsOf(page);
      expect(failed, state).toEqual([]);
    };
    await fine('list');
    for (const name of ['写留言', '反映问题', '日记里提到我']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('form').waitFor();
      await fine(name);
      await page.getByRole('button', { name: /^提交/ }).click();
      await page.locator('.err:not([hidden])').first().waitFor();
      await fine(`${name}: mistakes`);
    }
    await page.getByRole('button', { name: '举报', exact: true }).first().click();
    await page.getByRole('form', { name: '举报' }).waitFor();
    await page.getByRole('button', { name: '提交举报' }).click();
    await fine('report of a comment');
    await page.getByLabel('含辱骂').check();
    await page.getByRole('button', { name: '提交举报' }).click();
    await page.getByText('提交得太快').waitFor();
    await fine('refused');
    works = true;
    await page.getByRole('button', { name: '提交举报' }).click();
    await page.getByText('已举报').waitFor();
    await fine('reported');
    await say(page, '看得清');
    await fine('receipt');
  });
});
