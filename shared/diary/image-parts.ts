/** What a picture file holds beside the picture: Exif, positions, remarks, bytes behind its end (design.md 4, Images). Reads the frame of
 *  JPEG (ITU-T T.81 B.1), PNG (W3C PNG 5.3) and WebP (RFC 9649 2.3) and nothing inside. */
import type { Image } from '../api/journal.ts';

/** The first part that an own picture must not have, by its name (`APP1`, `eXIf`, `EXIF`), `END` for bytes behind the end or a file cut
 *  short; null where there is none. */
export function strayPart(bytes: Uint8Array, type: Image['type']): string | null {
  const kept = keptParts[type];
  for (const part of partsOf(bytes, type)) if (!kept.has(part)) return part;
  return null;
}

/** Every part of the frame in its order, by name; of a JPEG those with a number alone (`APP0`, `COM`). The last is `END` where bytes lie
 *  behind the end or the file is cut short. */
export function partsOf(bytes: Uint8Array, type: Image['type']): Iterable<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'image/jpeg') return partsOfJpeg(view);
  return type === 'image/png' ? partsOfPng(view) : partsOfWebp(view);
}

/** What an encoder writes of the picture itself. Of a JPEG: JFIF, colour profile, Adobe's colour transform. */
const keptParts: Readonly<Record<Image['type'], ReadonlySet<string>>> = {
  'image/jpeg': new Set(['APP0', 'APP2', 'APP14']),
  'image/png': new Set([
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
  ]),
  'image/webp': new Set(['VP8', 'VP8L', 'VP8X', 'ALPH', 'ICCP']),
};

function* partsOfJpeg(view: DataView): Generator<string> {
  let at = 2;
  while (at + 4 <= view.byteLength) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0xd9) break;
    if (marker === 0xfe) yield 'COM';
    if (marker >= 0xe0 && marker <= 0xef) yield `APP${marker - 0xe0}`;
    at += 2 + view.getUint16(at + 2);
    if (marker === 0xda) at = behindScan(view, at);
  }
  if (at + 2 !== view.byteLength || view.getUint16(at) !== 0xffd9) yield 'END';
}

/** The next marker behind entropy-coded bytes: FF 00 and restarts belong to the scan. */
function behindScan(view: DataView, from: number): number {
  for (let at = from; at + 1 < view.byteLength; at += 1) {
    const next = view.getUint8(at + 1);
    if (view.getUint8(at) === 0xff && next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return view.byteLength;
}

function* partsOfPng(view: DataView): Generator<string> {
  let at = 8;
  let name = '';
  while (at + 12 <= view.byteLength && name !== 'IEND') {
    name = tagAt(view, at + 4);
    yield name;
    at += 12 + view.getUint32(at);
  }
  if (name !== 'IEND' || at !== view.byteLength) yield 'END';
}

function* partsOfWebp(view: DataView): Generator<string> {
  const isWhole = view.byteLength >= 12 && view.getUint32(4, true) + 8 === view.byteLength;
  let at = 12;
  while (isWhole && at + 8 <= view.byteLength) {
    const length = view.getUint32(at + 4, true);
    yield tagAt(view, at).trim();
    at += 8 + length + (length % 2);
  }
  if (!isWhole || at !== view.byteLength) yield 'END';
}

const tagAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
