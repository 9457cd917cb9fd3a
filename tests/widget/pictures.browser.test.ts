import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { diaryOn, seen, verdict } from './diary-page.ts';
import { freeBundle } from './free-diary.ts';
import { treeWith, vectors } from './vector-tree.ts';

const siteWith = diaryOn(withBrowser());

describe('a diary with a picture', () => {
  it('shows the signed picture, and says in its place when it is altered or missing', async () => {
    const sha = vectors.images.cases[0]?.sha256 ?? '';
    const flipped = vectors.images.cases.find(({ name }) => name === 'one-bit-flipped');
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.locator('canvas[aria-label="便桥护栏加高后的样子"]').waitFor();
    const painted = () =>
      page
        .locator('canvas')
        .evaluate(
          (canvas) =>
            canvas instanceof HTMLCanvasElement && (canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data[3] ?? 0) > 0,
        );
    await expect.poll(painted).toBe(true);
    site.put({ [`blob/${sha}`]: Buffer.from(flipped?.b64 ?? '', 'base64') });
    const other = await openPage();
    await other.page.goto(site.address);
    await other.page.getByText('IMAGE_ALTERED').waitFor();
    expect(await seen(other.page, 'sundial-picture')).toContain('图片与本人签名时不一致');
    expect((await verdict(other.page)).look).toBe('ok');
    site.put({ [`blob/${sha}`]: null });
    const third = await openPage();
    await third.page.goto(site.address);
    await third.page.getByText('图片没有取到').waitFor();
  });

  it('shows a picture that the network lost once the network is back, or when it is asked for again', async () => {
    const site = await siteWith({ tree: treeWith(vectors.base) });
    const { page, context } = await openPage();
    const painted = () =>
      page
        .locator('canvas')
        .evaluateAll(
          ([canvas]) =>
            canvas instanceof HTMLCanvasElement && canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data[3] === 255,
        );
    await page.route('**/blob/*', (route) => route.abort());
    await page.goto(site.address);
    const again = page.getByRole('figure').getByRole('button', { name: '再试一次' });
    await again.click();
    await page.getByText('IMAGE_MISSING').waitFor();
    await page.unroute('**/blob/*');
    await again.click();
    await expect.poll(painted).toBe(true);

    await page.route('**/blob/*', (route) => route.abort());
    await page.reload();
    await page.getByText('IMAGE_MISSING').waitFor();
    await page.unroute('**/blob/*');
    await context.setOffline(true);
    await context.setOffline(false);
    await expect.poll(painted).toBe(true);
  });

  it('shows no picture of more bytes than a signed one may have', async () => {
    const { b64 = '', type, width, height } = vectors.images.cases[0] ?? {};
    const bytes = Buffer.concat([Buffer.from(b64, 'base64'), Buffer.alloc(1_048_577)]);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const image = { type, width, height, sha256, alt: '便桥' };
    const at = { day: '2026-11-16', start: '2026-11-16T09:00', end: '2026-11-16T10:00' };
    const bundle = freeBundle([{ kind: 'entry', ...at, text: '看便桥。', images: [image] }]);
    const site = await siteWith({ tree: treeWith(bundle, { [`blob/${sha256}`]: bytes }) });
    const { page } = await openPage();
    await page.goto(site.address);
    await page.getByText('IMAGE_ALTERED').waitFor();
  });
});
