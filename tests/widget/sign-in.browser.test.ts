import { createHash, randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findingsIn, findingsOf } from '../fixtures/page-checks.ts';
import { openGateway } from '../sign-in/gateway.ts';
import { closePages, openPage, startBrowser, stopBrowser } from './browser.ts';
import { openSignInWorld, type SignInWorld } from './sign-in-world.ts';

let world: SignInWorld;
beforeAll(async () => {
  await startBrowser();
  world = await openSignInWorld();
});
afterAll(async () => {
  await stopBrowser();
  await world.stop();
});
afterEach(async () => {
  await closePages();
  world.provider.cutsOff = false;
  world.clock.aheadMs = 0;
});

const text = '桥北的灯什么时候装？';

/** The comment form with everything written, not signed in. */
async function written({ portal } = world) {
  const { page, context, errors } = await openPage();
  const tokens: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/reader-sessions')) tokens.push(request.postData() ?? '');
  });
  await page.goto(portal.address);
  await page.getByRole('button', { name: '写留言', exact: true }).click();
  await page.getByLabel('内容').fill(text);
  await page.getByLabel('我已满14周岁').check();
  await page.getByLabel('同意公开这段文字').check();
  return { page, context, errors, tokens };
}

const button = (page: Page) => page.getByRole('form').getByRole('button', { name: '登录后留言' });
const said = (page: Page, words: string | RegExp) => page.getByRole('status').filter({ hasText: words });

/** Presses the button; the window that opens. */
async function opened(page: Page): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), button(page).click()]);
  return popup;
}

async function logIn(popup: Page, account = 'wang'): Promise<void> {
  await popup.getByLabel('account').fill(account);
  await popup.getByRole('button', { name: 'in' }).click();
}

async function send(page: Page): Promise<void> {
  await page.getByRole('form').getByRole('button', { name: '提交审核' }).click();
}

const comments = () => world.db.selectFrom('comment').select(['text', 'number']).execute();

describe('a reader signs in from the form', () => {
  it('in a window of its own that closes itself; what was typed is still there and is sent', async () => {
    const before = (await comments()).length;
    const { page, context, errors } = await written();
    await said(page, '要先用市民账号登录').waitFor();
    const popup = await opened(page);
    await said(page, '登录窗口已打开').waitFor();
    const closed = popup.waitForEvent('close');
    await logIn(popup);
    await closed;
    await said(page, '已登录，30分钟内有效').waitFor();
    expect(await page.getByLabel('内容').inputValue()).toBe(text);
    expect(
      await page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.textContent;
      }),
    ).toBe('提交审核');
    await send(page);
    await page.getByText('已收到').waitFor();
    const rows = await comments();
    expect([rows.length, rows.at(-1)?.text]).toEqual([before + 1, text]);
    // Cookies are the provider's; of the diary server and the page there is none, and nothing of the sign-in is stored.
    const cookies = await context.cookies();
    expect(cookies.filter(({ name }) => !name.startsWith('_'))).toEqual([]);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(kept).not.toMatch(/token|Reader|wang/);
    expect([errors, world.portal.violations]).toEqual([[], []]);
  });

  it('and signs in for thirty minutes only: then the form says so, keeps the text and asks again', async () => {
    const { page } = await written();
    await logIn(await opened(page));
    await said(page, '已登录').waitFor();
    world.clock.aheadMs = 1_800_000;
    await send(page);
    await page.getByRole('alert').filter({ hasText: '登录已过时间。您写的都还在' }).waitFor();
    expect(await page.getByLabel('内容').inputValue()).toBe(text);
    // The provider still knows the reader.
    await opened(page);
    await said(page, '已登录').waitFor();
    await send(page);
    await page.getByText('已收到').waitFor();
  });

  it('by eight digits where a page of the provider cuts the window off; wrong ones are told', async () => {
    world.provider.cutsOff = true;
    const { page, errors } = await written();
    const popup = await opened(page);
    await logIn(popup);
    const shown = (await popup.locator('output').textContent()) ?? '';
    expect(shown).toMatch(/^\d{4} \d{4}$/);
    expect(await popup.locator('#digits').textContent()).toContain(`只能填在 ${world.portal.address}`);
    expect(popup.url()).toBe(`${world.server}/sign-in/callback`);
    const field = page.getByLabel('窗口里的8位数字');
    await field.fill(shown === '1111 1111' ? '2222 2222' : '1111 1111');
    await said(page, '登录没有通过').waitFor();
    expect((await findingsOf(page)).failed).toEqual([]);
    expect(await findingsOf(popup)).toEqual({ failed: [], advised: [] });
    await field.fill(shown);
    await said(page, '已登录').waitFor();
    await send(page);
    await page.getByText('已收到').waitFor();
    expect([errors, world.portal.violations]).toEqual([[], []]);
  });

  it('who closes the window, or is refused at the provider, may begin again', async () => {
    const { page } = await written();
    const popup = await opened(page);
    await popup.getByRole('button', { name: 'out' }).click();
    await popup.getByText('没有登录成功').waitFor();
    expect(popup.url()).toContain('error=access_denied');
    await popup.close();
    await said(page, '请再登录一次').waitFor();
    await logIn(await opened(page));
    await said(page, '已登录').waitFor();
  });

  it('a blocked window is said to be blocked', async () => {
    const { page } = await written();
    await page.evaluate(() => {
      window.open = () => null;
    });
    await button(page).click();
    await said(page, '浏览器拦住了登录窗口').waitFor();
    expect(await page.getByLabel('内容').inputValue()).toBe(text);
  });

  it('to say that a diary names one needs no sign-in', async () => {
    const { page } = await openPage();
    await page.goto(world.portal.address);
    await page.getByRole('button', { name: '日记里提到我' }).click();
    await page.getByLabel('哪里提到您').fill('第二条说的是我');
    await page.getByLabel('我已满14周岁').check();
    await page.getByRole('form').getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('已收到').waitFor();
  });
});

describe('a page of another origin', () => {
  const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

  it('gets nothing of a sign-in that it opens in the name of the portal', async () => {
    const { page } = await openPage();
    await page.goto(`${world.stranger.address}/empty`);
    const verifier = randomBytes(32).toString('base64url');
    const address = (origin: string) =>
      `${world.server}/sign-in?challenge=${challengeOf(verifier)}&origin=${encodeURIComponent(origin)}`;
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((to) => {
        const heard: unknown[] = [];
        addEventListener('message', ({ data }) => heard.push(data));
        Object.assign(window, { heard });
        open(to, '_blank', 'popup');
      }, address(world.portal.address)),
    ]);
    await logIn(popup);
    await popup.locator('#handed').waitFor();
    // The message was sent before the text was shown; whatever was to come has come after another turn.
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([]);
    expect(await popup.locator('#digits').isVisible()).toBe(false);
    const own = await page.request.get(address(world.stranger.address), { maxRedirects: 0 });
    expect(own.status()).toBe(403);
  });

  it('cannot sign the reader in by a message of its own, nor can the page itself', async () => {
    const { page, tokens } = await written();
    const popup = await opened(page);
    const forged = { kind: 'sundial:sign-in', code: 'A'.repeat(43) };
    await popup.goto(`${world.stranger.address}/empty`);
    await popup.evaluate((data) => opener.postMessage(data, '*'), forged);
    await page.evaluate((data) => window.postMessage(data, '*'), forged);
    await page.waitForTimeout(500);
    expect(tokens).toEqual([]);
    await said(page, '登录窗口已打开').waitFor();
  });

  it('may not show the window in a frame', async () => {
    const { page } = await openPage();
    await page.goto(`${world.stranger.address}/empty`);
    const answer = await page.request.get(`${world.server}/sign-in/callback?state=x`);
    expect(answer.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});

it('where readers are known by a mobile number, the window asks for it and for the code that was sent', async () => {
  const gateway = await openGateway();
  const other = await openSignInWorld('zh-CN', gateway);
  const { page, errors } = await written(other);
  const popup = await opened(page);
  const number = popup.getByLabel('手机号');
  await number.fill('138 0013 800');
  await number.press('Enter');
  await popup.getByRole('alert').filter({ hasText: '不像能收短信的手机号' }).waitFor();
  expect(await findingsIn(popup, 'light')).toEqual({ failed: [], advised: [] });
  expect(await number.inputValue()).toBe('138 0013 800');
  await number.fill('138 0013 8000');
  await number.press('Enter');
  const code = popup.getByLabel('短信里的6位验证码');
  await code.waitFor();
  expect(await findingsIn(popup, 'dark')).toEqual({ failed: [], advised: [] });
  const closed = popup.waitForEvent('close');
  await code.fill(gateway.sent.at(-1)?.body.code ?? '');
  await code.press('Enter');
  await closed;
  await said(page, '已登录，30分钟内有效').waitFor();
  await send(page);
  await page.getByText('已收到').waitFor();
  expect(errors).toEqual([]);
  await other.stop();
  await gateway.stop();
});
