// A photo is made small on the reader's own device: drawn anew, so that place, time and model of the camera stay behind.
import { photoMaxBytes, photoMaxSide } from '../../../shared/feedback/comment.ts';

/** The photo as it is sent, and the canvas it was drawn on, to be shown. */
export interface SmallPhoto {
  readonly canvas: HTMLCanvasElement;
  readonly bytes: Uint8Array;
}

/** Null for what this browser cannot open as a picture. */
export async function shrunk(file: Blob): Promise<SmallPhoto | null> {
  const bitmap = await opened(file);
  if (bitmap === null) return null;
  const canvas = document.createElement('canvas');
  for (let side = photoMaxSide; side > 200; side *= 0.75) {
    const factor = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    canvas.width = Math.max(1, Math.round(bitmap.width * factor));
    canvas.height = Math.max(1, Math.round(bitmap.height * factor));
    const pen = canvas.getContext('2d');
    if (pen === null) return null;
    pen.fillStyle = '#fff'; // JPEG knows no transparency
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.82, 0.65]) {
      const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
      if (made?.type === 'image/jpeg' && made.size <= photoMaxBytes)
        return { canvas, bytes: new Uint8Array(await made.arrayBuffer()) };
    }
  }
  return null;
}

async function opened(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
