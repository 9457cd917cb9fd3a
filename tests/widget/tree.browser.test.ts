/** What a screen reader is told of every element and form, in each state, kept as text beside the rooms; axe, text spacing
 *  (WCAG 1.4.12) and target size (2.5.8) in the same states. `vitest -u` writes the trees anew. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { receiptNumber } from '../../shared/feedback/receipt.ts';
import { findingsOf } from '../fixtures/page-checks.ts';
import { openPage, withBrowser } from './browser.ts';
import { drawTrees } from './draw-tree.ts';
import { listTree } from './list-tree.ts';
import { openSite, type SiteOptions } from './site.ts';
import { commentsTag, diaryTag, feedTag, treeWith, vectors } from './vector-tree.ts';
import { receiptView, voices } from './voices.ts';

const sites = withBrowser();

const at = Date.UTC(2026, 10, 26, 2, 0);

/** A page whose element waits, fails, or is there; the clock stands at 10:00 in Shanghai. */
async function shown(tag: string, more: Partial<SiteOptions> = {}): Promise<Page> {
  const site = await openSite({
    tree: treeWith(vectors.base),
    body: `<main><h1>晴湖新区</h1>${tag}</main>`,
    api: () => ({ status: 200, body: { rows: voices, next: null, total: voices.length, byItem: { 2: 2 } } }),
    ...more,
  });
  sites.push(site);
  const { page } = await openPage();
  await page.clock.setFixedTime(at);
  await page.goto(site.address);
  return page;
}

interface State {
  readonly name: string;
  readonly open: () => Promise<Page>;
}

async function readyDiary(lang = ''): Promise<Page> {
  const page = await shown(diaryTag(lang));
  await page.locator('.verify.ok').waitFor();
  await page.locator('.comment').first().waitFor();
  return page;
}

async function readyFeed(): Promise<Page> {
  const page = await shown(feedTag());
  await page.locator('.card').first().waitFor();
  return page;
}

async function withForm(name: string, form = 'form'): Promise<Page> {
  const page = await readyDiary();
  await page.getByRole('button', { name, exact: true }).first().click();
  await page.locator(form).last().waitFor();
  return page;
}

async function waiting(tag: string): Promise<Page> {
  const page = await shown(tag, { delay: () => 60_000 });
  await page.getByRole('status').first().waitFor();
  return page;
}

async function failing(tag: string): Promise<Page> {
  const page = await shown(tag, { tree: {} });
  await page.getByRole('alert').first().waitFor();
  return page;
}

async function offline(page: Page): Promise<Page> {
  await page.context().setOffline(true);
  await page.getByRole('status').filter({ hasText: '断网' }).or(page.locator('.msg.top')).first().waitFor();
  return page;
}

/** An element beside the feed, over the tree of lists; `until` is there once it is ready. */
async function listed(tag: string, until: string, more: Partial<SiteOptions> = {}): Promise<Page> {
  const page = await shown(tag, { tree: listTree(), ...more });
  await page.locator(until).first().waitFor();
  return page;
}

const element = (name: string, more = ''): string => `<sundial-${name} src="/public/" ${more}></sundial-${name}>`;

/** Before the numbers are out: every run draws others, by keys of its own. */
async function lockedDraw(): Promise<Page> {
  const { locked, pins } = await drawTrees();
  const page = await shown(element('draw', `vkey="${pins.vkey}" organiser="${pins.organiser}"`), { tree: locked });
  await page.locator('details.verify.ok').waitFor();
  return page;
}

async function followed(): Promise<Page> {
  const page = await listed(element('ticket'), 'form', { api: () => ({ status: 200, body: receiptView() }) });
  await page.getByLabel('编号').fill(receiptNumber(11));
  await page.getByLabel('口令').fill('7k3m-0q2v xw9a-4t6b');
  await page.getByRole('button', { name: '查看' }).click();
  await page.locator('.head').waitFor();
  return page;
}

const states: readonly State[] = [
  { name: 'feed-ready', open: readyFeed },
  { name: 'feed-loading', open: () => waiting(feedTag()) },
  { name: 'feed-failed', open: () => failing(feedTag()) },
  { name: 'feed-offline', open: async () => offline(await readyFeed()) },
  { name: 'diary-ready', open: () => readyDiary() },
  { name: 'diary-ready-en', open: () => readyDiary('lang="en"') },
  { name: 'diary-loading', open: () => waiting(diaryTag()) },
  { name: 'diary-failed', open: () => failing(diaryTag()) },
  { name: 'diary-offline', open: async () => offline(await readyDiary()) },
  { name: 'form-comment', open: () => withForm('写留言') },
  { name: 'form-report', open: () => withForm('反映问题') },
  { name: 'form-follow', open: () => withForm('查办理进度', 'sundial-receipt-desk form') },
  { name: 'form-mention', open: () => withForm('日记里提到我') },
  { name: 'thread-ready', open: () => listed(element('thread', 'thread="old-bridge"'), '.entry') },
  { name: 'thread-list', open: () => listed(element('thread'), '.all') },
  { name: 'carousel-ready', open: () => listed(element('carousel'), '.slide.on') },
  { name: 'rates-ready', open: () => listed(element('rates'), '.figure') },
  { name: 'ticket-ready', open: () => listed(element('ticket'), 'form') },
  { name: 'ticket-found', open: followed },
  { name: 'comments-ready', open: () => listed(commentsTag(), '.on button', { tree: treeWith(vectors.base) }) },
  { name: 'comments-loading', open: () => waiting(commentsTag()) },
  { name: 'comments-failed', open: () => failing(commentsTag()) },
  { name: 'draw-locked', open: lockedDraw },
  ...['draw', 'thread', 'carousel', 'rates', 'ticket'].map((name) => ({
    name: `${name}-failed`,
    open: () => failing(element(name)),
  })),
];

describe('what a screen reader is told', () => {
  for (const { name, open } of states)
    it(`of ${name.replaceAll('-', ' ')} is the tree that is kept, and nothing in it is hard to read or hit`, async () => {
      const page = await open();
      // The server's port is another one each time.
      const told = (await page.locator('main').ariaSnapshot()).replaceAll(new URL(page.url()).origin, '');
      await expect(`${told}\n`).toMatchFileSnapshot(`rooms/${name}.yml`);
      expect(await findingsOf(page)).toMatchObject({ failed: [] });
      expect(await tooSmall(page)).toEqual([]);
      expect(await cutWhenSpaced(page)).toEqual([]);
    });

  it('of a title is that it is a heading, and of entries that they are a list', async () => {
    const page = await readyDiary();
    await page.getByRole('heading', { level: 2, name: '桥这头' }).waitFor();
    expect(
      await page
        .getByRole('list')
        .filter({ has: page.locator('.entry') })
        .count(),
    ).toBeGreaterThan(0);
  });
});

/** Buttons, fields and links that stand alone and are smaller than 24 by 24 px; links in a sentence are exempt (WCAG 2.5.8), and so is a
 *  field inside a label that is large enough. */
const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const walk = (root: ParentNode): void => {
      for (const one of root.querySelectorAll('*')) {
        if (one.shadowRoot) walk(one.shadowRoot);
        if (!one.matches('button, summary, input, select, textarea, a[href]') || !one.checkVisibility()) continue;
        const target = one.closest('label') ?? one;
        const { width, height } = target.getBoundingClientRect();
        const isInline = getComputedStyle(target).display === 'inline';
        if (!isInline && (width < 24 || height < 24))
          found.push(
            `${one.localName}.${one.className} ${Math.round(width)}x${Math.round(height)} ${one.textContent.trim()}`,
          );
      }
    };
    walk(document);
    return found;
  });

/** Elements in any shadow whose text is cut off once lines, letters and words stand as far apart as WCAG 1.4.12 lets a reader set them. */
const cutWhenSpaced = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const spaced = new CSSStyleSheet();
    spaced.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }',
    );
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, spaced];
      for (const one of root.querySelectorAll('*')) if (one.shadowRoot) roots.push(one.shadowRoot);
    }
    const cut = roots
      .flatMap((root) => [...root.querySelectorAll<HTMLElement>('*')])
      .filter((one) => {
        if (one.closest('svg, .vh, [aria-hidden], textarea') !== null || one.textContent.trim() === '') return false;
        const { overflowX, overflowY } = getComputedStyle(one);
        const isCut = (way: string, whole: number, seen: number): boolean =>
          (way === 'hidden' || way === 'clip') && whole > seen + 1;
        return (
          isCut(overflowX, one.scrollWidth, one.clientWidth) || isCut(overflowY, one.scrollHeight, one.clientHeight)
        );
      });
    return cut.map((one) => `${one.localName}.${one.className}: ${one.textContent.slice(0, 40)}`);
  });
