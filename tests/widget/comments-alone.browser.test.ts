/** `<sundial-comments>`: what readers say of a diary, in a page that shows the diary in its own way. */
import { expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { problem, strictPolicy } from './site.ts';
import { openTalk, type TalkOptions } from './talk-site.ts';
import { commentsTag, draw, feedTag, indexOf, treeWith, unit, vectors } from './vector-tree.ts';
import { comment, voices } from './voices.ts';

const sites = withBrowser();

async function opened(options: Partial<TalkOptions> = {}, hash = '') {
  const files: string[] = [];
  const site = await openTalk({
    comments: () => voices,
    body: commentsTag(),
    policy: strictPolicy,
    ...options,
    delay: (path) => {
      files.push(path);
      return options.delay?.(path) ?? 0;
    },
  });
  sites.push(site);
  const { page, errors } = await openPage();
  await page.addInitScript(() => {
    Reflect.set(window, 'told', []);
    for (const name of ['sundial:ready', 'sundial:failed'])
      document.addEventListener(name, (event) =>
        Reflect.get(window, 'told').push([name, Reflect.get(event, 'detail')]),
      );
  });
  await page.goto(`${site.address}/${hash}`);
  return { site, page, errors, files };
}

const wholeDiary = [comment({ id: 'c2', item: null, text: '北线绕行到什么时候？' })];
const bundle = `draw/${draw}/${unit}.json`;

it('shows them under the name of the diary, which is a link to it, and loads no diary for that', async () => {
  const { page, files, errors, site } = await opened({ comments: () => wholeDiary });
  await page.locator('.comment').getByText('北线绕行到什么时候？').waitFor();
  const link = page.getByRole('link', { name: '柳湾镇 2026年第47周' });
  expect(await link.getAttribute('href')).toBe(`${site.address}/public/d/${draw}/${unit}.html`);
  // Like the title of every element that stands in a page.
  expect(await page.getByRole('heading', { name: '留言与办理 留言1条', level: 2 }).count()).toBe(1);
  expect(files.sort()).toEqual([`beside/${draw}/${unit}.json`, 'index.json']);
  expect([errors, site.violations]).toEqual([[], []]);
});

it('says in the page that there is no such diary, and tells the page so', async () => {
  const { page, site } = await opened({ body: commentsTag().replace(draw, 'd-2025-w01') });
  await page.getByRole('alert').getByText('这个地址没有内容：可能还没有公开，或地址不对。').waitFor();
  expect(await page.evaluate(() => Reflect.get(window, 'told'))).toEqual([['sundial:failed', { code: 'notThere' }]]);
  expect(site.asked).toEqual([]);
  expect(await page.locator('sundial-talk').count()).toBe(0);
});

it('names the entry that a comment hangs on, and leads to it where the diary is read', async () => {
  const { page, site, files } = await opened();
  await page.locator('.on').first().getByRole('button', { name: '11月17日 14:00–16:40' }).click();
  await page.waitForURL(`${site.address}/public/d/${draw}/${unit}.html#item-2`);
  expect(files.filter((path) => path === bundle)).toEqual([bundle]);
});

it('moves nothing when the name of the entry comes, and leads there without it', async () => {
  const { page, site } = await opened({ delay: (path) => (path === bundle ? 700 : 0) });
  const unnamed = page.locator('.on').first().getByRole('button', { name: '日记里的一条' });
  await unnamed.waitFor();
  const before = await page.locator('#c-c2').boundingBox();
  await page.locator('.on').first().getByRole('button', { name: '11月17日' }).waitFor();
  expect(await page.locator('#c-c2').boundingBox()).toEqual(before);
  site.put({ [bundle]: null });
  await page.reload();
  await unnamed.click();
  await page.waitForURL(`${site.address}/public/d/${draw}/${unit}.html#item-2`);
});

it('is there where the browser lends no cryptography: on plain http, and after being moved while it starts', async () => {
  const { page, site, errors } = await opened({ delay: () => 200 });
  await page.goto(site.address.replace('127.0.0.1', 'portal.test'));
  await page.evaluate(() =>
    document.querySelector('main, body')?.append(document.querySelector('sundial-comments') ?? ''),
  );
  await page.locator('.on').first().getByRole('button', { name: '11月17日 14:00–16:40' }).waitFor();
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  expect(await page.locator('.comment').count()).toBe(voices.length);
  expect(errors).toEqual([]);
});

it('keeps its buttons where they are on a phone when the comments come, and their number with them', async () => {
  let come = (): void => {};
  const held = new Promise<void>((resolve) => {
    come = resolve;
  });
  const { page } = await opened();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.route('**/api/v1/comments?*', (route) => held.then(() => route.continue()));
  await page.reload();
  const write = page.getByRole('button', { name: '写留言', exact: true });
  await write.waitFor();
  const before = await write.boundingBox();
  come();
  await page.getByRole('heading', { name: '留言与办理 留言5条 · 工单2件' }).waitFor();
  expect(await write.boundingBox()).toEqual(before);
});

it('leads into the list of the page where it has one', async () => {
  const { page, site } = await opened({ body: `${commentsTag()}${feedTag()}` });
  await page.locator('sundial-comments .on').first().getByRole('button').click();
  await page.locator('sundial-feed sundial-diary .entry.here').waitFor();
  expect(page.url()).toBe(`${site.address}/#sundial/${draw}/${unit}/2`);
});

it('takes a comment, and tells the page of it', async () => {
  const accepted = { number: '000000011', state: 'waiting', decidedBy: 1_795_600_000 };
  const { page, site } = await opened({
    answer: ({ path }) =>
      path.endsWith('/challenges') ? { status: 404, body: problem('NOT_FOUND', 404) } : { status: 201, body: accepted },
  });
  await page.evaluate(() => {
    document.addEventListener('sundial:comment', (event) => {
      document.title = JSON.stringify(event instanceof CustomEvent ? event.detail : null);
    });
  });
  await page.getByRole('button', { name: '写留言', exact: true }).click();
  await page.getByLabel('内容').fill('夜里还是黑 <b>两盏灯</b>');
  await page.getByLabel('我已满14周岁').check();
  await page.getByLabel('同意公开这段文字').check();
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByRole('heading', { name: '已收到' }).waitFor();
  expect(JSON.parse(await page.title())).toEqual({ draw, unit, item: null, number: '000000011' });
  const [post] = site.asked.filter(({ method, path }) => method === 'POST' && path === '/api/v1/comments');
  expect(post?.body).toMatchObject({ draw, unit, item: null, text: '夜里还是黑 <b>两盏灯</b>' });
});

it('shows the comment that a shared address names', async () => {
  const { page } = await opened({}, `#sundial/${draw}/${unit}/c-c2`);
  await page.locator('.comment.here').getByText('北线绕行到什么时候？').waitFor();
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('sundial-comments');
});

it('says that they are closed without a server, and of a diary that was brought in, and asks nobody', async () => {
  const fromArchive = `<sundial-comments src="/public/" draw="i-archive-2013-w14" unit="${unit}"></sundial-comments>`;
  const withoutServer = { tree: treeWith(vectors.base, { 'index.json': indexOf({ api: null }) }) };
  const beside = `beside/${draw}/${unit}.json`;
  const archive = treeWith(vectors.base, {
    [`beside/i-archive-2013-w14/${unit}.json`]: treeWith(vectors.base)[beside],
  });
  for (const closed of [withoutServer, { body: fromArchive, tree: archive }]) {
    const { page, site } = await opened(closed);
    await page.getByText('这里不收留言。').waitFor();
    expect(site.asked).toEqual([]);
  }
});

it('names the attribute that is wrong, and reads what it says once it is right', async () => {
  const { page } = await opened({ body: commentsTag().replace(unit, 'U 01') });
  await page.getByRole('alert').filter({ hasText: 'unit' }).waitFor();
  await page.locator('sundial-comments').evaluate((element, id) => element.setAttribute('unit', id), unit);
  await page.locator('.comment').first().waitFor();
});

it('stands in for an editor that strips unknown elements, and shows what is inside until it is there', async () => {
  const body = `<div data-sundial="comments" data-src="/public/" data-draw="${draw}" data-unit="${unit}"><p>留言稍后就到</p></div>`;
  const { page } = await opened({ body, delay: () => 400 });
  await page.getByText('留言稍后就到').waitFor();
  await page.locator('.comment').first().waitFor();
  expect(await page.getByText('留言稍后就到').isVisible()).toBe(false);
});

it('keeps its place and its words when the network of the index fails, and comes with the button', async () => {
  const { page, site } = await opened({ tree: treeWith(vectors.base, { 'index.json': null }) });
  await page.getByRole('alert').getByText('没有取到留言。').waitFor();
  site.put({ 'index.json': indexOf() });
  await page.getByRole('button', { name: '再试一次' }).click();
  await page.locator('.comment').first().waitFor();
});
