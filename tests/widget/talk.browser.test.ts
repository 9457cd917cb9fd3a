import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { type Answered, openSite, problem, type Site } from './site.ts';
import { openTalk, type TalkOptions } from './talk-site.ts';
import { diaryTag, draw, indexOf, treeWith, unit, vectors } from './vector-tree.ts';
import { comment, voices } from './voices.ts';
import { accepted, agree, posts } from './writing.ts';

const sites = withBrowser();

const noProof: Answered = { status: 201, body: { challenge: null } };

/** Lists comments, asks for no proof of work, and answers everything else with `answer`. */
async function siteWith(answer: TalkOptions['answer'] & {}): Promise<Site> {
  const site = await openTalk({
    comments: () => voices,
    answer: (asked) => (asked.path === '/api/v1/challenges' ? noProof : answer(asked)),
  });
  sites.push(site);
  return site;
}

async function openForm(page: Page, address: string, name = '写留言'): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('form').waitFor();
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('内容').fill(text);
  await agree(page);
}

describe('comments are read', () => {
  it('with kind, name, time, reply, and cases whose two ends differ in words', async () => {
    const site = await siteWith(() => accepted);
    const { page, errors } = await openPage();
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    await page.getByText('留言5条 · 工单2件：已闭环1，未解决办结1').waitFor();
    const [first, second] = await page.locator('.talk > .comments > .comment').allTextContents();
    expect(first).toContain('桥东住户建议11月25日 12:13护栏加高了');
    expect(second).toContain('柳湾镇官方答复');
    expect(await page.locator('.st-closed').first().textContent()).toBe('已闭环');
    expect(await page.locator('.st-unsolved').first().textContent()).toBe('未解决办结');
    expect(await page.locator('.said a').first().getAttribute('rel')).toBe('nofollow ugc noopener noreferrer');
    expect(await page.locator('.said a').first().getAttribute('href')).toBe('https://example.org/bridge?a=1');
    await page.getByText('11月28日这条留言已撤下，理由：涉及他人隐私。').waitFor();
    await page.getByText('工单 000000011 · 办理经过').first().click();
    await page.getByText('整改办结；根因：工作考虑不周').waitFor();
    await page.getByText('“亮了，看得清台阶”已解决，满意度5分。').waitFor();
    expect(errors).toEqual([]);
  });

  it('asked for once, beside the diary, and a long list is all there; an address opens at its last one', async () => {
    const rows = Array.from({ length: 25 }, (_, n) => comment({ id: `k${n}`, item: null, text: `第${n}条` }));
    const site = await openTalk({ comments: () => rows });
    sites.push(site);
    const { page, errors } = await openPage();
    await page.goto(`${site.address}/#sundial/${draw}/${unit}/c-k24`);
    await page.locator('.comment:focus').waitFor();
    expect(await page.locator('.comment:focus .said').textContent()).toBe('第24条');
    expect(await page.locator('.talk > .comments > .comment .said').allTextContents()).toEqual(
      rows.map(({ text }) => text),
    );
    expect(site.asked.map(({ path }) => path)).toEqual([`/api/v1/comments?draw=${draw}&unit=${unit}`]);
    await page.goto('about:blank');
    await page.goto(site.address);
    await page.locator('.talk > .comments > .comment:nth-child(25)').waitFor({ state: 'attached' });
    expect(errors).toEqual([]);
  });

  it('from a server that never answers do not come, and can be asked for again', async () => {
    let isSilent = true;
    const site = await openTalk({
      comments: () => voices,
      serve: (path) => isSilent && path.startsWith('/api/v1/comments?'),
    });
    sites.push(site);
    const { page } = await openPage();
    await page.clock.install();
    await page.goto(site.address);
    await page.getByText('正在读取留言').waitFor();
    await page.clock.fastForward(31_000);
    await page.getByText('没有取到留言').waitFor();
    isSilent = false;
    await page.locator('sundial-talk').getByRole('button', { name: '再试一次' }).click();
    await page.locator('.comment').first().waitFor();
  });

  it('under their entry, and lead to it', async () => {
    const site = await siteWith(() => accepted);
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '11月17日 14:00–16:40这一条有2条留言' }).click();
    await expect.poll(() => page.locator('#i2 .comment').count()).toBe(2);
    await page.getByRole('button', { name: '11月17日 14:00–16:40', exact: true }).first().click();
    await expect.poll(() => page.locator('#i2').evaluate((one) => one.matches(':focus'))).toBe(true);
  });

  it.each([
    ['in a static tree', null],
    ['where the index names no address for them', 7],
  ])('are closed %s, and the page says so', async (_, api) => {
    const site = await openSite({
      tree: treeWith(vectors.base, { 'index.json': { ...indexOf(), api } }),
      body: diaryTag(),
    });
    sites.push(site);
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByText('这里不收留言。').waitFor();
    expect(await page.getByRole('button', { name: '写留言' }).count()).toBe(0);
    expect(site.asked).toEqual([]);
  });
});

describe('a comment is written', () => {
  it('sent once with a key, answered by a receipt that only the reader has', async () => {
    const site = await siteWith(() => accepted);
    const { page, context } = await openPage();
    // Of the portal, and no business of ours.
    await context.addCookies([{ name: 'portal', value: 'session', url: site.address }]);
    await page.addInitScript(() => {
      Reflect.set(window, 'told', []);
      document.addEventListener('sundial:comment', (event) =>
        Reflect.get(window, 'told').push(Reflect.get(event, 'detail')),
      );
    });
    await openForm(page, site.address);
    await page.getByLabel('意见').check();
    await write(page, '夜里还是黑 <b>两盏灯</b>');
    await page.getByRole('button', { name: '提交审核' }).dblclick();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const [sent, ...more] = posts(site);
    expect(more).toEqual([]);
    const code = (await page.locator('.slip dd').nth(1).textContent()) ?? '';
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(sent?.headers['idempotency-key']).toMatch(/^[\w-]{22}$/);
    expect(sent?.body).toEqual({
      draw,
      unit,
      item: null,
      kind: 'complaint',
      text: '夜里还是黑 <b>两盏灯</b>',
      nickname: '群众',
      codeHash: createHash('sha256').update(code.replaceAll('-', '')).digest('base64url'),
      consent: true,
    });
    expect(JSON.stringify(site.asked)).not.toContain(code);
    expect(site.asked.flatMap(({ headers }) => headers.cookie ?? [])).toEqual([]);
    expect(
      await page
        .locator('.slip dd')
        .first()
        .evaluate((one) => getComputedStyle(one).fontSize),
    ).toBe('22px');
    expect(await page.evaluate(() => Reflect.get(window, 'told'))).toEqual([
      { draw, unit, item: null, number: '000000011' },
    ]);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(code);
    await page.getByLabel('这是我自己的设备').check();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain(code);
    await page.getByLabel('这是我自己的设备').uncheck();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(code);
    expect(site.violations).toEqual([]);
  });

  it('on one entry by its number, as a report', async () => {
    const site = await siteWith(() => accepted);
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '对11月16日 08:30–10:00这一条留言' }).click();
    await page.locator('#i1').getByRole('button', { name: '反映问题' }).click();
    await page.getByLabel('发生了什么').fill('桥北头路灯坏了三天');
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    expect(posts(site)[0]?.body).toMatchObject({ item: 1, kind: 'report', text: '桥北头路灯坏了三天' });
  });

  it('says what is missing at the field, and puts the keyboard there', async () => {
    const site = await siteWith(() => accepted);
    const { page } = await openPage();
    await openForm(page, site.address);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText('请先写下内容').waitFor();
    await expect.poll(() => page.getByLabel('内容').evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.getByText('要公开，请先勾选同意').waitFor();
    await page.getByLabel('内容').fill('👨‍👩‍👧‍👦'.repeat(2001));
    await page.getByText('2001／2000').waitFor();
    await page.getByText('多了1个字，请删短一些').waitFor();
    expect(posts(site)).toEqual([]);
  });

  it('keeps a draft that closing does not lose, and drops it only when it was accepted', async () => {
    let works = false;
    const site = await siteWith(() => (works ? accepted : 'drop'));
    const { page, context } = await openPage();
    await openForm(page, site.address);
    expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('draft')))).toEqual([]);
    await write(page, '写了一半');
    await page.getByText('已存为草稿，关掉也不丢').waitFor();
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText('没有发出去：连不上服务器。').waitFor();
    await page.close();
    const again = await context.newPage();
    await openForm(again, site.address);
    expect(await again.getByLabel('内容').inputValue()).toBe('写了一半');
    // It is of this site, diary and entry alone.
    const textAt = (change: object) =>
      again.locator('sundial-feedback-form').evaluate(async (form, moved) => {
        const before: object = Reflect.get(form, 'place');
        const read = async (place: object) => {
          Reflect.set(form, 'place', place);
          await Reflect.get(form, 'updateComplete');
          return form.shadowRoot?.querySelector('textarea')?.value;
        };
        return [await read({ ...before, ...moved }), await read(before)];
      }, change);
    for (const change of [{ tree: 'https://other.example/' }, { draw: 'd-2026-w40' }, { unit: 'other' }, { item: 1 }])
      expect(await textAt(change)).toEqual(['', '写了一半']);
    await agree(again);
    works = true;
    await again.getByRole('button', { name: '提交审核' }).click();
    await again.getByRole('heading', { name: '已收到' }).waitFor();
    const [first, second] = [posts(site)[0], posts(site).at(-1)];
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.body).toEqual(first?.body);
    expect(await again.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('draft')))).toEqual([]);
  });

  it('folded before the answer came keeps its words, and sent once more it is the same comment with its receipt', async () => {
    let answers = 0;
    const site = await siteWith(async () => {
      answers += 1;
      if (answers === 1) await new Promise((resolve) => setTimeout(resolve, 700));
      return accepted;
    });
    const { page } = await openPage();
    await openForm(page, site.address);
    await write(page, '夜里还是黑');
    await page.getByRole('button', { name: '提交审核' }).click();
    await expect.poll(() => answers).toBe(1);
    await page.getByRole('button', { name: '收起' }).click();
    await page.waitForTimeout(1000);
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    expect(await page.getByLabel('内容').inputValue()).toBe('夜里还是黑');
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const [first, second] = posts(site);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.body).toEqual(first?.body);
  });

  it('to a server that never answers keeps its words and says that it was not sent; once more it is the same comment', async () => {
    let isSilent = true;
    const site = await siteWith(() => (isSilent ? 'hang' : accepted));
    const { page } = await openPage();
    await page.clock.install();
    await openForm(page, site.address);
    await write(page, '夜里还是黑');
    await page.getByRole('button', { name: '提交审核' }).click();
    await expect.poll(() => posts(site).length).toBe(1);
    await page.clock.fastForward(31_000);
    await page.getByText('没有发出去：连不上服务器。').waitFor();
    expect(await page.getByLabel('内容').inputValue()).toBe('夜里还是黑');
    isSilent = false;
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const [first, second] = posts(site);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.body).toEqual(first?.body);
  });

  it('says so where the device keeps no receipt and lets none be copied', async () => {
    const site = await siteWith(() => accepted);
    const { page } = await openPage();
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) },
      });
      document.execCommand = () => false;
    });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await openForm(page, site.address);
    await write(page, '夜里还是黑');
    await page.getByRole('button', { name: '提交审核' }).click();
    const box = page.getByLabel('替我记住这张回执');
    await box.click();
    await page.getByRole('alert').getByText('没有记住').waitFor();
    expect(await box.isChecked()).toBe(false);
    const copy = page.getByRole('button', { name: '复制两项' });
    await copy.click();
    expect(await copy.evaluate((one) => one.matches(':focus'))).toBe(true);
    expect(await page.getByText('已复制').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('changed after a try is another comment with another key', async () => {
    let works = false;
    const site = await siteWith(() => (works ? accepted : 'drop'));
    const { page } = await openPage();
    await openForm(page, site.address);
    await write(page, '一');
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText('没有发出去').waitFor();
    works = true;
    await page.getByLabel('内容').fill('一二');
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    // A browser may repeat a request whose connection broke: the first and the last are what the reader sent.
    const [first, last] = [posts(site)[0], posts(site).at(-1)];
    expect(last?.headers['idempotency-key']).not.toBe(first?.headers['idempotency-key']);
  });

  it('refused: says why and keeps the words', async () => {
    const site = await siteWith(() => ({ status: 429, body: problem('RATE_LIMITED', 429) }));
    const { page } = await openPage();
    await openForm(page, site.address);
    await write(page, '太快了吗');
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText('提交得太快。您写的都还在，请稍后再试。').waitFor();
    expect(await page.getByLabel('内容').inputValue()).toBe('太快了吗');
  });

  it('is sent by Ctrl+Enter, never by the Enter of an input method', async () => {
    const site = await siteWith(() => accepted);
    const { page } = await openPage();
    await openForm(page, site.address);
    await write(page, '拼音');
    const text = page.getByLabel('内容');
    await text.evaluate((field) => {
      const press = (init: KeyboardEventInit) =>
        field.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, composed: true, ...init }),
        );
      // A browser that tells of a composition by these alone.
      press({ isComposing: true });
      press({ keyCode: 229 });
      field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      press({ isComposing: true });
      press({ keyCode: 229 });
      field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
      press({});
    });
    await text.press('Enter');
    await page.getByLabel('昵称').press('Enter');
    await page.waitForTimeout(150);
    expect(posts(site)).toEqual([]);
    await text.press('Control+Enter');
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    expect(posts(site)).toHaveLength(1);
  });

  it('works on plain http', async () => {
    const site = await siteWith(() => accepted);
    const { page } = await openPage();
    await openForm(page, site.address.replace('127.0.0.1', 'portal.test'));
    await write(page, '旧门户');
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const code = (await page.locator('.slip dd').nth(1).textContent()) ?? '';
    expect(posts(site)[0]?.body).toMatchObject({
      codeHash: createHash('sha256').update(code.replaceAll('-', '')).digest('base64url'),
    });
    await page.getByRole('button', { name: '复制两项' }).click();
    await page.getByRole('button', { name: '已复制' }).waitFor();
  });
});
