/** A portal of one page takes elements out, puts them back and changes their attributes at any moment: what is shown, checked and told
 *  belongs to what the page asks for now. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { freeBundle } from './free-diary.ts';
import { listTree } from './list-tree.ts';
import { openSite, type SiteOptions } from './site.ts';
import { card, diaryTag, draw, feedTag, indexOf, treeWith, unit, vectors } from './vector-tree.ts';

const sites = withBrowser();

/** A page that keeps in `told` what the elements told it, each as `name code`. */
async function opened(options: Partial<SiteOptions> = {}, hash = '') {
  const site = await openSite({ tree: treeWith(vectors.base), body: diaryTag(), ...options });
  sites.push(site);
  const { page, errors, context } = await openPage();
  await page.addInitScript(() => {
    Reflect.set(window, 'told', []);
    for (const name of ['ready', 'verified', 'failed'])
      document.addEventListener(`sundial:${name}`, (event) =>
        Reflect.get(window, 'told').push(`${name} ${Reflect.get(event, 'detail').code ?? ''}`.trim()),
      );
  });
  await page.goto(site.address + hash);
  return { site, page, errors, context };
}

const told = (page: Page): Promise<string[]> => page.evaluate(() => Reflect.get(window, 'told'));
const set = (page: Page, selector: string, name: string, value: string): Promise<void> =>
  page.locator(selector).evaluate((one, [name = '', value = '']) => one.setAttribute(name, value), [name, value]);

/** Takes an element out of the page for a while. */
const away = (page: Page, selector: string, ms: number): Promise<void> =>
  page.locator(selector).evaluate(async (element, ms) => {
    const at = element.parentElement;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, ms));
    at?.append(element);
  }, ms);

it('a diary taken out as soon as it was painted is checked once it is back, and told once', async () => {
  const { page } = await opened({ delay: (path) => (path.startsWith('draw/') ? 1500 : 0) });
  await page.evaluate(async () => {
    await new Promise((resolve) => document.addEventListener('sundial:ready', resolve, { once: true }));
    const diary = document.querySelector('sundial-diary');
    diary?.remove();
    await new Promise((resolve) => setTimeout(resolve, 800));
    if (diary) document.body.append(diary);
  });
  await page.locator('.verify.ok').waitFor({ timeout: 6000 });
  expect(await told(page)).toEqual(['ready', 'verified']);
});

it('a tick is over the keys that the page pins now', async () => {
  const { page } = await opened({ body: diaryTag().replace(/vkey="[^"]*"/, '') });
  await page.locator('.verify.amber').waitFor();
  await set(page, 'sundial-diary', 'vkey', vectors.pin.vkey);
  await page.locator('.verify.ok').waitFor({ timeout: 6000 });
  await set(page, 'sundial-diary', 'vkey', `other.example+00000000+${'A'.repeat(44)}`);
  await page.locator('.verify.bad').waitFor({ timeout: 6000 });
});

it('an attribute that cannot be ends what was loading, and the network that comes back loads nothing', async () => {
  const { page, context } = await opened({ delay: (path) => (path.startsWith('draw/') ? 500 : 0) });
  await page.locator('sundial-diary .bones').waitFor({ state: 'attached' });
  await set(page, 'sundial-diary', 'draw', 'Nº 1');
  await page.getByRole('alert').waitFor();
  await page.waitForTimeout(900);
  await context.setOffline(true);
  await context.setOffline(false);
  await page.waitForTimeout(900);
  expect(await told(page)).toEqual(['failed attribute']);
});

it('a diary that does not come is told of, once', async () => {
  const { page } = await opened({ tree: treeWith(vectors.base, { [`draw/${draw}/${unit}.json`]: null }) });
  await page.getByRole('alert').waitFor();
  await set(page, 'sundial-diary', 'threads', '/threads');
  await set(page, 'sundial-diary', 'lang', 'en');
  await page.locator('.s[lang=en]').waitFor();
  expect(await told(page)).toEqual(['failed notThere']);
});

it('an element speaks the language of where it stands now, and of the page', async () => {
  const { page } = await opened({ body: `${diaryTag()}<section lang="en"></section>` });
  await page.locator('.verify.ok').waitFor();
  await page.evaluate(() => document.querySelector('section')?.append(document.querySelector('sundial-diary') ?? ''));
  await page.getByRole('heading', { name: 'Comments' }).waitFor({ timeout: 5000 });
  await page.evaluate(() => document.body.prepend(document.querySelector('sundial-diary') ?? ''));
  await page.getByRole('heading', { name: '留言' }).waitFor({ timeout: 5000 });
  await page.evaluate(() => document.documentElement.setAttribute('lang', 'en'));
  await page.getByRole('heading', { name: 'Comments' }).waitFor({ timeout: 5000 });
});

it('an element whose English did not come speaks Chinese, and English once it loads something again', async () => {
  let isBroken = true;
  const { page, context } = await opened({
    body: diaryTag('lang="en"'),
    part: (built, file) => (isBroken && file.endsWith('-en.js') ? Buffer.concat([built, Buffer.from(' ')]) : built),
  });
  await page.getByRole('heading', { name: '留言' }).waitFor();
  isBroken = false;
  await context.setOffline(true);
  await context.setOffline(false);
  await page.getByRole('heading', { name: 'Comments' }).waitFor({ timeout: 5000 });
  // What was read anew is the same.
  expect((await told(page)).filter((one) => one === 'ready')).toHaveLength(1);
});

it('another thread of the page wins over the one the reader went to, and over a diary opened here', async () => {
  const body = '<main><sundial-thread src="/public/" thread="old-bridge"></sundial-thread></main>';
  const { page } = await opened({ tree: listTree(), body });
  await page.locator('.entry a').first().click();
  await page.locator('sundial-thread sundial-diary').waitFor();
  await set(page, 'sundial-thread', 'thread', 'night-market');
  await page.getByRole('heading', { name: '夜市疏导' }).waitFor({ timeout: 5000 });
  await page.getByRole('button', { name: '河西老桥加固' }).click();
  await page.getByRole('heading', { name: '河西老桥加固' }).waitFor();
  await set(page, 'sundial-thread', 'thread', '');
  await page.locator('.all').waitFor({ timeout: 5000 });
});

it.each([
  ['sundial-rates', 'unit', 'Ä', '', '.figure'],
  ['sundial-carousel', 'count', '500', '5', '.slide'],
] as const)('%s: a wrong %s put right is no wait without end', async (tag, name, wrong, right, until) => {
  const { page } = await opened({ tree: listTree(), body: `<${tag} src="/public/" ${name}="${wrong}"></${tag}>` });
  await page.getByRole('alert').waitFor();
  await set(page, tag, name, right);
  await page.locator(until).first().waitFor({ timeout: 5000 });
});

it('a feed of another tree shows none of the diaries of before', async () => {
  const empty = indexOf({ newest: [], feed: { pages: 0, total: 0, newest: null } });
  const { page } = await opened({ tree: treeWith(vectors.base, { 'other/index.json': empty }), body: feedTag() });
  await page.locator('.card').waitFor();
  await set(page, 'sundial-feed', 'src', '/public/other/');
  await expect.poll(() => told(page)).toEqual(['ready', 'ready']);
  expect(await page.locator('.card').count()).toBe(0);
});

it('a feed that came only with the network looks for what its address asks', async () => {
  const { page, site, context } = await opened(
    { tree: treeWith(vectors.base, { 'index.json': null }), body: feedTag() },
    '/#sundial?q=%E6%9F%B3%E6%B9%BE',
  );
  await page.getByRole('alert').waitFor();
  site.put({ 'index.json': indexOf() });
  await context.setOffline(true);
  await context.setOffline(false);
  await page.locator('.tools').waitFor();
  await page.locator('.told').waitFor({ timeout: 5000 });
  expect(await told(page)).toEqual(['failed notThere', 'ready']);
});

it('in a feed an entry of the diary that is open is gone to', async () => {
  const bundle = freeBundle([
    { kind: 'title', text: '桥这头' },
    ...[16, 17].map((day) => ({
      kind: 'entry',
      day: `2026-11-${day}`,
      start: `2026-11-${day}T08:30`,
      end: `2026-11-${day}T10:00`,
      text: '看桥',
      threads: [{ id: 'old-bridge', name: '河西老桥加固' }],
    })),
  ]);
  const { page } = await opened({ tree: treeWith(bundle), body: feedTag() }, `/#sundial/${draw}/${unit}`);
  await page.locator('#i1 .chips .arrow').click();
  await expect.poll(() => page.locator('#i2').evaluate((one) => one.matches(':focus')), { timeout: 4000 }).toBe(true);
});

it('the feed that stays has the address when the one before it goes', async () => {
  const { page } = await opened({
    tree: treeWith(vectors.base, { 'feed/0.json': { rows: [card()] } }),
    body: feedTag(),
  });
  await page.locator('.card').waitFor();
  await page.evaluate(() => {
    const [old] = document.querySelectorAll('sundial-feed');
    const next = old?.cloneNode(true);
    if (next) document.body.append(next);
    old?.remove();
  });
  await page.locator('.card a').first().click();
  await expect.poll(() => page.evaluate(() => location.hash), { timeout: 4000 }).toBe(`#sundial/${draw}/${unit}`);
});

it('what a check opens to stays whole when the diary was moved before it was seen', async () => {
  const { page } = await opened({ body: `<section>${diaryTag('id="a"')}</section>${diaryTag('id="b"')}` });
  for (const id of ['a', 'b']) await page.locator(`#${id} .verify.ok`).waitFor();
  await page.locator('#b .verify summary').click();
  await page.locator('#b .checks').waitFor();
  await away(page, '#a', 50);
  await page.locator('#a .verify > summary').click();
  await page.waitForTimeout(400);
  expect(await page.locator('#a .checks').isVisible()).toBe(true);
});

it('an element whose part was refused can still be tried again after an attribute changed', async () => {
  let isBroken = true;
  const tag = '<sundial-rates src="/public/"></sundial-rates>';
  const { page } = await opened({
    tree: listTree(),
    body: `<div id="a">${tag}</div><div id="b">${tag}</div>`,
    part: (built, file) => (isBroken && file.endsWith('-more.js') ? Buffer.concat([built, Buffer.from(' ')]) : built),
  });
  for (const id of ['a', 'b']) await page.locator(`#${id} [role=alert]`).waitFor();
  isBroken = false;
  await page.locator('#a button').click();
  await page.locator('#a .figure').first().waitFor();
  await set(page, '#b sundial-rates', 'unit', unit);
  await page.locator('#b button').click({ timeout: 3000 });
  await page.locator('#b .figure').first().waitFor({ timeout: 3000 });
});
