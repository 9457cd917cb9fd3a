/** The pages `/embed` and `/` in a browser: everything by keyboard, nothing for axe to find, and the preview leaves no steps behind in the history. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { type House, must, openHouse } from '../draws/house.ts';
import { issuer } from '../fixtures/app.ts';
import { findingsIn, tooWide } from '../fixtures/page-checks.ts';
import { closePages, openPage, startBrowser, stopBrowser } from '../widget/browser.ts';

let house: House;
const ends: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  await startBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'sundial-embed-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  ends.push(
    () => database.close(),
    () => rmSync(folder, { recursive: true, force: true }),
  );
  house = await openHouse({ database, address, folder });
  await must(house.setRule());
  await house.wholeDraw();
});
afterEach(closePages);
afterAll(async () => {
  await stopBrowser();
  for (const end of ends) await end();
});

/** The server answers in this process; its own headers, policy included, reach the browser. */
async function visited(path: string, options: Parameters<typeof openPage>[0] = {}) {
  const { page, context, errors } = await openPage(options);
  await context.route(`${issuer}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const answer = await house.send(pathname + search);
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  page.on('console', (line) => {
    if (line.type() === 'error') errors.push(line.text());
  });
  await page.goto(issuer + path);
  return { page, context, errors };
}

async function opened(query = '', options: Parameters<typeof openPage>[0] = {}) {
  const seen = await visited(`/embed${query}`, options);
  await seen.page.locator('html.live').waitFor();
  return seen;
}

const shown = (page: Page, tag: string) => page.frameLocator('#preview').locator(tag);
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('value'));

it('is set up by keyboard alone: the choice, its fields, the lines, a button that copies them', async () => {
  const { page, context, errors } = await opened();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: issuer });
  await shown(page, 'sundial-feed .card').first().waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('other');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('feed');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('diary');
  await shown(page, 'sundial-diary .entry').first().waitFor();
  await page.getByText('<sundial-diary').first().waitFor();
  // Only the fields that a diary takes stand in the way.
  const way: unknown[] = [];
  for (let n = 0; n < 4; n += 1) {
    await page.keyboard.press('Tab');
    way.push(await focused(page));
  }
  expect(way).toEqual(['diary', 'lang', 'theme', 'scheme']);
  await page.keyboard.press('ArrowDown');
  await shown(page, 'xpath=/html[contains(@class, "dark")]').waitFor();
  await page.getByRole('button', { name: /^复制/ }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: /\S/ }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.locator('#snippet').textContent());
  expect(errors).toEqual([]);
});

it('writes the comments of one diary into a page that shows it in its own way', async () => {
  const { page, errors } = await opened();
  await page.locator('input[value="comments"]').check();
  await shown(page, 'sundial-comments .talk').waitFor();
  const [draw = '', unit = ''] = (await page.getByLabel('哪一篇').inputValue()).split('/');
  await page.getByText(`<sundial-comments src=`).first().waitFor();
  expect(await page.locator('#snippet').textContent()).toContain(` draw="${draw}" unit="${unit}"></sundial-comments>`);
  expect(errors).toEqual([]);
});

it('says that the server is slow, and where it does not answer that the lines are those of before; the button asks again', async () => {
  const { page, context, errors } = await opened();
  await shown(page, 'sundial-feed .card').first().waitFor();
  const lines = page.locator('#snippet');
  const before = await lines.textContent();
  let answer: 'hold' | 'lose' = 'hold';
  let release = (): void => {};
  await context.route('**/embed/snippets.json?*', async (route) => {
    if (answer === 'lose') return route.abort();
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    await route.fallback();
  });
  await page.locator('input[value="rates"]').check();
  await page.getByRole('status').filter({ hasText: '正在取代码' }).waitFor();
  expect(await page.locator('.lines').getAttribute('aria-busy')).toBe('true');
  release();
  await page.getByText('<sundial-rates').first().waitFor();
  expect(await page.locator('.lines').getAttribute('aria-busy')).toBe('false');
  const rates = await lines.textContent();
  expect(rates).not.toBe(before);

  answer = 'lose';
  await page.locator('input[value="thread"]').check();
  await page.getByRole('alert').filter({ hasText: '代码和样子还是上一次的' }).waitFor();
  expect(await lines.textContent()).toBe(rates);
  expect(errors.filter((line) => !line.includes('ERR_FAILED'))).toEqual([]);
  await context.unroute('**/embed/snippets.json?*');
  await page.getByRole('button', { name: '更新' }).click();
  await page.getByText('<sundial-thread').first().waitFor();
  expect(await page.getByRole('alert').textContent()).toBe('');
  expect(await page.getByRole('button', { name: '更新' }).isVisible()).toBe(false);
});

it('says beside whatever is looked at that it was copied, on a phone too', async () => {
  const { page, context } = await opened('', { viewport: { width: 360, height: 700 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: issuer });
  await shown(page, 'sundial-feed .card').first().waitFor();
  await page.getByRole('button', { name: /^复制/ }).first().click();
  const said = page.getByRole('status').filter({ hasText: '已复制' });
  await said.waitFor();
  const box = await said.boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(700);
});

it('goes back where one came from with one step, however much was tried', async () => {
  const { page } = await opened();
  const before = await page.evaluate(() => history.length);
  for (const name of ['thread', 'rates', 'draw']) {
    await page.locator(`input[value="${name}"]`).check();
    await shown(page, `sundial-${name}`).waitFor();
  }
  expect(await page.evaluate(() => history.length)).toBe(before);
});

it('has nothing for axe to find and scrolls no page sideways, wide and at 320 px, light and dark, in both languages', async () => {
  for (const [width, colorScheme, screen] of [
    [1280, 'light', 'zh'],
    [320, 'dark', 'en'],
  ] as const) {
    const { page, errors } = await opened(`?screen=${screen}&element=carousel`, {
      viewport: { width, height: 800 },
      colorScheme,
    });
    await shown(page, 'sundial-carousel .slide.on').waitFor();
    expect((await findingsIn(page, colorScheme)).failed).toEqual([]);
    expect(await tooWide(page)).toEqual([]);
    expect(errors).toEqual([]);
  }
});

it('the page that shows the diaries without any portal is for everybody, from its head to the link at its foot', async () => {
  for (const width of [1280, 320]) {
    const { page } = await visited('/', { viewport: { width, height: 800 } });
    await page.locator('sundial-feed .card').first().waitFor();
    expect((await findingsIn(page, 'light')).failed).toEqual([]);
    expect(await tooWide(page)).toEqual([]);
  }
});
