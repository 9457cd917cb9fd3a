import { describe, expect, it } from 'vitest';
import { words } from '../../shared/locales/zh.ts';
import { openPage, withBrowser } from './browser.ts';
import { diaryOn, signedTexts, textsOn, verdict } from './diary-page.ts';
import { diaryTag, draw, feedTag, patched, treeWith, unit, vectors } from './vector-tree.ts';

const siteWith = diaryOn(withBrowser());

const failures: Readonly<Record<string, string>> = words.failure;

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
