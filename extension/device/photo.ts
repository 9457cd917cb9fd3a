/** A photo for a public reply: drawn anew on this device as a JPEG, so that place, time and model of the camera stay behind. */
import type { Bytes } from '../../shared/base/bytes.ts';
import { photoMaxBytes, photoMaxSide } from '../../shared/feedback/comment.ts';
import { decoded } from './image.ts';

/** At most `photoMaxSide` pixels a side and `photoMaxBytes`; null for what this browser cannot open as a picture. */
export async function encodePhoto(file: Blob): Promise<Bytes | null> {
  const bitmap = await decoded(file);
  if (bitmap === null) return null;
  try {
    for (let side = photoMaxSide; side > 200; side *= 0.75) {
      const bytes = await jpegOf(bitmap, Math.min(1, side / Math.max(bitmap.width, bitmap.height)));
      if (bytes.length <= photoMaxBytes) return bytes;
    }
    return null;
  } finally {
    bitmap.close();
  }
}

async function jpegOf(bitmap: ImageBitmap, factor: number): Promise<Bytes> {
  const width = Math.max(1, Math.round(bitmap.width * factor));
  const height = Math.max(1, Math.round(bitmap.height * factor));
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser draws no canvas');
  pen.fillStyle = '#fff'; // JPEG knows no transparency
  pen.fillRect(0, 0, width, height);
  pen.drawImage(bitmap, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  return new Uint8Array(await blob.arrayBuffer());
}
