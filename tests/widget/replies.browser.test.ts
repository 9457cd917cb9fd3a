import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { comment } from './voices.ts';
import { agree, posts, writingOn } from './writing.ts';

const siteWith = writingOn(withBrowser());

describe('readers answer each other', () => {
  const above = comment({
    id: 'c1',
    item: null,
    nickname: '桥东住户',
    text: '何时通车',
    replies: Array.from({ length: 12 }, (_, n) =>
      comment({ id: `r${n + 10}`, at: 1_795_580_100 + n, text: `答${n + 1}`, kind: 'suggestion' }),
    ),
    replyTotal: 12,
  });

  it('an answer hangs under its comment, with the draft of its own that closing does not lose', async () => {
    const site = await siteWith({ comments: () => [above] });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '回复', exact: true }).click();
    await page.getByText('针对 桥东住户：何时通车').waitFor();
    await page.getByLabel('内容').fill('我也想');
    await page.getByText('已存为草稿').waitFor();
    await page.reload();
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    expect(await page.getByLabel('内容').inputValue()).toBe('');
    await page.getByRole('button', { name: '回复', exact: true }).click();
    expect(await page.getByLabel('内容').inputValue()).toBe('我也想');
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    expect(posts(site)[0]?.body).toMatchObject({ parent: 'c1', kind: 'suggestion', text: '我也想', item: null });
    expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('draft')))).toEqual([]);
  });

  it('of many answers ten are there, and the rest on demand, with the keyboard on the first new one', async () => {
    const site = await siteWith({ comments: () => [above] });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('.replies .comment').nth(9).waitFor();
    await page.getByRole('button', { name: '还有2条回复' }).click();
    await page.getByText('答12', { exact: true }).waitFor();
    expect(await page.locator('.replies .comment').count()).toBe(12);
    await expect.poll(() => page.locator('#c-r20').evaluate((one) => one.matches(':focus'))).toBe(true);
    expect(await page.getByRole('button', { name: '回复', exact: true }).count()).toBe(1);
  });
});
