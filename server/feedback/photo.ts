/** The photo of a report: a JPEG made here of what was sent, kept until its comment is rejected, removed or withdrawn. */
import type { Photo } from '../../shared/api/photos.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { b64, fromB64, hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';

export interface MadePhoto extends Photo {
  /** Base64. */
  readonly bytes: string;
}

/** The photo of a post, drawn anew. Throws FIELD_INVALID and RATE_LIMITED as `reencoded`. */
export async function photoOf(base64: string): Promise<MadePhoto> {
  const given = fromB64(base64);
  if (given === null) throw new Refusal('FIELD_INVALID', { field: 'photo', facts: { reason: 'TYPE' } });
  // What decodes pictures takes its memory with the first of them.
  const { reencoded } = await import('./reencode.ts');
  const { bytes, width, height } = await reencoded(given);
  return { width, height, sha256: hex(await sha256(bytes)), bytes: b64(bytes) };
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
  const rows = await photosQuery(db, { comments });
  return new Map(rows.map(({ comment, ...photo }) => [comment, photo]));
}

const photosQuery = prepared((db, { comments }: { readonly comments: readonly string[] }) =>
  db.selectFrom('comment_photo').select(['comment', 'sha256', 'width', 'height']).where('comment', 'in', comments),
);

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
