// Pictures of a diary: the bytes that were fetched against the member that was signed (verification.md 4).
import { type Bytes, hex } from '../base/bytes.ts';
import { sha256 } from '../base/digest.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { SignedImage } from './seal.ts';

/** Most bytes of a picture. */
export const maxImageBytes = 1_048_576;

/** A picture's size in pixels. */
export type ImageSize = { readonly width: number; readonly height: number };

/** Whether these bytes are the signed picture: length, hash, type, and the size that their header states. The reader still
 *  decodes these very bytes as the signed type and compares the decoded size. */
export async function checkImage(
  bytes: Bytes,
  signed: Omit<SignedImage, 'alt'>,
): Promise<Result<ImageSize, 'IMAGE_ALTERED'>> {
  if (bytes.length > maxImageBytes || hex(await sha256(bytes)) !== signed.sha256) return fail('IMAGE_ALTERED');
  const size = imageSize(bytes, signed.type);
  return size?.width === signed.width && size.height === signed.height ? ok(size) : fail('IMAGE_ALTERED');
}

/** The size that the header of a picture of this type states, or null when the bytes do not begin like one. */
export function imageSize(bytes: Bytes, type: SignedImage['type']): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'image/png') return pngSize(view);
  return type === 'image/jpeg' ? jpegSize(view) : webpSize(view);
}

const tag = (view: DataView, at: number, text: string): boolean =>
  view.byteLength >= at + text.length && [...text].every((char, i) => view.getUint8(at + i) === char.charCodeAt(0));

// PNG (W3C) 5.2 and 11.2.1: signature, then IHDR.
function pngSize(view: DataView): ImageSize | null {
  if (view.byteLength < 24 || !tag(view, 0, '\x89PNG\r\n\x1a\n') || !tag(view, 12, 'IHDR')) return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

// ITU-T T.81 B.1.1.3 and B.2.2: segments up to the first frame header.
function jpegSize(view: DataView): ImageSize | null {
  if (!tag(view, 0, '\xff\xd8\xff')) return null;
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

// RFC 9649 2.4 to 2.7: lossy, lossless and extended files.
function webpSize(view: DataView): ImageSize | null {
  if (view.byteLength < 30 || !tag(view, 0, 'RIFF') || !tag(view, 8, 'WEBP')) return null;
  if (tag(view, 12, 'VP8X')) return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (tag(view, 12, 'VP8L') && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
  }
  if (tag(view, 12, 'VP8 ') && tag(view, 23, '\x9d\x01\x2a')) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return null;
}

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 65536;
