/** The article form as a person carries it: a click chooses it, it is copied, and pasted into an editable page of another origin. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { must, openHouse } from '../draws/house.ts';
import { issuer } from '../fixtures/app.ts';
import { closePages, openPage, startBrowser, stopBrowser } from '../widget/browser.ts';

beforeAll(startBrowser);
afterAll(async () => {
  await closePages();
  await stopBrowser();
});

it('keeps words, lines and looks in the editor it is pasted into, and brings no script, class or style sheet', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-article-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  const house = await openHouse({ database, address, folder });
  await must(house.setRule());
  const [unit = ''] = await house.wholeDraw();
  const { page, context } = await openPage();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await context.route(`${issuer}/**`, async (route) => {
    const answer = await house.send(new URL(route.request().url()).pathname);
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  await context.route('https://editor.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><div id="editor" contenteditable></div>' }),
  );
  await page.goto(`${issuer}/public/article/d-2026-w47/${unit}.html`);
  const words = await page.locator('main p, main figcaption').allInnerTexts();
  await page.locator('main p').first().click();
  await page.keyboard.press('Control+C');
  await page.goto('https://editor.example/');
  await page.locator('#editor').click();
  await page.keyboard.press('Control+V');
  const editor = page.locator('#editor');
  const [pasted = ''] = await editor.allInnerTexts();
  for (const each of words) expect(pasted).toContain(each.trim());
  expect(pasted).not.toContain('点一下正文');
  expect(await editor.locator('script, style, link, [class], [id]').count()).toBe(0);
  const day = editor.locator('[style*="border-top: 2px solid"]').first();
  expect(await day.evaluate((one) => getComputedStyle(one).fontSize)).toBe('18px');
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
