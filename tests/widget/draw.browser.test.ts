import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findingsOf, tooWide } from '../fixtures/page-checks.ts';
import { openPage } from './browser.ts';
import { drawPages, lookOf, named, text, wonOn } from './draw-page.ts';
import { first, reason, reasons } from './draw-tree.ts';

const { trees, tag, siteWith, opened } = drawPages();
/** Sums of which the last line is seen. */
const shownSums = (page: Page): Promise<number> => page.locator('.sum .eq:not(.yet)').count();

describe('a published draw', () => {
  it('shows the list, every stage and the result, each with its tick, and links to the diaries', async () => {
    const { page, errors, site } = await opened(trees().published);
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
    expect((await wonOn(page)).sort()).toEqual([...(trees().units[0] ?? [])].sort().map(named));
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
    expect(links).toEqual((trees().units[0] ?? []).map((unit) => `${site.address}/public/d/${first}/${unit}.html`));
    expect(await text(page, '.outcome b')).toEqual(['重算结果与抽签记录一致。']);
    expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
  });

  it('is the newest one unless the page names another, also where the editor strips unknown elements', async () => {
    const stand = `<div data-sundial="draw" data-src="/public/" data-lang="en" data-vkey="${trees().pins.vkey}" data-organiser="${trees().pins.organiser}"></div>`;
    const { page } = await opened(trees().rerun, stand);
    expect((await text(page, '.kicker'))[0]).toContain('Week 48, 2026');
    expect(await lookOf(page)).toBe('ok');
    const other = await opened(trees().rerun, tag(`draw="${first}" unit="u03"`));
    expect((await text(other.page, '.kicker'))[0]).toContain('2026年第47周');
    expect(await text(other.page, '.pool .mine span')).toEqual(['u03局']);
  });

  it('stays amber where the page pins no keys', async () => {
    const { page } = await opened(trees().published, '<sundial-draw src="/public/"></sundial-draw>');
    expect(await lookOf(page)).toBe('amber');
    expect(await page.locator('.stages li.ok, .outcome.ok').count()).toBe(0);
  });

  it('tells the page what happened', async () => {
    const site = await siteWith(trees().published);
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
    const site = await siteWith(trees().rerun, { delay: (path) => (path === 'checkpoint' ? 500 : 0) });
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
      const { page } = await opened(trees().rerun, body, { colorScheme, reducedMotion: 'reduce' });
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
    const { page } = await opened(trees().published);
    expect(await shownSums(page)).toBe(3);
    await page.locator('.run').click();
    await expect.poll(() => shownSums(page)).toBe(0);
    expect(await wonOn(page)).toEqual([]);
    await expect.poll(() => shownSums(page), { timeout: 10_000 }).toBe(1);
    await page.locator('.run').click();
    expect(await text(page, '.run')).toEqual(['接着抽']);
    const [drawnFirst = ''] = trees().units[0] ?? [];
    expect(await wonOn(page)).toEqual([named(drawnFirst)]);
    expect(await page.locator('.outcome.yet').count()).toBe(1);
    await page.locator('.run').click();
    await page.locator('.outcome:not(.yet)').waitFor();
    const sums = await text(page, '.sum .eq');
    expect(sums.map((sum) => sum.split('：')[1])).toEqual((trees().units[0] ?? []).map(named));
    expect((await wonOn(page)).sort()).toEqual([...(trees().units[0] ?? [])].sort().map(named));
    expect(await text(page, '.run')).toEqual(['重抽给您看']);
  });

  it('says number, divisor, remainder and unit as anybody can reckon them from the table', async () => {
    const { page } = await opened(trees().rerun);
    await page.locator('.replay details.fold').first().locator('summary').click();
    const rows = await page
      .locator('.replay table tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
    expect(rows.map(([, , , , , unit]) => unit)).toEqual((trees().units[1] ?? []).map(named));
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
    const { page } = await opened(trees().published);
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
    const { page } = await opened(trees().published, tag(), { reducedMotion: 'reduce' });
    expect(await page.locator('.run').count()).toBe(0);
    expect(await shownSums(page)).toBe(3);
    await page.locator('.step').click();
    for (let n = 0; n < 4; n += 1) await page.locator('.step').click();
    expect(await shownSums(page)).toBe(1);
    await page.waitForTimeout(1500);
    expect(await shownSums(page)).toBe(1);
  });
});

describe('a draw that is under way', () => {
  it('says after the freeze whose numbers are awaited and until when', async () => {
    const { page } = await opened(trees().frozen);
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
    const { page } = await opened(trees().locked);
    const stages = (await text(page, '.stages li')).map((stage) => stage.replaceAll('\n', ' '));
    expect(stages[2]).toContain('已有2台设备签字，共5台，至少要3台；最迟11月25日 00:00');
    expect(await page.locator('.stages li.ok').count()).toBe(2);
    const drawn = await opened(trees().drawn);
    expect((await text(drawn.page, '.stages li.wait')).join()).toMatch(/审查中，最迟.*晒出/);
    expect(await drawn.page.locator('.stages li.ok').count()).toBe(5);
    expect((await text(drawn.page, '.say'))[0]).toBe('已核验：到目前为止都对得上');
    expect(await drawn.page.locator('.after a').count()).toBe(0);
  });
});

describe('a void draw and its re-run', () => {
  it('name the reason, and lead from one to the other', async () => {
    const { page } = await opened(trees().rerun);
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
    const { page } = await opened(trees().twice);
    expect((await text(page, '.kicker'))[0]).toContain('第3次抽签');
    expect((await text(page, '.notice'))[0]).toBe(`这一周作废过，又重抽：${reasons.join('\u00a0· ')}`);
    const other = await opened(trees().twice, tag('lang="en"'));
    expect((await text(other.page, '.notice'))[0]).toBe(
      `This week was declared void and drawn again: ${reasons.join('\u00a0· ')}`,
    );
  });

  it('count once in the history: what each unit was, void lists left out, in the order of the organisation', async () => {
    const { page } = await opened(trees().rerun);
    await page.locator('.history details.fold').first().locator('summary').click();
    const rows = await page
      .locator('.history details.fold:first-of-type tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
    const [one = [], two = []] = trees().units;
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
    const [unit = ''] = trees().units[0] ?? [];
    const pins = `vkey="${trees().pins.vkey}" organiser="${trees().pins.organiser}"`;
    const site = await siteWith(trees().rerun, {
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
