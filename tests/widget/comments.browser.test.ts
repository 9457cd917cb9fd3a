import { readFileSync } from 'node:fs';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { PublicComment } from '../../shared/api/comments.ts';
import { strayPart } from '../../shared/diary/image-parts.ts';
import { findingsOf } from '../fixtures/page-checks.ts';
import { openPage, withBrowser } from './browser.ts';
import { type Answered, type Asked, problem, type Site, strictPolicy } from './site.ts';
import { openTalk, type TalkOptions } from './talk-site.ts';
import { draw, unit } from './vector-tree.ts';
import { comment, voices } from './voices.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

const sites = withBrowser();

const accepted: Answered = { status: 201, body: { number: '000000011', state: 'waiting', decidedBy: 1_795_600_000 } };
const secret = 'of the test';

/** A challenge as altcha makes it: `counters` of 64 hashes to try at most. */
const challenge = (counters: number) =>
  createChallenge({
    algorithm: 'SHA-256',
    cost: 64,
    counter: counters - 1,
    deriveKey,
    data: { until: 4_000_000_000 },
    hmacSignatureSecret: secret,
    hmacKeySignatureSecret: secret,
  });

/** Whether altcha itself takes what the widget sent for a proof. */
async function isProven(asked: Asked | undefined): Promise<boolean> {
  const header = String(asked?.headers['sundial-proof'] ?? '');
  const proof = JSON.parse(Buffer.from(header, 'base64url').toString() || 'null');
  if (proof === null) return false;
  return (await verifySolution({ ...proof, deriveKey, hmacSignatureSecret: secret, hmacKeySignatureSecret: secret }))
    .verified;
}

async function siteWith(options: Partial<TalkOptions> = {}, counters = 300): Promise<Site> {
  const { answer, ...rest } = options;
  const site = await openTalk({
    comments: () => voices,
    ...rest,
    answer: async (asked) => {
      if (asked.path.endsWith('/challenges')) return { status: 201, body: { challenge: await challenge(counters) } };
      const own = await answer?.(asked);
      return typeof own === 'object' ? own : accepted;
    },
  });
  sites.push(site);
  return site;
}

const posts = (site: Site): Asked[] =>
  site.asked.filter(({ method, path }) => method === 'POST' && !path.endsWith('/challenges'));

async function agree(page: Page): Promise<void> {
  await page.getByLabel('我已满14周岁').check();
  await page.getByLabel('同意公开这段文字').check();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: '写留言', exact: true }).click();
  await page.getByLabel('内容').fill(text);
  await agree(page);
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByRole('heading', { name: '已收到' }).waitFor();
}

const many = (n: number): readonly PublicComment[] =>
  Array.from({ length: n }, (_, i) =>
    comment({ id: `c${String(i).padStart(5, '0')}`, at: 1_795_580_000 + i, text: `第${i + 1}条`, item: null }),
  );

describe('proof of work', () => {
  it('is done in a worker when a comment is sent and not before, and altcha takes it', async () => {
    const site = await siteWith();
    const { page, errors } = await openPage();
    const workers: string[] = [];
    page.on('worker', (worker) => workers.push(worker.url()));
    const parts: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('-work.js')) parts.push(request.url());
    });
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    await page.getByLabel('内容').fill('先写着');
    expect([parts, site.asked.filter(({ path }) => path.endsWith('challenges'))]).toEqual([[], []]);
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    expect(workers).toHaveLength(1);
    expect(await isProven(posts(site)[0])).toBe(true);
    expect([errors, site.violations]).toEqual([[], []]);
  });

  it('is done on the page in slices of at most 30 ms, so that it lives meanwhile, where the page lets no worker be made', async () => {
    // Half a million hashes: long enough that a page which did them at once could not count in between.
    const site = await siteWith({ policy: `${strictPolicy}; worker-src 'none'` }, 8000);
    const { page } = await openPage();
    await page.goto(site.address);
    await page.evaluate(() => {
      const beats: number[] = [];
      Reflect.set(window, 'beats', beats);
      setInterval(() => beats.push(performance.now()), 10);
    });
    const began = await page.evaluate(() => performance.now());
    await say(page, '没有工人');
    const beats: number[] = await page.evaluate(
      (from) => Reflect.get(window, 'beats').filter((at: number) => at > from),
      began,
    );
    expect(beats.length).toBeGreaterThan(5);
    // A crowded machine may hold back a beat now and then, not one in ten.
    const gaps = beats.slice(1).map((at, n) => at - (beats[n] ?? at));
    expect(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.9)]).toBeLessThanOrEqual(30);
    expect(await isProven(posts(site)[0])).toBe(true);
  });

  it('is done on plain http, where the browser lends no cryptography', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address.replace('127.0.0.1', 'portal.test'));
    expect(await page.evaluate(() => crypto.subtle === undefined)).toBe(true);
    await say(page, '旧门户');
    expect(await isProven(posts(site)[0])).toBe(true);
  });

  it.each([
    [
      'another file than the one that was built stands in the place of the part',
      {
        part: (built: Buffer, file: string) =>
          file.endsWith('-work.js') ? Buffer.concat([built, Buffer.from(' ')]) : built,
      },
    ],
    [
      'the page lets in the form but not the part for the work',
      {
        policy: strictPolicy.replace(
          "script-src 'self'",
          `script-src http://*:*/sundial.js ${['comments', 'talk'].map((part) => `http://*:*/sundial-${version}-${part}.js`).join(' ')}`,
        ),
      },
    ],
  ])('the comment goes without it where %s', async (_, options) => {
    const site = await siteWith(options);
    const { page } = await openPage();
    await page.goto(site.address);
    await say(page, '也能提交');
    expect(posts(site)[0]?.headers['sundial-proof']).toBeUndefined();
  });

  it('the comment goes without it where no challenge is to be had', async () => {
    const site = await openTalk({
      comments: () => [],
      answer: ({ path }) =>
        path.endsWith('challenges') ? { status: 429, body: problem('RATE_LIMITED', 429) } : accepted,
    });
    sites.push(site);
    const { page } = await openPage();
    await page.goto(site.address);
    await say(page, '没有题');
    expect(posts(site)).toHaveLength(1);
  });
});

describe('readers answer each other', () => {
  const above = comment({
    id: 'c1',
    item: null,
    nickname: '桥东住户',
    text: '何时通车',
    replies: Array.from({ length: 12 }, (_, n) =>
      comment({ id: `r${n + 10}`, at: 1_795_580_100 + n, text: `答${n + 1}`, kind: 'suggestion' }),
    ),
    replyTotal: 12,
  });

  it('an answer hangs under its comment, with the draft of its own that closing does not lose', async () => {
    const site = await siteWith({ comments: () => [above] });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '回复', exact: true }).click();
    await page.getByText('针对 桥东住户：何时通车').waitFor();
    await page.getByLabel('内容').fill('我也想');
    await page.getByText('已存为草稿').waitFor();
    await page.reload();
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    expect(await page.getByLabel('内容').inputValue()).toBe('');
    await page.getByRole('button', { name: '回复', exact: true }).click();
    expect(await page.getByLabel('内容').inputValue()).toBe('我也想');
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    expect(posts(site)[0]?.body).toMatchObject({ parent: 'c1', kind: 'suggestion', text: '我也想', item: null });
    expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('draft')))).toEqual([]);
  });

  it('of many answers ten are there, and the rest on demand, with the keyboard on the first new one', async () => {
    const site = await siteWith({ comments: () => [above] });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('.replies .comment').nth(9).waitFor();
    await page.getByRole('button', { name: '还有2条回复' }).click();
    await page.getByText('答12', { exact: true }).waitFor();
    expect(await page.locator('.replies .comment').count()).toBe(12);
    await expect.poll(() => page.locator('#c-r20').evaluate((one) => one.matches(':focus'))).toBe(true);
    expect(await page.getByRole('button', { name: '回复', exact: true }).count()).toBe(1);
  });
});

describe('a comment is reported', () => {
  it('with one reason, under the same number from this browser each time, and says that it was', async () => {
    const site = await siteWith({ answer: () => ({ status: 204, body: '' }) });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    expect(await page.evaluate(() => localStorage.getItem('sundial:reader'))).toBeNull();
    for (const n of [0, 1]) {
      await page.getByRole('button', { name: '举报', exact: true }).nth(n).click();
      await page.getByRole('button', { name: '提交举报' }).click();
      await page.getByText('请先选一项').waitFor();
      await page.getByLabel('含辱骂').check();
      await page.getByRole('button', { name: '提交举报' }).click();
      await page.getByText('已举报，审核员会再看。').waitFor();
    }
    const [first, second] = posts(site);
    expect([first?.path, second?.path]).toEqual(['/api/v1/comments/c1/flags', '/api/v1/comments/c2/flags']);
    expect(first?.body).toEqual({ reader: expect.stringMatching(/^[\w-]{43}$/), reason: 'abuse' });
    expect(second?.body).toEqual(first?.body);
    expect(await isProven(first)).toBe(true);
  });
});

describe('a diary names me', () => {
  it('is said in one form without a nickname and without a tick for publication, but with that for the age', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '日记里提到我' }).click();
    await page.getByText('两个工作日内答复').waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(1);
    await page.getByLabel('我已满14周岁').check();
    await page.getByLabel('哪里提到您').fill('第三条里的王某是我');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const [sent] = posts(site);
    expect(sent?.path).toBe('/api/v1/mentions');
    expect(sent?.body).toEqual({
      draw,
      unit,
      item: null,
      text: '第三条里的王某是我',
      codeHash: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});

describe('a report', () => {
  /** A picture of 2000 by 1000 pixels with a block of Exif, as a camera writes it, and bytes behind its end. */
  async function cameraPicture(page: Page): Promise<Buffer> {
    const plain = await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.width = 2000;
      canvas.height = 1000;
      canvas.getContext('2d')?.fillRect(0, 0, 900, 1000);
      return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
    });
    const bytes = Buffer.from(plain, 'base64');
    const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\u0008\0\0GPS 30.27 120.16', 'latin1');
    const length = Buffer.of(0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255);
    return Buffer.concat([bytes.subarray(0, 2), length, exif, bytes.subarray(2), Buffer.from('behind')]);
  }

  it('has a place, and a photo that the device made small and stripped', async () => {
    const site = await siteWith();
    const { page, errors } = await openPage();
    await page.goto(site.address);
    const picture = await cameraPicture(page);
    expect(strayPart(picture, 'image/jpeg')).toBe('APP1');
    await page.getByRole('button', { name: '反映问题', exact: true }).click();
    await page.getByLabel('发生了什么').fill('灯坏了');
    await page.getByLabel('在哪里').fill('桥北头');
    await page.getByLabel('照片').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: picture });
    await page.getByRole('img', { name: '您选的照片' }).waitFor();
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const body: unknown = posts(site)[0]?.body;
    expect(body).toMatchObject({ kind: 'report', text: '灯坏了', place: '桥北头', photo: expect.any(String) });
    const sent = Buffer.from(String(Reflect.get(Object(body), 'photo')), 'base64');
    expect(strayPart(sent, 'image/jpeg')).toBeNull();
    expect(sent.includes('GPS')).toBe(false);
    const size = await page.evaluate(async (base64) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))]));
      return [bitmap.width, bitmap.height];
    }, sent.toString('base64'));
    expect(size).toEqual([1600, 800]);
    expect([errors, site.violations]).toEqual([[], []]);
  });

  it('keeps its photo to itself: a comment written after it in the same place carries none', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '反映问题', exact: true }).click();
    await page.getByLabel('发生了什么').fill('灯坏了');
    await page
      .getByLabel('照片')
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await cameraPicture(page) });
    await page.getByRole('img', { name: '您选的照片' }).waitFor();
    // Pressed at once: no draft has been kept yet.
    await page.getByLabel('发生了什么').fill('灯坏了三天');
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    await page.getByLabel('内容').fill('走了两个来回');
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    expect(posts(site)[0]?.body).toMatchObject({ kind: 'suggestion', text: '走了两个来回' });
    expect(posts(site)[0]?.body).not.toHaveProperty('photo');
    await page.getByRole('button', { name: '记好了，收起' }).click();
    await page.getByRole('button', { name: '反映问题', exact: true }).click();
    expect(await page.getByLabel('发生了什么').inputValue()).toBe('灯坏了三天');
  });

  it('folded before the answer came is, sent once more, the same report with its photo and contact', async () => {
    let answers = 0;
    const site = await siteWith({
      answer: async () => {
        answers += 1;
        if (answers === 1) await new Promise((resolve) => setTimeout(resolve, 500));
        return accepted;
      },
    });
    const { page } = await openPage();
    await page.goto(site.address);
    const open = page.getByRole('button', { name: '反映问题', exact: true });
    await open.click();
    await page.getByLabel('发生了什么').fill('灯坏了');
    await page
      .getByLabel('照片')
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await cameraPicture(page) });
    await page.getByRole('img', { name: '您选的照片' }).waitFor();
    await page.getByLabel('电话或邮箱').fill('0571-1234');
    const send = async (): Promise<void> => {
      await page.getByLabel('同意承办的人用它联系我').check();
      await agree(page);
      await page.getByRole('button', { name: '提交审核' }).click();
    };
    await send();
    await expect.poll(() => answers).toBe(1);
    await page.getByRole('button', { name: '收起' }).click();
    await page.waitForTimeout(700);
    await open.click();
    await page.getByRole('img', { name: '您选的照片' }).waitFor();
    expect(await page.getByLabel('电话或邮箱').inputValue()).toBe('0571-1234');
    await send();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const [first, second] = posts(site);
    expect(first?.body).toMatchObject({ photo: expect.any(String), contact: { text: '0571-1234', consent: true } });
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('0571-1234');
    // Once it was received nothing of it is there for whoever comes next.
    await page.getByRole('button', { name: '记好了，收起' }).click();
    await open.click();
    expect(await page.getByLabel('电话或邮箱').inputValue()).toBe('');
    expect(await page.getByRole('img', { name: '您选的照片' }).count()).toBe(0);
  });

  it('says what cannot be opened as a photo, and lets a chosen one go', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '反映问题', exact: true }).click();
    const field = page.getByLabel('照片');
    await field.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
    await page.getByText('这张照片打不开，请换一张').waitFor();
    await field.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await cameraPicture(page) });
    await page.getByRole('button', { name: '不要这张' }).click();
    await expect.poll(() => page.getByRole('img', { name: '您选的照片' }).count()).toBe(0);
    expect(await field.inputValue()).toBe('');
  });

  it('is never shown beside the words of another when the list moves', async () => {
    const { page } = await openPage();
    const base64 = (await cameraPicture(page)).toString('base64');
    const { createHash } = await import('node:crypto');
    const sha256 = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
    const photo = { sha256, width: 2000, height: 1000 };
    let rows = ['c1', 'c2'].map((id, n) =>
      comment({ id, kind: 'report', item: null, photo: n === 0 ? photo : { ...photo, sha256: '1'.repeat(64) } }),
    );
    const site = await siteWith({
      comments: () => rows,
      answer: ({ path, method }) =>
        method === 'POST'
          ? accepted
          : path.endsWith('c1/photo')
            ? { status: 200, body: { type: 'image/jpeg', bytes: base64 } }
            : new Promise<never>(() => {}),
    });
    await page.goto(site.address);
    await page.locator('#c-c1').scrollIntoViewIfNeeded();
    const ink = () =>
      page
        .locator('sundial-talk canvas')
        .evaluateAll((all) =>
          all.map((one) =>
            one instanceof HTMLCanvasElement ? one.getContext('2d')?.getImageData(100, 100, 1, 1).data[3] : null,
          ),
        );
    await expect.poll(ink).toEqual([255, 0]);
    rows = rows.slice(1);
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    await page.getByLabel('内容').fill('看见了');
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await expect.poll(() => page.locator('#c-c1').count()).toBe(0);
    expect(await ink()).toEqual([0]);
  });

  it('is shown with its place and its photo, drawn only after its bytes were found right', async () => {
    const { page } = await openPage();
    const base64 = (await cameraPicture(page)).toString('base64');
    const { createHash } = await import('node:crypto');
    const sha256 = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
    const photo = { sha256, width: 2000, height: 1000 };
    const site = await siteWith({
      comments: () => [
        comment({ id: 'c1', kind: 'report', place: '桥北头', photo }),
        comment({ id: 'c2', kind: 'report', photo: { ...photo, sha256: '0'.repeat(64) } }),
      ],
      answer: ({ path }) =>
        path.endsWith('/photo') ? { status: 200, body: { type: 'image/jpeg', bytes: base64 } } : accepted,
    });
    await page.goto(site.address);
    await page.getByText('地点：桥北头').waitFor();
    await page.locator('#c-c1').scrollIntoViewIfNeeded();
    const dark = () =>
      page
        .locator('#c-c1 canvas')
        .evaluate((one: HTMLCanvasElement) => one.getContext('2d')?.getImageData(100, 100, 1, 1).data[3]);
    await expect.poll(dark).toBe(255);
    await page.locator('#c-c2').getByText('IMAGE_ALTERED').waitFor();
    expect(site.violations).toEqual([]);
  });
});

describe('a list', () => {
  it('costs at most 24 nodes for a plain comment with kind, time, address, answer and report', async () => {
    const site = await siteWith({ comments: () => many(1) });
    const { page } = await openPage();
    await page.goto(site.address);
    const nodes = await page.locator('.comment').evaluate((row) => {
      const walker = document.createTreeWalker(row, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      let count = 1;
      while (walker.nextNode()) {
        const { nodeType, textContent } = walker.currentNode;
        if (nodeType === Node.ELEMENT_NODE || textContent?.trim()) count += 1;
      }
      return count;
    });
    const row = page.locator('.comment');
    expect(await row.locator('.kind').textContent()).toBe('建议');
    expect(await row.locator('a time').count()).toBe(1);
    expect(await row.getByRole('button').allTextContents()).toEqual(['回复', '举报']);
    expect(nodes).toBeLessThanOrEqual(24);
  });

  it('comes in pages of 25, each comment once although one was published meanwhile, and the keyboard goes on there', async () => {
    let all = many(60);
    const site = await siteWith({ comments: () => all });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('.comment').nth(24).waitFor();
    expect(await page.locator('.comment').count()).toBe(25);
    // A comment written before these is published only now.
    all = [comment({ id: 'b0', at: 1_795_570_000, item: null }), ...all];
    await page.getByRole('button', { name: '再看35条' }).click();
    await expect.poll(() => page.locator('.comment').count()).toBe(50);
    await expect.poll(() => page.locator('#c-c00025').evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.getByRole('button', { name: '再看11条' }).click();
    await expect.poll(() => page.locator('.comment').count()).toBe(60);
    const ids = await page.locator('.comment').evaluateAll((rows) => rows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(60);
    expect(await page.getByRole('button', { name: /^再看/ }).count()).toBe(0);
  });

  it('says so where more of it was asked for and does not come, and keeps what is there', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => comment({ id: `k${n}`, item: null }));
    const site = await siteWith({ comments: () => rows });
    const { page, context } = await openPage();
    await page.goto(site.address);
    const more = page.getByRole('button', { name: /^再看/ });
    await more.waitFor();
    await context.setOffline(true);
    await more.click();
    await page.getByRole('alert').getByText('没有取到留言').waitFor();
    expect(await page.locator('.talk > .comments > .comment').count()).toBe(25);
    await context.setOffline(false);
    await more.click();
    await expect.poll(() => page.locator('.talk > .comments > .comment').count()).toBe(30);
    expect(await page.getByText('没有取到留言').count()).toBe(0);
  });

  it('shows the comment that the address names, also one of a later page, and once', async () => {
    const site = await siteWith({ comments: () => many(60) });
    const { page } = await openPage();
    await page.goto(`${site.address}/#sundial/${draw}/${unit}/c-c00050`);
    await page.getByText('第51条', { exact: true }).waitFor();
    await expect.poll(() => page.locator('#c-c00050').evaluate((one) => one.matches(':focus'))).toBe(true);
    const href = await page.locator('#c-c00003 .at').getAttribute('href');
    expect(href).toBe(`#sundial/${draw}/${unit}/c-c00003`);
    await page.locator('#c-c00003 .at').click();
    await expect.poll(() => page.locator('#c-c00003').evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.getByRole('button', { name: /^再看/ }).click();
    await page.getByRole('button', { name: /^再看/ }).click();
    await page.getByText('第60条', { exact: true }).waitFor();
    expect(await page.locator('#c-c00050').count()).toBe(1);
  });
});

describe('the forms', () => {
  it('are never sent by Enter alone, in no field', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '反映问题', exact: true }).click();
    await page.getByLabel('发生了什么').fill('灯坏了');
    await agree(page);
    for (const name of ['昵称', '在哪里', '发生了什么', '我已满14周岁']) await page.getByLabel(name).press('Enter');
    await page.waitForTimeout(200);
    expect(site.asked.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('ask for age and for publication apart, and refuse without either', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    await page.getByLabel('内容').fill('写好了');
    await page.getByLabel('同意公开这段文字').check();
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText('未满14周岁的，请父母或监护人来写').waitFor();
    await expect.poll(() => page.getByLabel('我已满14周岁').evaluate((one) => one.matches(':focus'))).toBe(true);
    expect(posts(site)).toEqual([]);
  });

  it('go by keyboard alone: open, write, tick, send, note the receipt', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    await page.getByRole('button', { name: '写留言', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('内容').evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.keyboard.type('只用键盘');
    // Nickname, full notice, age, publication, send.
    for (const key of ['Tab', 'Tab', 'Tab', 'Space', 'Tab', 'Space', 'Tab', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    expect(posts(site)[0]?.body).toMatchObject({ text: '只用键盘' });
    await expect
      .poll(() => page.getByRole('heading', { name: '已收到' }).evaluate((one) => one.matches(':focus')))
      .toBe(true);
  });

  it.each(['light', 'dark'] as const)('pass WCAG 2.2 AA in each state, %s', async (colorScheme) => {
    let works = false;
    const site = await siteWith({
      head: ':root { color-scheme: light dark } body { background: light-dark(#fff, #17181a) }',
      comments: () => [
        { ...voices[0], replies: [comment({ id: 'r1' })], replyTotal: 1 } as PublicComment,
        ...voices.slice(1),
      ],
      answer: ({ path }) =>
        works
          ? path.endsWith('flags')
            ? { status: 204, body: '' }
            : accepted
          : { status: 429, body: problem('RATE_LIMITED', 429) },
    });
    const { page } = await openPage({ colorScheme });
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    await page.locator('details.verify:not(.idle)').waitFor();
    const fine = async (state: string): Promise<void> => {
      const { failed } = await findingsOf(page);
      expect(failed, state).toEqual([]);
    };
    await fine('list');
    for (const name of ['写留言', '反映问题', '日记里提到我']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('form').waitFor();
      await fine(name);
      await page.getByRole('button', { name: /^提交/ }).click();
      await page.locator('.err:not([hidden])').first().waitFor();
      await fine(`${name}: mistakes`);
    }
    await page.getByRole('button', { name: '举报', exact: true }).first().click();
    await page.getByRole('form', { name: '举报' }).waitFor();
    await page.getByRole('button', { name: '提交举报' }).click();
    await fine('report of a comment');
    await page.getByLabel('含辱骂').check();
    await page.getByRole('button', { name: '提交举报' }).click();
    await page.getByText('提交得太快').waitFor();
    await fine('refused');
    works = true;
    await page.getByRole('button', { name: '提交举报' }).click();
    await page.getByText('已举报').waitFor();
    await fine('reported');
    await say(page, '看得清');
    await fine('receipt');
  });
});
