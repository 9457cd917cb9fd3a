/** What a picture file holds beside the picture: Exif, positions, remarks, bytes behind its end (design.md 4, Images). Reads the frame of
 *  JPEG (ITU-T T.81 B.1), PNG (W3C PNG 5.3) and WebP (RFC 9649 2.3) and nothing inside. */
import type { Image } from '../api/journal.ts';

/** The first part that an own picture must not have, by its name (`APP1`, `eXIf`, `EXIF`), `END` for bytes behind the end or a file cut
 *  short; null where there is none. */
export function strayPart(bytes: Uint8Array, type: Image['type']): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'image/jpeg') return strayOfJpeg(view);
  return type === 'image/png' ? strayOfPng(view) : strayOfWebp(view);
}

/** JFIF, colour profile, Adobe's colour transform: what an encoder writes of the picture itself. */
const jpegKept: ReadonlySet<number> = new Set([0xe0, 0xe2, 0xee]);

function strayOfJpeg(view: DataView): string | null {
  let at = 2;
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return 'END';
    const marker = view.getUint8(at + 1);
    if (marker === 0xd9) return at + 2 === view.byteLength ? null : 'END';
    if (marker === 0xfe) return 'COM';
    if (marker >= 0xe0 && marker <= 0xef && !jpegKept.has(marker)) return `APP${marker - 0xe0}`;
    at += 2 + view.getUint16(at + 2);
    if (marker === 0xda) at = behindScan(view, at);
  }
  return at + 2 === view.byteLength && view.getUint16(at) === 0xffd9 ? null : 'END';
}

/** The next marker behind entropy-coded bytes: FF 00 and restarts belong to the scan. */
function behindScan(view: DataView, from: number): number {
  for (let at = from; at + 1 < view.byteLength; at += 1) {
    const next = view.getUint8(at + 1);
    if (view.getUint8(at) === 0xff && next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return view.byteLength;
}

const pngKept: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'sRGB',
  'gAMA',
  'cHRM',
  'cICP',
  'iCCP',
  'sBIT',
  'pHYs',
]);

function strayOfPng(view: DataView): string | null {
  let at = 8;
  while (at + 12 <= view.byteLength) {
    const name = tagAt(view, at + 4);
    if (!pngKept.has(name)) return name;
    at += 12 + view.getUint32(at);
    if (name === 'IEND') return at === view.byteLength ? null : 'END';
  }
  return 'END';
}

const webpKept: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP']);

function strayOfWebp(view: DataView): string | null {
  if (view.byteLength < 12 || view.getUint32(4, true) + 8 !== view.byteLength) return 'END';
  let at = 12;
  while (at + 8 <= view.byteLength) {
    const name = tagAt(view, at);
    if (!webpKept.has(name)) return name.trim();
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  return at === view.byteLength ? null : 'END';
}

const tagAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
