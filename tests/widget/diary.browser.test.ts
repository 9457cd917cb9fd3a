import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { words } from '../../shared/locales/zh.ts';
import { openPage, withBrowser } from './browser.ts';
import { freeBundle } from './free-diary.ts';
import { openSite, type Site, type SiteOptions } from './site.ts';
import { diaryTag, draw, feedTag, indexOf, patched, treeWith, unit, vectors } from './vector-tree.ts';
import { voices } from './voices.ts';

const sites = withBrowser();

async function siteWith(options: Partial<SiteOptions> & Pick<SiteOptions, 'tree'>): Promise<Site> {
  const site = await openSite({ body: diaryTag(), ...options });
  sites.push(site);
  return site;
}

/** Waits for the end of the check; gives the look of the line and what it says. */
async function verdict(page: Page): Promise<{ readonly look: string; readonly says: string; readonly all: string }> {
  const line = page.locator('details.verify:not(.idle)');
  await line.waitFor();
  const look = (await line.getAttribute('class'))?.replace('verify ', '').trim() ?? '';
  const says = (await line.locator('.say').textContent()) ?? '';
  return { look, says, all: await seen(page, 'sundial-verification') };
}

/** The text of an element and of the shadows in it. */
const seen = (page: Page, selector: string): Promise<string> =>
  page.locator(selector).evaluate((element) => {
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data;
      const inner = node instanceof Element && node.shadowRoot !== null ? node.shadowRoot : node;
      return [...inner.childNodes].map(read).join('');
    };
    return read(element);
  });

/** Every signed text that stands on the page, letter for letter. */
const textsOn = (page: Page): Promise<string[]> =>
  page
    .locator('sundial-diary .title, sundial-diary .text')
    .evaluateAll((all) => all.map((one) => one.textContent ?? ''));

const failures: Readonly<Record<string, string>> = words.failure;
const signedTexts = vectors.expect.items.flatMap(({ item }) => item?.text ?? []);

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

  it('shows the signed picture, and says in its place when it is altered or missing', async () => {
    const sha = vectors.images.cases[0]?.sha256 ?? '';
    const flipped = vectors.images.cases.find(({ name }) => name === 'one-bit-flipped');
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('canvas[aria-label="便桥护栏加高后的样子"]').waitFor();
    const painted = () =>
      page
        .locator('canvas')
        .evaluate(
          (canvas) =>
            canvas instanceof HTMLCanvasElement && (canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data[3] ?? 0) > 0,
        );
    await expect.poll(painted).toBe(true);
    site.put({ [`blob/${sha}`]: Buffer.from(flipped?.b64 ?? '', 'base64') });
    const other = await openPage();
    await other.page.goto(site.address);
    await other.page.getByText('IMAGE_ALTERED').waitFor();
    expect(await seen(other.page, 'sundial-picture')).toContain('图片与本人签名时不一致');
    expect((await verdict(other.page)).look).toBe('ok');
    site.put({ [`blob/${sha}`]: null });
    const third = await openPage();
    await third.page.goto(site.address);
    await third.page.getByText('图片没有取到').waitFor();
  });

  it('shows a picture that the network lost once the network is back, or when it is asked for again', async () => {
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const { page, context } = await openPage();
    const painted = () =>
      page
        .locator('canvas')
        .evaluateAll(
          ([canvas]) =>
            canvas instanceof HTMLCanvasElement && canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data[3] === 255,
        );
    await page.route('**/blob/*', (route) => route.abort());
    await page.goto(site.address);
    const again = page.getByRole('figure').getByRole('button', { name: '再试一次' });
    await again.click();
    await page.getByText('IMAGE_MISSING').waitFor();
    await page.unroute('**/blob/*');
    await again.click();
    await expect.poll(painted).toBe(true);

    await page.route('**/blob/*', (route) => route.abort());
    await page.reload();
    await page.getByText('IMAGE_MISSING').waitFor();
    await page.unroute('**/blob/*');
    await context.setOffline(true);
    await context.setOffline(false);
    await expect.poll(painted).toBe(true);
  });

  it('shows no picture of more bytes than a signed one may have', async () => {
    const { b64 = '', type, width, height } = vectors.images.cases[0] ?? {};
    const bytes = Buffer.concat([Buffer.from(b64, 'base64'), Buffer.alloc(1_048_577)]);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const image = { type, width, height, sha256, alt: '便桥' };
    const at = { day: '2026-11-16', start: '2026-11-16T09:00', end: '2026-11-16T10:00' };
    const bundle = freeBundle([{ kind: 'entry', ...at, text: '看便桥。', images: [image] }]);
    const site = await siteWith({ tree: treeWith(bundle, { [`blob/${sha256}`]: bytes }) });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByText('IMAGE_ALTERED').waitFor();
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

describe('every bundle of the vectors', () => {
  it('that fails shows its failure by name and no tick, and its text stays; that passes has its notices', async () => {
    const site = await siteWith({ tree: {} });
    const { page } = await openPage();
    const found: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    for (const variant of vectors.variants) {
      const bundle = patched(variant.patch);
      const { draw: id, unit: of } = bundle.want as { draw: string; unit: string };
      const { seen, vkey = vectors.pin.vkey, orgKid = vectors.pin.orgKid } = variant.pin ?? {};
      site.put({ ...treeWith(bundle, { checkpoint: null }), [`draw/${id}/${of}.json`]: bundle });
      site.body = `<sundial-diary src="/public/" draw="${id}" unit="${of}" vkey="${vkey}" organiser="${orgKid}"></sundial-diary>`;
      await page.goto(`${site.address}/empty`);
      await page.evaluate((head) => {
        localStorage.clear();
        if (head !== undefined) localStorage.setItem('sundial:head:diary.example/log1', JSON.stringify(head));
      }, seen);
      await page.goto(site.address);
      const { look, says, all } = await verdict(page);
      const texts = (await textsOn(page)).length;
      const notices = await page.locator('p.notice').count();
      const isOk = variant.expect === 'OK';
      found[variant.name] = {
        look,
        says,
        code: isOk || all.includes(variant.expect),
        opened: await page
          .locator('details.verify')
          .getAttribute('open')
          .then((open) => open !== null),
        readable: texts > 0 || variant.name === 'cover-missing' || variant.name === 'diary-missing',
        notices,
      };
      wanted[variant.name] = {
        look: isOk ? 'ok' : 'bad',
        says: isOk ? '已核验：与本人签名时一字不差' : `核验不通过：${failures[variant.expect]}`,
        code: true,
        opened: !isOk,
        readable: true,
        notices: variant.notices?.length ?? 0,
      };
    }
    expect(found).toEqual(wanted);
  });
});

describe('what cannot be checked', () => {
  it('NOT_PINNED: amber, never a tick, when the page pins no key', async () => {
    const site = await siteWith({
      tree: treeWith(vectors.base),
      body: `<sundial-diary src="/public/" draw="${draw}" unit="${unit}"></sundial-diary>`,
    });
    const { page } = await openPage();
    await page.goto(site.address);
    const { look, says } = await verdict(page);
    expect(look).toBe('amber');
    expect(says).toContain('本页面没有固定核验钥匙');
    await page.locator('details.verify summary').first().click();
    await page.getByText('NOT_PINNED').waitFor();
  });

  it('NOT_CHECKED on plain http: dashed, the text is there, forms still open', async () => {
    const site = await siteWith({
      tree: treeWith(vectors.base),
      api: () => ({ status: 200, body: { rows: [], next: null, total: 0 } }),
    });
    const { page } = await openPage();
    await page.goto(site.address.replace('127.0.0.1', 'portal.test'));
    const { look, says } = await verdict(page);
    expect(look).toBe('off');
    expect(says.replace(/\s/g, '')).toContain('本页面不是https，无法核验');
    expect(await textsOn(page)).toEqual(signedTexts);
    await page.getByRole('button', { name: '写留言' }).click();
    await page.getByLabel('内容').waitFor();
  });

  const note = String(vectors.base.checkpoint);
  it.each<[string, unknown]>([
    [
      'by another key',
      patched(vectors.variants.find(({ name }) => name === 'checkpoint-other-key')?.patch ?? []).checkpoint,
    ],
    ['behind a byte order mark', Buffer.from(`\ufeff${note}`)],
    ['that is no UTF-8', Buffer.concat([Buffer.from(note), Buffer.of(0xe2, 0x80)])],
  ])('a served checkpoint %s is red although the bundle is whole', async (_, checkpoint) => {
    const site = await siteWith({ tree: treeWith(vectors.base, { checkpoint }) });
    const { page } = await openPage();
    await page.goto(site.address);
    const { look, all } = await verdict(page);
    expect(look).toBe('bad');
    expect(all).toContain('CHECKPOINT_INVALID');
  });

  it('remembers the log head and tells the next visit that the log only grew', async () => {
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const { page, context } = await openPage();
    await page.goto(site.address);
    await verdict(page);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['sundial:head:diary.example/log1']);
    const again = await context.newPage();
    await again.goto(site.address);
    await verdict(again);
    await again.locator('details.verify > summary').click();
    await again.getByText('日志自您上次来访后只增不改').waitFor();
  });

  for (const [where, body, hash] of [
    ['a diary', diaryTag('forget'), ''],
    ['a list', feedTag('forget'), `#sundial/${draw}/${unit}`],
  ] as const)
    it(`is checked and keeps nothing in the browser where the page tells ${where} to forget`, async () => {
      const site = await siteWith({ tree: treeWith(vectors.base), body });
      const { page } = await openPage();
      await page.goto(`${site.address}/${hash}`);
      await page.locator('sundial-diary details.verify.ok').waitFor();
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
    });
});

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
          rows: voices.map((voice) => (voice.text === null ? voice : { ...voice, text: texts[0], nickname: texts[1] })),
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
      await page.evaluate(() => document.styleSheets.length + document.querySelectorAll('style, [style]').length),
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
