import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { strayPart } from '../../shared/diary/image-parts.ts';
import { openPage, withBrowser } from './browser.ts';
import { comment } from './voices.ts';
import { accepted, agree, posts, writingOn } from './writing.ts';

const siteWith = writingOn(withBrowser());

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

  it('reloaded after a lost answer is, with its photo chosen again, the same report', async () => {
    let isLost = true;
    const site = await siteWith({ answer: () => (isLost ? 'drop' : accepted) });
    const { page } = await openPage();
    await page.goto(site.address);
    const buffer = await cameraPicture(page);
    const send = async (text: string, contact: string): Promise<void> => {
      await page.getByRole('button', { name: '反映问题', exact: true }).click();
      await page.getByLabel('发生了什么').fill(text);
      await page.getByLabel('照片').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer });
      await page.getByRole('img', { name: '您选的照片' }).waitFor();
      await page.getByLabel('电话或邮箱').fill(contact);
      await page.getByLabel('同意承办的人用它联系我').check();
      await agree(page);
      await page.getByRole('button', { name: '提交审核' }).click();
    };
    await send('灯坏了', '0571-1234');
    await page.getByText('没有发出去：连不上服务器。').waitFor();
    await page.reload();
    isLost = false;
    await page.getByRole('button', { name: '反映问题', exact: true }).click();
    expect(await page.getByLabel('发生了什么').inputValue()).toBe('灯坏了');
    // Nothing private stayed, and the form says what has to be chosen and typed again.
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('0571-1234');
    await page.getByText('上次提交时带的照片没有存下').waitFor();
    await page.getByText('上次提交时留的联系方式没有存下').waitFor();
    await page.getByRole('button', { name: '收起' }).click();
    await send('灯坏了', '0571-1234');
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const all = posts(site);
    expect(all.length).toBeGreaterThan(1);
    expect(new Set(all.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    for (const { body } of all) expect(body).toEqual(all[0]?.body);
    const code = (await page.locator('.slip dd').nth(1).textContent()) ?? '';
    expect(all[0]?.body).toMatchObject({
      codeHash: createHash('sha256').update(code.replaceAll('-', '')).digest('base64url'),
    });
  });

  it('sent with another contact after a lost answer is another report, with a receipt of its own', async () => {
    let isLost = true;
    const site = await siteWith({ answer: () => (isLost ? 'drop' : accepted) });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByRole('button', { name: '反映问题', exact: true }).click();
    await page.getByLabel('发生了什么').fill('灯坏了');
    await page.getByLabel('电话或邮箱').fill('0571-1234');
    await page.getByLabel('同意承办的人用它联系我').check();
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText('没有发出去：连不上服务器。').waitFor();
    isLost = false;
    await page.getByLabel('电话或邮箱').fill('0571-9876');
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    const [first, last] = [posts(site)[0], posts(site).at(-1)];
    expect(last?.headers['idempotency-key']).not.toBe(first?.headers['idempotency-key']);
    expect(Reflect.get(Object(last?.body), 'codeHash')).not.toBe(Reflect.get(Object(first?.body), 'codeHash'));
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
