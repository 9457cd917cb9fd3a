// The check of a picture: its bytes hashed, those very bytes decoded, the size compared with what was signed (verification.md 4 "Images").
import { type Bytes, hex } from '../../shared/base/bytes.ts';
import { maxImageBytes } from '../../shared/proof/images.ts';
import type { SignedImage } from '../../shared/proof/seal.ts';
import { sha256Beside } from '../remote/sha256-beside.ts';

/** The picture if its bytes are those that were signed, of the signed type and size; else null. */
export async function checkPicture(bytes: Bytes, image: SignedImage): Promise<ImageBitmap | null> {
  if (bytes.length > maxImageBytes || typeOf(bytes) !== image.type) return null;
  if (hex(await sha256Beside(bytes)) !== image.sha256) return null;
  const bitmap = await bitmapOf(new Blob([bytes], { type: image.type }));
  return bitmap?.width === image.width && bitmap.height === image.height ? bitmap : null;
}

// A browser decodes by what the bytes look like, whatever type it is told: so their first bytes are looked at here.
function typeOf(bytes: Uint8Array): string | null {
  const begins = hex(bytes.subarray(0, 12));
  if (begins.startsWith('ffd8ff')) return 'image/jpeg';
  if (begins.startsWith('89504e470d0a1a0a')) return 'image/png';
  return /^52494646.{8}57454250/.test(begins) ? 'image/webp' : null;
}

async function bitmapOf(blob: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(blob);
  } catch (error) {
    if (error instanceof DOMException) return null; // cannot be decoded
    throw error;
  }
}
