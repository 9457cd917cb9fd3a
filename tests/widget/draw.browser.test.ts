import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findingsOf, tooWide } from '../fixtures/page-checks.ts';
import { openPage, withBrowser } from './browser.ts';
import { type DrawTrees, drawTrees, fileIn, first, reason, reasons } from './draw-tree.ts';
import { openSite, type Site, type SiteOptions, type Tree } from './site.ts';

let trees: DrawTrees;
beforeAll(async () => {
  trees = await drawTrees();
});
const sites = withBrowser();

const tag = (more = ''): string =>
  `<main><h1>抽签</h1><sundial-draw src="/public/" vkey="${trees.pins.vkey}" organiser="${trees.pins.organiser}" ${more}></sundial-draw></main>`;

async function siteWith(tree: Tree, options: Partial<SiteOptions> = {}): Promise<Site> {
  const site = await openSite({ tree, body: tag(), ...options });
  sites.push(site);
  return site;
}

/** Opens the page of a tree and waits for the end of the check. */
async function opened(tree: Tree, body = tag(), options: Parameters<typeof openPage>[0] = {}) {
  const site = await siteWith(tree, { body });
  const { page, errors } = await openPage(options);
  await page.goto(site.address);
  await page.locator('sundial-draw details.verify:not(.idle)').waitFor();
  return { site, page, errors };
}

const lookOf = async (page: Page): Promise<string> =>
  ((await page.locator('details.verify').getAttribute('class')) ?? '').replace(/verify|line/g, '').trim();
const text = (page: Page, selector: string): Promise<string[]> => page.locator(selector).allInnerTexts();
const named = (unit: string): string => `${unit}局`;
const wonOn = (page: Page): Promise<string[]> => text(page, '.pool .won span');
/** Sums of which the last line is seen. */
const shownSums = (page: Page): Promise<number> => page.locator('.sum .eq:not(.yet)').count();

describe('a published draw', () => {
  it('shows the list, every stage and the result, each with its tick, and links to the diaries', async () => {
    const { page, errors, site } = await opened(trees.published);
    expect(await lookOf(page)).toBe('ok');
    const stages = await text(page, '.stages li');
    expect(stages.map((stage) => stage.split('\n')[0])).toEqual([
      '名单锁定',
      '单位交数',
      '设备作证',
      '官方开奖',
      '抽出',
      '公开',
    ]);
    expect(await page.locator('.stages li.ok').count()).toBe(6);
    const said = stages.join(' ').replaceAll('\n', ' ');
    for (const fact of [
      '4个单位已封存；1个未参加',
      '封存截止 11月23日 12:00',
      '11月23日 12:01',
      '4台设备签字，共5台，至少要3台',
      '双色球第2026134期',
      '11月25日 00:00',
      '3个席位',
      '3篇全部公开',
    ])
      expect(said).toContain(fact);
    expect((await wonOn(page)).sort()).toEqual([...(trees.units[0] ?? [])].sort().map(named));
    expect(await text(page, '.pool .gone small')).toEqual(['未参加：休假']);
    // The lot that the last sum of a group names is still to be found on the list.
    const [sums, lots] = [await text(page, '.group .sums .sum:last-child .eq'), await text(page, '.pool .won small')];
    for (const sum of sums) expect(lots).toContain(`${/签\d+/.exec(sum)?.[0]} · 抽中`);
    expect((await text(page, '.replay > .meta'))[0]).toContain('签号从0起');
    for (const told of await text(page, '.replay p')) expect(told).not.toMatch(/。 /);
    expect(await text(page, '.balls b')).toEqual(['02', '05', '08', '10', '12', '30', '14']);
    expect((await text(page, '.plain'))[0]).toContain('中国福利彩票官网 www.cwl.gov.cn 查双色球第2026134期');
    expect(await page.locator('.plain a').getAttribute('href')).toBe('https://www.cwl.gov.cn/');
    const links = await page.locator('.after a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(links).toEqual((trees.units[0] ?? []).map((unit) => `${site.address}/public/d/${first}/${unit}.html`));
    expect(await text(page, '.outcome b')).toEqual(['重算结果与抽签记录一致。']);
    expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
  });

  it('is the newest one unless the page names another, also where the editor strips unknown elements', async () => {
    const stand = `<div data-sundial="draw" data-src="/public/" data-lang="en" data-vkey="${trees.pins.vkey}" data-organiser="${trees.pins.organiser}"></div>`;
    const { page } = await opened(trees.rerun, stand);
    expect((await text(page, '.kicker'))[0]).toContain('Week 48, 2026');
    expect(await lookOf(page)).toBe('ok');
    const other = await opened(trees.rerun, tag(`draw="${first}" unit="u03"`));
    expect((await text(other.page, '.kicker'))[0]).toContain('2026年第47周');
    expect(await text(other.page, '.pool .mine span')).toEqual(['u03局']);
  });

  it('stays amber where the page pins no keys', async () => {
    const { page } = await opened(trees.published, '<sundial-draw src="/public/"></sundial-draw>');
    expect(await lookOf(page)).toBe('amber');
    expect(await page.locator('.stages li.ok, .outcome.ok').count()).toBe(0);
  });

  it('tells the page what happened', async () => {
    const site = await siteWith(trees.published);
    const { page } = await openPage();
    await page.addInitScript(() => {
      Reflect.set(window, 'told', []);
      for (const name of ['sundial:ready', 'sundial:verified', 'sundial:failed'])
        document.addEventListener(name, (event) =>
          Reflect.get(window, 'told').push([name, Reflect.get(event, 'detail')]),
        );
    });
    await page.goto(site.address);
    await page.locator('details.verify.ok').waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'told'))).toEqual([
      ['sundial:ready', { draw: first }],
      ['sundial:verified', { draw: first, notices: ['VALUE_TO_COMPARE'] }],
    ]);
  });

  it('moves nothing when the check ends, and does not scroll sideways at 320 pixels', async () => {
    const site = await siteWith(trees.rerun, { delay: (path) => (path === 'checkpoint' ? 500 : 0) });
    for (const width of [320, 1200]) {
      const { page } = await openPage({ viewport: { width, height: 900 } });
      await page.addInitScript(() => {
        Reflect.set(window, 'shift', 0);
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'));
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(site.address);
      await page.locator('details.verify.idle').waitFor();
      await page.locator('details.verify.ok').waitFor();
      await page.waitForTimeout(200);
      expect([width, await page.evaluate(() => Reflect.get(window, 'shift'))]).toEqual([width, 0]);
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) one.toggleAttribute('open', true);
      });
      expect([width, await tooWide(page)]).toEqual([width, []]);
    }
  });

  it('is open to everybody: axe finds nothing in either language, opened up, in the middle of the replay', async () => {
    for (const [lang, colorScheme] of [
      ['zh-CN', 'light'],
      ['en', 'dark'],
    ] as const) {
      const body = `${tag(`lang="${lang}"`)}`;
      const { page } = await opened(trees.rerun, body, { colorScheme, reducedMotion: 'reduce' });
      await page.evaluate((scheme) => {
        document.documentElement.style.colorScheme = scheme;
        document.documentElement.style.background = 'Canvas';
      }, colorScheme);
      await page.locator('.step').click();
      await page.locator('.step').click();
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) one.toggleAttribute('open', true);
      });
      expect(await findingsOf(page)).toEqual({ failed: [], advised: [] });
    }
  });
});

describe('the lot run again', () => {
  it('begins when the reader asks, goes step by step, stops and goes on, and ends at the result of the record', async () => {
    const { page } = await opened(trees.published);
    expect(await shownSums(page)).toBe(3);
    await page.locator('.run').click();
    await expect.poll(() => shownSums(page)).toBe(0);
    expect(await wonOn(page)).toEqual([]);
    await expect.poll(() => shownSums(page), { timeout: 10_000 }).toBe(1);
    await page.locator('.run').click();
    expect(await text(page, '.run')).toEqual(['接着抽']);
    const [drawnFirst = ''] = trees.units[0] ?? [];
    expect(await wonOn(page)).toEqual([named(drawnFirst)]);
    expect(await page.locator('.outcome.yet').count()).toBe(1);
    await page.locator('.run').click();
    await page.locator('.outcome:not(.yet)').waitFor();
    const sums = await text(page, '.sum .eq');
    expect(sums.map((sum) => sum.split('：')[1])).toEqual((trees.units[0] ?? []).map(named));
    expect((await wonOn(page)).sort()).toEqual([...(trees.units[0] ?? [])].sort().map(named));
    expect(await text(page, '.run')).toEqual(['重抽给您看']);
  });

  it('says number, divisor, remainder and unit as anybody can reckon them from the table', async () => {
    const { page } = await opened(trees.rerun);
    await page.locator('.replay details.fold').first().locator('summary').click();
    const rows = await page
      .locator('.replay table tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
    expect(rows.map(([, , , , , unit]) => unit)).toEqual((trees.units[1] ?? []).map(named));
    const sums = await text(page, '.sum');
    for (const [n, [, , number = '', by = '', rest = '', unit]] of rows.entries()) {
      expect(BigInt(`0x${number}`) % BigInt(by)).toBe(BigInt(rest));
      const said = sums[n] ?? '';
      for (const part of [number.slice(0, 8), number.slice(-8), `除以${by}`, `余 ${rest} → 签${rest}：${unit}`])
        expect(said).toContain(part);
    }
    // Two of the three of group a rest: the one in the pool is drawn first, then one of those that rest.
    expect(sums[0]).toContain('除以1');
    expect(sums[1]).toContain('在筒的都抽完了，轮到2026年第47周抽中过的。筒里有2个');
  });

  it('can be skipped, and is gone through by keyboard alone without losing the place', async () => {
    const { page } = await opened(trees.published);
    const focused = () =>
      page.evaluate(() => document.querySelector('sundial-draw')?.shadowRoot?.activeElement?.textContent ?? '');
    while ((await focused()) !== '重抽给您看') await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('一步一步看');
    await page.keyboard.press('Enter');
    expect(await shownSums(page)).toBe(0);
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('Enter');
    expect(await shownSums(page)).toBe(1);
    expect(await focused()).toBe('下一步');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('直接看结果');
    await page.keyboard.press('Enter');
    expect(await shownSums(page)).toBe(3);
    expect(await focused()).toBe('重抽给您看');
  });

  it('stands still for who wants no motion: the end is shown, and each step is the reader’s own', async () => {
    const { page } = await opened(trees.published, tag(), { reducedMotion: 'reduce' });
    expect(await page.locator('.run').count()).toBe(0);
    expect(await shownSums(page)).toBe(3);
    await page.locator('.step').click();
    for (let n = 0; n < 4; n += 1) await page.locator('.step').click();
    expect(await shownSums(page)).toBe(1);
    await page.waitForTimeout(1500);
    expect(await shownSums(page)).toBe(1);
  });
});

describe('an altered draw', () => {
  const failing = async (change: (file: ReturnType<typeof fileIn>) => void) => {
    const file = fileIn(trees.published, first);
    change(file);
    const { page } = await opened({ ...trees.published, [`draw/${first}.json`]: file });
    return page;
  };
  const badStage = (page: Page): Promise<string[]> => text(page, '.stages li.bad b');

  it('is red at the list when a candidate is struck out', async () => {
    const page = await failing(({ list }) => void (list.list as unknown[]).pop());
    expect(await lookOf(page)).toBe('bad');
    expect((await text(page, 'details.verify'))[0]).toContain('LIST_INVALID');
    expect(await badStage(page)).toEqual(['名单锁定']);
    expect(await page.locator('.outcome.ok').count()).toBe(0);
  });

  it('says in words that the result differs when numbers or names of the record are changed', async () => {
    const record = (file: ReturnType<typeof fileIn>) => file.record as { drawn: unknown[]; values: unknown[] };
    const changes: readonly ((file: ReturnType<typeof fileIn>) => void)[] = [
      (file) => void record(file).drawn.reverse(),
      (file) => void Object.assign(record(file).values[0] as object, { value: [1, 2, 3, 4, 5, 6, 7] }),
    ];
    for (const change of changes) {
      const page = await failing(change);
      expect(await lookOf(page)).toBe('bad');
      expect((await text(page, 'details.verify'))[0]).toContain('DRAW_MISMATCH');
      expect(await page.locator('.outcome.ok').count()).toBe(0);
    }
    const page = await failing((file) => void record(file).drawn.reverse());
    expect((await text(page, '.outcome'))[0]).toContain('重算结果与抽签记录不一致。');
  });

  it('is red at the publication when a drawn diary is kept back, or is not what was signed', async () => {
    const unit = trees.units[0]?.[0] ?? '';
    const path = `draw/${first}/${unit}.json`;
    const missing = await opened({ ...trees.published, [path]: null });
    expect(await badStage(missing.page)).toEqual(['公开']);
    expect((await text(missing.page, 'details.verify'))[0]).toContain('DRAWN_NOT_PUBLISHED');
    expect(await missing.page.locator('.stages li.ok').count()).toBe(5);
    const bundle = structuredClone(trees.published[path]) as { diary: string };
    const altered = { ...bundle, diary: bundle.diary.replace(/~[^~]+~$/, '~') };
    const { page } = await opened({ ...trees.published, [path]: altered });
    expect(await badStage(page)).toEqual(['公开']);
  });

  it('is red when the history of draws says otherwise than the locked list', async () => {
    const history = structuredClone(trees.published['draw/history.json']) as { draws: { marks: string }[] };
    for (const row of history.draws) row.marks = row.marks.replace('a', 'p');
    const { page } = await opened({ ...trees.published, 'draw/history.json': history });
    expect((await text(page, '.history .msg.fail'))[0]).toContain('与锁定的名单不一致');
  });
});

describe('a draw that is under way', () => {
  it('says after the freeze whose numbers are awaited and until when', async () => {
    const { page } = await opened(trees.frozen);
    expect(await lookOf(page)).toBe('ok');
    const stages = (await text(page, '.stages li')).map((stage) => stage.replaceAll('\n', ' '));
    expect(stages[1]).toContain('还差：u02局、u03局、u05局');
    expect(stages[1]).toContain('等组织部门锁定，最迟11月25日 00:00');
    expect(stages[3]).toContain('双色球第2026134期');
    expect(await page.locator('.stages li.wait').count()).toBe(5);
    expect(await page.locator('.ctl').count()).toBe(0);
    expect((await text(page, '.replay h3'))[0]).toBe('锁定的名单');
  });

  it('says after the lock how many devices are awaited, and after the draw that publication is', async () => {
    const { page } = await opened(trees.locked);
    const stages = (await text(page, '.stages li')).map((stage) => stage.replaceAll('\n', ' '));
    expect(stages[2]).toContain('已有2台设备签字，共5台，至少要3台；最迟11月25日 00:00');
    expect(await page.locator('.stages li.ok').count()).toBe(2);
    const drawn = await opened(trees.drawn);
    expect((await text(drawn.page, '.stages li.wait')).join()).toMatch(/审查中，最迟.*晒出/);
    expect(await drawn.page.locator('.stages li.ok').count()).toBe(5);
    expect((await text(drawn.page, '.say'))[0]).toBe('已核验：到目前为止都对得上');
    expect(await drawn.page.locator('.after a').count()).toBe(0);
  });
});

describe('a void draw and its re-run', () => {
  it('name the reason, and lead from one to the other', async () => {
    const { page } = await opened(trees.rerun);
    expect((await text(page, '.notice'))[0]).toContain(`这一周作废过，又重抽：${reason}`);
    expect((await text(page, '.kicker'))[0]).toContain('第2次抽签');
    await page.locator('.notice .link').click();
    await page.locator('.void').waitFor();
    await page.locator('details.verify.ok').waitFor();
    expect((await text(page, '.void'))[0]).toContain(`这一签已作废：${reason}`);
    expect((await text(page, '.say'))[0]).toBe('已核验：作废记在存证日志里');
    await page.locator('.history details.fold').last().locator('summary').click();
    const state = await text(page, '.history details.fold:last-of-type tbody tr');
    expect(state.map((row) => row.split('\t').slice(0, 2).join())).toEqual([
      '看2026年第48周，第2次抽,已公开',
      '2026年第48周 · 正在看,作废',
      '看2026年第47周,已公开',
    ]);
    await page.getByRole('button', { name: '看2026年第47周' }).click();
    await expect.poll(async () => (await text(page, '.kicker'))[0]).toContain('2026年第47周');
  });

  it('name every reason of a week that was void more than once, each apart', async () => {
    const { page } = await opened(trees.twice);
    expect((await text(page, '.kicker'))[0]).toContain('第3次抽签');
    expect((await text(page, '.notice'))[0]).toBe(`这一周作废过，又重抽：${reasons.join('\u00a0· ')}`);
    const other = await opened(trees.twice, tag('lang="en"'));
    expect((await text(other.page, '.notice'))[0]).toBe(
      `This week was declared void and drawn again: ${reasons.join('\u00a0· ')}`,
    );
  });

  it('count once in the history: what each unit was, void lists left out, in the order of the organisation', async () => {
    const { page } = await opened(trees.rerun);
    await page.locator('.history details.fold').first().locator('summary').click();
    const rows = await page
      .locator('.history details.fold:first-of-type tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
    const [one = [], two = []] = trees.units;
    const expected = ['u01', 'u02', 'u03', 'u04', 'u05'].map((unit) => {
      const drawn = Number(one.includes(unit)) + Number(two.includes(unit));
      const rests = one.includes(unit) && !two.includes(unit) ? 1 : 0;
      const absent = unit === 'u04' ? 2 : 0;
      return [named(unit), ...[2 - rests - absent, drawn, rests, absent].map(String)];
    });
    expect(rows).toEqual(expected);
    expect((await text(page, '.history .sec small'))[0]).toBe('2026年第47周至2026年第48周，第2次抽，共2签');
  });
});

describe('a diary', () => {
  it('leads to its draw on the page that has it', async () => {
    const [unit = ''] = trees.units[0] ?? [];
    const pins = `vkey="${trees.pins.vkey}" organiser="${trees.pins.organiser}"`;
    const site = await siteWith(trees.rerun, {
      body: `<sundial-diary src="/public/" draw="${first}" unit="${unit}" draws="/draw" ${pins}></sundial-diary>`,
    });
    const { page } = await openPage();
    await page.goto(site.address);
    const link = page.getByRole('link', { name: '2026年第47周', exact: true });
    expect(await link.getAttribute('href')).toBe(`/draw#sundial/${first}`);
    site.body = tag();
    await page.goto(`${site.address}/#sundial/${first}`);
    await page.reload();
    await page.locator('details.verify.ok').waitFor();
    expect((await text(page, '.kicker'))[0]).toContain('2026年第47周');
  });
});

describe('a draw that cannot be shown', () => {
  it('is said in words: nothing there, no draw yet, the network gone, a wrong attribute', async () => {
    const site = await siteWith({ ...trees.published, [`draw/${first}.json`]: null });
    const { page } = await openPage();
    await page.goto(site.address);
    expect(await page.getByRole('alert').textContent()).toContain('没有取到这一签');
    site.put({ [`draw/${first}.json`]: trees.published[`draw/${first}.json`] });
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.locator('details.verify.ok').waitFor();
    await page.context().setOffline(true);
    await page.getByText('网络断了').waitFor();

    const index = trees.published['index.json'] as object;
    const none = await siteWith({ ...trees.published, 'index.json': { ...index, draws: [] } });
    const empty = await openPage();
    await empty.page.goto(none.address);
    await empty.page.getByText('还没有抽过签').waitFor();

    const wrong = await siteWith(trees.published, { body: '<sundial-draw src="/public/" draw="W47"></sundial-draw>' });
    const third = await openPage();
    await third.page.goto(wrong.address);
    expect(await third.page.getByRole('alert').textContent()).toContain('没有填对 draw');
  });

  it('on plain http shows list and result, and that nothing was checked or redone', async () => {
    const site = await siteWith(trees.published);
    const { page } = await openPage();
    await page.goto(site.address.replace('127.0.0.1', 'portal.test'));
    await page.locator('details.verify.off').waitFor();
    expect((await wonOn(page)).sort()).toEqual([...(trees.units[0] ?? [])].sort().map(named));
    expect(await page.locator('.ctl, .stages li.ok').count()).toBe(0);
    expect((await text(page, '.outcome'))[0]).toContain('没有重算');
  });
});

describe('a tick', () => {
  /** Opens the draw before its publication; later answers of the log wait. */
  async function held() {
    let ms = 0;
    const site = await siteWith(trees.drawn, { delay: (path) => (path === 'checkpoint' ? ms : 0) });
    const { page, context } = await openPage();
    await page.goto(site.address);
    const hold = (time: number): void => {
      ms = time;
    };
    return { site, page, context, hold };
  }

  it('never stands beside a file that came after the one it was computed over', async () => {
    const { site, page, context, hold } = await held();
    await page.locator('details.verify.ok').waitFor();
    hold(4000);
    site.put({ [`draw/${first}.json`]: trees.published[`draw/${first}.json`] });
    await context.setOffline(true);
    await context.setOffline(false);
    await page.getByText('抽中的日记：').waitFor();
    expect(await lookOf(page)).toBe('idle');
  });

  it('comes when the element is back that was taken out while it was checked', async () => {
    const { page, hold } = await held();
    hold(1000);
    await page.reload();
    await page.locator('details.verify.idle').waitFor();
    await page.evaluate(async () => {
      const element = document.querySelector('sundial-draw');
      const at = element?.parentElement;
      element?.remove();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      if (element) at?.append(element);
    });
    await page.locator('details.verify.ok').waitFor({ timeout: 8000 });
  });
});
