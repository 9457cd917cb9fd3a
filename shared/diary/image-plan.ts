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

/** The largest size with the same shape whose sides are at most `maxSide`; at least 1 by 1. A smaller picture keeps its own. */
export function fitted({ width, height }: Size, scale = 1): Size {
  const factor = Math.min(1, maxSide / Math.max(width, height)) * scale;
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

const qualities = [0.86, 0.78, 0.68, 0.56] as const;
const scales = [1, 0.75, 0.55, 0.4, 0.28, 0.2] as const;

/** Pictures of few colours up to this many pixels are tried as PNG first. */
const smallPixels = 2_000_000;

/** What to try in order until one is small enough. `flat`: a screenshot or drawing of few colours. `lossy`: what this browser can write. */
export function attemptsFor(size: Size, flat: boolean, lossy: 'image/webp' | 'image/jpeg'): readonly Attempt[] {
  const whole = fitted(size);
  const first: Attempt[] =
    flat && whole.width * whole.height <= smallPixels ? [{ ...whole, type: 'image/png', quality: null }] : [];
  const steps = scales.flatMap((scale) =>
    qualities.map((quality): Attempt => ({ ...fitted(size, scale), type: lossy, quality })),
  );
  return [...first, ...steps];
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
