// What must not pass for a draw that is right: files that were altered, that do not come, or that came after the check.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPage } from './browser.ts';
import { drawPages, lookOf, named, text, wonOn } from './draw-page.ts';
import { fileIn, first } from './draw-tree.ts';

const { trees, siteWith, opened } = drawPages();

describe('an altered draw', () => {
  const failing = async (change: (file: ReturnType<typeof fileIn>) => void) => {
    const file = fileIn(trees().published, first);
    change(file);
    const { page } = await opened({ ...trees().published, [`draw/${first}.json`]: file });
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
    const unit = trees().units[0]?.[0] ?? '';
    const path = `draw/${first}/${unit}.json`;
    const missing = await opened({ ...trees().published, [path]: null });
    expect(await badStage(missing.page)).toEqual(['公开']);
    expect((await text(missing.page, 'details.verify'))[0]).toContain('DRAWN_NOT_PUBLISHED');
    expect(await missing.page.locator('.stages li.ok').count()).toBe(5);
    const bundle = structuredClone(trees().published[path]) as { diary: string };
    const altered = { ...bundle, diary: bundle.diary.replace(/~[^~]+~$/, '~') };
    const { page } = await opened({ ...trees().published, [path]: altered });
    expect(await badStage(page)).toEqual(['公开']);
  });

  it('is red when the history of draws says otherwise than the locked list', async () => {
    const history = structuredClone(trees().published['draw/history.json']) as { draws: { marks: string }[] };
    for (const row of history.draws) row.marks = row.marks.replace('a', 'p');
    const { page } = await opened({ ...trees().published, 'draw/history.json': history });
    expect((await text(page, '.history .msg.fail'))[0]).toContain('与锁定的名单不一致');
  });
});

describe('a draw that cannot be shown', () => {
  it('is said in words: nothing there, no draw yet, the network gone, a wrong attribute', async () => {
    const site = await siteWith({ ...trees().published, [`draw/${first}.json`]: null });
    const { page } = await openPage();
    await page.goto(site.address);
    expect(await page.getByRole('alert').textContent()).toContain('没有取到这一签');
    site.put({ [`draw/${first}.json`]: trees().published[`draw/${first}.json`] });
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.locator('details.verify.ok').waitFor();
    await page.context().setOffline(true);
    await page.getByText('网络断了').waitFor();

    const index = trees().published['index.json'] as object;
    const none = await siteWith({ ...trees().published, 'index.json': { ...index, draws: [] } });
    const empty = await openPage();
    await empty.page.goto(none.address);
    await empty.page.getByText('还没有抽过签').waitFor();

    const wrong = await siteWith(trees().published, {
      body: '<sundial-draw src="/public/" draw="W47"></sundial-draw>',
    });
    const third = await openPage();
    await third.page.goto(wrong.address);
    expect(await third.page.getByRole('alert').textContent()).toContain('没有填对 draw');
  });

  it('on plain http shows list and result, and that nothing was checked or redone', async () => {
    const site = await siteWith(trees().published);
    const { page } = await openPage();
    await page.goto(site.address.replace('127.0.0.1', 'portal.test'));
    await page.locator('details.verify.off').waitFor();
    expect((await wonOn(page)).sort()).toEqual([...(trees().units[0] ?? [])].sort().map(named));
    expect(await page.locator('.ctl, .stages li.ok').count()).toBe(0);
    expect((await text(page, '.outcome'))[0]).toContain('没有重算');
  });
});

describe('a tick', () => {
  /** Opens the draw before its publication; later answers of the log wait. */
  async function held() {
    let ms = 0;
    const site = await siteWith(trees().drawn, { delay: (path) => (path === 'checkpoint' ? ms : 0) });
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
    site.put({ [`draw/${first}.json`]: trees().published[`draw/${first}.json`] });
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
