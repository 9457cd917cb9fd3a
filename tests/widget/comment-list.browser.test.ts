import { describe, expect, it } from 'vitest';
import type { PublicComment } from '../../shared/api/comments.ts';
import { openPage, withBrowser } from './browser.ts';
import { draw, unit } from './vector-tree.ts';
import { comment } from './voices.ts';
import { writingOn } from './writing.ts';

const siteWith = writingOn(withBrowser());

const many = (n: number): readonly PublicComment[] =>
  Array.from({ length: n }, (_, i) =>
    comment({ id: `c${String(i).padStart(5, '0')}`, at: 1_795_580_000 + i, text: `第${i + 1}条`, item: null }),
  );

describe('a list', () => {
  it('costs at most 24 nodes for a plain comment with kind, time, address, answer and report', async () => {
    const site = await siteWith({ comments: () => many(1) });
    const { page } = await openPage();
    await page.goto(site.address);
    const nodes = await page.locator('.comment').evaluate((row) => {
      const walker = document.createTreeWalker(row, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      let count = 1;
      while (walker.nextNode()) {
        const { nodeType, textContent } = walker.currentNode;
        if (nodeType === Node.ELEMENT_NODE || textContent?.trim()) count += 1;
      }
      return count;
    });
    const row = page.locator('.comment');
    expect(await row.locator('.kind').textContent()).toBe('建议');
    expect(await row.locator('a time').count()).toBe(1);
    expect(await row.getByRole('button').allTextContents()).toEqual(['回复', '举报']);
    expect(nodes).toBeLessThanOrEqual(24);
  });

  it('comes in pages of 25, each comment once although one was published meanwhile, and the keyboard goes on there', async () => {
    let all = many(60);
    const site = await siteWith({ comments: () => all });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('.comment').nth(24).waitFor();
    expect(await page.locator('.comment').count()).toBe(25);
    // A comment written before these is published only now.
    all = [comment({ id: 'b0', at: 1_795_570_000, item: null }), ...all];
    await page.getByRole('button', { name: '再看35条' }).click();
    await expect.poll(() => page.locator('.comment').count()).toBe(50);
    await expect.poll(() => page.locator('#c-c00025').evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.getByRole('button', { name: '再看11条' }).click();
    await expect.poll(() => page.locator('.comment').count()).toBe(60);
    const ids = await page.locator('.comment').evaluateAll((rows) => rows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(60);
    expect(await page.getByRole('button', { name: /^再看/ }).count()).toBe(0);
  });

  it('says so where more of it was asked for and does not come, and keeps what is there', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => comment({ id: `k${n}`, item: null }));
    const site = await siteWith({ comments: () => rows });
    const { page, context } = await openPage();
    await page.goto(site.address);
    const more = page.getByRole('button', { name: /^再看/ });
    await more.waitFor();
    await context.setOffline(true);
    await more.click();
    await page.getByRole('alert').getByText('没有取到留言').waitFor();
    expect(await page.locator('.talk > .comments > .comment').count()).toBe(25);
    await context.setOffline(false);
    await more.click();
    await expect.poll(() => page.locator('.talk > .comments > .comment').count()).toBe(30);
    expect(await page.getByText('没有取到留言').count()).toBe(0);
  });

  it('shows the comment that the address names, also one of a later page, and once', async () => {
    const site = await siteWith({ comments: () => many(60) });
    const { page } = await openPage();
    await page.goto(`${site.address}/#sundial/${draw}/${unit}/c-c00050`);
    await page.getByText('第51条', { exact: true }).waitFor();
    await expect.poll(() => page.locator('#c-c00050').evaluate((one) => one.matches(':focus'))).toBe(true);
    const href = await page.locator('#c-c00003 .at').getAttribute('href');
    expect(href).toBe(`#sundial/${draw}/${unit}/c-c00003`);
    await page.locator('#c-c00003 .at').click();
    await expect.poll(() => page.locator('#c-c00003').evaluate((one) => one.matches(':focus'))).toBe(true);
    // An address of the page or of another diary moves nothing.
    for (const hash of [`#sundial/${draw}/other/c-c00005`, '#c-c00005', '#c00005']) {
      await page.evaluate((next) => location.assign(next), hash);
      await page.waitForTimeout(50);
      expect(await page.locator('#c-c00003').evaluate((one) => one.matches(':focus'))).toBe(true);
    }
    await page.getByRole('button', { name: /^再看/ }).click();
    await page.getByRole('button', { name: /^再看/ }).click();
    await page.getByText('第60条', { exact: true }).waitFor();
    expect(await page.locator('#c-c00050').count()).toBe(1);
  });
});
