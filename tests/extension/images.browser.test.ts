/** Images of an entry in the built extension: what a camera writes beside the picture does not get in, and nothing chosen is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bytes, concat, fromB64, utf8 } from '../../shared/base/bytes.ts';
import { strayPart } from '../../shared/diary/image-parts.ts';
import { imageSize } from '../../shared/proof/images.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';

let folder: string;
let profile: Profile;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-pictures-'));
  profile = await openProfile(folder);
  page = await profile.open('sidepanel.html');
  page.setDefaultTimeout(30_000);
  const line = page.getByRole('textbox', { name: '记一条' });
  await line.fill('8:30-10:00 现场看了便桥');
  await line.press('Enter');
  await openEntry();
});
afterAll(async () => {
  await profile.close();
  rmSync(folder, { recursive: true, force: true });
});

const openEntry = () => page.getByRole('button', { name: '08:30–10:00 现场看了便桥' }).click();

/** Draws pure noise in the page as a JPEG and chooses it as a file there: too large to be handed over. */
const chooseNoise = (width: number, height: number): Promise<void> =>
  page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const pen = canvas.getContext('2d');
      const noise = pen?.createImageData(w, h);
      if (pen == null || noise === undefined) throw new Error('no canvas');
      for (let at = 0; at < noise.data.length; at += 65_536)
        crypto.getRandomValues(noise.data.subarray(at, at + 65_536));
      for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
      pen.putImageData(noise, 0, 0);
      const carried = new DataTransfer();
      carried.items.add(new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'large.jpg'));
      const input = document.querySelector<HTMLInputElement>('input[type=file]');
      if (input === null) throw new Error('no place for files');
      input.files = carried.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    [width, height] as const,
  );

/** A JPEG as a camera writes it: Exif with orientation 6 (turned a quarter) and a GPS block, and a remark behind the end (Exif 2.32, 4.5
 *  and 4.6). */
async function photograph(width: number, height: number): Promise<Bytes> {
  const text = await page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const pen = canvas.getContext('2d');
      const sky = pen?.createLinearGradient(0, 0, w, h);
      if (pen == null || sky === undefined) throw new Error('no canvas');
      sky.addColorStop(0, '#246');
      sky.addColorStop(1, '#fb3');
      pen.fillStyle = sky;
      pen.fillRect(0, 0, w, h);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
      return btoa(String.fromCharCode(...bytes));
    },
    [width, height] as const,
  );
  const plain = fromB64(text);
  if (plain === null) throw new Error('no base64');
  const tiff = Buffer.from(
    '4d4d002a00000008' +
      '0002' +
      '0112000300000001' +
      '00060000' +
      '8825000400000001' +
      '00000026' +
      '00000000' +
      '0001' +
      '0001000200000002' +
      '4e000000' +
      '00000000',
    'hex',
  );
  const exif = concat(utf8('Exif\0\0'), tiff);
  const segment = concat(Uint8Array.of(0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255), exif);
  return concat(plain.slice(0, 2), segment, plain.slice(2), utf8('GPS 30.27,120.16'));
}

const stored = () =>
  page.evaluate(async () => {
    const opened = indexedDB.open('sundial');
    const database = await new Promise<IDBDatabase>((done) => {
      opened.onsuccess = () => done(opened.result);
    });
    const asked = database.transaction('images').objectStore('images').getAll();
    const rows = await new Promise<{ type: string; width: number; height: number; bytes: Uint8Array }[]>((done) => {
      asked.onsuccess = () => done(asked.result);
    });
    database.close();
    return rows.map(({ type, width, height, bytes }) => ({
      type,
      width,
      height,
      size: bytes.length,
      // Those of a megabyte are too slow to hand over.
      bytes: bytes.length < 100_000 ? [...bytes] : [],
    }));
  });

const choose = (name: string, bytes: Uint8Array, mimeType: string) =>
  page.getByLabel('加图片').setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) });

const described = () => page.getByRole('textbox', { name: '图里是什么' });

test('a photograph is kept upright, without position and remark, and waits for its description over a restart of the page', async () => {
  const photo = await photograph(640, 400);
  expect(strayPart(photo, 'image/jpeg')).toBe('APP1');
  await choose('IMG_1.jpg', photo, 'image/jpeg');
  await page.getByText('1张还没有说明').waitFor();
  const [image] = await stored();
  if (image?.type !== 'image/webp') throw new Error(`kept as ${image?.type}`);
  const bytes = Uint8Array.from(image.bytes);
  expect([image.width, image.height]).toEqual([400, 640]);
  expect(imageSize(bytes, 'image/webp')).toEqual({ width: 400, height: 640 });
  expect(strayPart(bytes, 'image/webp')).toBeNull();
  expect(Buffer.from(bytes).includes('GPS')).toBe(false);
  await page.reload();
  await openEntry();
  await described().fill('便桥旁的水位尺');
  await described().press('Tab');
  await page.getByText('1张还没有说明').waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: '放大：便桥旁的水位尺' }).locator('img').getAttribute('src')).toMatch(
    /^blob:/,
  );
});

test('a picture of 4,800 by 1,600 of pure noise gets below one megabyte, its shape kept', async () => {
  await chooseNoise(4800, 1600);
  await expect.poll(async () => (await stored()).length, { timeout: 30_000 }).toBe(2);
  const large = (await stored()).find(({ width }) => width !== 400);
  expect(large?.size).toBeLessThanOrEqual(1_048_576);
  expect(large?.size).toBeGreaterThan(524_288);
  expect(Math.max(large?.width ?? 0, large?.height ?? 0)).toBeLessThanOrEqual(4096);
  expect((large?.width ?? 0) / (large?.height ?? 1)).toBeCloseTo(3, 1);
});

test('what is no picture this browser can open is named with what to do', async () => {
  await choose('IMG_2.HEIC', concat(Uint8Array.of(0, 0, 0, 24), utf8('ftypheic'), new Uint8Array(40)), 'image/heic');
  await page.getByText('IMG_2.HEIC：这个浏览器打不开HEIC').waitFor();
  await choose('broken.png', utf8('no picture'), 'image/png');
  await page.getByText('broken.png：不是能读的图片').waitFor();
});

test('a picture that is dropped or pasted is added too', async () => {
  const give = (kind: 'drop' | 'paste') =>
    page.evaluate(async (kind) => {
      const canvas = new OffscreenCanvas(kind === 'drop' ? 30 : 40, 20);
      canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
      const carried = new DataTransfer();
      carried.items.add(new File([await canvas.convertToBlob()], `${kind}.png`, { type: 'image/png' }));
      const area = document.querySelector('.images');
      const at = kind === 'drop' ? area : area?.querySelector('textarea');
      if (at instanceof HTMLElement) at.focus();
      const about = { bubbles: true, cancelable: true };
      at?.dispatchEvent(
        kind === 'drop'
          ? new DragEvent('drop', { ...about, dataTransfer: carried })
          : new ClipboardEvent('paste', { ...about, clipboardData: carried }),
      );
    }, kind);
  await give('drop');
  const kept = async (wide: number) => (await stored()).find(({ width }) => width === wide)?.type;
  await expect.poll(() => kept(30), { timeout: 10_000 }).toBe('image/png');
  await give('paste');
  await expect.poll(() => kept(40), { timeout: 10_000 }).toBe('image/png');
});
