/** The photo on a unit's public reply, made here of what the handler's device sent. */
import type { ReplyPhoto } from '../../shared/api/comments.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import type { Db } from '../database/port.ts';
import { type MadePhoto, photoOf } from './photo.ts';

/** A photo as it comes with a reply: base64, and what is to be seen. */
interface GivenPhoto {
  readonly bytes: string;
  readonly alt: string;
}

/** The same, drawn anew by the server. */
export interface MadeReplyPhoto extends MadePhoto {
  readonly alt: string;
}

/** The photo of a reply, to be made before its transaction begins. Throws FIELD_INVALID and RATE_LIMITED as `photoOf`. */
export const replyPhotoOf = async ({ bytes, alt }: GivenPhoto): Promise<MadeReplyPhoto> => ({
  ...(await photoOf(bytes)),
  alt,
});

/** Keeps the photo of event `n`. */
export const keepReplyPhoto = (db: Db, ticket: string, n: number, photo: MadeReplyPhoto): Promise<unknown> =>
  db
    .insertInto('ticket_photo')
    .values({ ticket, n, ...photo })
    .execute();

/** Primary key: what is said of the photos of some tickets, by `ticket n`. */
export async function replyPhotos(db: Db, tickets: readonly string[]): Promise<ReadonlyMap<string, ReplyPhoto>> {
  const rows = await db
    .selectFrom('ticket_photo')
    .select(['ticket', 'n', 'sha256', 'width', 'height', 'alt'])
    .where('ticket', 'in', tickets)
    .execute();
  return new Map(rows.map(({ ticket, n, ...photo }) => [`${ticket} ${n}`, photo]));
}

/** Primary key. Throws NOT_FOUND. */
export async function replyPhotoBytes(db: Db, ticket: string, sha256: string) {
  const row = await db
    .selectFrom('ticket_photo')
    .select('bytes')
    .where('ticket', '=', ticket)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal('NOT_FOUND');
  return { type: 'image/jpeg' as const, bytes: row.bytes };
}
