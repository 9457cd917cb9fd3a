/** How a picture becomes small enough to be kept: its size in pixels, and the steps of quality and scale (design.md 4, Images). */
import type { Image } from '../api/journal.ts';

/** Most pixels along a side (verification.md 4). */
export const maxSide = 4096;

/** Largest file that is opened at all, in bytes. */
export const maxInputBytes = 50 * 1024 * 1024;

/** Most images of one entry (verification.md 4). */
export const maxImages = 20;

/** Size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** One attempt: encode at this size and quality (0 to 1; null of PNG, which loses nothing). */
export interface Attempt extends Size {
  readonly type: Image['type'];
  readonly quality: number | null;
}

/** The largest size with the same shape whose sides are at most `most`; at least 1 by 1. A smaller picture keeps its own. */
export function fitted({ width, height }: Size, most = maxSide): Size {
  const factor = Math.min(1, most / Math.max(width, height));
  return { width: scaled(width, factor), height: scaled(height, factor) };
}

/** Pictures of few colours up to this many pixels are tried as PNG first. */
const smallPixels = 2_000_000;
const fine = 0.86;
const fair = 0.72;

/** What to try first. `flat`: a screenshot or drawing of few colours. `lossy`: what this browser can write. */
export function firstAttempt(size: Size, flat: boolean, lossy: 'image/webp' | 'image/jpeg'): Attempt {
  const whole = fitted(size);
  if (flat && whole.width * whole.height <= smallPixels) return { ...whole, type: 'image/png', quality: null };
  return { ...whole, type: lossy, quality: fine };
}

/** What to try after an attempt gave more than `most` bytes: the lossy type, then less quality where that may do, then fewer pixels, in
 *  proportion to what is too much. Null where the picture would be no more than a dot. */
export function attemptAfter(
  attempt: Attempt,
  bytes: number,
  most: number,
  lossy: 'image/webp' | 'image/jpeg',
): Attempt | null {
  if (attempt.quality === null) return { ...attempt, type: lossy, quality: fine };
  const excess = bytes / most;
  if (excess <= 1.5 && attempt.quality > fair) return { ...attempt, quality: fair };
  const factor = 0.92 / Math.sqrt(Math.max(1, excess));
  const width = scaled(attempt.width, factor);
  const height = scaled(attempt.height, factor);
  return Math.max(width, height) < 16 ? null : { ...attempt, width, height };
}

/** Whether a picture is flat: at most 64 colours among the pixels given (RGBA). */
export function isFlat(pixels: Uint8ClampedArray): boolean {
  const colours = new Set<number>();
  const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  for (let at = 0; at + 4 <= view.byteLength; at += 4) {
    colours.add(view.getUint32(at));
    if (colours.size > 64) return false;
  }
  return true;
}

/** Whether a file is a HEIC or HEIF picture, by its first box (ISO/IEC 23008-12 10.2): some browsers cannot open them. */
export function isHeic(bytes: Uint8Array): boolean {
  const words = String.fromCharCode(...bytes.subarray(4, 12));
  return words.startsWith('ftyp') && /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/.test(words.slice(4));
}

const scaled = (side: number, factor: number): number => Math.max(1, Math.round(side * factor));
