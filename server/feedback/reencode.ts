/** A picture that somebody sent, drawn anew: what is stored and shown was always written by this server's own encoder. The work runs on
 *  libuv's threads (sharp), few at a time. */
import sharp, { type OutputInfo } from 'sharp';
import type { Image } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import type { Bytes } from '../../shared/base/bytes.ts';
import { partsOf } from '../../shared/diary/image-parts.ts';
import { photoMaxBytes, photoMaxSide } from '../../shared/feedback/comment.ts';
import { imageSize } from '../../shared/proof/images.ts';
import { queueOf } from './work-queue.ts';

// Every other decoder of libvips (SVG, PDF, TIFF, GIF …) is out of reach, whatever the bytes say.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.cache(false);
sharp.concurrency(1);

const atOnce = 2;
const mostWaiting = 16;
const timeoutSeconds = 5;

/** Qualities to try until the picture fits into `photoMaxBytes`; noise of 1,600 by 1,600 fits with the last. */
const qualities = [82, 65, 45, 20];

const throughQueue = queueOf(atOnce, mostWaiting, () => new Refusal('RATE_LIMITED', { facts: { retryAfter: 5 } }));

/** A JPEG of the picture, turned upright, on white, without metadata, colours in sRGB. Throws FIELD_INVALID with `facts.reason`: TYPE (no
 *  JPEG, PNG or WebP), SIZE (over `photoMaxBytes`), SIDE (over `photoMaxSide` pixels, or none), END (cut short, or bytes behind the end),
 *  ANIMATED, BROKEN (cannot be decoded to its end), SLOW; RATE_LIMITED while too many wait. */
export async function reencoded(bytes: Bytes): Promise<{ bytes: Bytes; width: number; height: number }> {
  const reason = hindrance(bytes);
  if (reason !== null) throw refused(reason);
  return throughQueue(async () => {
    for (const quality of qualities) {
      const { data, info } = await drawn(bytes, quality);
      if (data.length <= photoMaxBytes) return { bytes: new Uint8Array(data), width: info.width, height: info.height };
    }
    throw refused('SIZE');
  });
}

/** What the header alone shows. Nothing is decoded before this is null. */
function hindrance(bytes: Bytes): string | null {
  const type = types.find((each) => imageSize(bytes, each) !== null);
  const size = type === undefined ? null : imageSize(bytes, type);
  if (bytes.length > photoMaxBytes) return 'SIZE';
  if (type === undefined || size === null) return 'TYPE';
  if (Math.min(size.width, size.height) < 1 || Math.max(size.width, size.height) > photoMaxSide) return 'SIDE';
  const parts = new Set(partsOf(bytes, type));
  if (parts.has('ANIM') || parts.has('ANMF') || parts.has('acTL')) return 'ANIMATED';
  return parts.has('END') ? 'END' : null;
}

const types: readonly Image['type'][] = ['image/jpeg', 'image/png', 'image/webp'];

async function drawn(bytes: Bytes, quality: number): Promise<{ data: Buffer; info: OutputInfo }> {
  try {
    return await sharp(bytes, { limitInputPixels: photoMaxSide ** 2, failOn: 'warning' })
      .timeout({ seconds: timeoutSeconds })
      .autoOrient()
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true });
  } catch (error) {
    // The decoder has no codes; with a picture in memory and one in memory to write, all it can fail at is the picture.
    throw refused(error instanceof Error && /timeout/.test(error.message) ? 'SLOW' : 'BROKEN', error);
  }
}

const refused = (reason: string, cause?: unknown): Refusal =>
  new Refusal('FIELD_INVALID', { field: 'photo', facts: { reason }, cause });
