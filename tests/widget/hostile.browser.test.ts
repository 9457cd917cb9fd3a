import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { diaryOn, signedTexts, textsOn, verdict } from './diary-page.ts';
import { freeBundle } from './free-diary.ts';
import { diaryTag, feedTag, indexOf, treeWith, vectors } from './vector-tree.ts';
import { voices } from './voices.ts';

const siteWith = diaryOn(withBrowser());

describe('a hostile text or page', () => {
  it('shows what looks like markup, character for character', async () => {
    const texts = [
      '<script>document.title="x"</script>',
      '"><img src=x onerror=alert(1)>',
      '$\u007b7*7} {{7*7}} &lt;b&gt;\u202e反向',
      '  两个空格开头\n\n\n三个换行  ',
    ];
    const site = await siteWith({
      tree: treeWith(
        freeBundle(
          texts.map((text, n) => ({
            kind: 'entry',
            day: '2026-11-16',
            start: `2026-11-16T0${n + 1}:00`,
            end: `2026-11-16T0${n + 1}:30`,
            text,
            place: text,
          })),
        ),
        {
          'index.json': indexOf({
            organisation: { name: { zh: '<b>区</b>', en: '' }, zone: 'Asia/Shanghai', demo: false },
          }),
        },
      ),
      api: () => ({
        status: 200,
        body: {
          // One row of no shape that is known does not spoil the others.
          rows: [
            { id: 'odd', kind: 7 },
            ...voices.map((voice) => (voice.text === null ? voice : { ...voice, text: texts[0], nickname: texts[1] })),
          ],
          next: null,
          total: 5,
        },
      }),
    });
    const { page, errors } = await openPage();
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    expect((await textsOn(page)).slice(1)).toEqual(texts);
    expect(await page.locator('.comment .said').first().textContent()).toBe(texts[0]);
    expect(await page.locator('.comment b').first().textContent()).toBe(texts[1]);
    expect(await page.title()).toBe('site');
    expect(site.violations).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('signed at a second that no calendar of the browser has is shown with it', async () => {
    // One second after the last that a Date holds: 13 September 275760 (ECMA-262 21.4.1.1).
    const bundle = freeBundle([{ kind: 'title', text: '很久以后' }], '2026-W47', 8_640_000_000_001);
    const site = await siteWith({ tree: treeWith(bundle) });
    const { page, errors } = await openPage();
    await page.goto(site.address);
    await page.getByText('275760年9月13日 00:00').waitFor();
    expect(await textsOn(page)).toEqual(['很久以后']);
    expect(errors).toEqual([]);
  });

  it.each([
    ['calendar', { calendar: { holidays: 20261116 } }],
    ['glossary', { glossary: [{ words: '柳湾', says: 7 }] }],
    ['themes', { themes: { id: 'old-bridge' } }],
    ['signIn', { signIn: 'yes' }],
  ])('%s of the index in a shape that is none is passed over, and all else is shown', async (_, member) => {
    const index = { ...indexOf(), ...member };
    const site = await siteWith({
      tree: treeWith(vectors.base, { 'index.json': index }),
      body: `${diaryTag()}${feedTag()}`,
      api: () => ({ status: 200, body: { rows: voices, next: null, total: voices.length } }),
    });
    const { page, errors } = await openPage();
    await page.goto(site.address);
    expect((await verdict(page)).look).toBe('ok');
    expect(await textsOn(page)).toEqual(signedTexts);
    await page.locator('.card h3').waitFor();
    await page.getByLabel('工作类别').waitFor({ state: 'attached' });
    await page.locator('.comment').first().waitFor();
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    await page.getByRole('button', { name: '提交审核' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('works in a page whose style sheet spoils everything', async () => {
    const hostile =
      'html{font-size:7px} *{overflow:hidden!important;position:absolute!important;float:left!important;display:none!important;letter-spacing:9px;text-transform:uppercase;line-height:4!important;color:red!important} html,body{display:block!important;position:static!important;float:none!important;overflow:visible!important}';
    const site = await siteWith({ tree: treeWith(vectors.base), head: hostile });
    const { page } = await openPage();
    await page.goto(site.address);
    await verdict(page);
    const look = await page
      .locator('.text')
      .first()
      .evaluate((text) => {
        const { fontSize, letterSpacing, color, lineHeight } = getComputedStyle(text);
        return { fontSize, letterSpacing, color, lineHeight, wide: text.getBoundingClientRect().width > 200 };
      });
    expect(look).toEqual({
      fontSize: '17px',
      letterSpacing: 'normal',
      color: 'rgb(27, 28, 30)',
      lineHeight: '30px',
      wide: true,
    });
  });

  it('adds no global, sets no cookie, stores nothing but the head, breaks no policy', async () => {
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const bare = await siteWith({ tree: {}, body: '', policy: "default-src 'none'" });
    const globals = (page: Page) =>
      page.evaluate(() => [...Object.getOwnPropertyNames(window), ...Object.getOwnPropertyNames(Symbol)].sort());
    const { page, context } = await openPage();
    await page.goto(bare.address);
    const before = await globals(page);
    await page.goto(site.address);
    await verdict(page);
    expect((await globals(page)).filter((name) => !before.includes(name))).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    expect(
      await page.evaluate(
        () =>
          document.styleSheets.length +
          document.adoptedStyleSheets.length +
          document.querySelectorAll('style, [style]').length,
      ),
    ).toBe(0);
    expect(site.violations).toEqual([]);
  });

  it('starts and stops a hundred times without leaving anything behind', async () => {
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const { page, errors } = await openPage();
    await page.goto(site.address);
    await verdict(page);
    await page.evaluate(async () => {
      const element = document.querySelector('sundial-diary');
      for (let n = 0; n < 100; n += 1) {
        element?.remove();
        const place = document.createElement('div');
        document.body.append(place);
        if (element) place.append(element);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    expect((await verdict(page)).look).toBe('ok');
    expect(await textsOn(page)).toEqual(signedTexts);
    expect(errors).toEqual([]);
  });
});
