import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../shared/base/bytes.ts';
import { checkImage, imageSize } from '../../shared/proof/images.ts';

const bytes = (hexText: string): Bytes => Uint8Array.from(Buffer.from(hexText.replaceAll(' ', ''), 'hex'));

// Headers written by hand from ITU-T T.81 B.2.2, RFC 9649 2.5 to 2.7 and PNG 11.2.1; all say 640 by 400.
const jpeg = bytes('ffd8 ffe0 0004 4a46 ffc4 0004 0000 ffc2 0011 08 0190 0280 03 011100021101031101 ffd9');
const png = bytes('89504e470d0a1a0a 0000000d 49484452 00000280 00000190 08 02 00 00 00');
const lossy = bytes('52494646 00000000 57454250 56503820 00000000 000000 9d012a 8002 9001');
const lossless = bytes('52494646 00000000 57454250 5650384c 00000000 2f 7fc26300 0000000000');
const extended = bytes('52494646 00000000 57454250 56503858 0a000000 00000000 7f0200 8f0100');
const size = { width: 640, height: 400 };

describe('the size that a picture states', () => {
  test.each([
    ['JPEG, behind other segments', 'image/jpeg', jpeg],
    ['PNG', 'image/png', png],
    ['WebP, lossy', 'image/webp', lossy],
    ['WebP, lossless', 'image/webp', lossless],
    ['WebP, extended', 'image/webp', extended],
  ] as const)('%s', (_, type, picture) => {
    expect(imageSize(picture, type)).toEqual(size);
  });

  test.each([
    ['a PNG called JPEG', 'image/jpeg', png],
    ['a JPEG called WebP', 'image/webp', jpeg],
    ['a cut PNG', 'image/png', png.slice(0, 20)],
    ['a JPEG without a frame', 'image/jpeg', jpeg.slice(0, 12)],
    ['nothing', 'image/webp', new Uint8Array()],
  ] as const)('%s has none', (_, type, picture) => {
    expect(imageSize(picture, type)).toBeNull();
  });
});

test('a picture of more than 1,048,576 bytes is not shown', async () => {
  const long = new Uint8Array(1_048_577);
  long.set(png);
  const signed = (picture: Bytes) => ({
    sha256: createHash('sha256').update(picture).digest('hex'),
    type: 'image/png' as const,
    ...size,
  });
  expect(await checkImage(long, signed(long))).toEqual({ ok: false, problem: 'IMAGE_ALTERED' });
  expect(await checkImage(png, signed(png))).toEqual({ ok: true, value: size });
});
