import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { reencoded } from '../../server/feedback/reencode.ts';
import { queueOf } from '../../server/feedback/work-queue.ts';
import { type Bytes, concat, utf8 } from '../../shared/base/bytes.ts';
import { strayPart } from '../../shared/diary/image-parts.ts';
import { chunk, end, header, pngOf } from './pictures.ts';

const bytesOf = async (picture: Sharp): Promise<Bytes> => new Uint8Array(await picture.toBuffer());

/** 40 by 20: the left half red, the right half blue. */
const halves = () => {
  const pixels = Buffer.alloc(40 * 20 * 3);
  for (let at = 0; at < 40 * 20; at += 1) pixels[at * 3 + (at % 40 < 20 ? 0 : 2)] = 255;
  return sharp(pixels, { raw: { width: 40, height: 20, channels: 3 } });
};
const noise = (side: number) => {
  const pixels = Buffer.alloc(side * side * 3);
  let seed = 1;
  for (let at = 0; at < pixels.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[at] = seed >> 16;
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
};
const place = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 12/1 0/1' } };

test('a photo comes out as a JPEG without position, remark or profile, also a clean one', async () => {
  for (const picture of [
    halves().withExif(place).jpeg(),
    halves().withIccProfile('p3').jpeg(),
    halves().jpeg(),
    halves().png(),
    halves().webp(),
    halves().webp({ lossless: true }),
  ]) {
    const given = await bytesOf(picture);
    const made = await reencoded(given);
    expect([made.width, made.height]).toEqual([40, 20]);
    expect(strayPart(made.bytes, 'image/jpeg')).toBeNull();
    const { exif, icc, xmp, iptc, format } = await sharp(made.bytes).metadata();
    expect([exif, icc, xmp, iptc, format]).toEqual([undefined, undefined, undefined, undefined, 'jpeg']);
    expect(Buffer.from(made.bytes).equals(Buffer.from(given))).toBe(false);
  }
});

test('a photo that was taken with the camera turned stands upright', async () => {
  // Exif orientation 6: the right-hand side of the scene is the first row, so that it is turned clockwise by 90°.
  const turned = await reencoded(await bytesOf(halves().withMetadata({ orientation: 6 }).jpeg()));
  expect([turned.width, turned.height]).toEqual([20, 40]);
  const { data, info } = await sharp(turned.bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
  const [top, bottom] = [at(10, 5), at(10, 35)];
  expect((top[0] ?? 0) - (top[2] ?? 0)).toBeGreaterThan(200);
  expect((bottom[2] ?? 0) - (bottom[0] ?? 0)).toBeGreaterThan(200);
});

test('what is transparent lies on white', async () => {
  const clear = sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
  const { bytes } = await reencoded(await bytesOf(clear.png()));
  const pixels = await sharp(bytes).raw().toBuffer();
  expect(Math.min(...pixels)).toBeGreaterThan(250);
});

test('the worst picture of the largest size fits', async () => {
  const given = await bytesOf(noise(1600).jpeg({ quality: 15 }));
  expect(given.length).toBeLessThan(700_000);
  const { bytes } = await reencoded(given);
  expect(bytes.length).toBeLessThanOrEqual(700_000);
});

const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
const bomb = pngOf(
  header(50_000, 50_000),
  chunk('IDAT', new Uint8Array(deflateSync(Buffer.alloc(50_000_000), { level: 9 }))),
  end,
);
// Says 1,600 by 1,600 and unpacks to twenty times as much.
const surplus = pngOf(
  header(1600, 1600),
  chunk('IDAT', new Uint8Array(deflateSync(Buffer.alloc(51_200_000), { level: 9 }))),
  end,
);
/** Two frames, black and grey. */
const animation = () =>
  sharp(Buffer.alloc(8 * 16 * 3).fill(200, 192), { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } });
const cut = (bytes: Bytes) => bytes.slice(0, Math.floor(bytes.length * 0.6));
/** Ends like a whole JPEG, with half of its picture gone. */
const halved = (bytes: Bytes) => concat(bytes.slice(0, Math.floor(bytes.length * 0.6)), Uint8Array.of(0xff, 0xd9));

test.each([
  ['a decompression bomb of 50,000 by 50,000', 'SIDE', async () => bomb],
  ['a JPEG cut short', 'END', async () => cut(await bytesOf(noise(200).jpeg()))],
  ['a JPEG with half of its rows', 'BROKEN', async () => halved(await bytesOf(noise(200).jpeg()))],
  ['a PNG cut short', 'END', async () => cut(await bytesOf(noise(200).png()))],
  ['a WebP cut short', 'END', async () => cut(await bytesOf(noise(200).webp()))],
  [
    'a JPEG that is a page too',
    'END',
    async () => concat(await bytesOf(halves().jpeg()), utf8('<script>alert(1)</script>')),
  ],
  ['a JPEG that is a ZIP too', 'END', async () => concat(await bytesOf(halves().jpeg()), zip)],
  ['an SVG', 'TYPE', async () => utf8('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['a GIF', 'TYPE', async () => utf8('GIF89a\x01\x00\x01\x00\x80\x00\x00')],
  ['an animated WebP', 'ANIMATED', async () => bytesOf(animation().webp({ loop: 0, delay: [100, 100] }))],
  ['an animated PNG', 'ANIMATED', async () => pngOf(header(2, 2), chunk('acTL', new Uint8Array(8)), end)],
  [
    'a side of 1,601',
    'SIDE',
    async () => bytesOf(sharp({ create: { width: 1601, height: 1, channels: 3, background: '#000' } }).jpeg()),
  ],
  ['no pixels', 'SIDE', async () => pngOf(header(0, 2), end)],
  ['700,001 bytes', 'SIZE', async () => new Uint8Array(700_001)],
  ['nothing', 'TYPE', async () => new Uint8Array()],
] as const)('%s is refused', async (_, reason, make) => {
  await expect(reencoded(await make())).rejects.toMatchObject({
    code: 'FIELD_INVALID',
    field: 'photo',
    facts: { reason },
  });
});

test('a picture that unpacks to more than it says costs no memory', async () => {
  const before = process.memoryUsage().rss;
  await reencoded(surplus).catch((error: unknown) => expect(error).toMatchObject({ code: 'FIELD_INVALID' }));
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
});

test('of pictures that come at once two are drawn, sixteen wait, and one more is sent away', async () => {
  const picture = await bytesOf(halves().png());
  const answers = await Promise.allSettled(Array.from({ length: 19 }, () => reencoded(picture)));
  expect(answers.map(({ status }) => status)).toEqual([...Array(18).fill('fulfilled'), 'rejected']);
  expect(answers[18]).toMatchObject({ reason: { code: 'RATE_LIMITED' } });
});

test('work runs two at a time in its order, and what would be the next but two is refused', async () => {
  const through = queueOf(2, 2, () => new Error('full'));
  const began: number[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3, 4].map((n) =>
    through(async () => {
      began.push(n);
      await new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  await expect(all[4]).rejects.toThrow('full');
  expect(began).toEqual([0, 1]);
  ends[0]?.();
  await all[0];
  await expect.poll(() => began).toEqual([0, 1, 2]);
  ends[1]?.();
  await all[1];
  await expect.poll(() => ends.length).toBe(4);
  ends[2]?.();
  ends[3]?.();
  await Promise.all(all.slice(0, 4));
  expect(began).toEqual([0, 1, 2, 3]);
  await expect(through(async () => 'again')).resolves.toBe('again');
});
