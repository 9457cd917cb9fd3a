/** Whatever the check finds, its line is whole: in both languages, on the narrowest page and beside the text. */
import { expect, it } from 'vitest';
import { failure as english } from '../../shared/locales/en.ts';
import { failure as chinese } from '../../shared/locales/zh.ts';
import { openPage, withBrowser } from './browser.ts';
import { openSite } from './site.ts';
import { diaryTag, treeWith, vectors } from './vector-tree.ts';

const sites = withBrowser();

it.each([
  ['zh-CN', 320, chinese],
  ['zh-CN', 1100, chinese],
  ['en', 320, english],
  ['en', 1100, english],
] as const)('%s, %i pixels wide', async (lang, width, names) => {
  const site = await openSite({
    tree: treeWith(vectors.base),
    body: diaryTag().replace('<sundial-diary', `<sundial-diary lang="${lang}"`),
  });
  sites.push(site);
  const { page } = await openPage({ viewport: { width, height: 900 } });
  await page.goto(site.address);
  await page.locator('.verify.ok').waitFor();
  const line = page.locator('sundial-verification');
  for (const [code, name] of Object.entries(names)) {
    const found = await line.evaluate(async (element, failed) => {
      const own = element as HTMLElement & { check: object; updateComplete: Promise<unknown> };
      own.check = { state: 'failed', failure: failed, step: 1 };
      await own.updateComplete;
      const summary = own.shadowRoot?.querySelector('summary') ?? own;
      // The arrow stands last: what is too long for the box pushes it out.
      const [box, arrow] = [summary, summary.querySelector('.more')].map((one) => one?.getBoundingClientRect().right);
      return { text: summary.textContent.trim(), over: (arrow ?? 0) - (box ?? 0) };
    }, code);
    const said = lang === 'en' ? `Not verified: ${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
    expect(found.text, code).toContain(said);
    expect(found.over, code).toBeLessThanOrEqual(0);
  }
});
