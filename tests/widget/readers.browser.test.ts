/** Readers whose system or language is another: colours of their own, writing from right to left, a page four times as large, paper. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { listTree } from './list-tree.ts';
import { openTalk } from './talk-site.ts';
import { comment, ticket, voices } from './voices.ts';

const sites = withBrowser();

async function talk(
  comments: readonly ReturnType<typeof comment>[],
  reader: Parameters<typeof openPage>[0] = {},
): Promise<Page> {
  const site = await openTalk({ comments: () => comments });
  sites.push(site);
  const { page } = await openPage({ reducedMotion: 'reduce', ...reader });
  await page.goto(site.address);
  await page.locator('.comment').first().waitFor();
  return page;
}

it('with forced colours no text has the colour of the ground that the system puts behind it, and an answer has a frame', async () => {
  const page = await talk(voices, { forcedColors: 'active' });
  await page.getByRole('button', { name: '写留言', exact: true }).click();
  await page.getByRole('button', { name: '提交审核' }).waitFor();
  const unreadable = await page.evaluate(() => {
    document.body.style.color = 'Canvas';
    const ground = getComputedStyle(document.body).color;
    document.body.style.color = '';
    const found: string[] = [];
    const walk = (root: ParentNode): void => {
      for (const one of root.querySelectorAll('*')) {
        if (one.shadowRoot) walk(one.shadowRoot);
        const says = [...one.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim());
        const style = getComputedStyle(one);
        if (says && style.color === ground && style.getPropertyValue('forced-color-adjust') !== 'none')
          found.push(one.textContent.trim());
      }
    };
    walk(document);
    return found;
  });
  expect(unreadable).toEqual([]);
  const frame = await page
    .locator('.reply')
    .first()
    .evaluate((reply) => getComputedStyle(reply).borderTopColor);
  expect(frame).not.toMatch(/rgba\(.*, 0\)|transparent/);
});

it('what is written from right to left begins at the right, and its full stop ends at the left', async () => {
  const page = await talk([comment({ text: 'هذا تعليق عن الجسر.', nickname: 'محمد' })]);
  const [box, first, last] = await page.locator('.said').evaluate((said) => {
    const text = [...said.childNodes].find(({ nodeValue }) => nodeValue?.startsWith('هذا')) ?? null;
    const at = (from: number): DOMRect => {
      const range = document.createRange();
      if (text === null) throw new Error('no text');
      range.setStart(text, from);
      range.setEnd(text, from + 1);
      return range.getBoundingClientRect();
    };
    return [said.getBoundingClientRect().right, at(0).right, at((text?.nodeValue?.length ?? 1) - 1).right] as const;
  });
  expect(box - first).toBeLessThan(2);
  expect(last).toBeLessThan(first - 40);
});

it('at 400 % zoom whatever the keyboard comes to is in view and nothing lies over it', async () => {
  const page = await talk([comment({ ticket: ticket() }), ...voices.slice(1)], {
    viewport: { width: 320, height: 180 },
  });
  await page.getByRole('button', { name: '反映问题', exact: true }).click();
  await page.getByLabel('发生了什么').waitFor();
  const covered: string[] = [];
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      let one = document.activeElement;
      while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
      if (!(one instanceof HTMLElement) || one === document.body) return null;
      const { left, top, width, height } = (one.closest('label') ?? one).getBoundingClientRect();
      const [x, y] = [Math.max(left, 0) + Math.min(width, 320) / 2, top + height / 2];
      let over: Element | null = document.elementFromPoint(x, y);
      while (over?.shadowRoot?.elementFromPoint(x, y)) {
        const inner: Element | null = over.shadowRoot.elementFromPoint(x, y);
        if (inner === null || inner === over) break;
        over = inner;
      }
      const label = one.closest('label') ?? one;
      return over !== null && (label.contains(over) || over.contains(label))
        ? null
        : `${one.localName} ${one.textContent}`;
    });
    if (found !== null) covered.push(found);
  }
  expect(covered).toEqual([]);
});

it('follows the light and the dark of its page at once, whether the system or the page itself changes', async () => {
  const page = await talk(voices);
  const ink = () =>
    page
      .locator('.text')
      .first()
      .evaluate((one) => getComputedStyle(one).color);
  const [light, dark] = ['rgb(27, 28, 30)', 'rgb(236, 236, 234)'];
  const schemeOf = (scheme: string) =>
    page.evaluate((to) => {
      document.documentElement.style.colorScheme = to;
    }, scheme);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ink()).toBe(light);
  await schemeOf('light dark');
  expect(await ink()).toBe(dark);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await ink()).toBe(light);
  await schemeOf('dark');
  expect(await ink()).toBe(dark);
});

it('on paper nothing stands that could only be pressed', async () => {
  const site = await openTalk({
    tree: listTree(),
    comments: () => [],
    body: '<sundial-rates src="/public/" lang="zh-CN"></sundial-rates><sundial-thread src="/public/" thread="old-bridge"></sundial-thread>',
  });
  sites.push(site);
  const { page } = await openPage();
  await page.goto(site.address);
  await page.locator('.figure').first().waitFor();
  await page.locator('.entry').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('button:visible, select:visible, summary:visible').allTextContents()).toEqual([]);
});
