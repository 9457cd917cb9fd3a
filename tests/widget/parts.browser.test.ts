/** Elements whose code comes later than the page: what stands in their place, and that nothing the page asked of them is lost. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { type DrawTrees, drawTrees, first } from './draw-tree.ts';
import { openSite, type SiteOptions, strictPolicy } from './site.ts';
import { diaryTag, treeWith, vectors } from './vector-tree.ts';

let trees: DrawTrees;
beforeAll(async () => {
  trees = await drawTrees();
});
const sites = withBrowser();

const drawTag = (more = ''): string => `<sundial-draw src="/public/" ${more}></sundial-draw>`;
const onlyMain = strictPolicy.replace("script-src 'self'", 'script-src http://*:*/sundial.js');

async function opened(options: Partial<SiteOptions> = {}) {
  const site = await openSite({ tree: trees.published, body: drawTag(), ...options });
  sites.push(site);
  const { page, errors } = await openPage();
  return { site, page, errors };
}

/** Spoils one part. */
const spoilt =
  (name: string) =>
  (built: Buffer, file: string): Buffer =>
    file.includes(name) ? Buffer.concat([built, Buffer.from(' ')]) : built;

describe('a part that does not come', () => {
  it('leaves a sentence that names the file, with a way to read the same, where the policy lets in the main file alone', async () => {
    const { site, page, errors } = await opened({ policy: onlyMain });
    await page.goto(site.address);
    const alert = page.locator('sundial-draw').getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/没有装上.*sundial-[\d.]+-draw\.js/s);
    expect(await alert.getByRole('link').getAttribute('href')).toBe(`${site.address}/public/fragment/feed.html`);
    expect(errors).toEqual([]);
  });

  it('is refused when one byte of it is not as it was built, and asked for again by its button', async () => {
    let isSpoilt = true;
    const { site, page } = await opened({
      part: (built, file) => (isSpoilt ? spoilt('-draw')(built, file) : built),
    });
    await page.goto(site.address);
    const again = page.locator('sundial-draw').getByRole('button', { name: '再试一次' });
    await again.waitFor();
    expect(await page.locator('sundial-draw .stages').count()).toBe(0);
    isSpoilt = false;
    await again.click();
    await page.locator('sundial-draw .stages').waitFor();
  });

  it('says so where its file is asked for and never answered, and is asked for again by its button', async () => {
    let silent = '-draw.js';
    const { site, page } = await opened({ serve: (path) => silent !== '' && path.endsWith(silent) });
    await page.clock.install();
    await page.goto(site.address, { waitUntil: 'commit' });
    await page.locator('sundial-draw .bones').waitFor({ state: 'attached' });
    await page.clock.fastForward(31_000);
    const again = page.locator('sundial-draw').getByRole('button', { name: '再试一次' });
    await again.waitFor();
    silent = '';
    await again.click();
    await page.locator('sundial-draw .stages').waitFor();
  });

  it('never makes a tick: without the check a diary is shown and says that it was not checked to the end', async () => {
    const { site, page, errors } = await opened({
      tree: treeWith(vectors.base),
      body: diaryTag(),
      part: spoilt('-check'),
    });
    await page.goto(site.address);
    await page.locator('details.verify.amber').waitFor();
    expect(await page.locator('[part~=text]').count()).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  it('leaves no picture unchecked: it is asked for again by its button, and drawn once the check is there', async () => {
    let isSpoilt = true;
    const { site, page } = await opened({
      tree: treeWith(vectors.base),
      body: diaryTag(),
      part: (built, file) => (isSpoilt ? spoilt('-check')(built, file) : built),
    });
    await page.goto(site.address);
    await page.getByText('IMAGE_MISSING').waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
    isSpoilt = false;
    await page.getByRole('figure').getByRole('button', { name: '再试一次' }).click();
    await expect
      .poll(() =>
        page
          .locator('canvas')
          .evaluateAll(
            ([canvas]) =>
              canvas instanceof HTMLCanvasElement && canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data[3] === 255,
          ),
      )
      .toBe(true);
  });
});

describe('a part', () => {
  it('has the nonce of the main file, so that a policy that names files by nonce lets both in', async () => {
    const html = `<!doctype html><meta charset="utf-8"><script type="module" nonce="abc" src="/sundial.js"></script>${drawTag()}`;
    const { site, page, errors } = await opened({
      serve: (path, response) => {
        if (path !== '/nonce') return false;
        response.writeHead(200, {
          'content-type': 'text/html',
          'content-security-policy': strictPolicy.replace("script-src 'self'", "script-src 'nonce-abc'"),
        });
        response.end(html);
        return true;
      },
    });
    await page.goto(`${site.address}/nonce`);
    await page.locator('sundial-draw .stages').waitFor();
    expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
  });
});

describe('a part that comes late', () => {
  it('finds the properties, attributes and listeners that were set before', async () => {
    const { site, page, errors } = await opened({ body: '' });
    await page.goto(site.address);
    const told = await page.evaluate(
      async ([tree, draw]) => {
        const element = document.createElement('sundial-draw');
        const ready = new Promise((resolve) =>
          element.addEventListener('sundial:ready', (event) => resolve(Reflect.get(event, 'detail')), { once: true }),
        );
        element.lang = 'en';
        Object.assign(element, { src: tree });
        element.setAttribute('draw', draw ?? '');
        document.body.append(element);
        return ready;
      },
      ['/public/', first] as const,
    );
    expect(told).toEqual({ draw: first });
    expect(await page.locator('sundial-draw .s').getAttribute('lang')).toBe('en');
    expect(
      await page
        .locator('sundial-draw')
        .evaluate((element) => [Reflect.get(element, 'src'), Reflect.get(element, 'draw')]),
    ).toEqual(['/public/', first]);
    expect(errors).toEqual([]);
  });

  it('keeps children in view until it is there, and attributes changed or elements moved meanwhile count', async () => {
    const { site, page, errors } = await opened({
      body: '<sundial-draw src="/nowhere/"><p>先看这里</p></sundial-draw><section></section>',
    });
    let go = (): void => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    await page.route('**/*-draw.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(site.address, { waitUntil: 'commit' }); // the page is loaded once its scripts are
    await page.getByText('先看这里').waitFor();
    await page.evaluate(() => {
      const element = document.querySelector('sundial-draw');
      element?.setAttribute('src', '/public/');
      if (element) document.querySelector('section')?.append(element);
    });
    go();
    await page.locator('section sundial-draw .stages').waitFor();
    expect(errors).toEqual([]);
  });

  it('is made, and made again, after its part is there', async () => {
    const { site, page, errors } = await opened();
    await page.goto(site.address);
    await page.locator('sundial-draw .stages').waitFor();
    await page.evaluate(() => {
      const copy = document.querySelector('sundial-draw')?.cloneNode(true);
      if (copy) document.body.append(copy);
    });
    await page.locator('sundial-draw:nth-of-type(2) .stages').waitFor();
    expect(errors).toEqual([]);
  });

  it('has observed every attribute that its element knows', async () => {
    const { site, page } = await opened();
    await page.goto(site.address);
    await page.locator('sundial-draw .stages').waitFor();
    const [known, observed] = await page
      .locator('sundial-draw')
      .evaluate((element) => [
        Reflect.get(element.constructor, 'observedAttributes'),
        Reflect.get(customElements.get('sundial-draw') ?? {}, 'observedAttributes'),
      ]);
    expect(observed).toEqual(expect.arrayContaining(known));
  });

  it('puts the keyboard into the form that was asked for, moves nothing before it is asked for, and leaves no global', async () => {
    const { site, page, errors } = await opened({
      tree: treeWith(vectors.base),
      body: diaryTag(),
      api: () => ({ status: 200, body: { rows: [], next: null, total: 0 } }),
    });
    await page.goto(`${site.address}/empty`);
    const before = await page.evaluate(() => Object.getOwnPropertyNames(globalThis));
    await page.goto(site.address);
    await page.locator('details.verify.ok').waitFor();
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += Number(Reflect.get(entry, 'value'));
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 300);
        }),
    );
    expect(shift).toBe(0);
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    await page.getByLabel('内容').waitFor();
    await expect
      .poll(() =>
        page.evaluate(() => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at?.localName;
        }),
      )
      .toBe('textarea');
    const after = await page.evaluate(() => Object.getOwnPropertyNames(globalThis));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
    expect(errors).toEqual([]);
    expect(site.violations).toEqual([]);
  });
});
