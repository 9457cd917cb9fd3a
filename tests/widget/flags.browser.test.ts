import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { isProven, posts, writingOn } from './writing.ts';

const siteWith = writingOn(withBrowser());

describe('a comment is reported', () => {
  it('with one reason, under the same number from this browser each time, and says that it was', async () => {
    const site = await siteWith({ answer: () => ({ status: 204, body: '' }) });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    expect(await page.evaluate(() => localStorage.getItem('sundial:reader'))).toBeNull();
    for (const n of [0, 1]) {
      await page.getByRole('button', { name: '举报', exact: true }).nth(n).click();
      await page.getByRole('button', { name: '提交举报' }).click();
      await page.getByText('请先选一项').waitFor();
      await page.getByLabel('含辱骂').check();
      await page.getByRole('button', { name: '提交举报' }).click();
      await page.getByText('已举报，审核员会再看。').waitFor();
    }
    const [first, second] = posts(site);
    expect([first?.path, second?.path]).toEqual(['/api/v1/comments/c1/flags', '/api/v1/comments/c2/flags']);
    expect(first?.body).toEqual({ reader: expect.stringMatching(/^[\w-]{43}$/), reason: 'abuse' });
    expect(second?.body).toEqual(first?.body);
    expect(await isProven(first)).toBe(true);
  });
});
