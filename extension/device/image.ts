/** Pictures re-encoded on this device: decoded upright, drawn anew, so that nothing of the file but the picture itself goes on: no Exif, no
 *  position, no bytes behind its end (design.md 4). Needs a page or worker with OffscreenCanvas. */
import { type Bytes, hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { strayPart } from '../../shared/diary/image-parts.ts';
import {
  type Attempt,
  attemptAfter,
  firstAttempt,
  fitted,
  isFlat,
  isHeic,
  maxInputBytes,
} from '../../shared/diary/image-plan.ts';
import { imageSize, maxImageBytes } from '../../shared/proof/images.ts';
import type { StoredImage } from '../store/database.ts';

/** Why a file became no picture. `LARGE`: over 50 MB; `HEIC`: this browser cannot open it; `DENSE`: it does not get small enough. */
export type ImageProblem = 'LARGE' | 'HEIC' | 'UNREADABLE' | 'DENSE';

/** A file as a picture of at most 4,096 pixels a side and 1,048,576 bytes, named by its hash. Throws the signal's reason when stopped. */
export async function encodeImage(
  file: Blob,
  signal: AbortSignal,
  now: () => number,
): Promise<Result<StoredImage, ImageProblem>> {
  if (file.size > maxInputBytes) return fail('LARGE');
  const bitmap = await decoded(file);
  if (bitmap === null)
    return fail(isHeic(new Uint8Array(await file.slice(0, 12).arrayBuffer())) ? 'HEIC' : 'UNREADABLE');
  try {
    const lossy = (await canWriteWebp()) ? 'image/webp' : 'image/jpeg';
    let attempt: Attempt | null = firstAttempt(bitmap, isFlat(sampleOf(bitmap)), lossy);
    while (attempt !== null) {
      signal.throwIfAborted();
      const bytes: Bytes = await written(bitmap, attempt);
      if (bytes.length <= maxImageBytes) return ok(await checked(bytes, attempt, now()));
      attempt = attemptAfter(attempt, bytes.length, maxImageBytes, lossy);
    }
    return fail('DENSE');
  } finally {
    bitmap.close();
  }
}

/** A file as pixels, upright; null where the browser does not take it for a picture. */
export async function decoded(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

async function written(bitmap: ImageBitmap, { width, height, type, quality }: Attempt): Promise<Bytes> {
  const canvas = new OffscreenCanvas(width, height);
  const pen = penOf(canvas);
  if (type === 'image/jpeg') {
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, width, height);
  }
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(bitmap, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type, ...(quality === null ? {} : { quality }) });
  if (blob.type !== type) throw new Error(`the browser wrote ${blob.type} for ${type}`);
  return new Uint8Array(await blob.arrayBuffer());
}

/** What the encoder wrote, held against what a reader will hold it against. */
async function checked(bytes: Bytes, { width, height, type }: Attempt, addedAt: number): Promise<StoredImage> {
  const size = imageSize(bytes, type);
  const stray = strayPart(bytes, type);
  if (size?.width !== width || size.height !== height) throw new Error('the encoder wrote another size');
  if (stray !== null) throw new Error(`the encoder wrote ${stray}`);
  return { sha256: hex(await sha256(bytes)), type, width, height, bytes, sent: false, addedAt };
}

const sampleSide = 200;

/** Pixels of a small copy, taken without smoothing, so that colours stay what they are. */
function sampleOf(bitmap: ImageBitmap): Uint8ClampedArray {
  const { width, height } = fitted(bitmap, sampleSide);
  const pen = penOf(new OffscreenCanvas(width, height));
  pen.imageSmoothingEnabled = false;
  pen.drawImage(bitmap, 0, 0, width, height);
  return pen.getImageData(0, 0, width, height).data;
}

function penOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser draws no canvas');
  return pen;
}

async function canWriteWebp(): Promise<boolean> {
  const canvas = new OffscreenCanvas(1, 1);
  // Without a context there is nothing to write, and Chromium throws.
  penOf(canvas);
  const blob = await canvas.convertToBlob({ type: 'image/webp' });
  return blob.type === 'image/webp';
}
