/** Real pictures for tests, made here byte by byte. */
import { crc32, deflateSync } from 'node:zlib';
import { type Bytes, concat, utf8 } from '../../shared/base/bytes.ts';

/** A PNG chunk (W3C PNG 5.3): length, type, content, CRC. */
export function chunk(type: string, content: Uint8Array): Bytes {
  const body = concat(utf8(type), content);
  return concat(be32(content.length), body, be32(crc32(body)));
}

/** A PNG file of these chunks. */
export const pngOf = (...chunks: readonly Bytes[]): Bytes =>
  concat(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ...chunks);

export const header = (width: number, height: number): Bytes =>
  chunk('IHDR', concat(be32(width), be32(height), Uint8Array.of(8, 0, 0, 0, 0)));

export const end = chunk('IEND', new Uint8Array());

/** A grey PNG of 2 by 2; another `shade` is another file. */
export const pngOfShade = (shade: number): Bytes =>
  pngOf(header(2, 2), chunk('IDAT', new Uint8Array(deflateSync(Uint8Array.of(0, shade, shade, 0, shade, shade)))), end);

export const png = pngOfShade(128);

function be32(number: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}
