/** The widget in the rooms of rooms/rooms.ts and in what else may happen to a page, in real Chromium: it is read, checked and answered in
 *  each, and is the same picture in all of the same width. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readTheme } from '../../server/embed/themes.ts';
import { tooWide } from '../fixtures/page-checks.ts';
import { closePages, openPage, startBrowser, stopBrowser } from './browser.ts';
import { freeBundle } from './free-diary.ts';
import { compare, pictureOf } from './rooms/pictures.ts';
import { openPortal, type Portal } from './rooms/portal.ts';
import { rooms } from './rooms/rooms.ts';
import { bring, type Supply } from './rooms/supplies.ts';
import { signedTexts } from './rooms/texts.ts';
import { problem, type SiteOptions } from './site.ts';
import { draw, treeWith, unit, vectors } from './vector-tree.ts';

const isThere: Readonly<Record<Supply, boolean>> = { packages: bring('packages'), prototype: bring('prototype') };
const pictures = join(import.meta.dirname, '..', 'output', 'rooms');

let portal: Portal;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  portal = await openPortal();
  await startBrowser();
});
const opened: Portal[] = [];
afterEach(async () => {
  await closePages();
  for (const own of opened.splice(0)) await own.stop();
});
afterAll(async () => {
  await stopBrowser();
  await portal.stop();
});

/** Waits until all is loaded and checked, opens the form and writes into it. */
async function readAndWrite(page: Page, look = 'ok'): Promise<void> {
  const diary = page.locator('sundial-diary');
  await diary.locator('details.verify:not(.idle)').waitFor();
  expect(await diary.locator('details.verify').getAttribute('class')).toBe(`verify ${look}`);
  expect(await diary.locator('.title, .text').allTextContents()).toEqual(signedTexts);
  await diary.locator('.comment').first().waitFor();
  await diary.locator('canvas').waitFor();
  await page.locator('sundial-feed .card').first().waitFor();
  await diary.getByRole('button', { name: '写留言', exact: true }).click();
  await diary.getByLabel('内容').fill('夜里还是黑 <b>两盏灯</b>');
  expect(await diary.getByLabel('内容').inputValue()).toBe('夜里还是黑 <b>两盏灯</b>');
  await diary.getByText('已存为草稿').waitFor();
}

/** The page as a reader sees it, kept beside the pictures of the elements. */
const keepPicture = async (page: Page, name: string): Promise<void> =>
  writeFileSync(join(pictures, `${name}.png`), await page.screenshot({ fullPage: true, caret: 'hide' }));

async function picturesOf(page: Page, name: string): Promise<{ readonly diary: Buffer; readonly feed: Buffer }> {
  const [diary, feed] = [await pictureOf(page.locator('sundial-diary')), await pictureOf(page.locator('sundial-feed'))];
  writeFileSync(join(pictures, `${name}-diary.png`), diary);
  writeFileSync(join(pictures, `${name}-feed.png`), feed);
  return { diary, feed };
}

/** Points that may differ in a picture of three million: Chromium rounds a letter's edge now and then. */
const tolerated = 40;

type Options = Parameters<typeof openPage>[0] & { readonly media?: 'print' };
const plain = new Map<string, { readonly diary: Buffer; readonly feed: Buffer }>();

/** The plain page's pictures under the same options, taken once in this run. */
async function plainPictures(options: Options): Promise<{ readonly diary: Buffer; readonly feed: Buffer }> {
  const key = JSON.stringify(options ?? {});
  const known = plain.get(key);
  if (known !== undefined) return known;
  const { media, ...context } = options ?? {};
  const { page } = await openPage(context);
  await page.goto(portal.address('plain'));
  await readAndWrite(page);
  if (media !== undefined) await page.emulateMedia({ media });
  const taken = await picturesOf(page, `plain${plain.size}`);
  plain.set(key, taken);
  return taken;
}

/** Expects both elements to look as on the plain page; `options` of the plain page where they differ. */
async function looksThePlainWay(page: Page, name: string, options: Options = {}): Promise<void> {
  const [wanted, found] = [await plainPictures(options), await picturesOf(page, name)];
  const { page: blank } = await openPage();
  for (const element of ['diary', 'feed'] as const) {
    const { sizes, points, at } = await compare(blank, wanted[element], found[element]);
    const first = points > tolerated ? at : null;
    expect({ element, size: sizes[1], points: first && points, first }).toEqual({
      element,
      size: sizes[0],
      points: null,
      first: null,
    });
  }
}

/** Expects both elements to be `times` as large as on the plain page: what breaks another line is higher by far more than the half percent that
 *  Chromium's rounding of zoomed lines makes. */
async function looksLarger(page: Page, name: string, times: number): Promise<void> {
  const [wanted, found] = [await plainPictures({}), await picturesOf(page, name)];
  for (const element of ['diary', 'feed'] as const) {
    const [plainSize, size] = [sizeOf(wanted[element]), sizeOf(found[element])];
    expect(size.width).toBe(plainSize.width * times);
    expect(Math.abs(size.height / (plainSize.height * times) - 1)).toBeLessThan(0.005);
  }
}

/** Width and height of a PNG in points (W3C PNG 11.2.2). */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

const globals = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [window, Symbol, Array.prototype, Element.prototype].flatMap((one, n) =>
      // jQuery's own carries a number that is another on each page.
      Object.getOwnPropertyNames(one).map((name) => `${n} ${name.replace(/\d+/g, '')}`),
    ),
  );

describe('the diary is read, checked and answered, and looks as on a plain page,', () => {
  for (const room of rooms) {
    it.skipIf(room.needs !== undefined && !isThere[room.needs])(room.where, async () => {
      const { page, errors } = await openPage();
      await page.goto(portal.address(room.name, true));
      const before = await globals(page);
      portal.site.violations.length = 0;
      await page.goto(portal.address(room.name));
      if (room.isRestless) await page.locator('html[data-still]').waitFor();
      await readAndWrite(page);
      expect((await globals(page)).filter((name) => !before.includes(name))).toEqual([]);
      if (room.zoom === undefined) await looksThePlainWay(page, room.name);
      else await looksLarger(page, room.name, room.zoom);
      expect({ errors, violations: portal.site.violations }).toEqual({ errors: [], violations: [] });
    });
  }
});

describe('with its ready theme', () => {
  for (const name of ['uswds', 'govuk', 'dsfr'] as const)
    it.skipIf(!isThere.packages)(`it has the letters and the colour of links that a page of ${name} has`, async () => {
      const { page } = await openPage();
      await page.goto(portal.address(name));
      await page.evaluate((css) => {
        const theme = new CSSStyleSheet();
        theme.replaceSync(css);
        document.adoptedStyleSheets = [theme];
        const [link, main] = [document.createElement('a'), document.querySelector('main')];
        link.href = '#';
        link.className = 'usa-link govuk-link fr-link';
        link.textContent = 'sundial';
        main?.prepend(link);
      }, readTheme(name));
      await readAndWrite(page);
      const look = (selector: string, property: string): Promise<string> =>
        page
          .locator(selector)
          .first()
          .evaluate((one, name) => getComputedStyle(one).getPropertyValue(name), property);
      const [face = ''] = (await look('main > a', 'font-family')).split(',');
      expect(await look('sundial-diary .text', 'font-family')).toContain(face);
      await page.mouse.move(0, 0); // the button that was pressed has another colour under the pointer
      await expect.poll(() => look('sundial-diary .btn', 'background-color')).toBe(await look('main > a', 'color'));
      await keepPicture(page, `theme ${name}`);
    });
});

/** Opens a page of a portal of its own. */
async function elsewhere(options: Parameters<typeof openPortal>[0], reader: Options = {}) {
  const own = await openPortal(options);
  opened.push(own);
  return { own, ...(await openPage(reader)) };
}

describe('whatever happens to the page,', () => {
  it('on plain http it is read and answered, and says that it was not checked', async () => {
    const { page, errors } = await openPage();
    await page.goto(portal.address('plain').replace('127.0.0.1', 'portal.test'));
    await readAndWrite(page, 'off');
    await keepPicture(page, 'http');
    expect(errors).toEqual([]);
  });

  it('another diary by its attributes ends the request of the first', async () => {
    const other = freeBundle([{ kind: 'title', text: '另一篇' }]);
    const { own, page, errors } = await elsewhere({
      tree: treeWith(vectors.base, { [`draw/${draw}/u02.json`]: other }),
      delay: (path) => (path.endsWith('u01.json') ? 2000 : 0),
    });
    const ended: string[] = [];
    page.on('requestfailed', (request) => ended.push(new URL(request.url()).pathname));
    const asked = page.waitForRequest((request) => request.url().endsWith('draw/d-2026-w47/u01.json'));
    await page.goto(own.address('plain'));
    await asked;
    await page.locator('sundial-diary').evaluate((diary) => diary.setAttribute('unit', 'u02'));
    await page.locator('sundial-diary').getByText('另一篇').waitFor();
    expect(ended).toContain(`/public/draw/${draw}/u01.json`);
    expect(errors).toEqual([]);
  });

  it('at 320 px and at 400 % zoom nothing makes the page scroll sideways', async () => {
    const viewport = { width: 320, height: 256 };
    for (const deviceScaleFactor of [1, 4]) {
      const { page, errors } = await openPage({ viewport, deviceScaleFactor });
      await page.goto(portal.address('plain'));
      await readAndWrite(page);
      expect(await tooWide(page)).toEqual([]);
      await keepPicture(page, `zoom${deviceScaleFactor}`);
      expect(errors).toEqual([]);
    }
  });

  // Where colours, room or paper are others, the page around still makes no difference.
  const hard: readonly (readonly [string, Options])[] = [
    ['at 320 px', { viewport: { width: 320, height: 256 } }],
    ['with forced colours', { forcedColors: 'active' }],
    ['in print', { media: 'print' }],
  ];
  for (const [how, options] of hard)
    it(`${how} it looks under rules with !important as on a plain page`, async () => {
      const { media, ...context } = options ?? {};
      const { page, errors } = await openPage(context);
      await page.goto(portal.address('hostile'));
      await readAndWrite(page);
      if (media !== undefined) await page.emulateMedia({ media });
      await looksThePlainWay(page, `hostile ${how}`, options);
      expect(errors).toEqual([]);
    });

  it('with forced colours text, lines and the tick are in the colours of the system', async () => {
    const { page } = await openPage({ forcedColors: 'active' });
    await page.goto(portal.address('plain'));
    await readAndWrite(page);
    const colours = await page.locator('sundial-diary').evaluate((diary) => {
      const probe = document.createElement('p');
      probe.append('x');
      document.body.append(probe);
      const system = getComputedStyle(probe).color;
      probe.remove();
      const texts = [...(diary.shadowRoot?.querySelectorAll('.text, .title, .held b, .byline') ?? [])];
      return { system, found: [...new Set(texts.map((text) => getComputedStyle(text).color))] };
    });
    expect(colours.found).toEqual([colours.system]);
    await picturesOf(page, 'forced');
  });

  it('in print the text is there and no button is', async () => {
    const { page } = await openPage({ colorScheme: 'dark' });
    await page.goto(portal.address('plain'));
    await page.locator('sundial-diary .verify.ok').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('sundial-diary .title, sundial-diary .text').allInnerTexts()).toEqual(signedTexts);
    expect(await page.locator('sundial-diary .speak:visible').count()).toBe(0);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
    await picturesOf(page, 'print');
  });

  it('with scripts blocked the text of the server is there', async () => {
    const { page } = await openPage({ javaScriptEnabled: false });
    await page.goto(portal.address('plain'));
    expect(await page.locator('#served').isVisible()).toBe(true);
    expect(await page.locator('#served').textContent()).toBe('这里先是服务器给的文字。');
    await keepPicture(page, 'blocked');
  });

  const answers: Readonly<Record<string, SiteOptions['api']>> = {
    down: () => ({ status: 503, body: problem('UNAVAILABLE', 503) }),
    cut: () => 'drop',
    silent: () => 'hang',
    'talking nonsense': () => ({ status: 200, body: { rows: [7, null, { text: {} }], next: 5, total: 'many' } }),
    'answering another shape': () => ({ status: 200, body: 'hello' }),
  };
  for (const [how, api] of Object.entries(answers))
    it(`with the dynamic part ${how} the diary is read and checked`, async () => {
      const { own, page, errors } = await elsewhere({ ...(api && { api }) });
      await page.goto(own.address('plain'));
      await page.locator('sundial-diary .verify.ok').waitFor();
      expect(await page.locator('sundial-diary').locator('.title, .text').allTextContents()).toEqual(signedTexts);
      await keepPicture(page, `api ${how}`);
      expect({ errors, violations: own.site.violations }).toEqual({ errors: [], violations: [] });
    });

  for (const [how, file] of [
    ['missing', null],
    ['a page of HTML', '<!doctype html><p>502'],
    ['a list', [1, 2]],
  ] as const)
    it(`with a diary's file ${how} the page says so and offers to try again`, async () => {
      const { own, page, errors } = await elsewhere({
        tree: treeWith(vectors.base, { [`draw/${draw}/${unit}.json`]: file }),
      });
      await page.goto(own.address('plain'));
      await page.locator('sundial-diary').getByRole('alert').waitFor();
      await page.locator('sundial-diary').getByRole('button', { name: '再试一次' }).waitFor();
      await page.locator('sundial-feed .card').first().waitFor();
      await keepPicture(page, `file ${how}`);
      expect(errors).toEqual([]);
    });

  it('with the clock of the reader a day off either way it is checked and looks the same', async () => {
    for (const off of [-86_400, 86_400]) {
      const { page, errors } = await openPage();
      await page.clock.setFixedTime((1_795_572_000 + off) * 1000);
      await page.goto(portal.address('plain'));
      await readAndWrite(page);
      await looksThePlainWay(page, `clock${off}`);
      expect(errors).toEqual([]);
    }
  });
});

describe('a thousand times put in and taken out', () => {
  it('diary, list and comments leave nothing behind, and a double of the diary that keeps itself is found', async () => {
    const { page } = await openPage();
    await page.goto(portal.address('plain'));
    await page.locator('sundial-diary .verify.ok').waitFor();
    await page.evaluate(() => {
      const Diary = customElements.get('sundial-diary');
      if (Diary === undefined) throw new Error('no diary');
      customElements.define(
        'leaky-diary',
        class extends Diary {
          connectedCallback(): void {
            Reflect.get(Diary.prototype, 'connectedCallback').call(this);
            addEventListener('resize', () => this.isConnected);
          }
        },
      );
    });
    for (const tag of ['sundial-diary', 'sundial-feed', 'sundial-comments']) {
      const honest = await grownBy(page, tag);
      expect(honest.listeners).toBeLessThan(50);
      expect(honest.nodes).toBeLessThan(500);
      expect(honest.bytesEach).toBeLessThan(1000);
    }
    const leaky = await grownBy(page, 'leaky-diary');
    expect(leaky.listeners).toBeGreaterThanOrEqual(1000);
  });
});

/** What a thousand elements leave behind, after a first hundred that fill what is filled once. */
async function grownBy(page: Page, tag: string) {
  const cdp = await page.context().newCDPSession(page);
  const turn = (count: number): Promise<void> =>
    page.evaluate(
      async ({ name, times }) => {
        const model = document.querySelector('sundial-diary');
        for (let n = 0; n < times; n += 1) {
          const element = document.createElement(name);
          for (const { name: attribute, value } of model?.attributes ?? []) element.setAttribute(attribute, value);
          document.body.append(element);
          // Most leave while they load, some after their text has been painted.
          if (n % 50 === 0)
            await new Promise((ready) => element.addEventListener('sundial:ready', ready, { once: true }));
          else await Promise.resolve();
          element.remove();
        }
      },
      { name: tag, times: count },
    );
  const now = async () => {
    await page.waitForTimeout(500);
    for (let n = 0; n < 3; n += 1) await cdp.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    return { nodes, listeners: jsEventListeners, bytes: usedSize };
  };
  await turn(100);
  const before = await now();
  await turn(1000);
  const after = await now();
  return {
    nodes: after.nodes - before.nodes,
    listeners: after.listeners - before.listeners,
    bytesEach: (after.bytes - before.bytes) / 1000,
  };
}
