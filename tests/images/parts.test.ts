import { expect, test } from 'vitest';
import { type Bytes, concat, utf8 } from '../../shared/base/bytes.ts';
import { strayPart } from '../../shared/diary/image-parts.ts';
import { attemptAfter, firstAttempt, fitted, isFlat, isHeic } from '../../shared/diary/image-plan.ts';
import { chunk, end, header, png, pngOf } from './pictures.ts';

const hexOf = (text: string): Bytes => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

// Frames written by hand from ITU-T T.81 B.1 (markers), W3C PNG 5.3 and 11.3 (chunks), RFC 9649 2.3 and 2.7 (chunks).
const start = 'ffd8 ffe0 0006 4a464946';
const scan = 'ffda 0004 0101 ff00 12 ffd0 34 ffd9';
const exif = hexOf(`${start} ffe1 0008 457869660000 ${scan}`);
const riff = (content: Bytes): Bytes => {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, content.length + 4, true);
  return concat(utf8('RIFF'), size, utf8('WEBP'), content);
};
const lossy = concat(utf8('VP8 '), hexOf('03000000 010203 00'));

test.each([
  ['a plain JPEG', 'image/jpeg', hexOf(start + scan), null],
  ['a JPEG with Exif, where the position stands', 'image/jpeg', exif, 'APP1'],
  ['a JPEG with a remark', 'image/jpeg', hexOf(`${start} fffe 0004 6869 ${scan}`), 'COM'],
  ['a JPEG with a second picture behind its end', 'image/jpeg', hexOf(`${start + scan} ffd8 ffd9`), 'END'],
  ['a JPEG cut short', 'image/jpeg', hexOf(`${start} ffda 0004 0101 12`), 'END'],
  ['a plain PNG', 'image/png', png, null],
  ['a PNG with Exif', 'image/png', pngOf(header(1, 1), chunk('eXIf', utf8('II')), end), 'eXIf'],
  ['a PNG with a text', 'image/png', pngOf(header(1, 1), chunk('tEXt', utf8('Author')), end), 'tEXt'],
  ['a PNG with bytes behind its end', 'image/png', concat(png, utf8('PK')), 'END'],
  ['a PNG cut short', 'image/png', png.slice(0, -3), 'END'],
  ['a plain WebP', 'image/webp', riff(lossy), null],
  ['a WebP with Exif', 'image/webp', riff(concat(lossy, utf8('EXIF'), hexOf('02000000 4949'))), 'EXIF'],
  ['a WebP with bytes behind its end', 'image/webp', concat(riff(lossy), utf8('PK')), 'END'],
] as const)('%s', (_, type, bytes, part) => {
  expect(strayPart(bytes, type)).toBe(part);
});

test('a large photograph is fitted into 4096 with its shape kept, a small one keeps its size', () => {
  expect(fitted({ width: 8192, height: 6144 })).toEqual({ width: 4096, height: 3072 });
  expect(fitted({ width: 100, height: 20_000 })).toEqual({ width: 20, height: 4096 });
  expect(fitted({ width: 640, height: 400 })).toEqual({ width: 640, height: 400 });
  expect(fitted({ width: 1, height: 90_000 })).toEqual({ width: 1, height: 4096 });
});

const first = (width: number, height: number, flat: boolean) => firstAttempt({ width, height }, flat, 'image/webp');

test('a small drawing is tried as PNG first, then like a photograph', () => {
  const drawing = first(800, 600, true);
  expect(drawing).toEqual({ width: 800, height: 600, type: 'image/png', quality: null });
  expect(attemptAfter(drawing, 2_000_000, 1_000_000, 'image/webp')).toEqual(first(800, 600, false));
  expect(first(4000, 3000, true).type).toBe('image/webp');
});

test('a little too much costs quality, more costs pixels in proportion, and a dot is given up', () => {
  const photo = first(4000, 3000, false);
  expect(attemptAfter(photo, 1_400_000, 1_000_000, 'image/webp')).toEqual({ ...photo, quality: 0.72 });
  // Four times too much: half of each side and a little less, 4000 × 0.92 / √4.
  expect(attemptAfter(photo, 4_000_000, 1_000_000, 'image/webp')).toEqual({ ...photo, width: 1840, height: 1380 });
  expect(attemptAfter({ ...photo, width: 16, height: 16 }, 9_000_000, 1_000_000, 'image/webp')).toBeNull();
});

test('two colours are flat, a gradient of 256 is not', () => {
  const pixels = (colour: (n: number) => number) =>
    Uint8ClampedArray.from({ length: 1024 }, (_, n) => (n % 4 === 3 ? 255 : colour(Math.floor(n / 4))));
  expect(isFlat(pixels((n) => (n % 2) * 255))).toBe(true);
  expect(isFlat(pixels((n) => n))).toBe(false);
});

test('a photograph of an iPhone is recognised as HEIC by its first box', () => {
  expect(isHeic(hexOf('00000024 66747970 68656963 00000000'))).toBe(true);
  expect(isHeic(hexOf('00000024 66747970 61766966 00000000'))).toBe(false);
});
