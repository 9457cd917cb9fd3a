import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { draw, unit } from './vector-tree.ts';
import { posts, writingOn } from './writing.ts';

const siteWith = writingOn(withBrowser());

describe('a diary names me', () => {
  it('is said in one form without a nickname and without a tick for publication, but with that for the age', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '日记里提到我' }).click();
    await page.getByText('两个工作日内答复').waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(1);
    await page.getByLabel('我已满14周岁').check();
    await page.getByLabel('哪里提到您').fill('第三条里的王某是我');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const [sent] = posts(site);
    expect(sent?.path).toBe('/api/v1/mentions');
    expect(sent?.body).toEqual({
      draw,
      unit,
      item: null,
      text: '第三条里的王某是我',
      codeHash: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});
