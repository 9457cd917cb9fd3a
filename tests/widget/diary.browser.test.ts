import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { diaryOn, signedTexts, textsOn, verdict } from './diary-page.ts';
import { freeBundle } from './free-diary.ts';
import { commentsTag, diaryTag, draw, patched, treeWith, unit, vectors } from './vector-tree.ts';
import { voices } from './voices.ts';

const siteWith = diaryOn(withBrowser());
const bundle = `draw/${draw}/${unit}.json`;

describe('a diary as it was signed', () => {
  it('carries the tick, its notices, and every text letter for letter', async () => {
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const { page, errors } = await openPage();
    await page.goto(site.address);
    const { look, says, all } = await verdict(page);
    expect(look).toBe('ok');
    expect(says).toContain('已核验：与本人签名时一字不差');
    for (const notice of [
      '封存后、抽签前隐去',
      '有单位未交随机数：科技局',
      '双色球第2026134期，红球02 05 08 10 12 30，蓝球14',
    ])
      expect(all).toContain(notice);
    expect(await textsOn(page)).toEqual(signedTexts);
    expect(await page.locator('.detail').textContent()).toBe(
      '便桥限载三吨,校车要绕行 4 公里。\n现场量了两处护栏,都低于规定。',
    );
    expect(errors).toEqual([]);
  });

  it('says by whom and when an item was withheld, and keeps its time', async () => {
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const { page } = await openPage();
    await page.goto(site.address);
    await verdict(page);
    const [sealed, later] = await page.locator('.held').allInnerTexts();
    expect(sealed).toContain('这一条暂不公开：国家秘密');
    expect(sealed).toContain('依据：《中华人民共和国政府信息公开条例》第十四条');
    expect(sealed).toContain('本人封存时标明');
    expect(later).toContain('封存后由保密审查隐去，11月22日 08:00');
    expect(await page.locator('.hours-top strong').textContent()).toBe('8小时10分');
  });

  it('paints the text before the check ends, and moves nothing when it ends', async () => {
    const site = await siteWith({
      tree: treeWith(vectors.base),
      delay: (path) => (path === 'checkpoint' ? 2500 : 0),
      api: () => ({ status: 200, body: { rows: voices, next: null, total: voices.length } }),
    });
    for (const width of [320, 360, 1200]) {
      const { page } = await openPage({ viewport: { width, height: 900 } });
      await page.addInitScript(() => {
        Reflect.set(window, 'shift', 0);
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'));
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(site.address);
      await page.locator('.text').first().waitFor();
      expect(await page.locator('details.verify.idle').count()).toBe(1);
      expect(await textsOn(page)).toEqual(signedTexts);
      await verdict(page);
      await page.waitForTimeout(300);
      expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBe(0);
    }
  });

  it('is asked for once by all that show it on a page, and anew by each where it did not come', async () => {
    const asked: string[] = [];
    const comments = { rows: voices, next: null, total: voices.length, byItem: { 2: 2 } };
    const site = await siteWith({
      tree: treeWith(vectors.base, { [bundle]: null }),
      body: diaryTag() + diaryTag() + commentsTag(),
      api: () => ({ status: 200, body: comments }),
      delay: (path) => {
        if (path === bundle) asked.push(path);
        return 0;
      },
    });
    const { page, errors } = await openPage();
    await page.goto(site.address);
    const again = page.locator('sundial-diary').getByRole('button', { name: '再试一次' });
    await expect.poll(() => again.count()).toBe(2);
    site.put({ [bundle]: vectors.base });
    asked.length = 0;
    await again.first().click();
    await page.locator('sundial-diary .text').first().waitFor();
    await again.first().click();
    await expect.poll(() => page.locator('sundial-diary .title').count()).toBe(2);
    expect(asked).toEqual([bundle]);
    asked.length = 0;
    await page.reload();
    await page.locator('sundial-comments .on').first().getByRole('button', { name: '11月17日' }).waitFor();
    await expect.poll(() => page.locator('details.verify.ok').count()).toBe(2);
    expect(asked).toEqual([bundle]);
    expect(errors).toEqual([]);
  });

  it('comes to whoever still waits for it when another turns to a diary of its own', async () => {
    const other = freeBundle([{ kind: 'title', text: '另一篇' }]);
    const site = await siteWith({
      tree: treeWith(vectors.base, { 'draw/d-2026-w47/u02.json': other }),
      body: diaryTag() + diaryTag(),
      delay: (path) => (path === bundle ? 1500 : 0),
    });
    const { page } = await openPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith(bundle)) asked.push(request.url());
    });
    const first = page.waitForRequest((request) => request.url().endsWith(bundle));
    await page.goto(site.address);
    await first;
    await page
      .locator('sundial-diary')
      .first()
      .evaluate((diary) => diary.setAttribute('unit', 'u02'));
    await page.locator('sundial-diary').first().getByText('另一篇').waitFor();
    await page.locator('sundial-diary').last().locator('.text').first().waitFor();
    expect(asked.length).toBe(1);
  });

  it('tells the page what happened', async () => {
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const { page } = await openPage();
    await page.addInitScript(() => {
      Reflect.set(window, 'told', []);
      for (const name of ['sundial:ready', 'sundial:verified', 'sundial:failed'])
        document.addEventListener(name, (event) =>
          Reflect.get(window, 'told').push([name, Reflect.get(event, 'detail')]),
        );
    });
    await page.goto(site.address);
    await verdict(page);
    await expect
      .poll(() => page.evaluate(() => Reflect.get(window, 'told')))
      .toEqual([
        ['sundial:ready', { draw, unit }],
        ['sundial:verified', { draw, unit, notices: [...vectors.expect.notices] }],
      ]);
  });
});

describe('attributes', () => {
  it('trims them, and says in the page which one is wrong', async () => {
    const site = await siteWith({
      tree: treeWith(vectors.base),
      body: `<sundial-diary id="good" src=" /public " draw=" ${draw} " unit=" ${unit} " vkey="  ${vectors.pin.vkey}  " organiser=" ${vectors.pin.orgKid} "></sundial-diary><sundial-diary id="bad" src="/public/" draw="47" unit="u01"></sundial-diary>`,
    });
    const { page } = await openPage();
    await page.goto(site.address);
    expect((await verdict(page)).look).toBe('ok');
    await page.locator('#bad').getByText('没有填对 draw').waitFor();
  });

  it('another diary in the same element ends the first', async () => {
    const site = await siteWith({
      tree: treeWith(vectors.base, { [`draw/${draw}/u02.json`]: freeBundle([{ kind: 'title', text: '另一篇' }]) }),
      delay: (path) => (path.endsWith('u01.json') ? 300 : 0),
    });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('sundial-diary').evaluate((diary) => diary.setAttribute('unit', 'u02'));
    await page.getByText('另一篇').waitFor();
    await page.waitForTimeout(500);
    expect(await textsOn(page)).toEqual(['另一篇']);
  });

  it('speaks English by lang, with the signed text in its own language', async () => {
    const site = await siteWith({ tree: treeWith(vectors.base), lang: 'en-GB' });
    const { page } = await openPage();
    await page.goto(site.address);
    expect((await verdict(page)).says).toContain('Verified: word for word');
    expect(await textsOn(page)).toEqual(signedTexts);
    expect(await page.locator('.text').first().getAttribute('lang')).toBe('zh-CN');
    await page.getByText('Withheld: state secret').waitFor();
  });

  it('a stand-in div becomes the element', async () => {
    const site = await siteWith({
      tree: treeWith(vectors.base),
      body: `<div data-sundial="diary" data-src="/public/" data-draw="${draw}" data-unit="${unit}"><p>正在打开</p></div>`,
    });
    const { page } = await openPage();
    await page.goto(site.address);
    expect((await verdict(page)).look).toBe('amber');
  });
});

describe('a page that stays open', () => {
  it('asks again when the reader comes back after two minutes: what was withheld meanwhile is gone, and nothing moves', async () => {
    const shown = vectors.variants.find(({ name }) => name === 'valid-no-hold-needed');
    const asked: string[] = [];
    const site = await siteWith({
      tree: treeWith(patched(shown?.patch ?? [])),
      cache: 'max-age=0, must-revalidate',
      delay: (path) => {
        asked.push(path);
        return 0;
      },
    });
    const { page, errors } = await openPage({ viewport: { width: 360, height: 400 } });
    await page.clock.install();
    await page.addInitScript(() => {
      Reflect.set(window, 'told', []);
      for (const name of ['sundial:ready', 'sundial:verified', 'sundial:failed'])
        document.addEventListener(name, () => Reflect.get(window, 'told').push(name));
    });
    const told = () => page.evaluate(() => Reflect.get(window, 'told'));
    const back = async (seconds: number) => {
      await page.clock.fastForward(seconds * 1000);
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    };
    const held = page.locator('#i6 .held');
    await page.goto(site.address);
    expect((await verdict(page)).look).toBe('ok');
    expect(await held.count()).toBe(0);
    const texts = await textsOn(page);
    asked.length = 0;
    await back(100);
    expect(asked).toEqual([]);
    // The same as before: neither drawn nor checked anew.
    await back(21);
    await expect.poll(() => asked.sort()).toEqual([`beside/${draw}/${unit}.json`, bundle, 'index.json'].sort());
    expect(await told()).toEqual(['sundial:ready', 'sundial:verified']);

    // It stands above the one that is read, whose place stays.
    const next = page.locator('#i7');
    await next.evaluate((one) => one.scrollIntoView({ block: 'start' }));
    const { y } = (await next.boundingBox()) ?? {};
    site.put({ [bundle]: vectors.base });
    await back(121);
    await held.waitFor();
    await expect.poll(async () => (await next.boundingBox())?.y).toBe(y);
    const gone = texts.filter((text) => !signedTexts.includes(text));
    expect(gone).toHaveLength(1);
    expect(await textsOn(page)).toEqual(signedTexts);
    expect((await verdict(page)).look).toBe('ok');
    expect(errors).toEqual([]);
  });

  it('what was long and is withheld leaves its room, so that nothing below it comes up under the eyes', async () => {
    const entry = { kind: 'entry', day: '2026-11-16', start: '2026-11-16T09:00', end: '2026-11-16T10:00' };
    const long = { ...entry, text: '便桥今天又看了一次。'.repeat(20) };
    const around = [
      { ...entry, text: '先前。' },
      { ...entry, text: '后来。' },
    ];
    const bundleOf = (middle: { readonly text: string; readonly hold?: object }) =>
      freeBundle(around.toSpliced(1, 0, { ...entry, ...middle }));
    const site = await siteWith({ tree: treeWith(bundleOf(long)), cache: 'max-age=0, must-revalidate' });
    const { page } = await openPage({ viewport: { width: 360, height: 740 } });
    await page.clock.install();
    await page.goto(site.address);
    await verdict(page);
    const places = async () => {
      const all = await Promise.all(['#i0', '#i1', '#i2'].map((each) => page.locator(each).boundingBox()));
      return all.map((box) => [(box?.y ?? 0) - (all[0]?.y ?? 0), box?.height]);
    };
    const before = await places();
    site.put({ [bundle]: bundleOf({ ...long, hold: { ground: 'privacy', basis: '《条例》第十五条' } }) });
    await page.clock.fastForward(121_000);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.locator('#i1 .held').waitFor();
    expect(await places()).toEqual(before);
  });
});
