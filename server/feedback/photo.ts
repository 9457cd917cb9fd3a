/** The photo of a report: a JPEG without anything beside the picture, kept until its comment is rejected, removed or withdrawn. */
import type { Photo } from '../../shared/api/photos.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { fromB64, hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { strayPart } from '../../shared/diary/image-parts.ts';
import { photoMaxBytes, photoMaxSide } from '../../shared/feedback/comment.ts';
import type { Db } from '../database/port.ts';

interface MadePhoto extends Photo {
  readonly bytes: string;
}

/** The photo of a post. Throws FIELD_INVALID for what is no JPEG, is too large, or carries metadata or bytes behind its end. */
export async function photoOf(base64: string): Promise<MadePhoto> {
  const bytes = fromB64(base64);
  const wrong = (reason: string) => new Refusal('FIELD_INVALID', { field: 'photo', facts: { reason } });
  if (bytes === null || bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) throw wrong('TYPE');
  if (bytes.length > photoMaxBytes) throw wrong('SIZE');
  const stray = strayPart(bytes, 'image/jpeg');
  if (stray !== null) throw wrong(stray);
  const size = jpegSize(bytes);
  if (size === null || Math.max(size.width, size.height) > photoMaxSide) throw wrong('SIDE');
  return { ...size, sha256: hex(await sha256(bytes)), bytes: base64 };
}

/** Width and height of a JPEG's frame (ITU-T T.81 B.2.2), null where there is none before the scan. */
function jpegSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 <= view.byteLength) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xda) return null;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return width > 0 && height > 0 ? { width, height } : null;
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Primary key. */
export const insertPhoto = (db: Db, comment: string, photo: MadePhoto): Promise<unknown> =>
  db
    .insertInto('comment_photo')
    .values({ comment, ...photo })
    .execute();

/** Primary key: what the lists say of photos. */
export async function photosOf(db: Db, comments: readonly string[]): Promise<ReadonlyMap<string, Photo>> {
  if (comments.length === 0) return new Map();
  const rows = await db
    .selectFrom('comment_photo')
    .select(['comment', 'sha256', 'width', 'height'])
    .where('comment', 'in', comments)
    .execute();
  return new Map(rows.map(({ comment, ...photo }) => [comment, photo]));
}

/** Primary key. The bytes of a comment's photo. Throws NOT_FOUND. */
export async function photoBytes(
  db: Db,
  comment: string,
  onlyPublished: boolean,
): Promise<{ type: 'image/jpeg'; bytes: string }> {
  const all = db
    .selectFrom('comment_photo')
    .innerJoin('comment', 'comment.id', 'comment_photo.comment')
    .select('comment_photo.bytes')
    .where('comment.id', '=', comment);
  const row = await (onlyPublished ? all.where('comment.state', '=', 'published') : all).executeTakeFirst();
  if (row === undefined) throw new Refusal('NOT_FOUND');
  return { type: 'image/jpeg', bytes: row.bytes };
}

/** Primary key. */
export const deletePhoto = (db: Db, comment: string): Promise<unknown> =>
  db.deleteFrom('comment_photo').where('comment', '=', comment).execute();
