/** The English screens on the narrowest phone, with units of long names: no word is broken in two, no label of a chart lies on another, and
 *  nothing is left in Chinese but what somebody wrote. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { findingsOf, tooWide } from '../fixtures/page-checks.ts';
import { openPage, withBrowser } from './browser.ts';
import { drawTrees } from './draw-tree.ts';
import { listTree } from './list-tree.ts';
import { openSite, type Tree } from './site.ts';
import { commentsTag, diaryTag, treeWith, vectors } from './vector-tree.ts';
import { voices } from './voices.ts';

const sites = withBrowser();

interface Screen {
  readonly name: string;
  readonly tag: string;
  readonly until: string;
  readonly tree: () => Tree | Promise<Tree>;
  /** Buttons pressed one after the other. */
  readonly press?: readonly string[];
}

const tag = (name: string, more = ''): string => `<sundial-${name} src="/public/" lang="en" ${more}></sundial-${name}>`;
const diary = { tag: diaryTag('lang="en"'), until: '.comment', tree: () => treeWith(vectors.base) };
const screens: readonly Screen[] = [
  { name: 'diary', ...diary },
  { name: 'comment form', ...diary, press: ['Write a comment', 'Send for review'] },
  { name: 'report form', ...diary, press: ['Report a problem', 'Send for review'] },
  { name: 'form of somebody named', ...diary, press: ['This diary names me', 'Send'] },
  { name: 'form of the receipt', ...diary, press: ['Follow a case', 'Look it up'] },
  { name: 'list', tag: tag('feed'), until: '.card', tree: () => treeWith(vectors.base), press: ['Filter'] },
  { name: 'thread', tag: tag('thread', 'thread="old-bridge"'), until: '.entry', tree: listTree },
  { name: 'carousel', tag: tag('carousel'), until: '.slide.on', tree: listTree },
  { name: 'figures', tag: tag('rates'), until: '.figure', tree: listTree },
  { name: 'receipt', tag: tag('ticket'), until: 'form', tree: listTree, press: ['Look it up'] },
  { ...diary, name: 'comments alone', tag: commentsTag('lang="en"'), until: '.on button' },
  { name: 'draw', tag: tag('draw'), until: '.multi', tree: async () => (await drawTrees()).published },
];

/** The tree with names of units as long as an organisation has them. */
function withLongNames(tree: Tree): Tree {
  const index = tree['index.json'] as { readonly units: readonly { readonly name: object }[] };
  const units = index.units.map((unit, n) => ({
    ...unit,
    name: { ...unit.name, en: n === 0 ? 'Administrative Approval Bureau' : 'Environment and Water Management Bureau' },
  }));
  return { ...tree, 'index.json': { ...index, units } };
}

for (const { name, tag: body, until, tree, press = [] } of screens)
  it(`the ${name} at 320 px`, async () => {
    const site = await openSite({
      tree: withLongNames(await tree()),
      body: `<main><h1>Qinghu</h1>${body}</main>`,
      lang: 'en',
      head: 'html { color-scheme: light dark; } body { background: Canvas; }',
      api: () => ({ status: 200, body: { rows: voices, next: null, total: voices.length, byItem: { 2: 12 } } }),
    });
    sites.push(site);
    const { page, errors } = await openPage({ viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
    await page.goto(site.address);
    await page.locator(until).first().waitFor();
    for (const button of press) await page.getByRole('button', { name: button, exact: true }).first().click();
    await page.evaluate(() => document.fonts.ready);
    await unfold(page);
    expect(await brokenWords(page)).toEqual([]);
    await page.setViewportSize({ width: 700, height: 640 });
    expect(await brokenWords(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await labelsOnLabels(page)).toEqual([]);
    expect(await leftInChinese(page)).toEqual([]);
    expect(await tooWide(page)).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect((await findingsOf(page, 'colours')).failed).toEqual([]);
    }
    expect(errors).toEqual([]);
  });

/** Opens whatever is folded. */
const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const walk = (root: ParentNode): void => {
      for (const one of root.querySelectorAll('*')) {
        if (one.shadowRoot) walk(one.shadowRoot);
        if (one instanceof HTMLDetailsElement) one.open = true;
      }
    };
    walk(document);
  });

/** Words of at most 20 letters that begin on one line and end on another. */
const brokenWords = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const broken: string[] = [];
    const walk = (root: Node): void => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode())
        for (const { 0: word, index } of (text.nodeValue ?? '').matchAll(/[A-Za-z]{2,20}/g)) {
          if (text.parentElement?.closest('code, .code, .vh, .digest') || !text.parentElement?.checkVisibility())
            continue;
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
            broken.push(`${word} in ${text.nodeValue}`);
        }
      for (const one of (root as Element).querySelectorAll('*')) if (one.shadowRoot) walk(one.shadowRoot);
    };
    walk(document.body);
    return broken;
  });

/** Pairs of texts in one drawing that touch. */
const labelsOnLabels = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const walk = (root: ParentNode): void => {
      for (const one of root.querySelectorAll('*')) {
        if (one.shadowRoot) walk(one.shadowRoot);
        if (one.localName !== 'svg') continue;
        const labels = [...one.querySelectorAll('text')].map((label) => ({
          box: label.getBoundingClientRect(),
          label,
        }));
        for (const [n, { box: a, label }] of labels.entries())
          for (const { box: b, label: other } of labels.slice(n + 1))
            if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
              found.push(`${label.textContent} on ${other.textContent}`);
      }
    };
    walk(document);
    return [...new Set(found)];
  });

/** Chinese that is neither marked as such nor what a reader or an official wrote. */
const leftInChinese = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const written = '[lang|="zh"], .comment, .reply, .course, .state, .quote, .records, option, table';
    const found: string[] = [];
    const walk = (root: Node): void => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode())
        if (/[\u4e00-\u9fff]/.test(text.nodeValue ?? '') && !text.parentElement?.closest(`${written}, style`))
          found.push(text.nodeValue?.trim().slice(0, 40) ?? '');
      for (const one of (root as Element).querySelectorAll('*')) if (one.shadowRoot) walk(one.shadowRoot);
    };
    walk(document.body);
    return found;
  });
